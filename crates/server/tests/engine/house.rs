//! A database, a scripted chat network and an engine on both.

use hookflash::directory::People;
use hookflash::engine::command::{Command, ConsultCommand, Question};
use hookflash::engine::{AccountSource, Engine, EngineParts, Links, NetworkSettings};
use hookflash::secrets::Vault;
use hookflash_connectors::fake::{FakeAnswer, FakeNetwork, FakePerson};
use hookflash_connectors::{Account, Capabilities, Connector, Credential};
use hookflash_domain::consult::{Consult, IncomingPolicy, MessageState, State};
use hookflash_domain::{ConsultId, Importance, MessageId, NetworkId, PersonId, Timestamp, UserId};
use hookflash_store::agent_choices::AgentChoiceRow;
use hookflash_store::expert_groups::ExpertGroup;
use hookflash_store::licences::LicenceGrant;
use hookflash_store::users::{Role, Roles, UserChange, UserRow};
use hookflash_store::{By, Options, Secret, Store};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub(crate) const DANA: UserId = UserId(Uuid::from_u128(1));
pub(crate) const BEN: UserId = UserId(Uuid::from_u128(2));

/// Accounts of Dana, and of everybody else under the same address.
struct OneAccount;

#[async_trait::async_trait]
impl AccountSource for OneAccount {
    async fn account(&self, user: UserId, _network: &NetworkId) -> anyhow::Result<Option<Account>> {
        Ok(Some(Account {
            id: if user == BEN { "ben" } else { "dana" }.into(),
            address: "dana@lab.test".into(),
            sign_in_name: None,
            display_name: "Dana".into(),
            credential: Credential::None,
            culture: "en-US".into(),
        }))
    }
}

/// A database, a network and an engine that can be started again on both.
pub(crate) struct House {
    folder: tempfile::TempDir,
    pub(crate) network: FakeNetwork,
    pub(crate) store: Store,
    settings: Settings,
    pub(crate) engine: Engine,
}

/// What differs between houses.
#[derive(Clone, Copy)]
struct Settings {
    /// What is done with chats that experts begin.
    incoming: IncomingPolicy,
    /// Whether the network can open a chat for somebody who said yes elsewhere.
    opens: bool,
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::with(IncomingPolicy::Accept).await
    }

    /// With what is done with chats that experts begin.
    pub(crate) async fn with(incoming: IncomingPolicy) -> Self {
        Self::of(Settings { incoming, opens: true }).await
    }

    /// On a network that cannot open a chat for somebody who said yes elsewhere.
    pub(crate) async fn without_opening() -> Self {
        Self::of(Settings { incoming: IncomingPolicy::Accept, opens: false }).await
    }

    async fn of(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        hire(&store, DANA, "dana").await;
        let network = FakeNetwork::new("skype");
        let engine = start(&folder, store.clone(), &network, settings).await;
        Self { folder, network, store, engine, settings }
    }

    /// Ben works here too.
    pub(crate) async fn hire_ben(&self) {
        hire(&self.store, BEN, "ben").await;
        self.engine.apply_directory().await;
    }

    pub(crate) async fn restart(&mut self) {
        self.engine.stop().await;
        self.store = store(&self.folder).await;
        self.engine = start(&self.folder, self.store.clone(), &self.network, self.settings).await;
    }

    /// Makes these Dana's licences.
    pub(crate) async fn license(&self, licences: &[LicenceGrant]) {
        let by = By { at: Timestamp(0), user_id: None, name: "test".into() };
        let change = UserChange { licences: Some(licences.to_vec()), ..UserChange::default() };
        self.store.change_user(DANA, change, &by).await.unwrap();
        self.engine.apply_directory().await;
    }

    /// Adds a group of experts.
    pub(crate) async fn group(&self, group: &ExpertGroup) {
        let by = By { at: Timestamp(0), user_id: None, name: "test".into() };
        self.store.create_expert_group(group, &by).await.unwrap();
        self.engine.apply_directory().await;
    }

    /// Sets Dana's own choices.
    pub(crate) async fn choose(&self, incoming: Option<IncomingPolicy>, shows_calls: bool) {
        let by = By { at: Timestamp(0), user_id: None, name: "test".into() };
        let incoming = incoming.map(|policy| policy.word().to_owned());
        let row = AgentChoiceRow { user_id: DANA, incoming, shows_calls };
        self.store.set_agent_choice(&row, &by).await.unwrap();
        self.engine.apply_directory().await;
    }

    /// Dana's only consult, as soon as there is one.
    pub(crate) async fn consult_that_comes(&self) -> Arc<Consult> {
        let consults = || self.engine.board().consults_of(DANA);
        wait(|| consults().len() == 1, "a consult").await;
        Arc::clone(&consults()[0])
    }

    /// What is stored of a consult that has left the desk.
    pub(crate) async fn stored(&self, id: ConsultId) -> Consult {
        wait(|| self.engine.board().consult(id).is_none(), "the consult leaves the desk").await;
        serde_json::from_str(&self.store.consult(id).await.unwrap().unwrap().body).unwrap()
    }

    pub(crate) fn state(&self) -> &'static str {
        self.engine.network_states(DANA)[0].1.state
    }

    pub(crate) fn expert(&self, name: &str, answer: FakeAnswer) -> PersonId {
        let network = NetworkId("skype".into());
        self.network.add(FakePerson::new(&network, &format!("{name}@lab.test"), name).answering(answer))
    }

    pub(crate) async fn command(&self, command: Command) -> Result<Value, &'static str> {
        self.engine.command(DANA, new_id(), command).await.map_err(|refused| refused.code)
    }

    pub(crate) async fn consult(
        &self,
        id: ConsultId,
        command: ConsultCommand,
    ) -> Result<Value, &'static str> {
        self.command(Command::Consult { consult: id, command }).await
    }

    /// Asks somebody and gives the consult.
    pub(crate) async fn ask(&self, person: &PersonId) -> ConsultId {
        let start = Command::StartConsult { interaction: None, question: question(person) };
        let answer = self.command(start).await.unwrap();
        ConsultId(answer["consult_id"].as_str().unwrap().parse().unwrap())
    }

    pub(crate) async fn until(&self, id: ConsultId, wanted: State) {
        let is = || self.engine.board().consult(id).is_some_and(|consult| consult.state == wanted);
        wait(is, &format!("{wanted:?}")).await;
    }

    pub(crate) async fn texts(&self, id: ConsultId) -> Vec<(String, MessageState)> {
        let messages = self.engine.messages(id).await.unwrap();
        messages.into_iter().map(|message| (message.text, message.state)).collect()
    }

    /// Waits until so many messages are there and delivered.
    pub(crate) async fn until_settled(&self, id: ConsultId, count: usize) {
        for _ in 0..400 {
            let texts = self.texts(id).await;
            if texts.len() == count && texts.iter().all(|(_, state)| *state == MessageState::Delivered) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("{count} messages were not settled: {:?}", self.texts(id).await);
    }
}

async fn hire(store: &Store, user_id: UserId, name: &str) {
    let agent = UserRow {
        user_id,
        sign_in_name: name.into(),
        name: name[..1].to_uppercase() + &name[1..],
        password_hash: Secret("none".into()),
        roles: Roles([Role::Agent].into()),
        language: None,
        active: true,
        created_at: Timestamp(0),
    };
    let by = By { at: Timestamp(0), user_id: None, name: "test".into() };
    store.create_user(&agent, &[], &[licence()], &by).await.unwrap();
}

fn links() -> Links {
    let key = Vault::with_keys(&[7; 32], None).link_key().clone();
    Links::new(&"https://desk.test".parse().unwrap(), key, 60_000)
}

async fn store(folder: &tempfile::TempDir) -> Store {
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    Store::open(&url, Options::default()).await.unwrap()
}

async fn start(
    folder: &tempfile::TempDir,
    store: Store,
    network: &FakeNetwork,
    Settings { incoming, opens }: Settings,
) -> Engine {
    let capabilities = Capabilities { opens, ..network.connector().capabilities() };
    let connectors: Vec<Arc<dyn Connector>> = vec![Arc::new(network.connector_with(capabilities))];
    let accounts = Arc::new(OneAccount);
    let settings = NetworkSettings { name: "Skype".into(), incoming, ..NetworkSettings::default() };
    let network_settings = BTreeMap::from([(NetworkId("skype".into()), settings)]);
    let people = People::default();
    let snapshot = folder.path().join("people");
    tokio::spawn(people.clone().follow(store.clone(), snapshot, CancellationToken::new()));
    let parts = EngineParts {
        store,
        connectors,
        network_settings,
        voice: None,
        accounts,
        links: Some(links()),
        people: (people, Default::default()),
    };
    let engine = Engine::start(parts).await.unwrap();
    let _window = engine.open_window(DANA, 1, true, None).await;
    let is_up = || engine.network_states(DANA).iter().all(|(_, state, _)| state.state == "up");
    wait(is_up, "the network is up").await;
    engine
}

pub(crate) fn licence() -> LicenceGrant {
    LicenceGrant { network: NetworkId("skype".into()), seat_count: None }
}

pub(crate) fn new_id() -> Uuid {
    hookflash::ids::new_id()
}

pub(crate) fn question(person: &PersonId) -> Question {
    Question {
        person: person.clone(),
        text: "Why AM04?".into(),
        share: Vec::new(),
        as_link: false,
        importance: Importance::Normal,
    }
}

pub(crate) fn say(text: &str) -> ConsultCommand {
    ConsultCommand::Say { message: MessageId(new_id()), text: text.into() }
}

/// Waits for a condition, at most ten seconds.
pub(crate) async fn wait(mut is: impl FnMut() -> bool, what: &str) {
    for _ in 0..400 {
        if is() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("waited in vain: {what}");
}
