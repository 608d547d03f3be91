//! Reports of the library: what they need is read from the store, and they are written as files.

mod codes;
mod experts;
mod file;
mod form;
mod interactions;
mod load;
mod mails;
mod names;
mod period;
mod runs;
mod schedules;
mod stays;
mod sums;

pub(crate) use file::write;
pub(crate) use form::{Form, Format, LanguageTag, PaperSize};
pub(crate) use load::Load;
pub(crate) use mails::{MailFailure, MailState, Mailer, Postman};
pub(crate) use names::{AskedWrongly, Names};
pub(crate) use period::{Days, Relative};
pub(crate) use runs::{
    AskedBy, Failure, Offered, Parameters, RunState, Runner, file_name, free_name, offered, queued,
};
pub(crate) use schedules::{Definition, ScheduledMail, ScheduledReport, Scheduler, WhenView, fire};

use hookflash_reports::library::{
    Asked, ReportName, RowsOf, agents, interaction_details, log_ins, queues, status_timeline, wrap_up,
};
use hookflash_reports::{Report, Row};
use hookflash_store::{Store, StoreError};

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// It cannot be asked for like that.
    #[error(transparent)]
    Asked(#[from] AskedWrongly),
    /// It would hold too much.
    #[error("more than {0} {1} do not fit into a report; choose a shorter period")]
    TooMany(usize, &'static str),
    /// The store did not give it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The report that answers a question, and its rows; single experts only for who may see them.
///
/// # Errors
/// `TooMany`; `Store`.
pub(crate) async fn read(
    store: &Store,
    asked: &Asked,
    names: &Names,
    sees_people: bool,
) -> Result<(Report, Vec<Row>), ReadError> {
    Ok(match asked.name.rows_of() {
        RowsOf::Queues => queues(asked, &sums::queues(store, asked, names).await?),
        RowsOf::Agents => agents(asked, &sums::agents(store, asked, names).await?),
        RowsOf::Stays if asked.name == ReportName::AgentLogIns => {
            log_ins(asked, &stays::stays(store, asked, names).await?)
        }
        RowsOf::Stays => status_timeline(asked, &stays::stays(store, asked, names).await?),
        RowsOf::Interactions => {
            interaction_details(asked, interactions::interactions(store, asked, names).await?)
        }
        RowsOf::Codes => wrap_up(asked, &codes::codes(store, asked, names).await?),
        RowsOf::Experts => experts::experts(store, asked, names, sees_people).await?,
    })
}
