//! What an interaction asks for: by the administrator's rules, else by its queue's default.

use super::{Ability, Demand};
use crate::attached::AttachedData;
use serde::{Deserialize, Serialize};

/// Most rules of an installation.
pub const MAX_DEMAND_RULES: usize = 500;

/// An interaction that comes like this asks for that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandRule {
    /// How it comes.
    pub when: When,
    /// What it asks for.
    pub asks: Ability,
}

/// What a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum When {
    /// Attached data has this key with this value; case and space around the value do not count.
    Attached { key: String, value: String },
    /// This number was dialled.
    Dialled { number: String },
}

impl When {
    fn holds(&self, dialled: &str, attached: &AttachedData) -> bool {
        match self {
            Self::Dialled { number } => number == dialled,
            Self::Attached { key, value } => {
                attached.value(key).is_some_and(|given| same_words(given, value))
            }
        }
    }
}

/// What an interaction asks for: all that the rules which hold say, or the default where none does. The
/// priority is always the default's.
#[must_use]
pub fn demand_of(rules: &[DemandRule], default: &Demand, dialled: &str, attached: &AttachedData) -> Demand {
    let held = rules.iter().filter(|rule| rule.when.holds(dialled, attached));
    let asked: std::collections::BTreeSet<_> = held.map(|rule| rule.asks).collect();
    if asked.is_empty() { default.clone() } else { Demand { asked, priority: default.priority } }
}

fn same_words(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LanguageId, SkillId};
    use uuid::Uuid;

    const BILLING: Ability = Ability::Skill(SkillId(Uuid::from_u128(1)));
    const SALES: Ability = Ability::Skill(SkillId(Uuid::from_u128(2)));
    const GERMAN: Ability = Ability::Language(LanguageId(Uuid::from_u128(3)));

    fn rules() -> Vec<DemandRule> {
        let attached =
            |key: &str, value: &str| When::Attached { key: key.to_owned(), value: value.to_owned() };
        vec![
            DemandRule { when: attached("topic", "Billing"), asks: BILLING },
            DemandRule { when: attached("language", "de"), asks: GERMAN },
            DemandRule { when: When::Dialled { number: "0800100".to_owned() }, asks: GERMAN },
        ]
    }

    #[test]
    fn what_a_call_brings_goes_before_the_queues_default() {
        let default = Demand { asked: [SALES].into(), priority: 7 };
        let asked = |dialled: &str, pairs: &[(&str, &str)]| {
            let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
            demand_of(&rules(), &default, dialled, &AttachedData::new(pairs))
        };
        let of = |asked: &[Ability]| Demand { asked: asked.iter().copied().collect(), priority: 7 };
        assert_eq!(asked("1", &[]), default);
        assert_eq!(asked("1", &[("topic", "other")]), default);
        assert_eq!(asked("1", &[("topic", " BILLING ")]), of(&[BILLING]));
        assert_eq!(asked("0800100", &[]), of(&[GERMAN]));
        assert_eq!(asked("0800100", &[("topic", "billing"), ("language", "DE")]), of(&[BILLING, GERMAN]));
    }
}
