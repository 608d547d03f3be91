//! The agent's answer to an expert who writes first, and chats that are opened elsewhere.

use super::{
    agent::Agent,
    chat::Phase,
    hearing::tell_message,
    hub::{Hub, Outbound},
    ringing,
};
use crate::{ChatId, ConnectorError, SessionEvent, clock};
use uuid::Uuid;

/// Takes the chat: what waited is told. Of a team's agents the first who gets here has it.
pub(super) fn accept(hub: &Hub, agent: &Agent, id: &ChatId) -> Result<(), ConnectorError> {
    let _deciding = hub.teams.lock();
    let mut chats = agent.chats.lock();
    let chat = chats.alive(id).ok_or(ConnectorError::ChatGone)?;
    if chat.phase == Phase::Open {
        return Ok(());
    }
    if chat.phase != Phase::Ringing {
        return Err(ConnectorError::ChatGone);
    }
    agent.tell(SessionEvent::Accepted { chat: id.clone() });
    for held in std::mem::take(&mut chat.held) {
        tell_message(hub, agent, id, chat, held);
    }
    let of_team = chat.team.clone().map(|team| (team, chat.with.clone()));
    chats.set(id, Phase::Open);
    drop(chats);
    if let Some((team, with)) = of_team {
        ringing::taken(hub, agent, &team, &with);
    }
    Ok(())
}

/// Opens a chat whose expert has said yes elsewhere; see [`crate::Session::open`].
pub(super) fn open(agent: &Agent, id: &ChatId) -> Result<(), ConnectorError> {
    let mut chats = agent.chats.lock();
    match chats.alive(id).map(|chat| chat.phase) {
        Some(Phase::Open) => Ok(()),
        Some(Phase::Asked) => {
            chats.set(id, Phase::Open);
            agent.news_due.notify_one();
            Ok(())
        }
        _ => Err(ConnectorError::ChatGone),
    }
}

/// Refuses the chat in the expert's language.
pub(super) async fn decline(
    hub: &Hub,
    agent: &Agent,
    id: &ChatId,
    reason: Option<&str>,
) -> Result<(), ConnectorError> {
    let room = hub.room().await?;
    let _deciding = hub.teams.lock();
    let (of_team, stanza) = {
        let mut chats = agent.chats.lock();
        let chat = chats.alive(id).filter(|chat| chat.phase == Phase::Ringing);
        let chat = chat.ok_or(ConnectorError::ChatGone)?;
        let language = agent.language(hub, chat);
        let mut words = match chat.team {
            Some(_) => language.no_one_can_answer().to_owned(),
            None => language.cannot_answer(agent.name()),
        };
        if let Some(reason) = reason {
            words = format!("{words} {reason}");
        }
        let key = Uuid::from_bytes(clock::random_bytes()).to_string();
        let stanza = agent.envelope(hub, id, chat).gone(&key, Some(&words));
        let of_team = chat.team.clone().map(|team| (team, chat.with.clone()));
        chats.set(id, Phase::Over);
        (of_team, stanza)
    };
    // As long as somebody of the team may still take the chat, the expert hears nothing.
    if !of_team.is_some_and(|(team, with)| ringing::is_with_somebody(hub, &team, &with)) {
        room.send(Outbound { stanza, taken: None });
    }
    Ok(())
}
