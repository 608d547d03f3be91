//! The engine with a scripted chat network and a real database, without HTTP.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use hookflash::engine::command::{Command, ConsultCommand, Question};
use hookflash::engine::{AccountSource, Engine, EngineParts};
use hookflash_connectors::Account;
use hookflash_connectors::fake::{FakeAnswer, FakeNetwork, FakePerson};
use hookflash_domain::consult::{InvitationState, MessageState, SolvedState, State};
use hookflash_domain::{ConsultId, MessageId, NetworkId, PersonId, Timestamp, UserId};
use hookflash_store::licences::LicenceGrant;
use hookflash_store::users::{Role, Roles, UserChange, UserRow};
use hookflash_store::{By, Options, Secret, Store};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

const DANA: UserId = UserId(Uuid::from_u128(1));

/// Everybody has an account under the same address.
struct OneAccount;

#[async_trait::async_trait]
impl AccountSource for OneAccount {
    async fn account(&self, _user: UserId, _network: &NetworkId) -> anyhow::Result<Option<Account>> {
        Ok(Some(Account {
            id: "dana".into(),
            address: "dana@lab.test".into(),
            sign_in_name: None,
            display_name: "Dana".into(),
            password: None,
            culture: "en-US".into(),
        }))
    }
}

/// A database, a network and an engine that can be started again on both.
struct House {
    folder: tempfile::TempDir,
    network: FakeNetwork,
    store: Store,
    engine: Engine,
}

impl House {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        let dana = UserRow {
            user_id: DANA,
            sign_in_name: "dana".into(),
            name: "Dana".into(),
            password_hash: Secret("none".into()),
            roles: Roles([Role::Agent].into()),
            language: None,
            active: true,
            created_at: Timestamp(0),
        };
        let by = By { at: Timestamp(0), user_id: None, name: "test".into() };
        store.create_user(&dana, &[], &[licence()], &by).await.unwrap();
        let network = FakeNetwork::new("skype");
        let engine = start(store.clone(), &network).await;
        Self { folder, network, store, engine }
    }

    async fn restart(&mut self) {
        self.engine.stop().await;
        self.store = store(&self.folder).await;
        self.engine = start(self.store.clone(), &self.network).await;
    }

    /// Makes these Dana's licences.
    async fn license(&self, licences: &[LicenceGrant]) {
        let by = By { at: Timestamp(0), user_id: None, name: "test".into() };
        let change = UserChange { licences: Some(licences.to_vec()), ..UserChange::default() };
        self.store.change_user(DANA, change, &by).await.unwrap();
        self.engine.apply_directory().await;
    }

    fn state(&self) -> &'static str {
        self.engine.network_states(DANA)[0].1.state
    }

    fn expert(&self, name: &str, answer: FakeAnswer) -> PersonId {
        let network = NetworkId("skype".into());
        self.network.add(FakePerson::new(&network, &format!("{name}@lab.test"), name).answering(answer))
    }

    async fn command(&self, command: Command) -> Result<Value, &'static str> {
        self.engine.command(DANA, new_id(), command).await.map_err(|refused| refused.code)
    }

    async fn consult(&self, id: ConsultId, command: ConsultCommand) -> Result<Value, &'static str> {
        self.command(Command::Consult { consult: id, command }).await
    }

    /// Asks somebody and gives the consult.
    async fn ask(&self, person: &PersonId) -> ConsultId {
        let start = Command::StartConsult { interaction: None, question: question(person) };
        let answer = self.command(start).await.unwrap();
        ConsultId(answer["consult_id"].as_str().unwrap().parse().unwrap())
    }

    async fn until(&self, id: ConsultId, wanted: State) {
        let is = || self.engine.board().consult(id).is_some_and(|consult| consult.state == wanted);
        wait(is, &format!("{wanted:?}")).await;
    }

    async fn texts(&self, id: ConsultId) -> Vec<(String, MessageState)> {
        let messages = self.engine.messages(id).await.unwrap();
        messages.into_iter().map(|message| (message.text, message.state)).collect()
    }

    /// Waits until so many messages are there and delivered.
    async fn until_settled(&self, id: ConsultId, count: usize) {
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

async fn store(folder: &tempfile::TempDir) -> Store {
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    Store::open(&url, Options::default()).await.unwrap()
}

async fn start(store: Store, network: &FakeNetwork) -> Engine {
    let connectors = vec![Arc::new(network.connector()) as Arc<dyn hookflash_connectors::Connector>];
    let accounts = Arc::new(OneAccount);
    let parts = EngineParts { store, connectors, network_settings: BTreeMap::new(), voice: None, accounts };
    let engine = Engine::start(parts).await.unwrap();
    let _window = engine.open_window(DANA, 1, true, None).await;
    let is_up = || engine.network_states(DANA).iter().all(|(_, state, _)| state.state == "up");
    wait(is_up, "the network is up").await;
    engine
}

fn licence() -> LicenceGrant {
    LicenceGrant { network: NetworkId("skype".into()), seat_count: None }
}

fn new_id() -> Uuid {
    hookflash::ids::new_id()
}

fn question(person: &PersonId) -> Question {
    Question { person: person.clone(), text: "Why AM04?".into(), share: Vec::new() }
}

fn say(text: &str) -> ConsultCommand {
    ConsultCommand::Say { message: MessageId(new_id()), text: text.into() }
}

/// Waits for a condition, at most ten seconds.
async fn wait(mut is: impl FnMut() -> bool, what: &str) {
    for _ in 0..400 {
        if is() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("waited in vain: {what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_question_goes_to_the_next_expert_and_the_chat_is_kept() {
    let house = House::open().await;
    let oskar = house.expert("oskar", FakeAnswer::Decline(Some("In a meeting".into())));
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = house.ask(&oskar).await;
    house.until(id, State::Choosing).await;
    house.consult(id, ConsultCommand::Ask(question(&priya))).await.unwrap();
    house.until(id, State::Talking(1)).await;
    house.consult(id, say("Hello")).await.unwrap();
    house.until_settled(id, 1).await;
    assert_eq!(house.texts(id).await, [("Hello".into(), MessageState::Delivered)]);
    let consult = house.engine.board().consult(id).unwrap();
    let declined = InvitationState::Declined { reason: Some("In a meeting".into()) };
    assert_eq!(consult.invitations[0].state, declined);
    house.consult(id, ConsultCommand::End { outcome: Some(SolvedState::Solved) }).await.unwrap();
    wait(|| house.engine.board().consult(id).is_none(), "the ended consult leaves the desk").await;
    assert_eq!(house.consult(id, say("late")).await, Err("consult_ended"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_command_twice_has_the_effect_of_one_and_the_same_answer() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let start = Command::StartConsult { interaction: None, question: question(&priya) };
    let key = new_id();
    let first = house.engine.command(DANA, key, start.clone()).await.unwrap();
    assert_eq!(house.engine.command(DANA, key, start).await.unwrap(), first);
    assert_eq!(house.engine.board().consults_of(DANA).len(), 1);
    let id = house.engine.board().consults_of(DANA)[0].id;
    house.until(id, State::Talking(0)).await;
    let (key, once) = (new_id(), Command::Consult { consult: id, command: say("once") });
    for _ in 0..3 {
        house.engine.command(DANA, key, once.clone()).await.unwrap();
    }
    house.until_settled(id, 1).await;
    let (key, end) =
        (new_id(), Command::Consult { consult: id, command: ConsultCommand::End { outcome: None } });
    let ended = house.engine.command(DANA, key, end.clone()).await.unwrap();
    wait(|| house.engine.board().consult(id).is_none(), "the ended consult leaves the desk").await;
    assert_eq!(house.engine.command(DANA, key, end).await.unwrap(), ended);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_finds_the_chat_again_and_finishes_what_was_begun() {
    let mut house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = house.ask(&priya).await;
    house.until(id, State::Talking(0)).await;
    house.network.cut(true);
    house.consult(id, say("while the network is gone")).await.unwrap();
    house.engine.stop().await;
    house.network.cut(false);
    house.restart().await;
    house.until_settled(id, 1).await;
    let chat = house.network.chats_with(&priya).into_iter().next().unwrap().0;
    assert!(house.network.say(&chat, "I am still here"));
    house.until_settled(id, 2).await;
    let got = house.network.got(&chat);
    let count = got.iter().filter(|message| message.text == "while the network is gone").count();
    assert_eq!(count, 1, "delivered once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expert_who_writes_first_opens_a_chat() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let chat = house.network.start_chat(&priya, "dana", "about yesterday").unwrap();
    wait(|| house.engine.board().consults_of(DANA).len() == 1, "a consult").await;
    let consult = house.engine.board().consults_of(DANA)[0].clone();
    house.until_settled(consult.id, 1).await;
    house.consult(consult.id, say("Yes?")).await.unwrap();
    house.until_settled(consult.id, 2).await;
    assert_eq!(house.network.got(&chat).last().map(|message| message.text.clone()), Some("Yes?".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_agents_consult_and_unknown_ids_are_refused() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = house.ask(&priya).await;
    let ben = UserId(Uuid::from_u128(2));
    let command = Command::Consult { consult: id, command: say("mine?") };
    let refused = house.engine.command(ben, new_id(), command).await.unwrap_err();
    assert_eq!(refused.code, "not_your_consult");
    let unknown = ConsultId(Uuid::from_u128(99));
    assert_eq!(house.consult(unknown, ConsultCommand::Withdraw).await, Err("consult_ended"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_licence_that_is_taken_away_ends_session_and_chats_and_one_that_is_granted_signs_in() {
    let house = House::open().await;
    let _window = house.engine.open_window(DANA, 2, true, None).await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = house.ask(&priya).await;
    house.until(id, State::Talking(0)).await;
    house.license(&[]).await;
    assert_eq!(
        house.command(Command::StartConsult { interaction: None, question: question(&priya) }).await,
        Err("licence_required")
    );
    assert_eq!(house.consult(id, ConsultCommand::Ask(question(&priya))).await, Err("licence_required"));
    let search = house.engine.search(DANA, None, "pri").await;
    assert_eq!(search.map_err(|refused| refused.code), Err("licence_required"));
    house.until(id, State::Choosing).await;
    assert_eq!(house.state(), "not_licensed");
    house.license(&[licence()]).await;
    wait(|| house.state() == "up", "the agent is signed in again").await;
    let id = house.ask(&priya).await;
    house.until(id, State::Talking(0)).await;
}
