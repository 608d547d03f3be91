//! Skills and languages as the administrator has set them, read for the rules.
//!
//! What is switched off is not asked for any more. Agents keep it, so that whoever waits and asked for it before
//! still finds somebody.

use super::rules::AbilitySettings;
use hookflash_domain::routing::{Abilities, Ability, DemandRule, Policy, Proficiency, When};
use hookflash_domain::{QueueId, UserId};
use hookflash_store::abilities::{AbilityRow, DemandRuleRow, QueuePolicyRow, UserAbilityRow};
use hookflash_store::{Store, StoreError};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What is stored of skills and languages.
pub(super) struct Found {
    pub(super) abilities: BTreeMap<Ability, AbilitySettings>,
    pub(super) of_agents: BTreeMap<UserId, Arc<Abilities>>,
    pub(super) rules: Vec<DemandRule>,
    policies: BTreeMap<QueueId, Policy>,
}

/// Reads it.
///
/// # Errors
/// The store is not available.
pub(super) async fn read(store: &Store) -> Result<Found, StoreError> {
    let rows = store.abilities().await?;
    let known: BTreeMap<Uuid, Ability> =
        rows.iter().map(|row| (row.ability_id, row.kind.ability(row.ability_id))).collect();
    let abilities: BTreeMap<Ability, AbilitySettings> = rows.into_iter().map(settings_of).collect();
    let is_active = |ability: &Ability| abilities.get(ability).is_some_and(|settings| settings.active);
    let rules = store.demand_rules().await?.into_iter().filter_map(|row| rule_of(row, &known));
    let rules = rules.filter(|rule| is_active(&rule.asks)).collect();
    let mut policies = BTreeMap::new();
    for row in store.queue_policies().await? {
        let mut policy = policy_of(&row);
        policy.default_demand.asked.retain(is_active);
        policies.insert(row.queue_id, policy);
    }
    let of_agents = of_agents(store.user_abilities().await?, &known);
    Ok(Found { abilities, of_agents, rules, policies })
}

impl Found {
    /// How a queue chooses.
    pub(super) fn policy_of(&self, queue: QueueId) -> Policy {
        self.policies.get(&queue).cloned().unwrap_or_default()
    }
}

/// The stored policy; one of a later version that cannot be read counts as the default.
pub(crate) fn policy_of(row: &QueuePolicyRow) -> Policy {
    serde_json::from_str(&row.body).unwrap_or_else(|error| {
        tracing::error!(%error, queue_id = %row.queue_id, "a queue's routing cannot be read");
        Policy::default()
    })
}

fn settings_of(row: AbilityRow) -> (Ability, AbilitySettings) {
    (row.kind.ability(row.ability_id), AbilitySettings { name: row.name, active: row.active })
}

fn rule_of(row: DemandRuleRow, known: &BTreeMap<Uuid, Ability>) -> Option<DemandRule> {
    let when = match row.source.as_str() {
        "attached" => When::Attached { key: row.key, value: row.value },
        "dialled" => When::Dialled { number: row.value },
        _ => return None,
    };
    Some(DemandRule { when, asks: *known.get(&row.ability_id)? })
}

fn of_agents(rows: Vec<UserAbilityRow>, known: &BTreeMap<Uuid, Ability>) -> BTreeMap<UserId, Arc<Abilities>> {
    let mut of_agents = BTreeMap::<UserId, Abilities>::new();
    for row in rows {
        let level = u8::try_from(row.proficiency).ok().and_then(Proficiency::new);
        if let (Some(ability), Some(level)) = (known.get(&row.ability_id), level) {
            of_agents.entry(row.user_id).or_default().insert(*ability, level);
        }
    }
    of_agents.into_iter().map(|(user, abilities)| (user, Arc::new(abilities))).collect()
}
