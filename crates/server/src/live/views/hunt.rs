//! A hunt for an expert as the agent sees it: who waits, who was skipped and why, and how it ended.

use super::person::{PersonView, person_view};
use hookflash_domain::consult::{Hunt, HuntEnd, HuntMode, SkipReason};
use hookflash_domain::{PersonId, PresenceReport, Timestamp};
use serde::Serialize;

/// `HuntView`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct HuntView {
    mode: HuntMode,
    within_ms: i64,
    first_invitation: usize,
    waiting: Vec<PersonView>,
    skipped: Vec<SkippedView>,
    end: Option<HuntEnd>,
}

/// Someone who was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct SkippedView {
    person: PersonView,
    reason: SkipReason,
    at: Timestamp,
}

pub(super) fn hunt_view(hunt: &Hunt, presence: impl Fn(&PersonId) -> Option<PresenceReport>) -> HuntView {
    let skipped = hunt.skipped.iter().map(|one| SkippedView {
        person: person_view(&one.expert, presence(&one.expert.id)),
        reason: one.why,
        at: one.at,
    });
    HuntView {
        mode: hunt.mode,
        within_ms: hunt.within_ms,
        first_invitation: hunt.first,
        waiting: hunt.waiting.iter().map(|one| person_view(&one.expert, presence(&one.expert.id))).collect(),
        skipped: skipped.collect(),
        end: hunt.end,
    }
}
