//! Names that a report is narrowed down to.

use hookflash_reports::library::Asked;
use std::collections::BTreeSet;

/// How a question is wrong.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AskedWrongly {
    /// A name that nobody has would give an empty report that looks like a quiet day.
    #[error("there is no {0} of the name {1}")]
    NoSuch(&'static str, String),
    /// The file would claim to be about some and be about all.
    #[error("{0} cannot be narrowed down to {1}")]
    NotNarrowed(&'static str, &'static str),
}

/// Whether the report can be narrowed down like that.
pub(super) fn check(asked: &Asked) -> Result<(), AskedWrongly> {
    for (names, takes, what) in [
        (&asked.queues, asked.name.takes_queues(), "queues"),
        (&asked.agents, asked.name.takes_agents(), "agents"),
    ] {
        if !names.is_empty() && !takes {
            return Err(AskedWrongly::NotNarrowed(asked.name.word(), what));
        }
    }
    Ok(())
}

/// Whether all names are known.
pub(super) fn known<'a>(
    asked: &[String],
    known: impl Iterator<Item = &'a String>,
    what: &'static str,
) -> Result<(), AskedWrongly> {
    let known: BTreeSet<_> = known.collect();
    match asked.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(AskedWrongly::NoSuch(what, name.clone())),
        None => Ok(()),
    }
}

/// Whether a name is asked for; all are where none is named.
pub(super) fn wanted(asked: &[String], name: &str) -> bool {
    asked.is_empty() || asked.iter().any(|one| one == name)
}
