//! Queues as administrators and supervisors see them, and the checks of their fields.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use hookflash_domain::wrap_up::WrapUpMode;
use hookflash_domain::{QueueId, UserId};
use hookflash_store::StoreError;
use hookflash_store::queues::Queue;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;
use utoipa::ToSchema;
use uuid::Uuid;

/// How long an offer may ring.
pub(super) const OFFER_MS: RangeInclusive<i64> = 7_000..=59_000;
/// How long wrap-up may take (`definitions.md` 2.5).
pub(super) const WRAP_UP_MS: RangeInclusive<i64> = 1_000..=3_600_000;
/// Most members of a queue.
const MAX_MEMBERS: usize = 5_000;
/// Most numbers of a queue.
const MAX_NUMBERS: usize = 100;

/// Whether a disposition is required and who ends the wrap-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WrapUpMode)]
pub(super) enum WrapUpModeView {
    /// The agent may skip the disposition.
    Optional,
    /// A disposition is required; the agent decides how long it takes.
    Mandatory,
    /// A disposition is required; ends at the time-out at the latest.
    MandatoryTimeout,
    /// The full time always passes.
    MandatoryForcedTimeout,
    /// Only when the agent asked for it during the call.
    AgentRequested,
}

impl WrapUpModeView {
    /// As it is stored.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Optional => "optional",
            Self::Mandatory => "mandatory",
            Self::MandatoryTimeout => "mandatory_timeout",
            Self::MandatoryForcedTimeout => "mandatory_forced_timeout",
            Self::AgentRequested => "agent_requested",
        }
    }

    /// Whether the mode needs a time-out.
    pub(super) fn needs_timeout(self) -> bool {
        matches!(self, Self::MandatoryTimeout | Self::MandatoryForcedTimeout)
    }
}

impl From<WrapUpMode> for WrapUpModeView {
    fn from(mode: WrapUpMode) -> Self {
        match mode {
            WrapUpMode::Optional => Self::Optional,
            WrapUpMode::Mandatory => Self::Mandatory,
            WrapUpMode::MandatoryTimeout => Self::MandatoryTimeout,
            WrapUpMode::MandatoryForcedTimeout => Self::MandatoryForcedTimeout,
            WrapUpMode::AgentRequested => Self::AgentRequested,
        }
    }
}

/// A queue.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct QueueView {
    queue_id: Uuid,
    name: String,
    /// Dialled numbers or user parts that lead here.
    numbers: Vec<String>,
    /// The users who serve it.
    member_ids: Vec<Uuid>,
    /// How long an interaction is offered to one agent.
    offer_timeout_ms: i64,
    /// Whether a disposition is required and who ends the wrap-up.
    #[schema(value_type = WrapUpModeView)]
    wrap_up_mode: String,
    /// How long wrap-up may take, in the modes that have a limit.
    wrap_up_timeout_ms: Option<i64>,
    /// Whether it takes interactions.
    active: bool,
    /// The local part of the address at which experts write to its agents.
    team_address: Option<String>,
}

impl QueueView {
    pub(super) fn of(queue: Queue) -> Self {
        Self {
            queue_id: queue.row.queue_id.0,
            name: queue.row.name,
            numbers: queue.numbers,
            member_ids: queue.member_ids.into_iter().map(|id| id.0).collect(),
            offer_timeout_ms: queue.row.offer_timeout_ms,
            wrap_up_mode: queue.row.wrap_up_mode,
            wrap_up_timeout_ms: queue.row.wrap_up_timeout_ms,
            active: queue.row.active,
            team_address: queue.row.team_address,
        }
    }
}

/// The queue as stored, or 404.
pub(super) async fn stored(state: &AppState, id: QueueId) -> Result<Queue, Problem> {
    let queue = state.store.queues().await?.into_iter().find(|queue| queue.row.queue_id == id);
    Ok(queue.ok_or(StoreError::NotFound("queue"))?)
}

pub(super) fn check_name(checks: &mut Checks, text: &str) -> String {
    checks.text("name", text, 1..=100)
}

pub(super) fn check_numbers(checks: &mut Checks, numbers: &[String]) -> Vec<String> {
    checks.count("numbers", numbers, MAX_NUMBERS);
    let mut kept: Vec<String> = Vec::new();
    for number in numbers.iter().take(MAX_NUMBERS) {
        let number = checks.text("numbers", number, 1..=64);
        if !kept.contains(&number) {
            kept.push(number);
        }
    }
    kept
}

pub(super) fn check_members(checks: &mut Checks, member_ids: &[Uuid]) -> Vec<UserId> {
    checks.count("member_ids", member_ids, MAX_MEMBERS);
    let mut ids: Vec<_> = member_ids.iter().copied().map(UserId).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
