//! Asking an expert.

use super::{
    agent::Agent,
    asking,
    chat::{Chat, Phase, Taken},
    hub::{Hub, Outbound},
    message::{Envelope, Question},
    ns, presence,
    stream::element,
};
use crate::{ChatId, ConnectorError, Opening, SessionEvent, Unreachable};
use hookflash_domain::{PersonId, Presence};
use jid::BareJid;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// Longest wait for the watcher's answer about somebody's presence.
const PROBE_WAIT: Duration = Duration::from_millis(1_500);

/// Sends a question; see [`crate::Session::invite`].
pub(super) async fn invite(
    hub: &Hub,
    agent: &Agent,
    person: &PersonId,
    opening: &Opening,
    limit: usize,
) -> Result<ChatId, ConnectorError> {
    if opening.text.len() > limit {
        return Err(ConnectorError::TooLong { limit });
    }
    let with = BareJid::new(&person.address);
    let with = with.map_err(|error| ConnectorError::Unreachable { words: error.to_string() })?;
    let id = ChatId(opening.key.clone());
    if let Some(asked) = asked_before(agent, &id) {
        wait(hub, agent, &id, asked).await?;
        return Ok(id);
    }
    hub.up().await?;
    let presence = presence_of(hub, with.as_str()).await;
    if presence == Presence::Offline {
        refuse(agent, &id, with.as_str());
        return Ok(id);
    }
    let room = hub.room().await?;
    let asked = ask(hub, agent, &id, with.as_str(), (opening, presence), room)?;
    wait(hub, agent, &id, asked).await?;
    Ok(id)
}

/// Puts the question into the queue, unless the same call was made again while this one waited.
fn ask(
    hub: &Hub,
    agent: &Agent,
    id: &ChatId,
    with: &str,
    (opening, presence): (&Opening, Presence),
    room: mpsc::Permit<'_, Outbound>,
) -> Result<Option<Taken>, ConnectorError> {
    let mut chats = agent.chats.lock();
    if let Some(chat) = chats.by_id.get(id) {
        return Ok(chat.asked.clone());
    }
    if !chats.has_room() {
        return Err(too_many());
    }
    let (sender, taken) = watch::channel(false);
    let chat = chats.begin(id, with, Phase::Asked);
    chat.asked = Some(taken.clone());
    let question = question(hub, agent, chat, opening, presence == Presence::Unknown);
    let envelope = Envelope { from: agent.address.to_string(), nick: None, chat: &id.0, to: with };
    room.send(Outbound { stanza: question.write(&envelope), taken: Some(sender) });
    agent.news_due.notify_one();
    Ok(Some(taken))
}

/// The question of before, asked under the same key.
#[expect(clippy::option_option, reason = "asked, and whether by this process")]
fn asked_before(agent: &Agent, id: &ChatId) -> Option<Option<Taken>> {
    agent.chats.lock().by_id.get(id).map(|chat| chat.asked.clone())
}

/// Waits until the server has the question. From then on silence is the expert's, whose client may
/// tell of no arrivals.
async fn wait(hub: &Hub, agent: &Agent, id: &ChatId, asked: Option<Taken>) -> Result<(), ConnectorError> {
    if let Some(asked) = asked {
        hub.taken(asked).await?;
    }
    let mut chats = agent.chats.lock();
    let pending = chats.alive(id).filter(|chat| chat.phase == Phase::Asked);
    if let Some(chat) = pending
        && !std::mem::replace(&mut chat.reached, true)
    {
        agent.tell(SessionEvent::Reached { chat: id.clone() });
    }
    Ok(())
}

/// Waits until everything that the server has told so far is on the board: somebody may have signed in
/// a moment ago. A server answers in the order of asking (RFC 6120 10.1).
async fn caught_up(hub: &Hub) {
    let ping = element("ping", ns::PING, &[]).build();
    // Without an answer, what is known has to do.
    let _ = asking::ask(hub, &hub.config.domain, "get", ping, PROBE_WAIT).await;
}

/// Somebody's presence, asked for where it is not known and a watcher may ask.
async fn presence_of(hub: &Hub, person: &str) -> Presence {
    let mut known = hub.board.lock().presence(person);
    if known == Presence::Offline {
        caught_up(hub).await;
        known = hub.board.lock().presence(person);
    }
    let Some(watcher) = hub.watcher().filter(|_| known == Presence::Unknown) else {
        return known;
    };
    let told = tokio::time::timeout(PROBE_WAIT, async {
        loop {
            // Listens before it looks, so that nothing is missed between the two.
            let shown = hub.shown.notified();
            let now = hub.board.lock().presence(person);
            if now != Presence::Unknown {
                return now;
            }
            shown.await;
        }
    });
    hub.post(presence::probe(&watcher, person)).await;
    told.await.unwrap_or(Presence::Unknown)
}

/// A message to somebody who is signed out would be kept, and be read hours later.
fn refuse(agent: &Agent, id: &ChatId, with: &str) {
    let mut chats = agent.chats.lock();
    chats.begin(id, with, Phase::Over);
    let why = Unreachable::Offline;
    agent.tell(SessionEvent::Unreachable { chat: id.clone(), why, words: None });
}

fn question<'a>(
    hub: &Hub,
    agent: &'a Agent,
    chat: &Chat,
    opening: &'a Opening,
    not_later: bool,
) -> Question<'a> {
    Question {
        id: &opening.key,
        nick: agent.name(),
        subject: &opening.subject,
        text: &opening.text,
        language: agent.language(hub, chat),
        not_later,
    }
}

fn too_many() -> ConnectorError {
    let words = format!("at most {} chats can be open", super::chats::MOST_ALIVE);
    ConnectorError::Refused { code: "LimitExceeded".to_owned(), words }
}
