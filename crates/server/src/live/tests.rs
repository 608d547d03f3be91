//! `apply(snapshot, events)` equals a fresh snapshot, whatever the agent and the experts do.

use super::frames::event_frame;
use super::snapshot::{Me, Snapshot};
use crate::engine::command::{Command, ConsultCommand, Question};
use crate::engine::feed::{Subscription, Told};
use crate::engine::{AccountSource, Engine, EngineParts, NetworkSettings};
use hookflash_connectors::fake::{FakeAnswer, FakeNetwork, FakePerson};
use hookflash_connectors::{Account, Connector, Credential};
use hookflash_domain::agent::NotReadyReason;
use hookflash_domain::consult::{IncomingPolicy, SolvedState};
use hookflash_domain::{Importance, MessageId, NetworkId, PersonId, Timestamp, UserId};
use hookflash_store::licences::LicenceGrant;
use hookflash_store::users::{Role, Roles, UserRow};
use hookflash_store::{By, Options, Secret, Store};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

const DANA: UserId = UserId(Uuid::from_u128(1));

struct OneAccount;

#[async_trait::async_trait]
impl AccountSource for OneAccount {
    async fn account(&self, _user: UserId, _network: &NetworkId) -> anyhow::Result<Option<Account>> {
        Ok(Some(Account {
            id: "dana".into(),
            address: "dana@lab.test".into(),
            sign_in_name: None,
            display_name: "Dana".into(),
            credential: Credential::None,
            culture: "en-US".into(),
        }))
    }
}

fn me() -> Me {
    Me {
        user_id: DANA,
        name: "Dana".into(),
        sign_in_name: "dana".into(),
        roles: Roles([Role::Agent].into()),
        language: None,
    }
}

/// The agent's account, with a licence for the network.
async fn hire(store: &Store) {
    let Me { user_id, name, sign_in_name, roles, language } = me();
    let (password_hash, created_at) = (Secret("none".into()), Timestamp(0));
    let dana =
        UserRow { user_id, sign_in_name, name, password_hash, roles, language, active: true, created_at };
    let licence = LicenceGrant { network: NetworkId("skype".into()), seat_count: None };
    let by = By { at: Timestamp(0), user_id: None, name: "test".into() };
    store.create_user(&dana, &[], &[licence], &by).await.unwrap();
}

/// The desk as a browser keeps it: replace by id.
fn apply(snapshot: &mut Value, frame: &Value) {
    let event = frame["event"].as_str().unwrap();
    match event {
        "agent" | "offer" | "today" => snapshot[event] = frame[event].clone(),
        "interaction" => put(&mut snapshot["interactions"], "interaction_id", &frame[event]),
        "consult" => put(&mut snapshot["consults"], "consult_id", &frame[event]),
        "message" => put(&mut snapshot["messages"], "message_id", &frame[event]),
        "network" => put(&mut snapshot["networks"], "network", &frame[event]),
        "consult_closed" => {
            for list in ["consults", "messages"] {
                snapshot[list].as_array_mut().unwrap().retain(|one| one["consult_id"] != frame["consult_id"]);
            }
        }
        _ => assert_eq!(event, "notice"),
    }
}

fn put(list: &mut Value, key: &str, one: &Value) {
    let list = list.as_array_mut().unwrap();
    match list.iter_mut().find(|known| known[key] == one[key]) {
        Some(known) => *known = one.clone(),
        None => list.push(one.clone()),
    }
}

/// What two snapshots must agree on: not when they were taken, nor volatile figures, nor the order of lists.
fn comparable(mut snapshot: Value) -> Value {
    for gone in ["seq", "server_at", "queues"] {
        snapshot.as_object_mut().unwrap().remove(gone);
    }
    for list in ["interactions", "consults", "messages", "networks"] {
        snapshot[list].as_array_mut().unwrap().sort_by_key(ToString::to_string);
    }
    snapshot
}

async fn fresh(engine: &Engine) -> Value {
    serde_json::to_value(Snapshot::take(engine, &me(), 0).await.unwrap()).unwrap()
}

/// Applies what has been told until the desk equals a fresh snapshot; gives up after ten seconds.
async fn agrees(engine: &Engine, window: &mut Subscription, desk: &mut Value, seed: u64) {
    for _ in 0..400 {
        while let Ok(told) = window.told.try_recv() {
            if let Told::Change { seq, change } = told {
                apply(desk, &serde_json::from_str(&event_frame(engine, seq, &change)).unwrap());
            }
        }
        if comparable(desk.clone()) == comparable(fresh(engine).await) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(comparable(desk.clone()), comparable(fresh(engine).await), "seed {seed}");
}

/// One command of the agent, chosen by a roll.
fn command(engine: &Engine, experts: &[PersonId], roll: &mut impl FnMut(usize) -> usize) -> Command {
    let question = Question {
        as_link: false,
        person: experts[roll(experts.len())].clone(),
        text: "Why?".into(),
        share: Vec::new(),
        importance: Importance::Normal,
    };
    let consults = engine.board().consults_of(DANA);
    let outcome = [None, Some(SolvedState::Solved), Some(SolvedState::Partly)][roll(3)];
    let say = ConsultCommand::Say { message: MessageId(crate::ids::new_id()), text: "hello".into() };
    let about = |command| match consults.first() {
        Some(_) => Command::Consult { consult: consults[consults.len() - 1].id, command },
        None => Command::Ready,
    };
    match roll(11) {
        0 | 1 => Command::StartConsult { interaction: None, question },
        2 => about(ConsultCommand::Ask(question)),
        3 | 4 => about(say),
        5 => about(ConsultCommand::Read),
        6 => about(ConsultCommand::Judge { outcome }),
        7 => about(ConsultCommand::End { outcome }),
        8 => about(ConsultCommand::Accept),
        9 => about(ConsultCommand::Decline { reason: None }),
        _ => Command::NotReady { reason: NotReadyReason::Break },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn applying_events_to_a_snapshot_gives_a_fresh_snapshot() {
    for seed in 1..6u64 {
        println!("seed {seed}");
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut roll = move |sides: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state >> 33).unwrap() % sides
        };
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        let network = FakeNetwork::new("skype");
        let answers = [FakeAnswer::Accept, FakeAnswer::Accept, FakeAnswer::Decline(None)];
        let experts: Vec<_> = answers
            .into_iter()
            .enumerate()
            .map(|(n, answer)| {
                let person = FakePerson::new(&NetworkId("skype".into()), &format!("e{n}@lab.test"), "Expert");
                network.add(person.answering(answer).replying(&["one", "two"]))
            })
            .collect();
        let connectors = vec![Arc::new(network.connector()) as Arc<dyn Connector>];
        let store = Store::open(&url, Options::default()).await.unwrap();
        hire(&store).await;
        let accounts = Arc::new(OneAccount);
        let incoming = IncomingPolicy::ALL[roll(3)];
        let settings = NetworkSettings { name: "Skype".into(), incoming, ..NetworkSettings::default() };
        let network_settings = BTreeMap::from([(NetworkId("skype".into()), settings)]);
        let parts = EngineParts {
            store,
            connectors,
            network_settings,
            voice: None,
            accounts,
            links: None,
            people: Default::default(),
        };
        let engine = Engine::start(parts).await.unwrap();
        let mut window = engine.open_window(DANA, 1, true, None).await;
        let mut desk = fresh(&engine).await;
        for _ in 0..25 {
            if roll(4) == 0 {
                network.start_chat(&experts[roll(experts.len())], "dana", "a question");
            }
            // A refusal is an answer like any other: the desk must agree after it too.
            let _ = engine.command(DANA, crate::ids::new_id(), command(&engine, &experts, &mut roll)).await;
        }
        agrees(&engine, &mut window, &mut desk, seed).await;
        engine.stop().await;
    }
}
