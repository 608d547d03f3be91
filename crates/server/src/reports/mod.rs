//! Reports of the library: what they need is read from the store, and they are written as files.

mod about;
mod codes;
mod experts;
mod file;
mod form;
mod interactions;
mod load;
mod mails;
mod names;
mod period;
mod rows;
mod runs;
mod schedules;
mod stays;
mod sums;

pub(crate) use about::About;
pub(crate) use file::{write, write_to};
pub(crate) use form::{Form, Format, GrainWord, LanguageTag, MediumWord, PaperSize};
pub(crate) use interactions::part as interaction_part;
pub(crate) use load::Load;
pub(crate) use mails::{MailFailure, MailState, Mailer, Postman};
pub(crate) use names::{AskedWrongly, Names, Narrowing};
pub(crate) use period::{Days, Relative};
pub(crate) use rows::Rows;
pub(crate) use runs::{
    AskedBy, Failure, Offered, Parameters, RunState, Runner, file_name, free_name, offered, queued,
};
pub(crate) use schedules::{
    Definition, OffReason, ScheduledMail, ScheduledReport, Scheduler, WhenView, fire,
};

use hookflash_reports::Report;
use hookflash_reports::library::{Asked, ReportName, RowsOf, agents, queues, wrap_up};
use hookflash_store::{Store, StoreError};

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// It cannot be asked for like that.
    #[error(transparent)]
    Asked(#[from] AskedWrongly),
    /// Rows that are more than memory shall hold cannot be kept.
    #[error("rows cannot be kept in the temporary folder: {0}")]
    Rows(#[from] std::io::Error),
    /// The store did not give it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The report that answers a question, and its rows; single experts only for who may see them.
///
/// # Errors
/// `Rows`; `Store`.
pub(crate) async fn read(
    store: &Store,
    asked: &Asked,
    names: &Names,
    sees_people: bool,
) -> Result<(Report, Rows), ReadError> {
    let (report, rows) = match asked.name.rows_of() {
        RowsOf::Queues => queues(asked, &sums::queues(store, asked, names).await?),
        RowsOf::Agents => agents(asked, &sums::agents(store, asked, names).await?),
        RowsOf::Stays if asked.name == ReportName::AgentLogIns => {
            return stays::log_ins(store, asked, names).await;
        }
        RowsOf::Stays => return stays::timeline(store, asked, names).await,
        RowsOf::Interactions => return interactions::interactions(store, asked, names).await,
        RowsOf::Codes => wrap_up(asked, &codes::codes(store, asked, names).await?),
        RowsOf::Experts => experts::experts(store, asked, names, sees_people).await?,
    };
    Ok((report, rows.into()))
}
