//! An agent's chats, and how they outlive this process.

use super::chat::{Chat, Phase};
use crate::{ChatId, ResumePoint};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most chats of an agent that are alive.
pub(super) const MOST_ALIVE: usize = 200;
/// Most chats that are over and still known.
const MOST_OVER: usize = 100;

/// An agent's chats.
#[derive(Debug, Default)]
pub(super) struct Chats {
    pub(super) by_id: BTreeMap<ChatId, Chat>,
    numbered: u64,
    /// Whether the resume point has moved on.
    pub(super) changed: bool,
}

/// A chat in a resume point.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    id: String,
    with: String,
    open: bool,
}

impl Chats {
    /// The chats of a resume point; none when it cannot be read.
    pub(super) fn resumed(resume: Option<&ResumePoint>) -> Self {
        let kept = resume.and_then(|resume| serde_json::from_str::<Vec<Kept>>(&resume.0).ok());
        let mut chats = Self::default();
        for one in kept.into_iter().flatten().take(MOST_ALIVE) {
            let phase = if one.open { Phase::Open } else { Phase::Asked };
            chats.begin(&ChatId(one.id), &one.with, phase);
        }
        chats.changed = false;
        chats
    }

    /// Where a restart goes on.
    pub(super) fn resume_point(&self) -> Option<ResumePoint> {
        let kept = self.by_id.iter().filter(|(_, chat)| matches!(chat.phase, Phase::Open | Phase::Asked));
        let kept = kept.map(|(id, chat)| Kept {
            id: id.0.clone(),
            with: chat.with.clone(),
            open: chat.phase == Phase::Open,
        });
        serde_json::to_string(&kept.collect::<Vec<_>>()).ok().map(ResumePoint)
    }

    /// Begins a chat.
    pub(super) fn begin(&mut self, id: &ChatId, with: &str, phase: Phase) -> &mut Chat {
        self.changed = true;
        self.numbered += 1;
        let chat = Chat::new(with, phase, self.numbered);
        self.by_id.entry(id.clone()).insert_entry(chat).into_mut()
    }

    /// Moves a chat on.
    pub(super) fn set(&mut self, id: &ChatId, phase: Phase) {
        if let Some(chat) = self.by_id.get_mut(id) {
            chat.phase = phase;
            self.changed = true;
        }
        let over = || self.by_id.iter().filter(|(_, chat)| chat.phase == Phase::Over);
        if over().count() > MOST_OVER {
            let oldest = over().min_by_key(|(_, chat)| chat.number).map(|(id, _)| id.clone());
            oldest.and_then(|id| self.by_id.remove(&id));
        }
    }

    /// A chat that is not over.
    pub(super) fn alive(&mut self, id: &ChatId) -> Option<&mut Chat> {
        self.by_id.get_mut(id).filter(|chat| chat.phase != Phase::Over)
    }

    /// Whether another chat may begin.
    pub(super) fn has_room(&self) -> bool {
        self.by_id.values().filter(|chat| chat.phase != Phase::Over).count() < MOST_ALIVE
    }

    /// The chat that an expert writes in: the one whose address they use, otherwise their newest.
    pub(super) fn of(&self, named: Option<&str>, with: &str) -> Option<ChatId> {
        let theirs = || self.by_id.iter().filter(|(_, chat)| chat.with == with);
        let alive = || theirs().filter(|(_, chat)| chat.phase != Phase::Over);
        let found = alive().find(|(id, _)| Some(id.0.as_str()) == named);
        found.or_else(|| alive().max_by_key(|(_, chat)| chat.number)).map(|(id, _)| id.clone())
    }

    /// A chat with this expert that is over and whose address is used.
    pub(super) fn past(&self, named: Option<&str>, with: &str) -> Option<ChatId> {
        let id = ChatId(named?.to_owned());
        self.by_id.get(&id).is_some_and(|chat| chat.with == with && chat.phase == Phase::Over).then_some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Chats, Phase};
    use crate::{ChatId, ResumePoint};

    fn id(id: &str) -> ChatId {
        ChatId(id.to_owned())
    }

    #[test]
    fn chats_outlive_the_process() {
        let mut chats = Chats::default();
        chats.begin(&id("asked"), "a@x", Phase::Asked);
        chats.begin(&id("open"), "b@x", Phase::Open);
        chats.begin(&id("ringing"), "c@x", Phase::Ringing);
        chats.begin(&id("over"), "d@x", Phase::Over);
        let again = Chats::resumed(chats.resume_point().as_ref());
        let kept: Vec<_> = again.by_id.iter().map(|(id, chat)| (id.0.as_str(), chat.phase)).collect();
        assert_eq!(kept, [("asked", Phase::Asked), ("open", Phase::Open)]);
        assert!(Chats::resumed(Some(&ResumePoint("{".to_owned()))).by_id.is_empty());
    }

    #[test]
    fn a_message_goes_to_the_chat_it_names_or_to_the_newest_of_its_writer() {
        let mut chats = Chats::default();
        chats.begin(&id("1"), "a@x", Phase::Open);
        chats.begin(&id("2"), "a@x", Phase::Asked);
        chats.begin(&id("3"), "a@x", Phase::Over);
        assert_eq!(chats.of(Some("1"), "a@x"), Some(id("1")));
        assert_eq!(chats.of(Some("3"), "a@x"), Some(id("2")));
        assert_eq!(chats.of(None, "a@x"), Some(id("2")));
        assert_eq!(chats.of(Some("1"), "spoof@x"), None);
        assert_eq!(chats.past(Some("3"), "a@x"), Some(id("3")));
        assert_eq!(chats.past(Some("3"), "spoof@x"), None);
    }
}
