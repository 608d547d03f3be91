//! Interactions one by one.

use super::ReadError;
use super::names::Names;
use hookflash_domain::figures::NO_AGENT;
use hookflash_reports::library::{Asked, InteractionPart};
use hookflash_store::Store;
use hookflash_store::interactions::{Filter, InteractionListRow, MAX_ROWS};

/// Most interactions of a report: they are held in memory until the file is written.
const MOST: usize = 200_000;

pub(super) async fn interactions(
    store: &Store,
    asked: &Asked,
    names: &Names,
) -> Result<Vec<InteractionPart>, ReadError> {
    let mut filter = Filter { from_at: Some(asked.from_at), to_at: Some(asked.to_at), ..Filter::default() };
    let mut parts = Vec::new();
    loop {
        let page = store.interactions(&filter, MAX_ROWS).await?;
        parts.extend(page.rows.into_iter().filter(|row| is_wanted(names, row)).map(part));
        if parts.len() > MOST {
            return Err(ReadError::TooMany(MOST, "interactions"));
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok(parts),
        }
    }
}

fn is_wanted(names: &Names, row: &InteractionListRow) -> bool {
    // What nobody answered has no agent.
    names.queues.wants(row.queue_id) && names.agents.wants(row.agent_id.unwrap_or(NO_AGENT))
}

fn part(row: InteractionListRow) -> InteractionPart {
    InteractionPart {
        started_at: row.started_at,
        queue: row.queue_name,
        number: row.caller_number,
        caller: row.caller_name,
        agent: row.agent_name,
        wait_ms: row.wait_ms,
        talk_ms: row.talk_ms,
        hold_ms: row.hold_ms,
        wrap_up_ms: row.wrap_up_ms,
        consult_count: row.consult_count,
        disposition: row.disposition_name,
        end_reason: row.end_reason,
    }
}
