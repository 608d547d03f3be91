//! Nothing secret is logged, told or put into an address, whatever the level and whatever goes wrong.

use crate::site::{PASSWORD, SignIn, TICKETS, account, by_password, challenge, config, pool, ticket};
use crate::stub::{Reply, Stub};
use hookflash_connectors::{
    Connector, Credential, Secret,
    skype::{SkypeConfig, SkypeConnector, SkypeGrant},
};
use serde_json::json;
use std::{
    io::Write,
    sync::{Arc, Mutex},
};
use tracing_subscriber::{fmt::MakeWriter, util::SubscriberInitExt as _};

/// In every secret of these tests but the password.
const MARK: &str = "s3cret";
const TOKENS: &str = "/oauth2/token";

/// All that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("not poisoned")).into_owned()
    }
}

/// A pool with all ways in; `good` says whether they succeed.
async fn site(good: bool) -> Stub {
    let refuse = || Reply::json(400, &json!({ "error": "invalid_grant" }));
    Stub::plain(move |seen| match (seen.path(), seen.header("authorization")) {
        (TICKETS, _) if good && seen.field("grant_type") == "password" => ticket("cwt=s3cret-ticket"),
        (TICKETS, "") if seen.field("grant_type") != "password" => {
            Reply::new(401).header("WWW-Authenticate", "NTLM")
        }
        (TICKETS, _) => refuse(),
        (TOKENS, _) if good => Reply::json(
            200,
            &json!({ "access_token": "cwt=s3cret-ticket", "refresh_token": "s3cret-refresh" }),
        ),
        (TOKENS, _) => refuse(),
        ("/user", "") => {
            let page = "Bearer authorization_uri=\"/oauth2/authorize\"";
            challenge("urn:microsoft.rtc:windows,password").header("WWW-Authenticate", page)
        }
        _ => pool(seen, "", "cwt=s3cret-ticket"),
    })
    .await
}

fn settings(stub: &Stub, grant: SkypeGrant) -> SkypeConfig {
    let mut config = config(&stub.url());
    config.grants = vec![grant];
    config.oauth_client_id = Some("hookflash".to_owned());
    config.oauth_client_secret = Some(Secret::new("s3cret-client"));
    config
}

async fn on_the_page(connector: &SkypeConnector) -> Credential {
    let authoriser = connector.authoriser().expect("it is set up");
    let return_to = "https://desk.site.test/network-sign-in".parse().expect("a URL");
    let begun = authoriser.begin("agent1@site.test", &return_to, "state").await.expect("a page");
    tracing::info!(?begun, "begun");
    let finished = authoriser.finish(&begun, &Secret::new("s3cret-code")).await;
    tracing::info!(?finished, "finished");
    Credential::Authorisation(finished.unwrap_or_else(|_| Secret::new("{\"s3cret\":1}")))
}

async fn all_ways(good: bool) -> Vec<Stub> {
    let mut stubs = Vec::new();
    for grant in [SkypeGrant::Password, SkypeGrant::Windows] {
        let stub = site(good).await;
        let connector = SkypeConnector::new(settings(&stub, grant)).expect("a sound configuration");
        for account in [by_password(), account(on_the_page(&connector).await)] {
            tracing::info!(?account, "signs in");
            let mut sign_in = SignIn::at(&connector, account);
            let told = sign_in
                .expect(|event| {
                    format!("{event:?}").contains("Up")
                        || format!("{event:?}").contains("SignedOut")
                        || format!("{event:?}").contains("Down")
                })
                .await;
            tracing::info!(?told, "told");
            sign_in.session.sign_out().await;
        }
        stubs.push(stub);
    }
    stubs
}

#[tokio::test]
async fn no_secret_is_logged_at_any_level_or_put_into_an_address() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let guard = subscriber.set_default();
    let mut stubs = all_ways(true).await;
    stubs.extend(all_ways(false).await);
    drop(guard);
    let text = log.text();
    assert!(text.contains("signs in") && text.contains("TRACE"), "the log is written");
    for secret in [MARK, "hunter2", PASSWORD] {
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
    for seen in stubs.iter().flat_map(Stub::seen) {
        assert!(!seen.target.contains(MARK) && !seen.target.contains("hunter2"), "{}", seen.target);
    }
}
