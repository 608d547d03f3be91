//! Who helped before with what an interaction is about.

use super::Engine;
use super::command::Refused;
use super::rules::Rules;
use hookflash_domain::interaction::{self, Interaction};
use hookflash_domain::{InteractionId, Person, PersonId, Timestamp, UserId};
use hookflash_store::StoreError;
use hookflash_store::helped::HelpedRow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Most experts of an answer.
const MOST: usize = 5;
/// How many keys of attached data are looked at: the first that may be shown to an expert.
const MOST_KEYS: usize = 10;
/// The longest value that is looked at, in characters; what is longer is no topic.
const LONGEST_VALUE: usize = 100;

/// An expert who helped before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helped {
    /// Who.
    pub person: Person,
    /// With what.
    pub topic: Topic,
    /// In how many consults.
    pub count: i64,
    /// When the last of them began.
    pub last_at: Timestamp,
}

/// What interactions have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Topic {
    /// The disposition of this name.
    Disposition(String),
    /// A value of attached data.
    Data {
        /// The key's name on screen.
        label: String,
        /// The value.
        value: String,
    },
}

impl Engine {
    /// Who was talked to last in solved consults beside interactions with the disposition that the agent has
    /// prepared, or with a value of attached data in common; each with what they helped with most often, the
    /// most often first, then the newest.
    ///
    /// # Errors
    /// It is not the agent's interaction, or the store is not available.
    pub async fn helped_before(&self, user: UserId, id: InteractionId) -> Result<Vec<Helped>, Refused> {
        let interaction = self.shared.board.interaction(id).filter(|one| one.agent() == Some(user));
        let interaction = interaction.ok_or_else(|| Refused::from(interaction::Refusal::NotYours))?;
        let found = self.find_helped(&interaction).await;
        let found = found.map_err(|error| Refused::new("busy", format!("Try again in a moment. {error}")))?;
        let mut best = BTreeMap::<PersonId, Helped>::new();
        for (topic, row) in found {
            let one = self.helped(topic, row);
            let before = best.get(&one.person.id).map(|known| (known.count, known.last_at));
            if before.is_none_or(|before| before < (one.count, one.last_at)) {
                best.insert(one.person.id.clone(), one);
            }
        }
        let mut best: Vec<_> = best.into_values().collect();
        best.sort_by_key(|one| Reverse((one.count, one.last_at)));
        best.truncate(MOST);
        Ok(best)
    }

    async fn find_helped(&self, interaction: &Interaction) -> Result<Vec<(Topic, HelpedRow)>, StoreError> {
        let (store, rules) = (&self.shared.store, self.rules());
        let mut found = Vec::new();
        let code = interaction.wrap_up.disposition;
        if let Some((code, settings)) = code.and_then(|code| Some((code, rules.dispositions.get(&code)?))) {
            let rows = store.helped_with_disposition(code, interaction.id).await?;
            found.extend(rows.into_iter().map(|row| (Topic::Disposition(settings.name.clone()), row)));
        }
        for (key, value) in topics(interaction, &rules) {
            let rows = store.helped_with_data(key, value, interaction.id).await?;
            let label = hookflash_domain::attached::label(&rules.keys, key).to_owned();
            let topic = Topic::Data { label, value: value.to_owned() };
            found.extend(rows.into_iter().map(|row| (topic.clone(), row)));
        }
        Ok(found)
    }

    /// Their name as the network tells it, or else as it was.
    fn helped(&self, topic: Topic, row: HelpedRow) -> Helped {
        let id = PersonId { network: row.network, address: row.address };
        let people = &self.shared.networks.people;
        let person = people.known(&id).unwrap_or_else(|| {
            let person = Person::new(id, row.name);
            people.remember(std::slice::from_ref(&person));
            person
        });
        Helped { person, topic, count: row.count, last_at: row.last_at }
    }
}

/// The attached data by which helpers are found: what an expert may be shown, and is short enough to be a topic.
pub(super) fn topics<'a>(
    interaction: &'a Interaction,
    rules: &Rules,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let may_be_shown = |key: &str| rules.keys.get(key).is_none_or(|rule| !rule.private && !rule.hidden);
    let is_topic = move |(key, value): &(&str, &str)| {
        may_be_shown(key) && (1..=LONGEST_VALUE).contains(&value.chars().count())
    };
    let all: Vec<_> = interaction.attached.iter().filter(is_topic).take(MOST_KEYS).collect();
    all.into_iter()
}
