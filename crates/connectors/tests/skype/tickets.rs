//! Tickets: what is told when there is none, one a pool, one fetch for all, and pauses that a pool asks for.

use crate::site::{
    PASSWORD, SignIn, TICKETS, by_password, challenge, config, pool, pool_with_tickets, ticket, trouble,
};
use crate::stub::{Reply, Stub};
use hookflash_connectors::{ConnectorError, Page, TroubleCode, skype::SkypeConnector};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

fn refusal(status: u16, body: &Value, diagnostics: &str) -> Reply {
    Reply::json(status, body).header("X-Ms-diagnostics", diagnostics)
}

#[tokio::test]
async fn each_refusal_has_its_own_code() {
    let invalid = json!({ "error": "invalid_grant" });
    let cases = [
        (
            refusal(400, &invalid, "28020;reason=\"The user name or password is incorrect.\""),
            TroubleCode::WrongPassword,
            true,
        ),
        (
            refusal(400, &invalid, "28033;reason=\"The account is disabled.\""),
            TroubleCode::AccountDisabled,
            true,
        ),
        (refusal(403, &Value::Null, "28047;reason=\"User is not enabled.\""), TroubleCode::NotEnabled, true),
        (Reply::json(400, &json!({ "error": "unsupported_grant_type" })), TroubleCode::NoCommonGrant, true),
        (Reply::json(500, &json!({ "error": "server_error" })), TroubleCode::ServerFailed, false),
        (Reply::new(200).text("text/html", "<p>Hello".to_owned()), TroubleCode::Protocol, false),
    ];
    for (reply, code, is_final) in cases {
        let stub = pool_with_tickets(move |_| reply.clone()).await;
        let (told, ended) = trouble(config(&stub.url())).await;
        assert_eq!((told.code, ended), (code, is_final), "{told:?}");
        assert!(!told.words.contains(PASSWORD), "{told:?}");
        if is_final {
            assert_eq!(stub.count(TICKETS), 1, "a refused password is not tried again: accounts get locked");
        }
    }
}

#[tokio::test]
async fn what_the_pool_offers_is_told_when_nothing_fits() {
    let grants = "urn:microsoft.rtc:passive,urn:microsoft.rtc:anonmeeting";
    let stub =
        Stub::plain(move |seen| if seen.path() == "/user" { challenge(grants) } else { pool(seen, "", "x") })
            .await;
    let (told, is_final) = trouble(config(&stub.url())).await;
    assert_eq!((told.code, is_final), (TroubleCode::NoCommonGrant, true), "{told:?}");
    assert!(told.words.contains("urn:microsoft.rtc:passive, urn:microsoft.rtc:anonmeeting"), "{told:?}");
}

#[tokio::test]
async fn a_ticket_that_is_refused_at_once_with_clocks_apart_is_told_as_such() {
    let cases = [("Thu, 01 Jan 2026 00:00:00 GMT", TroubleCode::ClockSkew), ("", TroubleCode::Protocol)];
    for (date, code) in cases {
        let stub = Stub::plain(move |seen| match seen.path() {
            TICKETS => ticket("cwt=never good"),
            _ if date.is_empty() => pool(seen, "", "cwt=T"),
            _ => pool(seen, "", "cwt=T").header("Date", date),
        })
        .await;
        let (told, _) = trouble(config(&stub.url())).await;
        assert_eq!(told.code, code, "{told:?}");
    }
}

/// The pool tells with 28032 that a ticket is another's; each pool gets its own, and goes on getting it.
#[tokio::test]
async fn every_pool_has_its_own_ticket() {
    for told_by in [500, 403] {
        let home = Stub::plain(move |seen| match (seen.path(), seen.header("authorization")) {
            (TICKETS, _) => ticket("cwt=HOME"),
            (_, "Bearer cwt=FIRST") => {
                refusal(told_by, &Value::Null, "28032;source=\"x\";reason=\"The web ticket is invalid.\"")
            }
            _ => pool(seen, "", "cwt=HOME"),
        })
        .await;
        let base = home.url();
        let first = Stub::plain(move |seen| match (seen.path(), seen.header("authorization")) {
            (TICKETS, _) => ticket("cwt=FIRST"),
            ("/user", "Bearer cwt=FIRST") => {
                let href = format!("{base}/applications");
                Reply::json(200, &json!({ "_links": { "applications": { "href": href } } }))
            }
            _ => pool(seen, "", "cwt=FIRST"),
        })
        .await;
        SignIn::begin(config(&first.url()), by_password()).up().await;
        assert_eq!((first.count(TICKETS), home.count(TICKETS)), (1, 1), "{told_by}");
        let foreign =
            |stub: &Stub, ticket: &str| stub.seen().iter().any(|seen| seen.header("authorization") == ticket);
        assert!(!foreign(&first, "Bearer cwt=HOME") && !foreign(&home, "Bearer cwt=FIRST"), "{told_by}");
    }
}

/// Twenty requests find the ticket expired at the same time.
#[tokio::test]
async fn one_fetch_serves_all_who_wait() {
    let epoch = Arc::new(AtomicUsize::new(0));
    let now = Arc::clone(&epoch);
    let stub = Stub::plain(move |seen| {
        let good = format!("cwt={}", now.load(Ordering::SeqCst));
        if seen.path() == TICKETS { ticket(&good) } else { pool(seen, "", &good) }
    })
    .await;
    let mut sign_in = SignIn::begin(config(&stub.url()), by_password());
    sign_in.up().await;
    epoch.store(1, Ordering::SeqCst);
    let searches = (0..20).map(|_| sign_in.session.search("anna", Page::first(10)));
    for found in futures_util::future::join_all(searches).await {
        assert!(found.is_ok_and(|found| found.people.is_empty()));
    }
    assert_eq!(stub.count(TICKETS), 2);
}

/// One answer keeps all sessions of the site away for as long as the pool wishes.
#[tokio::test]
async fn a_pause_that_the_pool_asks_for_holds_for_everybody() {
    for status in [408, 429, 502, 503, 504] {
        let busy = Arc::new(AtomicBool::new(false));
        let is_busy = Arc::clone(&busy);
        let stub = Stub::plain(move |seen| match seen.path() {
            "/search" if is_busy.load(Ordering::SeqCst) => Reply::new(status).header("Retry-After", "600"),
            TICKETS => ticket("cwt=T"),
            _ => pool(seen, "", "cwt=T"),
        })
        .await;
        let connector = SkypeConnector::new(config(&stub.url())).expect("a sound configuration");
        let (mut first, mut second) =
            (SignIn::at(&connector, by_password()), SignIn::at(&connector, by_password()));
        first.up().await;
        second.up().await;
        busy.store(true, Ordering::SeqCst);
        let refused = first.session.search("anna", Page::first(10)).await;
        let Err(ConnectorError::TryLater { retry_ms }) = refused else { panic!("{status}: {refused:?}") };
        assert_eq!(retry_ms, 300_000, "{status}: bounded");
        let (told, _) = second.trouble().await;
        assert_eq!(told.code, TroubleCode::Throttled, "{status}: {told:?}");
        for session in [&first.session, &second.session] {
            assert!(session.search("anna", Page::first(10)).await.is_err());
        }
        assert_eq!(stub.count("/search"), 1, "{status}");
    }
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the pause is to be kept, so its length is looked at")]
async fn after_a_short_pause_all_is_well() {
    let busy = Arc::new(AtomicBool::new(true));
    let is_busy = Arc::clone(&busy);
    let stub = Stub::plain(move |seen| match seen.path() {
        TICKETS if is_busy.swap(false, Ordering::SeqCst) => Reply::new(503).header("Retry-After", "1"),
        TICKETS => ticket("cwt=T"),
        _ => pool(seen, "", "cwt=T"),
    })
    .await;
    let began = tokio::time::Instant::now();
    let mut sign_in = SignIn::begin(config(&stub.url()), by_password());
    assert_eq!(sign_in.trouble().await.0.code, TroubleCode::Throttled);
    sign_in.up().await;
    assert!(began.elapsed() >= Duration::from_secs(1), "it came back too early");
}
