//! Interactions one by one.

use super::ReadError;
use super::names::Names;
use super::rows::Rows;
use hookflash_domain::figures::NO_AGENT;
use hookflash_reports::Report;
use hookflash_reports::library::{Asked, InteractionDetails, InteractionPart};
use hookflash_store::Store;
use hookflash_store::interactions::{Filter, InteractionListRow, MAX_ROWS};

/// Page by page; the rows may be more than memory holds.
pub(super) async fn interactions(
    store: &Store,
    asked: &Asked,
    names: &Names,
) -> Result<(Report, Rows), ReadError> {
    let mut filter = Filter {
        from_at: Some(asked.from_at),
        to_at: Some(asked.to_at),
        asked: names.abilities.ids().into_iter().collect(),
        ..Filter::default()
    };
    let (mut details, mut rows) = (InteractionDetails::new(asked), Rows::default());
    loop {
        let page = store.interactions(&filter, MAX_ROWS).await?;
        for row in page.rows.into_iter().filter(|row| is_wanted(names, row)) {
            rows.push(details.row(part(row)))?;
        }
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return Ok((details.report(), rows)),
        }
    }
}

fn is_wanted(names: &Names, row: &InteractionListRow) -> bool {
    // What nobody answered has no agent.
    names.queues.wants(row.queue_id)
        && names.agents.wants(row.agent_id.unwrap_or(NO_AGENT))
        && names.wants_code(row.disposition_id)
}

/// A row of the list, as reports and exports speak of it.
pub(crate) fn part(row: InteractionListRow) -> InteractionPart {
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
        state: row.state,
        has_note: row.has_note,
    }
}
