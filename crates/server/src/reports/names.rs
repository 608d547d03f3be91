//! Names of queues and agents, and what a report is narrowed down to.

use super::{About, ReadError};
use hookflash_domain::figures::Grain;
use hookflash_domain::{DispositionId, QueueId, UserId};
use hookflash_reports::library::{Asked, ReportName};
use hookflash_store::Store;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use uuid::Uuid;

/// What stands for a queue, an agent or a disposition that is gone.
const GONE: &str = "–";

/// What reports are narrowed down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Narrowing {
    Queues,
    Agents,
    Dispositions,
    Abilities,
    Media,
}

impl Narrowing {
    fn one(self) -> &'static str {
        match self {
            Self::Queues => "queue",
            Self::Agents => "agent",
            Self::Dispositions => "disposition",
            Self::Abilities => "skill or language",
            Self::Media => "medium",
        }
    }

    fn many(self) -> &'static str {
        match self {
            Self::Queues => "queues",
            Self::Agents => "agents",
            Self::Dispositions => "dispositions",
            Self::Abilities => "skills and languages",
            Self::Media => "media",
        }
    }
}

/// How a question is wrong.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AskedWrongly {
    /// A name that nobody has would give an empty report that looks like a quiet day.
    #[error("there is no {what} of the name {1}", what = .0.one())]
    NoSuch(Narrowing, String),
    /// An id that nobody has likewise.
    #[error("there is no {what} of the id {1}", what = .0.one())]
    Unknown(Narrowing, String),
    /// Days before the calendar begins or after it ends.
    #[error("the period is outside of the calendar")]
    OutsideTheCalendar,
    /// The file would claim to be about some and be about all.
    #[error("{0} cannot be narrowed down to {what}", what = .1.many())]
    NotNarrowed(&'static str, Narrowing),
    /// Likewise.
    #[error("{0} cannot be laid out like that")]
    NotLaidOut(&'static str),
    /// A skill and a language of one name.
    #[error("there is more than one skill or language of the name {0}")]
    Ambiguous(String),
}

/// Names of what reports are narrowed down to.
pub(crate) struct Names {
    pub(super) queues: Known<QueueId>,
    pub(super) agents: Known<UserId>,
    pub(super) dispositions: Known<DispositionId>,
    pub(super) abilities: Known<Uuid>,
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
        let narrowed = [
            (Narrowing::Queues, asked.queues.is_empty()),
            (Narrowing::Agents, asked.agents.is_empty()),
            (Narrowing::Dispositions, asked.dispositions.is_empty()),
            (Narrowing::Abilities, asked.abilities.is_empty()),
            (Narrowing::Media, asked.media.is_empty()),
        ];
        check(asked.name, narrowed, asked.grain)?;
        let names = Self {
            queues: Known::named(queues(store).await?, &asked.queues, Narrowing::Queues)?,
            agents: Known::named(agents(store).await?, &asked.agents, Narrowing::Agents)?,
            dispositions: Known::named(
                dispositions(store).await?,
                &asked.dispositions,
                Narrowing::Dispositions,
            )?,
            abilities: Known::named(abilities(store).await?, &asked.abilities, Narrowing::Abilities)?,
        };
        match asked.abilities.iter().find(|name| names.abilities.count(name) > 1) {
            Some(name) => Err(AskedWrongly::Ambiguous(name.clone()).into()),
            None => Ok(names),
        }
    }

    /// Reads all names and takes those that are asked for by id; their names go onto the paper.
    ///
    /// # Errors
    /// As [`Names::named`].
    pub(crate) async fn chosen(store: &Store, asked: &mut Asked, about: &About) -> Result<Self, ReadError> {
        let narrowed = [
            (Narrowing::Queues, about.queue_ids.is_empty()),
            (Narrowing::Agents, about.agent_ids.is_empty()),
            (Narrowing::Dispositions, about.disposition_ids.is_empty()),
            (Narrowing::Abilities, about.ability_ids.is_empty()),
            (Narrowing::Media, about.media.is_empty()),
        ];
        check(asked.name, narrowed, about.grain.map(Into::into))?;
        let names = Self {
            queues: Known::chosen(queues(store).await?, set(&about.queue_ids, QueueId), Narrowing::Queues)?,
            agents: Known::chosen(agents(store).await?, set(&about.agent_ids, UserId), Narrowing::Agents)?,
            dispositions: Known::chosen(
                dispositions(store).await?,
                set(&about.disposition_ids, DispositionId),
                Narrowing::Dispositions,
            )?,
            abilities: Known::chosen(
                abilities(store).await?,
                set(&about.ability_ids, |id| id),
                Narrowing::Abilities,
            )?,
        };
        asked.queues = names.queues.on_paper();
        asked.agents = names.agents.on_paper();
        asked.dispositions = names.dispositions.on_paper();
        asked.abilities = names.abilities.on_paper();
        asked.media = about.media.iter().map(|medium| (*medium).into()).collect();
        asked.grain = about.grain.map(Into::into);
        Ok(names)
    }
}

impl Names {
    /// Whether what has this disposition, or none, is asked for.
    pub(super) fn wants_code(&self, id: Option<DispositionId>) -> bool {
        id.map_or(self.dispositions.wants_all(), |id| self.dispositions.wants(id))
    }
}

fn set<Id: Ord>(ids: &[Uuid], of: fn(Uuid) -> Id) -> BTreeSet<Id> {
    ids.iter().copied().map(of).collect()
}

/// Whether the report has a use for what is asked for.
fn check(
    report: ReportName,
    asked: [(Narrowing, bool); 5],
    grain: Option<Grain>,
) -> Result<(), AskedWrongly> {
    let takes = |what| match what {
        Narrowing::Queues => report.takes_queues(),
        Narrowing::Agents => report.takes_agents(),
        Narrowing::Dispositions => report.takes_dispositions(),
        Narrowing::Abilities => report.takes_abilities(),
        Narrowing::Media => report.takes_media(),
    };
    if let Some((what, _)) = asked.into_iter().find(|(what, is_all)| !takes(*what) && !is_all) {
        return Err(AskedWrongly::NotNarrowed(report.word(), what));
    }
    match grain {
        Some(grain) if !report.grains().contains(&grain) => Err(AskedWrongly::NotLaidOut(report.word())),
        _ => Ok(()),
    }
}

async fn queues(store: &Store) -> Result<BTreeMap<QueueId, String>, ReadError> {
    let queues = store.queues().await?.into_iter();
    Ok(queues.map(|queue| (queue.row.queue_id, queue.row.name)).collect())
}

async fn agents(store: &Store) -> Result<BTreeMap<UserId, String>, ReadError> {
    Ok(store.users().await?.into_iter().map(|user| (user.user_id, user.name)).collect())
}

async fn dispositions(store: &Store) -> Result<BTreeMap<DispositionId, String>, ReadError> {
    let dispositions = store.dispositions().await?.into_iter();
    Ok(dispositions.map(|one| (one.row.disposition_id, one.row.name)).collect())
}

async fn abilities(store: &Store) -> Result<BTreeMap<Uuid, String>, ReadError> {
    Ok(store.abilities().await?.into_iter().map(|one| (one.ability_id, one.name)).collect())
}

impl<Id: Ord + Copy + Display> Known<Id> {
    fn named(names: BTreeMap<Id, String>, asked: &[String], what: Narrowing) -> Result<Self, AskedWrongly> {
        if let Some(name) = asked.iter().find(|name| !names.values().any(|known| known == *name)) {
            return Err(AskedWrongly::NoSuch(what, name.clone()));
        }
        // Several people may have one name; all of them are meant.
        let wanted = names.iter().filter(|(_, name)| asked.contains(name)).map(|(id, _)| *id).collect();
        Ok(Self { wanted: (!asked.is_empty()).then_some(wanted), names })
    }

    fn chosen(names: BTreeMap<Id, String>, ids: BTreeSet<Id>, what: Narrowing) -> Result<Self, AskedWrongly> {
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

    /// Whether all are.
    pub(super) fn wants_all(&self) -> bool {
        self.wanted.is_none()
    }

    /// The ids that are asked for; empty where all are.
    pub(super) fn ids(&self) -> BTreeSet<Id> {
        self.wanted.clone().unwrap_or_default()
    }

    fn count(&self, name: &str) -> usize {
        self.names.values().filter(|known| *known == name).count()
    }

    /// All that are asked for and known.
    pub(super) fn wanted(&self) -> impl Iterator<Item = (Id, &str)> {
        let wanted = self.names.iter().filter(|(id, _)| self.wants(**id));
        wanted.map(|(id, name)| (*id, name.as_str()))
    }
}
