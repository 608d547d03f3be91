//! Skills and languages as administrators and supervisors see them, and the checks of their fields.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use hookflash_store::StoreError;
use hookflash_store::abilities::{AbilityKind, AbilityRow};
use icu_locale_core::LanguageIdentifier;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Longest language tag, in characters (RFC 5646 4.4.1).
const TAG_CHARS: usize = 35;

/// Skill or language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AbilityKind)]
pub(in crate::http) enum KindView {
    /// A skill; rings of a queue may drop it.
    Skill,
    /// A language; no ring drops it.
    Language,
}

impl From<AbilityKind> for KindView {
    fn from(kind: AbilityKind) -> Self {
        match kind {
            AbilityKind::Skill => Self::Skill,
            AbilityKind::Language => Self::Language,
        }
    }
}

impl From<KindView> for AbilityKind {
    fn from(kind: KindView) -> Self {
        match kind {
            KindView::Skill => Self::Skill,
            KindView::Language => Self::Language,
        }
    }
}

/// A skill or language that agents have and interactions ask for.
#[derive(Serialize, ToSchema)]
#[schema(as = Ability)]
pub(in crate::http) struct AbilityView {
    ability_id: Uuid,
    kind: KindView,
    name: String,
    /// A language's tag (BCP 47).
    tag: Option<String>,
    /// Whether it can be given to agents and asked for.
    active: bool,
}

impl From<AbilityRow> for AbilityView {
    fn from(row: AbilityRow) -> Self {
        Self {
            ability_id: row.ability_id,
            kind: row.kind.into(),
            name: row.name,
            tag: row.tag,
            active: row.active,
        }
    }
}

/// As stored, or 404.
pub(super) async fn stored(state: &AppState, id: Uuid) -> Result<AbilityRow, Problem> {
    let found = state.store.abilities().await?.into_iter().find(|row| row.ability_id == id);
    Ok(found.ok_or(StoreError::NotFound("ability"))?)
}

pub(super) fn check_name(checks: &mut Checks, text: &str) -> String {
    checks.text("name", text, 1..=100)
}

/// A language has a tag, a skill has none.
pub(super) fn check_tag(checks: &mut Checks, kind: AbilityKind, tag: Option<&str>) -> Option<String> {
    match (kind, tag) {
        (AbilityKind::Skill, None) => None,
        (AbilityKind::Skill, Some(_)) => {
            checks.wrong("tag", "is for languages");
            None
        }
        (AbilityKind::Language, None) => {
            checks.wrong("tag", "is needed for a language");
            None
        }
        (AbilityKind::Language, Some(tag)) => {
            let tag = checks.text("tag", tag, 2..=TAG_CHARS);
            // "und" is what the library takes nothing for: no language at all.
            let known = LanguageIdentifier::try_from_str(&tag).ok().map(|tag| tag.to_string());
            let known = known.filter(|tag| tag != "und" && !tag.starts_with("und-"));
            if known.is_none() {
                checks.wrong("tag", "must be a language tag such as de or pt-BR (BCP 47)");
            }
            known
        }
    }
}
