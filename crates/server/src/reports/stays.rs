//! Agents' stays in states, with names.

use super::ReadError;
use super::names::{known, wanted};
use hookflash_domain::agent::AgentState;
use hookflash_domain::figures::AgentTime;
use hookflash_domain::{Span, Timestamp, UserId};
use hookflash_reports::library::{AgentStays, Asked};
use hookflash_store::Store;
use hookflash_store::figures::{StayPart, Stretch};
use std::collections::BTreeMap;

pub(super) async fn stays(store: &Store, asked: &Asked) -> Result<Vec<AgentStays>, ReadError> {
    let users = store.users().await?;
    known(&asked.agents, users.iter().map(|user| &user.name), "agent")?;
    // Before the stays: a state that ends meanwhile then lasts rather than being missing.
    let open = open(store).await?;
    let mut agents = Vec::new();
    for user in users.into_iter().filter(|user| wanted(&asked.agents, &user.name)) {
        let stays = store.agent_stays(user.user_id, touching(asked)).await?;
        // A word of a later version is no time that this one knows.
        let stays = stays.into_iter().filter_map(|StayPart { state, from_at, to_at }| {
            AgentTime::of_word(&state).map(|time| (time, Span { from_at, to_at }))
        });
        agents.push(AgentStays {
            agent: user.name,
            stays: stays.collect(),
            since_at: open.get(&user.user_id).copied(),
        });
    }
    Ok(agents)
}

/// Since when agents are in states that have not ended; who is signed out is in none.
async fn open(store: &Store) -> Result<BTreeMap<UserId, Timestamp>, ReadError> {
    let agents =
        store.agents().await?.into_iter().filter(|agent| agent.state != AgentState::SignedOut.word());
    Ok(agents.map(|agent| (agent.user_id, agent.since_at)).collect())
}

/// What touches the period tells whether a stay began before it or goes on after it.
fn touching(asked: &Asked) -> Stretch {
    Stretch { from_at: asked.from_at.plus_ms(-1), to_at: asked.to_at.plus_ms(1) }
}
