//! A site of hand-written servers, and an agent who signs in to it.

use crate::stub::{Reply, Seen, Stub};
use hookflash_connectors::{
    Account, Batch, Connector, Credential, LinkState, Secret, Session, SessionEvent, Trouble,
    skype::{SkypeConfig, SkypeConnector},
};
use hookflash_domain::NetworkId;
use serde_json::json;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// The password of the agent.
pub(crate) const PASSWORD: &str = "hunter2-Passw\u{f6}rd";
/// The ticket service, as every pool has it.
pub(crate) const TICKETS: &str = "/WebTicket/oauthtoken";

/// A site that begins at this address.
pub(crate) fn config(address: &str) -> SkypeConfig {
    let mut config = SkypeConfig::new(NetworkId("skype".to_owned()));
    config.address = address.parse().ok();
    config.accept_plain_http_for_lab = true;
    config.timing.shortest_retry = Duration::from_millis(50);
    config
}

/// A site that is found by the domain `site.test`, with these hosts.
pub(crate) fn discovered(hosts: &[(&str, SocketAddr)]) -> SkypeConfig {
    let mut config = config("");
    config.address = None;
    config.accept_plain_http_for_lab = false;
    config.resolve = hosts.iter().map(|(host, address)| ((*host).to_owned(), *address)).collect();
    config
}

/// The agent, with this credential.
pub(crate) fn account(credential: Credential) -> Account {
    Account {
        id: "agent-1".to_owned(),
        address: "agent1@site.test".to_owned(),
        sign_in_name: Some("SITE\\agent1".to_owned()),
        display_name: "Agent 1".to_owned(),
        credential,
        culture: "en-US".to_owned(),
    }
}

pub(crate) fn by_password() -> Account {
    account(Credential::Password(Secret::new(PASSWORD)))
}

/// An agent on the way in.
pub(crate) struct SignIn {
    pub(crate) session: Arc<dyn Session>,
    batches: mpsc::Receiver<Batch>,
}

impl SignIn {
    pub(crate) fn begin(config: SkypeConfig, account: Account) -> Self {
        let connector = SkypeConnector::new(config).expect("a sound configuration");
        Self::at(&connector, account)
    }

    pub(crate) fn at(connector: &SkypeConnector, account: Account) -> Self {
        let (session, batches) = connector.sign_in(account, None);
        Self { session, batches }
    }

    /// The next event that is as wanted; the test ends where none comes within a minute.
    pub(crate) async fn expect(&mut self, wanted: impl Fn(&SessionEvent) -> bool) -> SessionEvent {
        let found = async {
            while let Some(batch) = self.batches.recv().await {
                let found = batch.events.iter().find(|event| wanted(event)).cloned();
                batch.done.confirm();
                if found.is_some() {
                    return found;
                }
            }
            None
        };
        let found = tokio::time::timeout(Duration::from_secs(60), found).await;
        found.expect("in time").expect("before the end of the session")
    }

    pub(crate) async fn up(&mut self) {
        self.expect(|event| *event == SessionEvent::Link(LinkState::Up)).await;
    }

    /// The next trouble, and whether it is final.
    pub(crate) async fn trouble(&mut self) -> (Trouble, bool) {
        let is_trouble = |event: &SessionEvent| trouble_of(event).is_some();
        let event = self.expect(is_trouble).await;
        trouble_of(&event).expect("one")
    }
}

fn trouble_of(event: &SessionEvent) -> Option<(Trouble, bool)> {
    match event {
        SessionEvent::Link(LinkState::Down { trouble, .. }) => Some((trouble.clone(), false)),
        SessionEvent::Link(LinkState::SignedOut { trouble: Some(trouble) }) => Some((trouble.clone(), true)),
        _ => None,
    }
}

/// The first trouble of an agent who signs in by password.
pub(crate) async fn trouble(config: SkypeConfig) -> (Trouble, bool) {
    SignIn::begin(config, by_password()).trouble().await
}

/// What a whole pool answers to somebody with this ticket; `base` is its own address.
pub(crate) fn pool(seen: &Seen, base: &str, ticket: &str) -> Reply {
    let links = |rel: &str, path: &str| json!({ "_links": { rel: { "href": format!("{base}{path}") } } });
    if seen.path() == "/" {
        return Reply::json(200, &links("user", "/user"));
    }
    if seen.header("authorization") != format!("Bearer {ticket}") {
        return challenge("password");
    }
    match (seen.method.as_str(), seen.path()) {
        (_, "/user") => Reply::json(200, &links("applications", "/applications")),
        ("POST", "/applications") => Reply::json(201, &application()),
        ("GET", "/search") => Reply::json(200, &json!({ "_embedded": { "contact": [] } })),
        (_, "/events") => {
            Reply::json(200, &json!({ "_links": { "next": { "href": "/events?ack=2" } }, "sender": [] }))
        }
        _ => Reply::new(204),
    }
}

fn application() -> serde_json::Value {
    json!({
        "_links": { "self": { "href": "/app" }, "events": { "href": "/events?ack=1" } },
        "_embedded": {
            "me": { "_links": { "self": { "href": "/me" } } },
            "people": { "_links": { "search": { "href": "/search" } } },
        },
    })
}

/// 401 with these grants.
pub(crate) fn challenge(grants: &str) -> Reply {
    let value = format!("MsRtcOAuth href=\"{TICKETS}\",grant_type=\"{grants}\"");
    Reply::new(401).header("WWW-Authenticate", value)
}

/// A ticket, or what else the ticket service gives.
pub(crate) fn ticket(token: &str) -> Reply {
    Reply::json(200, &json!({ "access_token": token, "expires_in": 28_289, "token_type": "Bearer" }))
}

/// A pool whose ticket service answers this.
pub(crate) async fn pool_with_tickets(tickets: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Stub {
    Stub::plain(move |seen| match seen.path() {
        TICKETS => tickets(seen),
        _ => pool(seen, "", "cwt=T"),
    })
    .await
}
