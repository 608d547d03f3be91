//! The experts' side: people with slixmpp on a real server.

use crate::{
    events::LIMIT,
    experts::Experts,
    proxy::Proxy,
    server::{COMPONENT, DOMAIN, PASSWORD, SECRET, Server, Site},
};
use async_trait::async_trait;
use hookflash_connectors::{
    Account, Connector, Credential, Secret,
    conformance::{Answer, Failure, Got, Stage},
    xmpp::{XmppConfig, XmppConnector},
};
use hookflash_domain::{Importance, NetworkId, Person, PersonId, Presence};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// Who is signed in on every server, and asked by nobody.
const BYSTANDER: &str = "bystander";

/// A server with a line to it that can be cut.
pub(crate) struct XmppStage {
    pub(crate) server: Server,
    pub(crate) experts: Experts,
    pub(crate) proxy: Proxy,
    connector: Arc<XmppConnector>,
    numbered: AtomicUsize,
}

/// How the connector is set up: short waits.
pub(crate) fn config(address: &str, site: Site) -> XmppConfig {
    let network = NetworkId("xmpp".to_owned());
    let mut config = XmppConfig::new(network, COMPONENT, DOMAIN, Secret::new(SECRET));
    config.address = address.to_owned();
    config.search = Some(format!("search.{DOMAIN}"));
    config.watcher = (site == Site::ProsodyWatcher).then(|| "watch".to_owned());
    config.timing.shortest_retry = Duration::from_millis(50);
    config.timing.longest_retry = Duration::from_millis(500);
    config.timing.call_wait = Duration::from_secs(2);
    config
}

/// An agent of this number.
pub(crate) fn account(number: usize) -> Account {
    Account {
        id: format!("agent-{number}"),
        address: format!("anna{number}@{COMPONENT}"),
        sign_in_name: None,
        display_name: format!("Anna Agent {number}"),
        credential: Credential::None,
        culture: "en-US".to_owned(),
    }
}

impl XmppStage {
    pub(crate) async fn start(site: Site) -> Self {
        let server = Server::start(site);
        let experts = Experts::start(server.clients);
        let proxy = Proxy::to(format!("127.0.0.1:{}", server.components)).await;
        let config = config(&proxy.address.to_string(), site);
        let connector = Arc::new(XmppConnector::new(config).expect("a sound configuration"));
        server.add(BYSTANDER);
        let command = json!({
            "do": "sign_in", "expert": BYSTANDER, "jid": format!("{BYSTANDER}@{DOMAIN}"), "password": PASSWORD,
            "answer": "silent", "name": "Ian Innocent",
        });
        experts.tell(&command).await.expect("the bystander signs in");
        Self { server, experts, proxy, connector, numbered: AtomicUsize::new(1) }
    }

    /// Has something done by an expert.
    pub(crate) async fn tell(&self, expert: &PersonId, mut command: Value) -> Result<Value, Failure> {
        let name = expert.address.split('@').next().unwrap_or_default();
        command["expert"] = json!(name);
        self.experts.tell(&command).await
    }

    async fn sign_in(&self, answer: &str, photo: bool) -> Result<Person, Failure> {
        let person = self.person();
        let command = json!({
            "do": "sign_in", "jid": person.id.address, "password": PASSWORD, "answer": answer,
            "name": person.name, "photo": photo,
        });
        self.tell(&person.id, command).await?;
        Ok(person)
    }

    fn person(&self) -> Person {
        let number = self.numbered.fetch_add(1, Ordering::Relaxed);
        let local = format!("expert{number}");
        self.server.add(&local);
        let id = PersonId { network: NetworkId("xmpp".to_owned()), address: format!("{local}@{DOMAIN}") };
        Person::new(id, format!("Evan Expert{number}"))
    }
}

#[async_trait]
impl Stage for XmppStage {
    fn connector(&self) -> Arc<dyn Connector> {
        Arc::clone(&self.connector) as Arc<dyn Connector>
    }

    async fn agent(&self) -> Result<Account, Failure> {
        Ok(account(self.numbered.fetch_add(1, Ordering::Relaxed)))
    }

    async fn wrong_password(&self) -> Option<Account> {
        None
    }

    async fn expert(&self, answer: Answer) -> Result<Person, Failure> {
        match answer {
            Answer::Accept => self.sign_in("accept", false).await,
            Answer::Decline => self.sign_in("decline", false).await,
            Answer::Silent => self.sign_in("silent", false).await,
            Answer::Offline => Ok(self.person()),
        }
    }

    fn occupied(&self) -> Presence {
        Presence::Away
    }

    async fn set_presence(&self, expert: &PersonId, presence: Presence) -> Result<(), Failure> {
        let show = match presence {
            Presence::Away => "away",
            Presence::DoNotDisturb => "dnd",
            _ => "",
        };
        self.tell(expert, json!({ "do": "show", "show": show })).await.map(|_| ())
    }

    async fn set_note(&self, expert: &PersonId, note: &str) -> Result<(), Failure> {
        self.tell(expert, json!({ "do": "show", "note": note })).await.map(|_| ())
    }

    async fn with_and_without_photo(&self) -> Result<[PersonId; 2], Failure> {
        Ok([self.sign_in("accept", true).await?.id, self.sign_in("accept", false).await?.id])
    }

    async fn add_favourite(&self, _: &Account, _: &PersonId, _: &str) -> Result<(), Failure> {
        Err(Failure("there are no favourites".to_owned()))
    }

    async fn choose_presence(&self, _: &Account, _: Presence) -> Result<(), Failure> {
        Err(Failure("agents have no presence".to_owned()))
    }

    async fn agent_presence(&self, _: &Account) -> Result<Presence, Failure> {
        Err(Failure("agents have no presence".to_owned()))
    }

    async fn other_client_answers(&self, _: &Account) -> Result<(), Failure> {
        Err(Failure("agents have no other clients".to_owned()))
    }

    async fn lose_next(&self, expert: &PersonId) -> Result<(), Failure> {
        self.tell(expert, json!({ "do": "lose_next" })).await.map(|_| ())
    }

    async fn say(&self, expert: &PersonId, text: &str) -> Result<(), Failure> {
        self.tell(expert, json!({ "do": "say", "text": text })).await.map(|_| ())
    }

    async fn types(&self, expert: &PersonId) -> Result<(), Failure> {
        self.tell(expert, json!({ "do": "types" })).await.map(|_| ())
    }

    async fn leave(&self, expert: &PersonId) -> Result<(), Failure> {
        self.tell(expert, json!({ "do": "leave" })).await.map(|_| ())
    }

    async fn start_chat(&self, expert: &PersonId, agent: &Account, text: &str) -> Result<(), Failure> {
        self.tell(expert, json!({ "do": "start_chat", "to": agent.address, "text": text })).await.map(|_| ())
    }

    async fn write_to_team(&self, expert: &PersonId, team: &str, text: &str) -> Result<(), Failure> {
        let to = format!("{team}@{COMPONENT}");
        self.tell(expert, json!({ "do": "start_chat", "to": to, "text": text })).await.map(|_| ())
    }

    async fn got(&self, expert: &PersonId) -> Result<Got, Failure> {
        let got = self.tell(expert, json!({ "do": "got" })).await?;
        let count = |name: &str| got.get(name).and_then(Value::as_u64).unwrap_or_default() as usize;
        let texts = got.get("texts").and_then(Value::as_array).into_iter().flatten();
        Ok(Got {
            rings: count("rings"),
            ringing: count("ringing"),
            open: count("open"),
            texts: texts.filter_map(|text| Some(text.as_str()?.to_owned())).collect(),
            typed: count("typed"),
            declined: count("declined"),
            importance: Importance::Normal,
        })
    }

    /// Until the server has noticed a cut it sends what experts say into nowhere, as every server does.
    async fn cut(&self, cut: bool) {
        self.proxy.cut(cut);
        let noticed = tokio::time::timeout(LIMIT, async {
            let ping = json!({ "do": "is_gone", "expert": BYSTANDER, "to": COMPONENT });
            while cut && self.experts.tell(&ping).await.expect("an answer")["gone"] != true {}
        });
        noticed.await.expect("the server notices the cut");
    }
}
