//! Saying something in an open chat.

use super::{
    agent::Agent,
    chat::{Chat, Phase},
    hub::{Hub, Outbound},
};
use crate::{ChatId, ConnectorError, Outgoing, clock};
use tokio::sync::watch;

/// Sends a message; see [`crate::Session::send`].
pub(super) async fn send(
    hub: &Hub,
    agent: &Agent,
    id: &ChatId,
    message: &Outgoing,
    limit: usize,
) -> Result<(), ConnectorError> {
    if message.text.len() > limit {
        return Err(ConnectorError::TooLong { limit });
    }
    let before = open(agent, id, |chat| chat.sent(&message.key))?;
    if let Some(taken) = before {
        return hub.taken(taken).await;
    }
    hub.up().await?;
    let room = hub.room().await?;
    let taken = open(agent, id, |chat| {
        // The same call may have been made again while this one waited.
        chat.sent(&message.key).unwrap_or_else(|| {
            let (sender, taken) = watch::channel(false);
            chat.note_sent(&message.key, taken.clone());
            chat.typed_at = None;
            let stanza = agent.envelope(hub, id, chat).say(&message.key.0.to_string(), &message.text);
            room.send(Outbound { stanza, taken: Some(sender) });
            taken
        })
    })?;
    hub.taken(taken).await
}

/// Says that the agent types, not more often than it is worth.
pub(super) async fn typing(hub: &Hub, agent: &Agent, id: &ChatId) {
    let pause = hub.config.timing.typing;
    let stanza = open(agent, id, |chat| {
        let now = clock::instant();
        let is_due = chat.typed_at.is_none_or(|at| now.duration_since(at) >= pause);
        is_due.then(|| {
            chat.typed_at = Some(now);
            agent.envelope(hub, id, chat).typing()
        })
    });
    if let Ok(Some(stanza)) = stanza {
        hub.post(stanza).await;
    }
}

/// Does something in a chat that is open.
fn open<T>(agent: &Agent, id: &ChatId, act: impl FnOnce(&mut Chat) -> T) -> Result<T, ConnectorError> {
    let mut chats = agent.chats.lock();
    let chat = chats.alive(id).filter(|chat| chat.phase == Phase::Open);
    chat.map(act).ok_or(ConnectorError::ChatGone)
}
