//! Reports of the library: what they need is read from the store, and they are written as files.

mod codes;
mod experts;
mod file;
mod interactions;
mod load;
mod names;
mod stays;
mod sums;

pub(crate) use file::{Form, Format, write};
pub(crate) use load::Load;

use hookflash_reports::library::{
    Asked, ReportName, RowsOf, agents, expert_workload, interaction_details, log_ins, queues,
    status_timeline, wrap_up,
};
use hookflash_reports::{Report, Row};
use hookflash_store::{Store, StoreError};

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// It cannot be asked for like that.
    #[error(transparent)]
    Asked(#[from] names::AskedWrongly),
    /// It would hold too much.
    #[error("more than {0} interactions do not fit into a report; choose a shorter period")]
    TooMany(usize),
    /// The store did not give it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The report that answers a question, and its rows.
///
/// # Errors
/// `Asked` for names that nobody has and for narrowing that the report has no use for; `TooMany`; `Store`.
pub(crate) async fn read(store: &Store, asked: &Asked) -> Result<(Report, Vec<Row>), ReadError> {
    let names = names::Names::read(store, asked).await?;
    Ok(match asked.name.rows_of() {
        RowsOf::Queues => queues(asked, &sums::queues(store, asked, &names).await?),
        RowsOf::Agents => agents(asked, &sums::agents(store, asked, &names).await?),
        RowsOf::Stays if asked.name == ReportName::AgentLogIns => {
            log_ins(asked, &stays::stays(store, asked, &names).await?)
        }
        RowsOf::Stays => status_timeline(asked, &stays::stays(store, asked, &names).await?),
        RowsOf::Interactions => {
            interaction_details(asked, interactions::interactions(store, asked, &names).await?)
        }
        RowsOf::Codes => wrap_up(asked, &codes::codes(store, asked, &names).await?),
        RowsOf::Experts => expert_workload(asked, &experts::experts(store, asked, &names).await?),
    })
}
