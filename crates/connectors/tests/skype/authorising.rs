//! Sign-in on the company's page: the browser's part is played here, the company's service is a stub.

use crate::site::{SignIn, account, by_password, config, pool};
use crate::stub::{Reply, Seen, Stub};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hookflash_connectors::{
    Begun, Connector, Credential, Secret, SessionEvent, TroubleCode,
    skype::{SkypeConfig, SkypeConnector},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use url::Url;

const AUTHORIZE: &str = "/adfs/oauth2/authorize";
const TOKENS: &str = "/adfs/oauth2/token";

/// What the company's service says to a request for tokens.
fn tokens(seen: &Seen, refresh: &str) -> Reply {
    let body = match (seen.field("grant_type").as_str(), seen.field("refresh_token").as_str()) {
        ("authorization_code", _) if seen.field("code") == "CODE" => {
            json!({ "access_token": "JWT", "refresh_token": "R1" })
        }
        ("refresh_token", known) if known == refresh || known == "R2" => {
            json!({ "access_token": "JWT", "expires_in": "3600", "refresh_token": "R2" })
        }
        _ => return Reply::json(400, &json!({ "error": "invalid_grant" })),
    };
    Reply::json(200, &body)
}

/// A pool that names the company's page, with that page's service beside it.
async fn company(refresh: &'static str) -> Stub {
    Stub::plain(move |seen| match seen.path() {
        TOKENS => tokens(seen, refresh),
        "/user" if seen.header("authorization").is_empty() => {
            let page = format!("Bearer client_id=\"pool\", authorization_uri=\"{AUTHORIZE}\"");
            Reply::new(401).header("WWW-Authenticate", page)
        }
        _ => pool(seen, "", "JWT"),
    })
    .await
}

fn site(stub: &Stub) -> SkypeConfig {
    let mut config = config(&stub.url());
    config.oauth_client_id = Some("hookflash".to_owned());
    config.oauth_client_secret = Some(Secret::new("company secret"));
    config
}

async fn begin(connector: &SkypeConnector) -> Begun {
    let return_to = "https://desk.site.test/network-sign-in".parse().expect("a URL");
    let authoriser = connector.authoriser().expect("it is set up");
    authoriser.begin("agent1@site.test", &return_to, "STATE").await.expect("a page")
}

fn query(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}

#[tokio::test]
async fn an_agent_signs_in_on_the_companys_page() {
    let stub = company("R1").await;
    let connector = SkypeConnector::new(site(&stub)).expect("a sound configuration");
    let begun = begin(&connector).await;
    assert_eq!(begun.url.path(), AUTHORIZE);
    let asked = query(&begun.url);
    let expected = [
        ("response_type", "code"),
        ("client_id", "hookflash"),
        ("redirect_uri", "https://desk.site.test/network-sign-in"),
        ("state", "STATE"),
        ("code_challenge_method", "S256"),
        ("resource", stub.url().as_str()),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert!(expected.iter().all(|(name, value)| asked.get(name) == Some(value)), "{asked:?}");

    let authoriser = connector.authoriser().expect("it is set up");
    let kept = authoriser.finish(&begun, &Secret::new("CODE")).await.expect("an authorisation");
    let exchange = stub.seen().into_iter().find(|seen| seen.path() == TOKENS).expect("one");
    let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(exchange.field("code_verifier")));
    assert_eq!(Some(&proof), asked.get("code_challenge"), "RFC 7636 4.6");
    assert_eq!(exchange.field("client_secret"), "company secret");

    let mut sign_in = SignIn::at(&connector, account(Credential::Authorisation(kept.clone())));
    let renewed = sign_in.expect(|event| matches!(event, SessionEvent::Authorised { .. })).await;
    let SessionEvent::Authorised { authorisation } = renewed else { panic!("another event") };
    assert!(authorisation != kept && authorisation.expose().contains("R2"));
    sign_in.up().await;
    let bearer = |seen: &Seen| seen.header("authorization") == "Bearer JWT";
    assert!(stub.seen().iter().filter(|seen| seen.path() == "/applications").all(bearer));
}

#[tokio::test]
async fn what_goes_wrong_is_told_apart() {
    let stub = company("R9").await;
    let connector = SkypeConnector::new(site(&stub)).expect("a sound configuration");
    let begun = begin(&connector).await;
    let authoriser = connector.authoriser().expect("it is set up");
    let forged = authoriser.finish(&begun, &Secret::new("another code")).await.expect_err("no");
    assert_eq!(forged.code, TroubleCode::AuthorisationEnded);
    let kept = authoriser.finish(&begun, &Secret::new("CODE")).await.expect("an authorisation");
    let (told, is_final) = SignIn::at(&connector, account(Credential::Authorisation(kept))).trouble().await;
    assert_eq!((told.code, is_final), (TroubleCode::AuthorisationEnded, true), "{told:?}");
    let rubbish = account(Credential::Authorisation(Secret::new("{}")));
    assert_eq!(SignIn::at(&connector, rubbish).trouble().await.0.code, TroubleCode::AuthorisationEnded);
    // A pool that has the company's page only does not take passwords.
    let (told, _) = SignIn::at(&connector, by_password()).trouble().await;
    assert_eq!(told.code, TroubleCode::NoCommonGrant, "{told:?}");
    assert!(told.words.contains("company sign-in page"), "{told:?}");
}

#[tokio::test]
async fn a_page_elsewhere_is_not_trusted_and_a_pool_without_one_says_so() {
    let cases = [
        (
            "Bearer authorization_uri=\"https://login.evil.example/oauth2/authorize\"",
            TroubleCode::Protocol,
            "login.evil.example",
        ),
        (
            "Bearer authorization_uri=\"/adfs/ls\"",
            TroubleCode::Protocol,
            "not an OAuth 2.0 authorize address",
        ),
        ("MsRtcOAuth href=\"/t\",grant_type=\"password\"", TroubleCode::NoCommonGrant, "password"),
    ];
    for (value, code, words) in cases {
        let stub = Stub::plain(move |seen| match seen.path() {
            "/user" => Reply::new(401).header("WWW-Authenticate", value),
            _ => pool(seen, "", "JWT"),
        })
        .await;
        let connector = SkypeConnector::new(site(&stub)).expect("a sound configuration");
        let return_to = "https://desk.site.test/network-sign-in".parse().expect("a URL");
        let authoriser = connector.authoriser().expect("it is set up");
        let told = authoriser.begin("agent1@site.test", &return_to, "STATE").await.expect_err(value);
        assert_eq!(told.code, code, "{told:?}");
        assert!(told.words.contains(words), "{told:?}");
    }
    let stub = company("R1").await;
    let without = SkypeConnector::new(config(&stub.url())).expect("a sound configuration");
    assert!(without.authoriser().is_none());
}

/// Access tokens are for one pool: for the agent's home pool another one is asked for.
#[tokio::test]
async fn each_pool_gets_its_own_access_token() {
    let resources = Arc::new(Mutex::new(Vec::new()));
    let asked = Arc::clone(&resources);
    let home = Stub::plain(|seen| pool(seen, "", "JWT")).await;
    let base = home.url();
    let first = Stub::plain(move |seen| match (seen.path(), seen.header("authorization")) {
        (TOKENS, _) => {
            asked.lock().expect("not poisoned").push(seen.field("resource"));
            tokens(seen, "R1")
        }
        ("/user", "Bearer JWT") => {
            let href = format!("{base}/applications");
            Reply::json(200, &json!({ "_links": { "applications": { "href": href } } }))
        }
        _ => pool(seen, "", "JWT"),
    })
    .await;
    let connector = SkypeConnector::new(site(&first)).expect("a sound configuration");
    let kept = json!({ "tokens": format!("{}{TOKENS}", first.url()), "refresh": "R1" }).to_string();
    SignIn::at(&connector, account(Credential::Authorisation(Secret::new(kept)))).up().await;
    assert_eq!(*resources.lock().expect("not poisoned"), [first.url(), home.url()]);
}
