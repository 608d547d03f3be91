//! The expert's side of the pool, played through its control interface.

use crate::{
    expert::{Expert, UcwaClient, string},
    pool::Pool,
    proxy::Proxy,
};
use async_trait::async_trait;
use hookflash_connectors::{
    Account, Connector, Credential, Secret,
    conformance::{Answer, Failure, Got, Stage},
    skype::{SkypeConfig, SkypeConnector},
};
use hookflash_domain::{Importance, NetworkId, Person, PersonId, Presence};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// A pool with a line to it that can be cut.
pub(crate) struct PoolStage {
    pub(crate) pool: Pool,
    pub(crate) proxy: Proxy,
    /// What a test sets up otherwise.
    pub(crate) adjust: fn(&mut SkypeConfig),
    experts: AtomicUsize,
    agents: AtomicUsize,
    seen: Mutex<BTreeMap<String, Seen>>,
    watching: Mutex<BTreeMap<String, Expert>>,
}

/// What the pool no longer shows of an expert's chats.
#[derive(Default)]
struct Seen {
    rang: BTreeSet<u64>,
    started: BTreeSet<u64>,
    left: BTreeSet<u64>,
}

/// A chat of the moment.
struct PoolChat {
    number: u64,
    state: String,
    importance: Importance,
}

impl PoolStage {
    pub(crate) async fn start(more: &[&str]) -> Self {
        let pool = Pool::start(more);
        let proxy = Proxy::to(pool.address.clone()).await;
        let (experts, agents) = (AtomicUsize::new(1), AtomicUsize::new(1));
        let (seen, watching) = (Mutex::default(), Mutex::default());
        Self { pool, proxy, adjust: |_| {}, experts, agents, seen, watching }
    }

    /// How the connector is set up: an explicit address, the lab's authority, short waits.
    pub(crate) fn config(&self) -> SkypeConfig {
        let mut config = SkypeConfig::new(NetworkId("skype".to_owned()));
        config.address = format!("https://{}/", self.proxy.address).parse().ok();
        config.ca_pem = Some(self.pool.ca_pem.clone());
        config.timing.shortest_retry = Duration::from_millis(100);
        config.timing.longest_retry = Duration::from_millis(500);
        config.timing.call_wait = Duration::from_millis(500);
        config.timing.settle = Duration::from_millis(700);
        (self.adjust)(&mut config);
        config
    }

    async fn chats_of(&self, uri: &str) -> Result<Vec<PoolChat>, Failure> {
        let all = self.pool.get("/chats").await?;
        let with = all.as_array().into_iter().flatten().filter(|chat| {
            let parties = chat.get("parties").and_then(Value::as_array).into_iter().flatten();
            parties.filter_map(Value::as_str).any(|party| party == uri)
        });
        let read = |chat: &Value| {
            let text = |name: &str| chat.get(name)?.as_str();
            let importance = match text("importance")? {
                "Urgent" => Importance::Urgent,
                "Emergency" => Importance::Emergency,
                _ => Importance::Normal,
            };
            Some(PoolChat {
                number: chat.get("chat")?.as_u64()?,
                state: text("state")?.to_owned(),
                importance,
            })
        };
        Ok(with.filter_map(read).collect())
    }

    /// How the person's only chat stands in the pool.
    pub(crate) async fn state_with(&self, uri: &str) -> Result<Option<String>, Failure> {
        Ok(self.chats_of(uri).await?.pop().map(|chat| chat.state))
    }

    /// Another client of somebody.
    async fn other_client(&self, uri: &str) -> Result<(UcwaClient, Value), Failure> {
        let address = uri.trim_start_matches("sip:");
        UcwaClient::sign_in(&self.pool.address, &self.pool.ca_pem, address).await
    }

    /// Signs somebody in with a small client that accepts chats and notes what it sees.
    async fn client_of(&self, uri: &str) -> Result<(), Failure> {
        let address = uri.trim_start_matches("sip:");
        let client = Expert::sign_in(&self.pool.address, &self.pool.ca_pem, address).await?;
        self.watching.lock().expect("not poisoned").insert(uri.to_owned(), client);
        Ok(())
    }

    async fn show(&self, uri: &str, presence: Presence) -> Result<(), Failure> {
        let availability = match presence {
            Presence::Available => "Online",
            Presence::Busy => "Busy",
            Presence::DoNotDisturb => "DoNotDisturb",
            _ => "Away",
        };
        let path = format!("/people/{uri}/presence");
        self.pool.post(&path, &json!({ "availability": availability })).await.map(|_| ())
    }

    /// Does something to what is kept of an expert.
    fn note<T>(&self, uri: &str, change: impl FnOnce(&mut Seen) -> T) -> T {
        change(self.seen.lock().expect("not poisoned").entry(uri.to_owned()).or_default())
    }
}

#[async_trait]
impl Stage for PoolStage {
    fn connector(&self) -> Arc<dyn Connector> {
        Arc::new(SkypeConnector::new(self.config()).expect("a sound configuration"))
    }

    async fn agent(&self) -> Result<Account, Failure> {
        let number = self.agents.fetch_add(1, Ordering::Relaxed);
        Ok(Account {
            id: format!("agent-{number}"),
            address: format!("agent{number}@lab.test"),
            sign_in_name: None,
            display_name: format!("Agent {number}"),
            credential: Credential::Password(Secret::new("demo")),
            culture: "en-US".to_owned(),
        })
    }

    async fn wrong_password(&self) -> Option<Account> {
        let right = self.agent().await.ok()?;
        Some(Account { credential: Credential::Password(Secret::new("not the password")), ..right })
    }

    async fn expert(&self, answer: Answer) -> Result<Person, Failure> {
        let uri = format!("sip:expert{}@lab.test", self.experts.fetch_add(1, Ordering::Relaxed));
        let persona = match answer {
            Answer::Accept => "answers",
            Answer::Decline => "declines",
            Answer::Silent => "silent",
            Answer::Offline => "offline",
        };
        self.pool.persona(&uri, persona).await?;
        let people = self.pool.get("/people").await?;
        let own = people.as_array().into_iter().flatten();
        let own = own.into_iter().find(|person| person.get("uri").and_then(Value::as_str) == Some(&uri));
        let name = own.and_then(|own| own.get("name")?.as_str());
        let name = name.ok_or_else(|| Failure(format!("the pool does not know {uri}")))?;
        Ok(Person::new(PersonId { network: NetworkId("skype".to_owned()), address: uri.clone() }, name))
    }

    async fn watching_expert(&self) -> Result<Person, Failure> {
        let person = self.expert(Answer::Silent).await?;
        self.client_of(&person.id.address).await?;
        Ok(person)
    }

    async fn set_presence(&self, expert: &PersonId, presence: Presence) -> Result<(), Failure> {
        self.show(&expert.address, presence).await
    }

    async fn set_note(&self, expert: &PersonId, note: &str) -> Result<(), Failure> {
        let path = format!("/people/{}/note", expert.address);
        self.pool.post(&path, &json!({ "message": note })).await.map(|_| ())
    }

    async fn with_and_without_photo(&self) -> Result<[PersonId; 2], Failure> {
        // Of the pool's made-up experts, two of three have a photo.
        let mut found = [None, None];
        for _ in 0..3 {
            let person = self.expert(Answer::Accept).await?.id;
            let (client, application) = self.other_client(&person.address).await?;
            let href = string(&application, "/_embedded/me/_links/photo/href")?;
            let has_one = client.get(&href).await.is_ok();
            found[usize::from(!has_one)].get_or_insert(person);
        }
        match found {
            [Some(with), Some(without)] => Ok([with, without]),
            found => Err(Failure(format!("photos: {found:?}"))),
        }
    }

    async fn add_favourite(&self, agent: &Account, expert: &PersonId, group: &str) -> Result<(), Failure> {
        let (client, application) = self.other_client(&agent.address).await?;
        let groups = string(&application, "/_embedded/people/_links/myGroups/href")?;
        client.post(&groups, &json!({ "displayName": group })).await?;
        let all = client.get(&groups).await?;
        let id = string(&all, "/_embedded/group/0/id")?;
        let memberships = string(&application, "/_embedded/people/_links/myGroupMemberships/href")?;
        let wanted = json!({ "contactUri": expert.address, "groupId": id });
        client.post(&memberships, &wanted).await.map(|_| ())
    }

    async fn choose_presence(&self, agent: &Account, presence: Presence) -> Result<(), Failure> {
        self.show(&format!("sip:{}", agent.address), presence).await
    }

    async fn agent_presence(&self, agent: &Account) -> Result<Presence, Failure> {
        let shown = self.pool.get(&format!("/people/sip:{}/presence", agent.address)).await?;
        Ok(match shown.get("availability").and_then(Value::as_str).unwrap_or_default() {
            "Online" | "IdleOnline" => Presence::Available,
            "Busy" | "IdleBusy" => Presence::Busy,
            "DoNotDisturb" => Presence::DoNotDisturb,
            _ => Presence::Unknown,
        })
    }

    async fn other_client_answers(&self, agent: &Account) -> Result<(), Failure> {
        self.client_of(&format!("sip:{}", agent.address)).await
    }

    async fn lose_next(&self, expert: &PersonId) -> Result<(), Failure> {
        let path = format!("/people/{}/fail-deliveries", expert.address);
        self.pool.post(&path, &json!({ "count": 1 })).await.map(|_| ())
    }

    async fn say(&self, expert: &PersonId, text: &str) -> Result<(), Failure> {
        let path = format!("/people/{}/say", expert.address);
        self.pool.post(&path, &json!({ "text": text })).await.map(|_| ())
    }

    async fn types(&self, expert: &PersonId) -> Result<(), Failure> {
        self.pool.post(&format!("/people/{}/typing", expert.address), &json!({})).await.map(|_| ())
    }

    async fn leave(&self, expert: &PersonId) -> Result<(), Failure> {
        let own: Vec<u64> =
            self.chats_of(&expert.address).await?.into_iter().map(|chat| chat.number).collect();
        self.note(&expert.address, |seen| seen.left.extend(own));
        self.pool.post(&format!("/people/{}/leave", expert.address), &json!({})).await.map(|_| ())
    }

    async fn start_chat(&self, expert: &PersonId, agent: &Account, text: &str) -> Result<(), Failure> {
        let path = format!("/people/{}/chats", expert.address);
        let wanted = json!({ "to": format!("sip:{}", agent.address), "text": text });
        let started = self.pool.post(&path, &wanted).await?;
        let chat = started.get("chat").and_then(Value::as_u64);
        self.note(&expert.address, |seen| seen.started.extend(chat));
        Ok(())
    }

    async fn got(&self, expert: &PersonId) -> Result<Got, Failure> {
        let uri = &expert.address;
        let chats = self.chats_of(uri).await?;
        let inbox = self.pool.get(&format!("/experts/{uri}/inbox")).await?;
        let messages = inbox.get("messages").and_then(Value::as_array).into_iter().flatten();
        let messages = messages.filter(|one| one.get("deliveries").and_then(Value::as_u64) > Some(0));
        let texts = messages.filter_map(|message| Some(message.get("text")?.as_str()?.trim_end().to_owned()));
        let in_state = |wanted: &str| chats.iter().filter(|chat| chat.state == wanted).count();
        let typed = self.watching.lock().expect("not poisoned").get(uri).map_or(0, Expert::typed);
        Ok(self.note(uri, |seen| {
            seen.rang
                .extend(chats.iter().map(|chat| chat.number).filter(|chat| !seen.started.contains(chat)));
            let over = |number: &&u64| !chats.iter().any(|chat| chat.number == **number);
            Got {
                rings: seen.rang.len(),
                ringing: in_state("inviting"),
                open: in_state("open"),
                texts: texts.collect(),
                typed,
                declined: seen.started.iter().filter(over).filter(|chat| !seen.left.contains(chat)).count(),
                importance: chats.iter().map(|chat| chat.importance).max().unwrap_or_default(),
            }
        }))
    }

    async fn cut(&self, cut: bool) {
        self.proxy.cut(cut);
    }
}
