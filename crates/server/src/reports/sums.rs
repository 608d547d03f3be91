//! Sums of queues and agents.

use super::ReadError;
use super::names::Names;
use hookflash_domain::UserId;
use hookflash_domain::figures::{AgentTime, NO_AGENT, NO_QUEUE, StateTimes, Totals};
use hookflash_reports::library::{AgentPart, Asked, QueuePart};
use hookflash_store::Store;
use hookflash_store::figures::Stretch;
use std::collections::BTreeMap;

pub(super) async fn queues(store: &Store, asked: &Asked, names: &Names) -> Result<Vec<QueuePart>, ReadError> {
    let sums = match asked.grain() {
        Some(_) => store.queue_intervals(stretch(asked)).await?,
        None => store.queue_sums(stretch(asked)).await?,
    };
    let wanted = sums.into_iter().filter(|sum| names.queues.wants(sum.queue_id));
    let part = |sum: hookflash_store::figures::QueueSum| QueuePart {
        interval_at: sum.interval_at,
        queue: (sum.queue_id != NO_QUEUE).then(|| names.queues.name(sum.queue_id)),
        totals: sum.totals,
    };
    Ok(wanted.map(part).collect())
}

pub(super) async fn agents(store: &Store, asked: &Asked, names: &Names) -> Result<Vec<AgentPart>, ReadError> {
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
    let wanted = agents.into_iter().filter(|(agent, _)| names.agents.wants(*agent));
    let part = |(agent, (totals, states))| AgentPart { agent: names.agents.name(agent), totals, states };
    Ok(wanted.map(part).collect())
}

/// The period, as the store is asked.
pub(super) fn stretch(asked: &Asked) -> Stretch {
    Stretch { from_at: asked.from_at, to_at: asked.to_at }
}
