//! What the administrator has set, as the engine uses it; read again when it is changed.

use super::experts::{self, ExpertRule};
use hookflash_domain::acd::QueueRule;
use hookflash_domain::attached::{AttachedData, KeyRule, KeyRules};
use hookflash_domain::consult::{IncomingPolicy, Team};
use hookflash_domain::routing::{Abilities, Ability, Demand, DemandRule, Policy, demand_of};
use hookflash_domain::wrap_up::{WrapUpMode, WrapUpRule};
use hookflash_domain::{DispositionId, NetworkId, PersonId, QueueId, UserId};
use hookflash_store::agent_choices::AgentChoiceRow;
use hookflash_store::members::QueueMemberRow;
use hookflash_store::users::Role;
use hookflash_store::{Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything at one moment.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Active queues.
    pub queues: BTreeMap<QueueId, QueueSettings>,
    /// Names of all queues, also of those that take nothing any more.
    pub queue_names: BTreeMap<QueueId, String>,
    /// Dialled number to queue.
    pub numbers: BTreeMap<String, QueueId>,
    /// The queues that experts can write to, by the local part of their team address.
    pub teams: BTreeMap<String, QueueId>,
    /// Active dispositions.
    pub dispositions: BTreeMap<DispositionId, DispositionSettings>,
    /// Skills and languages, also those that are switched off.
    pub abilities: BTreeMap<Ability, AbilitySettings>,
    /// What agents can do.
    pub agent_abilities: BTreeMap<UserId, Arc<Abilities>>,
    /// By which rules interactions ask for skills and languages.
    pub demand_rules: Vec<DemandRule>,
    /// What may be shown and shared.
    pub keys: KeyRules,
    /// What groups say of the experts in them.
    pub experts: BTreeMap<PersonId, ExpertRule>,
    /// Who may use which network.
    pub licences: BTreeSet<(UserId, NetworkId)>,
    /// What agents chose for themselves.
    pub choices: BTreeMap<UserId, AgentChoices>,
    /// Names of users.
    pub user_names: BTreeMap<UserId, String>,
    /// Users who take interactions.
    pub agents: BTreeSet<UserId>,
    /// Which active queues a user is a member of.
    pub memberships: BTreeMap<UserId, Arc<[Membership]>>,
}

/// A user's membership of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The queue.
    pub queue: QueueId,
    /// Whether the user is offered its interactions; a supervisor may set a member aside.
    pub active: bool,
}

/// What an agent chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgentChoices {
    /// What is done with chats that experts begin; none to follow the network's setting.
    pub incoming: Option<IncomingPolicy>,
    /// Whether the agent's own presence says "in a call" during calls.
    pub shows_calls: bool,
}

impl Default for AgentChoices {
    fn default() -> Self {
        Self { incoming: None, shows_calls: true }
    }
}

impl From<AgentChoiceRow> for AgentChoices {
    fn from(row: AgentChoiceRow) -> Self {
        let incoming =
            IncomingPolicy::ALL.into_iter().find(|policy| Some(policy.word()) == row.incoming.as_deref());
        Self { incoming, shows_calls: row.shows_calls }
    }
}

/// A queue as the engine needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueSettings {
    /// Its name.
    pub name: String,
    /// What routing needs.
    pub rule: QueueRule,
    /// What wrap-up needs.
    pub wrap_up: WrapUpRule,
}

/// A disposition that may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispositionSettings {
    /// Its name.
    pub name: String,
    /// The queues it is for; empty means all.
    pub queues: BTreeSet<QueueId>,
}

/// A skill or language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbilitySettings {
    /// Its name.
    pub name: String,
    /// Whether it can be asked for.
    pub active: bool,
}

impl Rules {
    /// Reads them.
    ///
    /// # Errors
    /// The store is not available.
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        let mut rules = Self::default();
        let users = store.users().await?;
        let active: BTreeSet<_> = users.iter().filter(|user| user.active).map(|user| user.user_id).collect();
        let agents = users.iter().filter(|user| user.active && user.roles.has(Role::Agent));
        rules.agents = agents.map(|user| user.user_id).collect();
        let members = store.queue_members().await?;
        rules.user_names = users.into_iter().map(|user| (user.user_id, user.name)).collect();
        let found = super::abilities::read(store).await?;
        for queue in store.queues().await? {
            rules.queue_names.insert(queue.row.queue_id, queue.row.name.clone());
            if queue.row.active {
                let here = members.iter().filter(|row| row.queue_id == queue.row.queue_id);
                let at_work = here.filter(|row| row.active && active.contains(&row.user_id));
                let at_work = at_work.map(|row| row.user_id).collect();
                let policy = found.policy_of(queue.row.queue_id);
                rules.add_queue(queue, at_work, policy);
            }
        }
        rules.demand_rules = found.rules;
        rules.agent_abilities = found.of_agents;
        rules.abilities = found.abilities;
        rules.memberships = memberships(&members, &rules.queues);
        for disposition in
            store.dispositions().await?.into_iter().filter(|disposition| disposition.row.active)
        {
            let settings = DispositionSettings {
                name: disposition.row.name,
                queues: disposition.queue_ids.into_iter().collect(),
            };
            rules.dispositions.insert(disposition.row.disposition_id, settings);
        }
        rules.experts = experts::rules_of(store.expert_groups().await?);
        let licences = store.licences().await?.into_iter();
        rules.licences = licences.map(|row| (row.user_id, row.network)).collect();
        let choices = store.agent_choices().await?.into_iter();
        rules.choices = choices.map(|row| (row.user_id, row.into())).collect();
        let keys = store.attached_keys().await?.into_iter();
        rules.keys = keys
            .map(|row| (row.key, KeyRule { label: row.label, private: row.private, hidden: row.hidden }))
            .collect();
        Ok(rules)
    }

    /// The queue that a dialled number leads to. With a single queue every number leads there.
    #[must_use]
    pub fn queue_of_number(&self, dialled: &str) -> Option<QueueId> {
        let only = || (self.queues.len() == 1).then(|| self.queues.keys().next().copied()).flatten();
        self.numbers.get(dialled).copied().or_else(only)
    }

    /// What an interaction asks for that comes to a queue like this.
    #[must_use]
    pub fn demand_of(&self, queue: QueueId, dialled: &str, attached: &AttachedData) -> Demand {
        let Some(settings) = self.queues.get(&queue) else { return Demand::default() };
        demand_of(&self.demand_rules, &settings.rule.policy.default_demand, dialled, attached)
    }

    /// The name of a skill or language, also of one that was switched off.
    #[must_use]
    pub fn ability_name(&self, ability: Ability) -> String {
        self.abilities.get(&ability).map(|settings| settings.name.clone()).unwrap_or_default()
    }

    /// Whether a disposition may be chosen for an interaction of the queue.
    #[must_use]
    pub fn may_choose(&self, disposition: DispositionId, queue: QueueId) -> bool {
        let settings = self.dispositions.get(&disposition);
        settings.is_some_and(|settings| settings.queues.is_empty() || settings.queues.contains(&queue))
    }

    /// The team at an address's local part.
    #[must_use]
    pub fn team_at(&self, address: &str) -> Option<Team> {
        let queue = *self.teams.get(address)?;
        Some(Team { queue, name: self.queue_name(queue) })
    }

    /// Whether a user may use a network.
    #[must_use]
    pub fn is_licensed(&self, user: UserId, network: &NetworkId) -> bool {
        self.licences.contains(&(user, network.clone()))
    }

    /// What an agent chose.
    #[must_use]
    pub fn choices(&self, user: UserId) -> AgentChoices {
        self.choices.get(&user).copied().unwrap_or_default()
    }

    /// A queue's name, also of one that was switched off.
    #[must_use]
    pub fn queue_name(&self, queue: QueueId) -> String {
        self.queue_names.get(&queue).cloned().unwrap_or_default()
    }

    /// A user's name.
    #[must_use]
    pub fn user_name(&self, user: UserId) -> String {
        self.user_names.get(&user).cloned().unwrap_or_default()
    }

    fn add_queue(
        &mut self,
        queue: hookflash_store::queues::Queue,
        members: BTreeSet<UserId>,
        policy: Policy,
    ) {
        let id = queue.row.queue_id;
        self.numbers.extend(queue.numbers.into_iter().map(|number| (number, id)));
        self.teams.extend(queue.row.team_address.map(|address| (address, id)));
        let settings = QueueSettings {
            name: queue.row.name,
            rule: QueueRule {
                members: Arc::new(members),
                offer_timeout_ms: queue.row.offer_timeout_ms,
                policy,
            },
            wrap_up: WrapUpRule {
                mode: mode_of(&queue.row.wrap_up_mode),
                timeout_ms: queue.row.wrap_up_timeout_ms,
            },
        };
        self.queues.insert(id, settings);
    }
}

/// The memberships of active queues, by user.
fn memberships(
    members: &[QueueMemberRow],
    queues: &BTreeMap<QueueId, QueueSettings>,
) -> BTreeMap<UserId, Arc<[Membership]>> {
    let mut by_user = BTreeMap::<UserId, Vec<Membership>>::new();
    for row in members.iter().filter(|row| queues.contains_key(&row.queue_id)) {
        by_user.entry(row.user_id).or_default().push(Membership { queue: row.queue_id, active: row.active });
    }
    by_user.into_iter().map(|(user, list)| (user, list.into())).collect()
}

/// The mode of a stored word; a word of a later version counts as the strictest that never ends by itself.
fn mode_of(word: &str) -> WrapUpMode {
    serde_json::from_value(word.into()).unwrap_or_default()
}
