//! Skills and languages: what agents have of them, how queues look at them, by which rules interactions ask for
//! them and what each interaction asked for.

mod asked;
mod change;
mod create;
mod of_users;
mod policies;
mod read;
mod rules;

pub use asked::{AskedRow, NamedAbility};
pub use change::AbilityChange;
pub use of_users::{AbilityGrant, UserAbilityRow};
pub use policies::QueuePolicyRow;
pub use rules::DemandRuleRow;

use crate::column::Column;
use hookflash_domain::routing::Ability;
use hookflash_domain::{LanguageId, SkillId};
use uuid::Uuid;

/// Most skills and languages together.
pub const MAX_ABILITIES: i64 = 1_000;

/// Whether it is a skill or a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbilityKind {
    /// A skill.
    Skill,
    /// A language.
    Language,
}

impl AbilityKind {
    /// The word of the API and of the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Skill => "skill",
            Self::Language => "language",
        }
    }

    /// As routing knows it.
    #[must_use]
    pub fn ability(self, id: Uuid) -> Ability {
        match self {
            Self::Skill => Ability::Skill(SkillId(id)),
            Self::Language => Ability::Language(LanguageId(id)),
        }
    }
}

/// A word of a later version counts as a skill, which a ring may drop.
impl Column for AbilityKind {
    type Raw = String;
    type Bound<'a> = &'static str;
    fn from_raw(raw: String) -> Self {
        if raw == Self::Language.word() { Self::Language } else { Self::Skill }
    }
    fn bound(&self) -> &'static str {
        self.word()
    }
}

row! {
    /// A skill or language.
    pub struct AbilityRow {
        /// Which.
        pub ability_id: Uuid,
        /// Skill or language.
        pub kind: AbilityKind,
        /// Its name; unique among its kind, case does not count.
        pub name: String,
        /// A language's tag (BCP 47), as its canonical form is written; unique.
        pub tag: Option<String>,
        /// Whether it can be given to agents and asked for.
        pub active: bool,
    }
}

#[cfg(any(test, feature = "testing"))]
pub(crate) const STATEMENTS: [(&str, &[(&str, &str)]); 7] = [
    ("abilities::asked", asked::STATEMENTS),
    ("abilities::change", change::STATEMENTS),
    ("abilities::create", create::STATEMENTS),
    ("abilities::of_users", of_users::STATEMENTS),
    ("abilities::policies", policies::STATEMENTS),
    ("abilities::read", read::STATEMENTS),
    ("abilities::rules", rules::STATEMENTS),
];

fn about(id: Uuid) -> String {
    format!(r#"{{"ability_id":"{id}"}}"#)
}

pub(crate) use asked::PUT_ASKED;
