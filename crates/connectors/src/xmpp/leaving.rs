//! Leaving a chat, and all of them.

use super::{
    agent::Agent,
    answering,
    chat::{Phase, Taken},
    hub::{Hub, Outbound},
};
use crate::{ChatId, ConnectorError, SessionEvent, clock};
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// Longest time that signing out takes.
const GOODBYE: Duration = Duration::from_secs(3);

/// Leaves a chat or takes a question back; see [`crate::Session::leave`].
pub(super) async fn leave(
    hub: &Hub,
    agent: &Agent,
    id: &ChatId,
    farewell: Option<&str>,
) -> Result<(), ConnectorError> {
    let phase = agent.chats.lock().by_id.get(id).map(|chat| chat.phase);
    match phase {
        Some(Phase::Ringing) => match answering::decline(hub, agent, id, farewell).await {
            Err(ConnectorError::ChatGone) => Ok(()),
            done => done,
        },
        Some(Phase::Asked | Phase::Open) => {
            hub.up().await?;
            match part(hub, agent, id, farewell).await? {
                Some(taken) => hub.taken(taken).await,
                None => Ok(()),
            }
        }
        Some(Phase::Over) | None => Ok(()),
    }
}

/// Says the last words; none when it was over before.
async fn part(
    hub: &Hub,
    agent: &Agent,
    id: &ChatId,
    farewell: Option<&str>,
) -> Result<Option<Taken>, ConnectorError> {
    let room = hub.room().await?;
    let mut chats = agent.chats.lock();
    let Some(chat) = chats.alive(id) else { return Ok(None) };
    let chat_id = id.clone();
    let (words, event) = if chat.phase == Phase::Asked {
        let words = agent.language(hub, chat).withdrawn(agent.name());
        (Some(words), SessionEvent::Withdrawn { chat: chat_id, elsewhere: false, words: None })
    } else {
        (farewell.map(str::to_owned), SessionEvent::Left { chat: chat_id })
    };
    let key = Uuid::from_bytes(clock::random_bytes()).to_string();
    let stanza = agent.envelope(hub, id, chat).gone(&key, words.as_deref());
    let (sender, taken) = watch::channel(false);
    room.send(Outbound { stanza, taken: Some(sender) });
    chats.set(id, Phase::Over);
    agent.tell(event);
    Ok(Some(taken))
}

/// Leaves everything and ends the session; see [`crate::Session::sign_out`].
pub(super) async fn sign_out(hub: &Hub, agent: &Agent) {
    let alive: Vec<_> = {
        let chats = agent.chats.lock();
        let alive = chats.by_id.iter().filter(|(_, chat)| chat.phase != Phase::Over);
        alive.map(|(id, _)| id.clone()).collect()
    };
    let goodbyes = async {
        for id in alive {
            if let Err(error) = leave(hub, agent, &id, None).await {
                tracing::debug!(agent = agent.account.id, %error, "a chat was not left in words");
            }
        }
    };
    // A server that does not answer is not waited for: its chats end with the session all the same.
    let _ = tokio::time::timeout(GOODBYE, goodbyes).await;
    agent.signed_out.cancel();
}
