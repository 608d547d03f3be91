//! Names of queues and agents, and what a report is narrowed down to.

use super::ReadError;
use hookflash_domain::{QueueId, UserId};
use hookflash_reports::library::{Asked, ReportName};
use hookflash_store::Store;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use uuid::Uuid;

/// What stands for a queue, an agent or a disposition that is gone.
pub(super) const GONE: &str = "–";

/// How a question is wrong.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AskedWrongly {
    /// A name that nobody has would give an empty report that looks like a quiet day.
    #[error("there is no {0} of the name {1}")]
    NoSuch(&'static str, String),
    /// An id that nobody has likewise.
    #[error("there is no {0} of the id {1}")]
    Unknown(&'static str, String),
    /// Days before the calendar begins or after it ends.
    #[error("the period is outside of the calendar")]
    OutsideTheCalendar,
    /// The file would claim to be about some and be about all.
    #[error("{0} cannot be narrowed down to {1}")]
    NotNarrowed(&'static str, &'static str),
}

/// Queues and agents.
pub(crate) struct Names {
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
    /// Reads all names and finds those that are asked for by name.
    ///
    /// # Errors
    /// `Asked` for a name that nobody has, and where the report has no use for it; `Store`.
    pub(crate) async fn named(store: &Store, asked: &Asked) -> Result<Self, ReadError> {
        Self::check(asked.name, asked.queues.is_empty(), asked.agents.is_empty())?;
        Ok(Self {
            queues: Known::named(queues(store).await?, &asked.queues, "queue")?,
            agents: Known::named(agents(store).await?, &asked.agents, "agent")?,
        })
    }

    /// Reads all names and takes those that are asked for by id; their names go onto the paper.
    ///
    /// # Errors
    /// As [`Names::named`].
    pub(crate) async fn chosen(
        store: &Store,
        asked: &mut Asked,
        queue_ids: &[Uuid],
        agent_ids: &[Uuid],
    ) -> Result<Self, ReadError> {
        Self::check(asked.name, queue_ids.is_empty(), agent_ids.is_empty())?;
        let (queue_ids, agent_ids) = (queue_ids.iter().copied(), agent_ids.iter().copied());
        let queues = Known::chosen(queues(store).await?, queue_ids.map(QueueId).collect(), "queue")?;
        let agents = Known::chosen(agents(store).await?, agent_ids.map(UserId).collect(), "agent")?;
        asked.queues = queues.on_paper();
        asked.agents = agents.on_paper();
        Ok(Self { queues, agents })
    }

    fn check(report: ReportName, all_queues: bool, all_agents: bool) -> Result<(), AskedWrongly> {
        if !report.takes_queues() && !all_queues {
            return Err(AskedWrongly::NotNarrowed(report.word(), "queues"));
        }
        if !report.takes_agents() && !all_agents {
            return Err(AskedWrongly::NotNarrowed(report.word(), "agents"));
        }
        Ok(())
    }
}

async fn queues(store: &Store) -> Result<BTreeMap<QueueId, String>, ReadError> {
    let queues = store.queues().await?.into_iter();
    Ok(queues.map(|queue| (queue.row.queue_id, queue.row.name)).collect())
}

async fn agents(store: &Store) -> Result<BTreeMap<UserId, String>, ReadError> {
    Ok(store.users().await?.into_iter().map(|user| (user.user_id, user.name)).collect())
}

impl<Id: Ord + Copy + Display> Known<Id> {
    fn named(
        names: BTreeMap<Id, String>,
        asked: &[String],
        what: &'static str,
    ) -> Result<Self, AskedWrongly> {
        if let Some(name) = asked.iter().find(|name| !names.values().any(|known| known == *name)) {
            return Err(AskedWrongly::NoSuch(what, name.clone()));
        }
        // Several people may have one name; all of them are meant.
        let wanted = names.iter().filter(|(_, name)| asked.contains(name)).map(|(id, _)| *id).collect();
        Ok(Self { wanted: (!asked.is_empty()).then_some(wanted), names })
    }

    fn chosen(
        names: BTreeMap<Id, String>,
        ids: BTreeSet<Id>,
        what: &'static str,
    ) -> Result<Self, AskedWrongly> {
        if let Some(id) = ids.iter().find(|id| !names.contains_key(id)) {
            return Err(AskedWrongly::Unknown(what, id.to_string()));
        }
        Ok(Self { wanted: (!ids.is_empty()).then_some(ids), names })
    }

    /// Names of those that are asked for; empty where all are.
    fn on_paper(&self) -> Vec<String> {
        self.wanted.iter().flatten().map(|id| self.name(*id)).collect()
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
