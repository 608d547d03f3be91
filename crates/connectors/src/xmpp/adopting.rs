//! The chats that the engine believes in after a restart.

use super::{agent::Agent, chat::Phase};
use crate::{ChatId, SessionEvent};

/// Says of each chat how it is; see [`crate::Session::adopt`].
pub(super) fn adopt(agent: &Agent, believed: &[ChatId]) {
    let chats = agent.chats.lock();
    for id in believed {
        let chat = id.clone();
        match chats.by_id.get(id).map(|chat| chat.phase) {
            Some(Phase::Open) => agent.tell(SessionEvent::Accepted { chat }),
            Some(Phase::Asked | Phase::Ringing) => {}
            Some(Phase::Over) | None => agent.tell(SessionEvent::Left { chat }),
        }
    }
}
