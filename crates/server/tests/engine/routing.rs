//! Calls that ask for skills and languages, on an engine with a real database and a scripted voice room.

use crate::house::{new_id, wait};
use hookflash::engine::command::Command;
use hookflash::engine::{AccountSource, Engine, EngineParts};
use hookflash_connectors::Account;
use hookflash_domain::routing::{Ability, Evaluation, Policy, Proficiency, Ring};
use hookflash_domain::{InteractionId, NetworkId, QueueId, SkillId, Timestamp, UserId};
use hookflash_store::abilities::{AbilityGrant, AbilityKind, AbilityRow, DemandRuleRow, QueuePolicyRow};
use hookflash_store::interactions::Filter;
use hookflash_store::queues::{Queue, QueueRow};
use hookflash_store::users::{Role, Roles, UserRow};
use hookflash_store::{By, Options, Secret, Store};
use hookflash_voice::{Arrival, CallKey, Voice, VoiceConfig, VoiceEvent};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::mpsc;
use uuid::Uuid;

const ADA: UserId = UserId(Uuid::from_u128(1));
const BEN: UserId = UserId(Uuid::from_u128(2));
const QUEUE: QueueId = QueueId(Uuid::from_u128(3));
const BILLING: Uuid = Uuid::from_u128(4);
const GERMAN: Uuid = Uuid::from_u128(5);

struct NoAccounts;

#[async_trait::async_trait]
impl AccountSource for NoAccounts {
    async fn account(&self, _user: UserId, _network: &NetworkId) -> anyhow::Result<Option<Account>> {
        Ok(None)
    }
}

/// Ada and Ben serve one queue; calls come from a channel in place of SIP.
struct Centre {
    folder: tempfile::TempDir,
    store: Store,
    engine: Engine,
    calls: mpsc::Sender<VoiceEvent>,
    call_count: u64,
}

fn by() -> By {
    By { at: Timestamp(0), user_id: None, name: "test".into() }
}

impl Centre {
    async fn open(policy: &Policy) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = store(&folder).await;
        prepare(&store, policy).await;
        let (engine, calls) = start(store.clone()).await;
        Self { folder, store, engine, calls, call_count: 0 }
    }

    async fn restart(&mut self) {
        self.engine.stop().await;
        self.store = store(&self.folder).await;
        (self.engine, self.calls) = start(self.store.clone()).await;
    }

    async fn can(&self, user: UserId, abilities: &[(Uuid, u8)]) {
        let grant = |(ability_id, level): &(Uuid, u8)| AbilityGrant {
            ability_id: *ability_id,
            proficiency: Proficiency::new(*level).unwrap(),
        };
        let grants: Vec<_> = abilities.iter().map(grant).collect();
        self.store.replace_user_abilities(user, &grants, &by()).await.unwrap();
        self.engine.apply_directory().await;
    }

    async fn ready(&self, user: UserId) {
        let _window = self.engine.open_window(user, 1, true, None).await;
        wait(|| self.engine.board().seat(user).is_some(), "the agent is at work").await;
        self.engine.command(user, new_id(), Command::Ready).await.unwrap();
    }

    /// A call with this attached data; gives its interaction as soon as it waits.
    async fn call(&mut self, attached: &[(&str, &str)]) -> InteractionId {
        self.call_count += 1;
        let arrival = Arrival {
            sip_call_id: format!("{}@lab.test", self.call_count),
            caller_number: self.call_count.to_string(),
            dialled_number: "help".into(),
            display_name: None,
            attached: attached.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
            peer: "127.0.0.1:5060".parse().unwrap(),
        };
        self.calls.send(VoiceEvent::Arrived { call: CallKey(self.call_count), arrival }).await.unwrap();
        let count = usize::try_from(self.call_count).unwrap();
        let mut newest = None;
        wait(
            || {
                let waiting = self.engine.board().waiting();
                newest = waiting.last().map(|waiting| waiting.interaction);
                waiting.len() >= count
            },
            "the call waits",
        )
        .await;
        newest.unwrap()
    }

    fn offered(&self, user: UserId) -> Option<InteractionId> {
        self.engine.board().offer(user).map(|offer| offer.interaction)
    }

    async fn until_offered(&self, user: UserId, call: InteractionId) {
        wait(|| self.offered(user) == Some(call), "the offer").await;
    }
}

async fn store(folder: &tempfile::TempDir) -> Store {
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    Store::open(&url, Options::default()).await.unwrap()
}

async fn start(store: Store) -> (Engine, mpsc::Sender<VoiceEvent>) {
    let config = VoiceConfig { sip_udp: Some("127.0.0.1:0".parse().unwrap()), ..VoiceConfig::default() };
    let (real_calls, _) = mpsc::channel(1);
    let voice = Voice::start(config, real_calls).await.unwrap();
    let (calls, news) = mpsc::channel(8);
    let parts = EngineParts {
        links: None,
        store,
        connectors: Vec::new(),
        network_settings: BTreeMap::new(),
        voice: Some((voice, news)),
        accounts: Arc::new(NoAccounts),
        people: Default::default(),
    };
    (Engine::start(parts).await.unwrap(), calls)
}

async fn prepare(store: &Store, policy: &Policy) {
    for (user_id, name) in [(ADA, "ada"), (BEN, "ben")] {
        let user = UserRow {
            user_id,
            sign_in_name: name.into(),
            name: name.into(),
            password_hash: Secret("none".into()),
            roles: Roles([Role::Agent].into()),
            language: None,
            active: true,
            created_at: Timestamp(0),
        };
        store.create_user(&user, &[], &[], &by()).await.unwrap();
    }
    let row = QueueRow {
        queue_id: QUEUE,
        name: "Help".into(),
        offer_timeout_ms: 20_000,
        wrap_up_mode: "optional".into(),
        wrap_up_timeout_ms: None,
        active: true,
        team_address: None,
    };
    let queue = Queue { row, numbers: vec![], member_ids: vec![ADA, BEN] };
    store.create_queue(&queue, &by()).await.unwrap();
    for (ability_id, kind, tag) in
        [(BILLING, AbilityKind::Skill, None), (GERMAN, AbilityKind::Language, Some("de"))]
    {
        let row = AbilityRow {
            ability_id,
            kind,
            name: ability_id.to_string(),
            tag: tag.map(String::from),
            active: true,
        };
        store.create_ability(&row, &by()).await.unwrap();
    }
    let rule = |key: &str, value: &str, ability_id| DemandRuleRow {
        source: "attached".into(),
        key: key.into(),
        value: value.into(),
        ability_id,
    };
    let rules = [rule("topic", "billing", BILLING), rule("language", "de", GERMAN)];
    store.replace_demand_rules(&rules, &by()).await.unwrap();
    let body = serde_json::to_string(policy).unwrap();
    store.set_queue_policy(&QueuePolicyRow { queue_id: QUEUE, body }, &by()).await.unwrap();
}

fn all() -> Policy {
    Policy { evaluation: Evaluation::All, ..Policy::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_asks_for_german_goes_to_who_speaks_it_although_another_is_idle_longer() {
    let mut centre = Centre::open(&all()).await;
    centre.can(BEN, &[(GERMAN, 3)]).await;
    centre.ready(ADA).await;
    centre.ready(BEN).await;
    let german = centre.call(&[("language", "DE")]).await;
    centre.until_offered(BEN, german).await;
    assert_eq!(centre.offered(ADA), None);
    let plain = centre.call(&[]).await;
    centre.until_offered(ADA, plain).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn best_goes_to_the_higher_proficiency() {
    let policy = Policy { evaluation: Evaluation::Best, ..Policy::default() };
    let mut centre = Centre::open(&policy).await;
    centre.can(ADA, &[(BILLING, 2)]).await;
    centre.can(BEN, &[(BILLING, 5)]).await;
    centre.ready(ADA).await;
    centre.ready(BEN).await;
    let call = centre.call(&[("topic", "billing")]).await;
    centre.until_offered(BEN, call).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ring_drops_the_skill_after_its_time_and_nobody_has_to_stir() {
    let ring = Ring { stay_ms: 300, drops: [SkillId(BILLING)].into() };
    let mut centre = Centre::open(&Policy { rings: vec![ring], ..all() }).await;
    centre.ready(ADA).await;
    let call = centre.call(&[("topic", "billing")]).await;
    let since = centre.engine.board().waiting()[0].since;
    centre.until_offered(ADA, call).await;
    let offer = centre.engine.board().offer(ADA).unwrap();
    assert!(offer.offered_at.since_ms(since) >= 300, "{offer:?} since {since:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_administrator_gives_counts_for_who_waits() {
    let mut centre = Centre::open(&all()).await;
    centre.ready(ADA).await;
    let call = centre.call(&[("topic", "billing")]).await;
    assert_eq!(centre.offered(ADA), None);
    centre.can(ADA, &[(BILLING, 1)]).await;
    centre.until_offered(ADA, call).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_asked_for_and_who_can_what_outlive_the_server() {
    let mut centre = Centre::open(&all()).await;
    centre.can(BEN, &[(BILLING, 4)]).await;
    let before = centre.call(&[("topic", "billing"), ("language", "de")]).await;
    let asked = [Ability::Skill(SkillId(BILLING)), german()];
    assert_eq!(centre.engine.board().waiting()[0].demand.asked, asked.into());
    centre.restart().await;
    let stored = centre.store.interaction(before).await.unwrap().unwrap().interaction.body;
    let stored: hookflash_domain::interaction::Interaction = serde_json::from_str(&stored).unwrap();
    assert_eq!(stored.demand.asked, asked.into());
    let filter = Filter { asked: vec![BILLING, GERMAN], ..Filter::default() };
    let found = centre.store.interactions(&filter, 10).await.unwrap().rows;
    assert_eq!(found.iter().map(|row| row.interaction_id).collect::<Vec<_>>(), [before]);
    // The call of before is over with the process; the next one finds who can do it.
    centre.call_count = 0;
    centre.ready(ADA).await;
    centre.ready(BEN).await;
    let call = centre.call(&[("topic", "billing")]).await;
    centre.until_offered(BEN, call).await;
}

fn german() -> Ability {
    Ability::Language(hookflash_domain::LanguageId(GERMAN))
}
