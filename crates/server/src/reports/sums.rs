//! Sums of queues and agents, with names.

use super::ReadError;
use super::names::{known, wanted};
use hookflash_domain::UserId;
use hookflash_domain::figures::{AgentTime, NO_AGENT, NO_QUEUE, StateTimes, Totals};
use hookflash_reports::library::{AgentPart, Asked, QueuePart};
use hookflash_store::Store;
use hookflash_store::figures::Stretch;
use std::collections::BTreeMap;

/// What stands for a queue, an agent or a disposition that is gone.
pub(super) const GONE: &str = "–";

pub(super) async fn queues(store: &Store, asked: &Asked) -> Result<Vec<QueuePart>, ReadError> {
    let queues = store.queues().await?;
    let names: BTreeMap<_, _> =
        queues.into_iter().map(|queue| (queue.row.queue_id, queue.row.name)).collect();
    known(&asked.queues, names.values(), "queue")?;
    let sums = match asked.name.grain() {
        Some(_) => store.queue_intervals(stretch(asked)).await?,
        None => store.queue_sums(stretch(asked)).await?,
    };
    let name = |id| names.get(&id).cloned().unwrap_or_else(|| GONE.to_owned());
    let parts = sums.into_iter().map(|sum| QueuePart {
        interval_at: sum.interval_at,
        queue: (sum.queue_id != NO_QUEUE).then(|| name(sum.queue_id)),
        totals: sum.totals,
    });
    Ok(parts.filter(|part| wanted(&asked.queues, part.queue.as_deref().unwrap_or_default())).collect())
}

pub(super) async fn agents(store: &Store, asked: &Asked) -> Result<Vec<AgentPart>, ReadError> {
    let users = store.users().await?;
    let names: BTreeMap<_, _> = users.into_iter().map(|user| (user.user_id, user.name)).collect();
    known(&asked.agents, names.values(), "agent")?;
    let mut agents = BTreeMap::<UserId, (Totals, StateTimes)>::new();
    for sum in store.agent_sums(stretch(asked)).await?.into_iter().filter(|sum| sum.agent_id != NO_AGENT) {
        agents.entry(sum.agent_id).or_default().0.add(&sum.totals);
    }
    for row in store.agent_times(stretch(asked)).await? {
        // A word of a later version is no time that this one knows.
        if let Some(time) = AgentTime::of_word(&row.state) {
            agents.entry(row.agent_id).or_default().1.add(time, row.ms);
        }
    }
    let parts = agents.into_iter().map(|(id, (totals, states))| AgentPart {
        agent: names.get(&id).cloned().unwrap_or_else(|| GONE.to_owned()),
        totals,
        states,
    });
    Ok(parts.filter(|part| wanted(&asked.agents, &part.agent)).collect())
}

/// The period, as the store is asked.
pub(super) fn stretch(asked: &Asked) -> Stretch {
    Stretch { from_at: asked.from_at, to_at: asked.to_at }
}
