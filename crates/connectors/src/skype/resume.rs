//! What of a session is kept with each commit.

use super::chats::{Chat, Chats, Kept};
use crate::{ChatId, ResumePoint};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where the event channel goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    /// Of which application.
    pub(super) application: String,
    /// The next events; asking for them confirms those before.
    pub(super) next: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    cursor: Cursor,
    chats: BTreeMap<ChatId, Kept>,
}

/// What to store.
pub(super) fn store(cursor: &Cursor, chats: &Chats) -> ResumePoint {
    let chats = chats.by_id.iter().map(|(id, chat)| (id.clone(), chat.kept.clone())).collect();
    let stored = Stored { cursor: cursor.clone(), chats };
    ResumePoint(serde_json::to_string(&stored).unwrap_or_default())
}

/// What was stored; what cannot be read is as if nothing had been.
pub(super) fn restore(resume: &ResumePoint) -> Option<(Cursor, Chats)> {
    let stored: Stored = serde_json::from_str(&resume.0).ok()?;
    let chats = stored.chats.into_iter().map(|(id, kept)| (id, Chat::from_kept(kept))).collect();
    Some((stored.cursor, Chats::restored(chats)))
}

#[cfg(test)]
mod tests {
    use super::{Cursor, restore, store};
    use crate::{
        ChatId, ResumePoint,
        skype::chats::{Chat, Chats, Phase},
    };

    #[test]
    fn what_is_stored_is_restored_and_rubbish_is_not() {
        let mut chats = Chats::default();
        chats.by_id.insert(ChatId("a".to_owned()), Chat::new(Phase::Open, None));
        let cursor = Cursor { application: "/app".to_owned(), next: "/app/events?ack=7".to_owned() };
        let (again, restored) = restore(&store(&cursor, &chats)).expect("restored");
        assert_eq!(again, cursor);
        assert_eq!(restored.by_id.len(), 1);
        assert!(restore(&ResumePoint("fake:x".to_owned())).is_none());
    }
}
