//! Reports of the library: what they need is read from the store, and they are written as files.

mod file;
mod names;
mod sums;

pub(crate) use file::{Form, Format, write};
pub(crate) use names::AskedWrongly;

use hookflash_reports::library::{Asked, RowsOf, agents, queues};
use hookflash_reports::{Report, Row};
use hookflash_store::{Store, StoreError};

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// It cannot be asked for like that.
    #[error(transparent)]
    Asked(#[from] AskedWrongly),
    /// The store did not give it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The report that answers a question, and its rows.
///
/// # Errors
/// `Asked` for names that nobody has and for narrowing that the report has no use for; `Store`.
pub(crate) async fn read(store: &Store, asked: &Asked) -> Result<(Report, Vec<Row>), ReadError> {
    names::check(asked)?;
    Ok(match asked.name.rows_of() {
        RowsOf::Queues => queues(asked, &sums::queues(store, asked).await?),
        RowsOf::Agents => agents(asked, &sums::agents(store, asked).await?),
    })
}
