//! Discovery against servers that lead astray, and what is told of it.

use crate::site::{SignIn, TICKETS, by_password, config, discovered, pool, ticket, trouble};
use crate::stub::{Reply, Stub};
use hookflash_connectors::TroubleCode;
use serde_json::json;

/// A port where nobody listens.
const NOWHERE: &str = "127.0.0.1:9";

#[tokio::test]
async fn what_is_not_a_discovery_service_is_told_apart() {
    let endless =
        |seen: &crate::stub::Seen| Reply::new(302).header("Location", format!("/?n={}", seen.target.len()));
    let links =
        |_: &crate::stub::Seen| Reply::json(200, &json!({ "_links": { "redirect": { "href": "/" } } }));
    type Play = Box<dyn Fn(&crate::stub::Seen) -> Reply + Send + Sync>;
    let cases: [(&str, Play, &str); 7] = [
        ("endless redirects", Box::new(endless), "leads nowhere in 8 steps"),
        ("endless links", Box::new(links), "leads nowhere in 8 steps"),
        (
            "a huge body",
            Box::new(|_| Reply::new(200).text("application/json", "x".repeat(1_100_000))),
            "over 1048576 bytes",
        ),
        (
            "a page for people",
            Box::new(|_| Reply::new(200).text("text/html; charset=utf-8", "<p>".to_owned())),
            "it sends text/html",
        ),
        (
            "broken JSON",
            Box::new(|_| Reply::new(200).text("application/json", "{".to_owned())),
            "JSON is broken",
        ),
        ("nothing", Box::new(|_| Reply::new(200)), "it sends nothing"),
        (
            "another server",
            Box::new(|_| Reply::new(302).header("Location", "https://evil.example/")),
            "leads to evil.example, which is not trusted",
        ),
    ];
    for (what, play, expected) in cases {
        let stub = Stub::plain(play).await;
        let (told, is_final) = trouble(config(&stub.url())).await;
        assert_eq!(told.code, TroubleCode::Protocol, "{what}: {told:?}");
        assert!(told.words.contains(expected) && !is_final, "{what}: {told:?}");
        assert!(stub.seen().iter().all(|seen| seen.header("authorization").is_empty()), "{what}");
    }
}

#[tokio::test]
async fn the_bound_on_a_chain_holds() {
    let stub = Stub::plain(|_| Reply::new(302).header("Location", "/again")).await;
    let mut config = config(&stub.url());
    config.timing.shortest_retry = std::time::Duration::from_secs(600);
    trouble(config).await;
    assert_eq!(stub.seen().len(), 8);
}

#[tokio::test]
async fn everything_that_was_tried_is_told() {
    let nowhere = NOWHERE.parse().expect("an address");
    let hosts = [("lyncdiscoverinternal.site.test", nowhere), ("lyncdiscover.site.test", nowhere)];
    let (told, is_final) = trouble(discovered(&hosts)).await;
    assert_eq!((told.code, is_final), (TroubleCode::NotFound, false), "{told:?}");
    for tried in [
        "https://lyncdiscoverinternal",
        "https://lyncdiscover",
        "http://lyncdiscoverinternal",
        "http://lyncdiscover",
    ] {
        assert!(told.words.contains(&format!("{tried}.site.test/ (No connection")), "{told:?}");
    }
    assert!(!told.words.contains("agent1"), "{told:?}");
}

/// The plain form leads to the encrypted server and is told nothing of the agent.
#[tokio::test]
async fn the_plain_form_is_followed_to_https_only() {
    let pool = Stub::tls(&["pool.site.test"], |seen| match seen.path() {
        TICKETS => ticket("cwt=T"),
        _ => pool(seen, "", "cwt=T"),
    })
    .await;
    let plain = Stub::plain(|_| Reply::new(302).header("Location", "https://pool.site.test/")).await;
    let mut config = discovered(&[
        ("lyncdiscoverinternal.site.test", NOWHERE.parse().expect("an address")),
        ("lyncdiscover.site.test", plain.address),
        ("pool.site.test", pool.address),
    ]);
    config.ca_pem.clone_from(&pool.ca_pem);
    SignIn::begin(config, by_password()).up().await;
    let told: Vec<String> = plain.seen().into_iter().map(|seen| seen.target).collect();
    assert!(!told.is_empty() && told.iter().all(|target| target == "/"), "{told:?}");
}

#[tokio::test]
async fn a_plain_server_that_goes_on_in_the_clear_is_not_followed() {
    let plain = Stub::plain(|seen| pool(seen, "", "cwt=T")).await;
    let elsewhere =
        Stub::plain(|_| Reply::new(302).header("Location", "http://lyncdiscover.site.test/x")).await;
    for stub in [&plain, &elsewhere] {
        let hosts =
            [("lyncdiscoverinternal.site.test", stub.address), ("lyncdiscover.site.test", stub.address)];
        let (told, _) = trouble(discovered(&hosts)).await;
        assert_eq!(told.code, TroubleCode::NotFound, "{told:?}");
        assert!(told.words.contains("without encryption"), "{told:?}");
        assert!(stub.seen().iter().all(|seen| seen.path() == "/"), "{:?}", stub.seen());
    }
}

/// The internal name is better, and is waited for a little when the other one is faster.
#[tokio::test]
async fn the_internal_server_goes_before_the_other() {
    let site = |name: &'static str| {
        move |seen: &crate::stub::Seen| match seen.path() {
            TICKETS => ticket("cwt=T"),
            _ => pool(seen, name, "cwt=T"),
        }
    };
    let names = ["lyncdiscoverinternal.site.test", "lyncdiscover.site.test"];
    let inside = Stub::tls(&names, site("https://lyncdiscoverinternal.site.test")).await;
    let outside = Stub::plain(|_| Reply::new(404)).await;
    let mut config = discovered(&[(names[0], inside.address), (names[1], outside.address)]);
    config.ca_pem.clone_from(&inside.ca_pem);
    SignIn::begin(config, by_password()).up().await;
    assert!(inside.count("/user") > 0);
}

#[tokio::test]
async fn an_account_of_another_site_is_told_where_it_lives() {
    let stub = Stub::plain(|seen| match seen.path() {
        TICKETS => ticket("cwt=T"),
        "/user" if !seen.header("authorization").is_empty() => {
            let cloud = "https://webdir.cloud.example/discover/user";
            Reply::json(200, &json!({ "_links": { "redirect": { "href": cloud } } }))
        }
        _ => pool(seen, "", "cwt=T"),
    })
    .await;
    let (told, is_final) = trouble(config(&stub.url())).await;
    assert_eq!((told.code, is_final), (TroubleCode::NotHomedHere, true), "{told:?}");
    assert!(told.words.contains("https://webdir.cloud.example/discover/user"), "{told:?}");
}
