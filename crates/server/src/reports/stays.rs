//! Agents' stays in states.

use super::ReadError;
use super::names::Names;
use hookflash_domain::agent::AgentState;
use hookflash_domain::figures::AgentTime;
use hookflash_domain::{Span, Timestamp, UserId};
use hookflash_reports::library::{AgentStays, Asked};
use hookflash_store::Store;
use hookflash_store::figures::{StayPart, Stretch};
use std::collections::BTreeMap;

/// Most stays of a report, each cut where half hours end: they are held in memory until the file is written.
const MOST: usize = 1_000_000;

pub(super) async fn stays(store: &Store, asked: &Asked, names: &Names) -> Result<Vec<AgentStays>, ReadError> {
    // Before the stays: a state that ends meanwhile then lasts rather than being missing.
    let open = open(store).await?;
    let mut agents = Vec::new();
    let mut count = 0;
    for (id, name) in names.agents.wanted() {
        let stays = store.agent_stays(id, touching(asked)).await?;
        // A word of a later version is no time that this one knows.
        let stays = stays.into_iter().filter_map(|StayPart { state, from_at, to_at }| {
            AgentTime::of_word(&state).map(|time| (time, Span { from_at, to_at }))
        });
        let since_at = open.get(&id).copied();
        let stays: Vec<_> = stays.collect();
        count += stays.len();
        if count > MOST {
            return Err(ReadError::TooMany(MOST, "stays in states"));
        }
        agents.push(AgentStays { agent: name.to_owned(), stays, since_at });
    }
    Ok(agents)
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
