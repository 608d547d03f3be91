//! Dispositions as administrators and supervisors see them, and the checks of their fields.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use hookflash_domain::{DispositionId, QueueId};
use hookflash_store::StoreError;
use hookflash_store::dispositions::Disposition;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Most queues of a disposition.
const MAX_QUEUES: usize = 500;

/// A code that agents choose at the end.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct DispositionView {
    disposition_id: Uuid,
    name: String,
    /// The queues for which it can be chosen; empty for all.
    queue_ids: Vec<Uuid>,
    /// Whether it can be chosen.
    active: bool,
}

impl DispositionView {
    pub(super) fn of(disposition: Disposition) -> Self {
        Self {
            disposition_id: disposition.row.disposition_id.0,
            name: disposition.row.name,
            queue_ids: disposition.queue_ids.into_iter().map(|id| id.0).collect(),
            active: disposition.row.active,
        }
    }
}

/// The disposition as stored, or 404.
pub(super) async fn stored(state: &AppState, id: DispositionId) -> Result<DispositionView, Problem> {
    let found = state.store.dispositions().await?.into_iter().find(|one| one.row.disposition_id == id);
    Ok(found.map(DispositionView::of).ok_or(StoreError::NotFound("disposition"))?)
}

pub(super) fn check_name(checks: &mut Checks, text: &str) -> String {
    checks.text("name", text, 1..=100)
}

pub(super) fn check_queues(checks: &mut Checks, queue_ids: &[Uuid]) -> Vec<QueueId> {
    checks.count("queue_ids", queue_ids, MAX_QUEUES);
    queue_ids.iter().copied().map(QueueId).collect()
}
