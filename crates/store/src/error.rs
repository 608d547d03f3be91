//! Why the store could not do what it was asked.

/// Why the store could not do what it was asked. Nothing was changed, except where
/// [`StoreError::InDoubt`] says that this is unknown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be used for the moment: locked, full, unreachable. It heals by itself;
    /// the same call may be made again.
    #[error("The database is not available: {0}")]
    Unavailable(String),
    /// The connection broke while the database was committing, and it could not be asked since
    /// whether it did. State in memory must be read again before it is trusted.
    #[error("It is not known whether the database saved this: {0}")]
    InDoubt(String),
    /// More writes are waiting than the queue holds.
    #[error("Too many writes are waiting for the database.")]
    Busy,
    /// The store is being closed.
    #[error("The database is being closed.")]
    Closed,
    /// It has been saved before: repeated news or a repeated command.
    #[error("This {0} has been saved before.")]
    Duplicate(Duplicate),
    /// A user's, queue's or disposition's name is in use (case does not count).
    #[error("The name {0:?} is in use.")]
    NameTaken(String),
    /// A dialled number belongs to another queue.
    #[error("The number {0:?} belongs to another queue.")]
    NumberTaken(String),
    /// A team address belongs to another queue.
    #[error("The team address {0:?} belongs to another queue.")]
    TeamAddressTaken(String),
    /// All seats of a network are taken.
    #[error("All seats of the network {0} are taken.")]
    NoSeatLeft(String),
    /// As many reports are queued or running as may.
    #[error("Too many reports are waiting to be made.")]
    TooManyRuns,
    /// There are as many schedules as may be.
    #[error("There are as many schedules of reports as may be.")]
    TooManySchedules,
    /// There are as many groups of experts as may be.
    #[error("There are as many groups of experts as may be.")]
    TooManyGroups,
    /// There are as many saved views as may be.
    #[error("There are as many saved views as may be.")]
    TooManyViews,
    /// There are as many sources of people as may be.
    #[error("There are as many sources of people as may be.")]
    TooManySources,
    /// The last reports of a schedule are not made yet.
    #[error("The last reports of this schedule are still waiting or being made.")]
    ScheduleBusy,
    /// The change would leave nobody who can administer.
    #[error("This is the last active administrator.")]
    LastAdministrator,
    /// There is no such row.
    #[error("There is no such {0}.")]
    NotFound(&'static str),
    /// A text holds a NUL character, which PostgreSQL cannot store.
    #[error("{0} holds a NUL character.")]
    NulCharacter(&'static str),
    /// A text or a batch is over the limit.
    #[error("{0} is too long.")]
    TooLong(&'static str),
    /// The database's rules refused the write, such as a message of an unknown consult.
    #[error("The database refused the write: {0}")]
    Refused(String),
    /// The engine in use cannot do this; the words say what to do instead.
    #[error("{0}")]
    NotSupported(&'static str),
    /// The address of the database is not understood.
    #[error("{0}")]
    BadUrl(String),
    /// The tables could not be brought to this version.
    #[error("The database could not be migrated: {0}")]
    Migration(String),
    /// A row or statement is not what this version expects: a defect, or a foreign hand.
    #[error("The database answered unexpectedly: {0}")]
    Unexpected(String),
}

/// What has been saved before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicate {
    /// A network's message, by consult and network message id.
    Message,
    /// A command, by user and command id.
    Command,
    /// A fact.
    Fact,
}

impl std::fmt::Display for Duplicate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Message => "message",
            Self::Command => "command",
            Self::Fact => "fact",
        })
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(told) => from_database(told.as_ref()),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Self::Unavailable(error.to_string()),
            sqlx::Error::PoolClosed => Self::Closed,
            sqlx::Error::Migrate(_) => Self::Migration(error.to_string()),
            _ => Self::Unexpected(error.to_string()),
        }
    }
}

fn from_database(told: &dyn sqlx::error::DatabaseError) -> StoreError {
    let code = told.code().unwrap_or_default();
    let trouble = match code.parse::<i32>() {
        // SQLSTATEs of five digits parse as numbers too; SQLite's extended codes stay below 10,000.
        Ok(number) if code.len() < 5 => sqlite_trouble(number & 0xff),
        _ => postgres_trouble(&code),
    };
    match trouble {
        Some(words) => StoreError::Unavailable(format!("{words} ({})", told.message())),
        None if is_constraint(told) => StoreError::Refused(told.message().to_owned()),
        None => StoreError::Unexpected(told.to_string()),
    }
}

fn is_constraint(told: &dyn sqlx::error::DatabaseError) -> bool {
    use sqlx::error::ErrorKind;
    matches!(
        told.kind(),
        ErrorKind::UniqueViolation
            | ErrorKind::ForeignKeyViolation
            | ErrorKind::NotNullViolation
            | ErrorKind::CheckViolation
    )
}

/// Words for SQLite's primary result codes that pass, see <https://www.sqlite.org/rescode.html>.
fn sqlite_trouble(code: i32) -> Option<&'static str> {
    Some(match code {
        5 | 6 => "another program holds it locked",
        7 => "out of memory",
        8 => "it may only be read",
        10 => "the disk could not be read or written",
        11 | 26 => "the file is damaged",
        13 => "the disk is full",
        14 => "the file cannot be opened",
        _ => return None,
    })
}

/// Words for SQLSTATEs that pass, see PostgreSQL's manual, appendix A.
fn postgres_trouble(code: &str) -> Option<&'static str> {
    Some(match (code.get(..2).unwrap_or_default(), code) {
        (_, "53100") => "the disk is full",
        (_, "55P03") => "another program holds it locked",
        (_, "25006") => "it may only be read",
        ("08", _) => "the connection broke",
        ("28", _) => "it refused the sign-in",
        ("3D", _) => "there is no such database",
        ("40", _) => "the transaction was undone",
        ("53", _) => "it is short of resources",
        ("57", _) => "it is stopping or starting, or the statement was cancelled",
        ("58", _) => "its disk could not be read or written",
        _ => return None,
    })
}

/// Whether the database refused the write because the key is in use.
pub(crate) fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_that_passes_is_told_from_defects() {
        for (code, passes) in [(5, true), (13, true), (19, false), (1, false)] {
            assert_eq!(sqlite_trouble(code).is_some(), passes, "{code}");
        }
        for (code, passes) in
            [("08006", true), ("53100", true), ("57P01", true), ("23505", false), ("42703", false)]
        {
            assert_eq!(postgres_trouble(code).is_some(), passes, "{code}");
        }
    }
}
