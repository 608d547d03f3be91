//! Windows sign-in (NTLM) against a server that ties the handshake to its connection, as IIS does. The
//! server's half is the same library's; the stand-in pool has one of its own.

use crate::site::{PASSWORD, SignIn, TICKETS, by_password, challenge, config, pool, ticket};
use crate::stub::{Reply, Seen, Stub};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hookflash_connectors::{TroubleCode, skype::SkypeGrant};
use sspi::{
    AuthIdentity, BufferType, CredentialUse, DataRepresentation, Ntlm, SecurityBuffer, SecurityStatus,
    ServerRequestFlags, Sspi, SspiImpl, Username,
};
use std::{collections::HashMap, sync::Mutex};

const GRANT: &str = "urn:microsoft.rtc:windows";

/// The server's halves of handshakes under way, by connection.
#[derive(Default)]
struct Domain(Mutex<HashMap<usize, Ntlm>>);

impl Domain {
    /// Answers a request to the ticket service.
    fn tickets(&self, seen: &Seen, password: &str, scheme: &str) -> Reply {
        assert_eq!(seen.field("grant_type"), GRANT);
        let offer = || Reply::new(401).header("WWW-Authenticate", scheme.to_owned());
        let Some(token) = seen.header("authorization").strip_prefix(&format!("{scheme} ")) else {
            return offer();
        };
        let token = STANDARD.decode(token).expect("base64");
        let mut open = self.0.lock().expect("not poisoned");
        let mut ntlm = open.remove(&seen.connection).unwrap_or_default();
        let Some((done, answer)) = step(&mut ntlm, &token, password) else { return offer() };
        if done {
            return ticket("cwt=T");
        }
        open.insert(seen.connection, ntlm);
        Reply::new(401).header("WWW-Authenticate", format!("{scheme} {}", STANDARD.encode(answer)))
    }
}

/// One step of the server; none where the client is refused.
fn step(ntlm: &mut Ntlm, token: &[u8], password: &str) -> Option<(bool, Vec<u8>)> {
    let username = Username::new("agent1", Some("SITE")).expect("a name");
    let identity = AuthIdentity { username, password: password.to_owned().into() };
    let mut acquired = ntlm
        .acquire_credentials_handle()
        .with_credential_use(CredentialUse::Inbound)
        .with_auth_data(&identity)
        .execute(ntlm)
        .expect("credentials");
    let mut input = vec![SecurityBuffer::new(token.to_vec(), BufferType::Token)];
    let mut output = vec![SecurityBuffer::new(Vec::new(), BufferType::Token)];
    let builder = ntlm
        .accept_security_context()
        .with_credentials_handle(&mut acquired.credentials_handle)
        .with_context_requirements(ServerRequestFlags::empty())
        .with_target_data_representation(DataRepresentation::Native)
        .with_input(&mut input)
        .with_output(&mut output);
    let result = ntlm.accept_security_context_impl(builder).ok()?.resolve_to_result().ok()?;
    let done = matches!(
        result.status,
        SecurityStatus::CompleteAndContinue | SecurityStatus::CompleteNeeded | SecurityStatus::Ok
    );
    if done {
        ntlm.complete_auth_token(&mut output).ok()?;
    }
    Some((done, output.remove(0).buffer))
}

/// A pool that takes Windows sign-in with this password, announced by this scheme.
async fn windows_pool(password: &'static str, scheme: &'static str) -> Stub {
    let domain = Domain::default();
    Stub::plain(move |seen| match (seen.path(), seen.header("authorization")) {
        (TICKETS, _) => domain.tickets(seen, password, scheme),
        ("/" | "/user" | "/applications", "") => match seen.path() {
            "/" => pool(seen, "", "cwt=T"),
            _ => challenge(GRANT),
        },
        _ => pool(seen, "", "cwt=T"),
    })
    .await
}

#[tokio::test]
async fn the_password_is_proved_and_not_sent() {
    for scheme in ["NTLM", "Negotiate"] {
        let stub = windows_pool(PASSWORD, scheme).await;
        SignIn::begin(config(&stub.url()), by_password()).up().await;
        let seen = stub.seen();
        let shakes: Vec<&Seen> = seen.iter().filter(|seen| seen.path() == TICKETS).collect();
        assert_eq!(shakes.len(), 3, "{scheme}");
        assert!(
            shakes.windows(2).all(|pair| pair[0].connection == pair[1].connection),
            "{scheme}: one connection"
        );
        assert!(seen.iter().all(|seen| !seen.body.contains("hunter2") && !seen.target.contains("hunter2")));
    }
}

#[tokio::test]
async fn a_wrong_password_is_told_once() {
    let stub = windows_pool("another password", "NTLM").await;
    let (told, is_final) = SignIn::begin(config(&stub.url()), by_password()).trouble().await;
    assert_eq!((told.code, is_final), (TroubleCode::WrongPassword, true), "{told:?}");
    assert_eq!(stub.count(TICKETS), 3);
}

/// A proxy that takes a connection of its own for each request breaks the handshake.
#[tokio::test]
async fn a_changing_connection_is_told() {
    let domain = Domain::default();
    let stub = Stub::plain(move |seen| match seen.path() {
        TICKETS => domain.tickets(seen, PASSWORD, "NTLM").header("Connection", "close"),
        "/user" => challenge(GRANT),
        _ => pool(seen, "", "cwt=T"),
    })
    .await;
    let (told, is_final) = SignIn::begin(config(&stub.url()), by_password()).trouble().await;
    assert_eq!((told.code, is_final), (TroubleCode::Protocol, false), "{told:?}");
    assert!(told.words.contains("needs one connection"), "{told:?}");
}

#[tokio::test]
async fn broken_challenges_are_refused() {
    let cases = ["NTLM", "NTLM !!!", "NTLM TlRMTVNTUAAC", "NTLM AAAA", "Negotiate TlRMTVNTUAADAAAA"];
    for value in cases {
        let stub = Stub::plain(move |seen| match seen.path() {
            TICKETS => Reply::new(401).header("WWW-Authenticate", value),
            "/user" => challenge(GRANT),
            _ => pool(seen, "", "cwt=T"),
        })
        .await;
        let (told, _) = SignIn::begin(config(&stub.url()), by_password()).trouble().await;
        assert_eq!(told.code, TroubleCode::Protocol, "{value}: {told:?}");
    }
}

#[tokio::test]
async fn the_administrators_order_holds() {
    let cases = [
        (vec![SkypeGrant::Password, SkypeGrant::Windows], "password"),
        (vec![SkypeGrant::Windows, SkypeGrant::Password], GRANT),
        (vec![SkypeGrant::Windows], GRANT),
    ];
    for (grants, first) in cases {
        let stub = Stub::plain(move |seen| match seen.path() {
            TICKETS => Reply::new(500),
            "/user" => challenge("urn:microsoft.rtc:windows,password"),
            _ => pool(seen, "", "cwt=T"),
        })
        .await;
        let mut config = config(&stub.url());
        config.grants.clone_from(&grants);
        SignIn::begin(config, by_password()).trouble().await;
        let asked =
            stub.seen().into_iter().find(|seen| seen.path() == TICKETS).expect("a ticket was asked for");
        assert_eq!(asked.field("grant_type"), first, "{grants:?}");
    }
}
