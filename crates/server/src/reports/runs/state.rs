//! What becomes of a run (`definitions.md` 4.2).

use serde::Serialize;
use utoipa::ToSchema;

/// What a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportRunState)]
pub(crate) enum RunState {
    /// Others are made first.
    Queued,
    /// It is being made.
    Running,
    /// All files are there.
    Completed,
    /// Some files are there, others could not be made.
    CompletedWithErrors,
    /// There is no file.
    Failed,
    /// Somebody did not want it any more.
    Cancelled,
}

/// Why a run or a file failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportFailure)]
pub(crate) enum Failure {
    /// There is more than fits.
    DataLimit,
    /// It took longer than it may.
    Timeout,
    /// The server stopped each time that it was made.
    UnableToComplete,
    /// A defect, or trouble with the disk; the server's log says more.
    Internal,
}

impl RunState {
    const ALL: [Self; 6] = [
        Self::Queued,
        Self::Running,
        Self::Completed,
        Self::CompletedWithErrors,
        Self::Failed,
        Self::Cancelled,
    ];

    /// As it is stored.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Completed => "completed",
            Self::CompletedWithErrors => "completed_with_errors",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The one of a stored word; what a later version stored is nothing that this one can offer.
    pub(crate) fn of_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.word() == word).unwrap_or(Self::Failed)
    }

    /// Whether there are files.
    pub(crate) fn has_files(self) -> bool {
        matches!(self, Self::Completed | Self::CompletedWithErrors)
    }
}

impl Failure {
    const ALL: [Self; 4] = [Self::DataLimit, Self::Timeout, Self::UnableToComplete, Self::Internal];

    /// As it is stored.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::DataLimit => "data_limit",
            Self::Timeout => "timeout",
            Self::UnableToComplete => "unable_to_complete",
            Self::Internal => "internal",
        }
    }

    /// The one of a stored word.
    pub(crate) fn of_word(word: &str) -> Self {
        Self::ALL.into_iter().find(|failure| failure.word() == word).unwrap_or(Self::Internal)
    }
}
