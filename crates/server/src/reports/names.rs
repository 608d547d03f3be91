//! Names of queues and agents, and what a report is narrowed down to.

use super::ReadError;
use hookflash_domain::{QueueId, UserId};
use hookflash_reports::library::Asked;
use hookflash_store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// What stands for a queue, an agent or a disposition that is gone.
pub(super) const GONE: &str = "–";

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

/// Queues and agents.
pub(super) struct Names {
    pub(super) queues: Known<QueueId>,
    pub(super) agents: Known<UserId>,
}

/// Names by id, and the ids that are asked for.
pub(super) struct Known<Id> {
    names: BTreeMap<Id, String>,
    /// All where there is none.
    wanted: Option<BTreeSet<Id>>,
}

impl Names {
    /// Reads all names and finds those that are asked for.
    pub(super) async fn read(store: &Store, asked: &Asked) -> Result<Self, ReadError> {
        let report = asked.name;
        check(report.word(), report.takes_queues(), &asked.queues, "queues")?;
        check(report.word(), report.takes_agents(), &asked.agents, "agents")?;
        let queues = store.queues().await?.into_iter().map(|queue| (queue.row.queue_id, queue.row.name));
        let agents = store.users().await?.into_iter().map(|user| (user.user_id, user.name));
        Ok(Self {
            queues: Known::of(queues, &asked.queues, "queue")?,
            agents: Known::of(agents, &asked.agents, "agent")?,
        })
    }
}

impl<Id: Ord + Copy> Known<Id> {
    fn of(
        names: impl Iterator<Item = (Id, String)>,
        asked: &[String],
        what: &'static str,
    ) -> Result<Self, AskedWrongly> {
        let names: BTreeMap<Id, String> = names.collect();
        if let Some(name) = asked.iter().find(|name| !names.values().any(|known| known == *name)) {
            return Err(AskedWrongly::NoSuch(what, name.clone()));
        }
        // Several people may have one name; all of them are meant.
        let wanted = names.iter().filter(|(_, name)| asked.contains(name)).map(|(id, _)| *id).collect();
        Ok(Self { wanted: (!asked.is_empty()).then_some(wanted), names })
    }

    /// Its name.
    pub(super) fn name(&self, id: Id) -> String {
        self.names.get(&id).cloned().unwrap_or_else(|| GONE.to_owned())
    }

    /// Whether it is asked for.
    pub(super) fn wants(&self, id: Id) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.contains(&id))
    }

    /// All that are asked for and known.
    pub(super) fn wanted(&self) -> impl Iterator<Item = (Id, &str)> {
        let wanted = self.names.iter().filter(|(id, _)| self.wants(**id));
        wanted.map(|(id, name)| (*id, name.as_str()))
    }
}

fn check(
    report: &'static str,
    takes: bool,
    names: &[String],
    what: &'static str,
) -> Result<(), AskedWrongly> {
    if takes || names.is_empty() { Ok(()) } else { Err(AskedWrongly::NotNarrowed(report, what)) }
}
