//! Agents' stays in states.

use super::ReadError;
use super::names::Names;
use super::rows::Rows;
use hookflash_domain::agent::AgentState;
use hookflash_domain::figures::AgentTime;
use hookflash_domain::{Span, Timestamp, UserId};
use hookflash_reports::library::{AgentStays, Asked, LogIns, StatusTimeline};
use hookflash_reports::{Report, Row};
use hookflash_store::Store;
use hookflash_store::figures::{StayPart, Stretch};
use std::collections::BTreeMap;

/// States one after the other.
pub(super) async fn timeline(
    store: &Store,
    asked: &Asked,
    names: &Names,
) -> Result<(Report, Rows), ReadError> {
    let mut timeline = StatusTimeline::new(asked);
    let rows = agent_by_agent(store, asked, names, |agent| timeline.rows(agent)).await?;
    Ok((timeline.report(), rows))
}

/// When agents were signed in.
pub(super) async fn log_ins(
    store: &Store,
    asked: &Asked,
    names: &Names,
) -> Result<(Report, Rows), ReadError> {
    let mut log_ins = LogIns::new(asked);
    let rows = agent_by_agent(store, asked, names, |agent| log_ins.rows(agent)).await?;
    Ok((log_ins.report(), rows))
}

/// In the order of names: the stays of one agent are in memory at a time.
async fn agent_by_agent(
    store: &Store,
    asked: &Asked,
    names: &Names,
    mut rows_of: impl FnMut(&AgentStays) -> Vec<Row>,
) -> Result<Rows, ReadError> {
    // Before the stays: a state that ends meanwhile then lasts rather than being missing.
    let open = open(store).await?;
    let mut wanted: Vec<_> = names.agents.wanted().collect();
    wanted.sort_unstable_by_key(|(id, name)| (*name, *id));
    let mut rows = Rows::default();
    for (id, name) in wanted {
        let stays = store.agent_stays(id, touching(asked)).await?;
        // A word of a later version is no time that this one knows.
        let stays = stays.into_iter().filter_map(|StayPart { state, from_at, to_at }| {
            AgentTime::of_word(&state).map(|time| (time, Span { from_at, to_at }))
        });
        let stays = stays.collect();
        let agent = AgentStays { agent: name.to_owned(), stays, since_at: open.get(&id).copied() };
        for row in rows_of(&agent) {
            rows.push(row)?;
        }
    }
    Ok(rows)
}

/// Since when agents are in states that have not ended; who is signed out is in none.
async fn open(store: &Store) -> Result<BTreeMap<UserId, Timestamp>, ReadError> {
    let agents = store.agents().await?.into_iter();
    let open = agents.filter(|agent| agent.state != AgentState::SignedOut.word());
    Ok(open.map(|agent| (agent.user_id, agent.since_at)).collect())
}

/// What touches the period tells whether a stay began before it or goes on after it.
fn touching(asked: &Asked) -> Stretch {
    Stretch { from_at: asked.from_at.plus_ms(-1), to_at: asked.to_at.plus_ms(1) }
}
