//! Pages that have views, and who may open them.

use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use hookflash_store::users::Role;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A page that has views.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ViewPage)]
pub(in crate::http) enum Page {
    /// The list of interactions.
    Interactions,
    /// Queues activity.
    Activity,
    /// Queues performance.
    Queues,
    /// Agents status.
    Status,
    /// Agents performance.
    Agents,
    /// Wrap-up performance.
    WrapUp,
    /// Experts.
    Experts,
}

impl Page {
    const ALL: [Self; 7] = [
        Self::Interactions,
        Self::Activity,
        Self::Queues,
        Self::Status,
        Self::Agents,
        Self::WrapUp,
        Self::Experts,
    ];

    /// Its word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Interactions => "interactions",
            Self::Activity => "activity",
            Self::Queues => "queues",
            Self::Status => "status",
            Self::Agents => "agents",
            Self::WrapUp => "wrap_up",
            Self::Experts => "experts",
        }
    }

    /// The one of a word.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.word() == word)
    }

    /// That the user may open it.
    ///
    /// # Errors
    /// `not_permitted`.
    pub(super) fn check(self, user: &SignedIn) -> Result<(), Problem> {
        let may = sees_figures(user) || self == Self::Interactions && user.has(Role::Agent);
        if may { Ok(()) } else { Err(Problem::new(Code::NotPermitted, "The user may not open this page.")) }
    }
}

/// Whether the user may see figures, and so share views.
pub(super) fn sees_figures(user: &SignedIn) -> bool {
    user.has(Role::Supervisor) || user.has(Role::Administrator)
}
