//! An agent's chats, and how they outlive this process.

use super::chat::{Chat, Held, Phase};
use crate::{ChatId, ResumePoint};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most chats of an agent that are alive.
pub(super) const MOST_ALIVE: usize = 200;
/// Most bytes of what waits in ringing chats that outlive this process; the chats beyond are lost with it.
const MOST_KEPT: usize = 256 * 1024;
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    team: Option<String>,
    /// It rings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rings: Option<Rings>,
}

/// What a chat is that rings.
#[derive(Debug, Serialize, Deserialize)]
struct Rings {
    nick: Option<String>,
    held: Vec<Held>,
}

impl Chats {
    /// The chats of a resume point; none when it cannot be read.
    pub(super) fn resumed(resume: Option<&ResumePoint>) -> Self {
        let kept = resume.and_then(|resume| serde_json::from_str::<Vec<Kept>>(&resume.0).ok());
        let mut chats = Self::default();
        for one in kept.into_iter().flatten().take(MOST_ALIVE) {
            let phase = match (one.open, &one.rings) {
                (true, _) => Phase::Open,
                (false, Some(_)) => Phase::Ringing,
                (false, None) => Phase::Asked,
            };
            let chat = chats.begin(&ChatId(one.id), &one.with, phase);
            chat.team = one.team;
            if let Some(rings) = one.rings {
                (chat.nick, chat.held) = (rings.nick, rings.held);
            }
        }
        chats.changed = false;
        chats
    }

    /// Where a restart goes on.
    pub(super) fn resume_point(&self) -> Option<ResumePoint> {
        let mut room = MOST_KEPT;
        let alive = self.by_id.iter().filter(|(_, chat)| chat.phase != Phase::Over);
        let kept = alive.filter(|(_, chat)| {
            let left = room.checked_sub(chat.held_bytes());
            room = left.unwrap_or(room);
            left.is_some()
        });
        let kept = kept.map(|(id, chat)| Kept {
            id: id.0.clone(),
            with: chat.with.clone(),
            open: chat.phase == Phase::Open,
            team: chat.team.clone(),
            rings: (chat.phase == Phase::Ringing)
                .then(|| Rings { nick: chat.nick.clone(), held: chat.held.clone() }),
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
        self.alive_count() < MOST_ALIVE
    }

    /// How many are not over.
    pub(super) fn alive_count(&self) -> usize {
        self.by_id.values().filter(|chat| chat.phase != Phase::Over).count()
    }

    /// Notes what an expert said in a chat that rings.
    pub(super) fn hold(&mut self, id: &ChatId, held: Held) {
        if let Some(chat) = self.alive(id) {
            chat.held.push(held);
            self.changed = true;
        }
    }

    /// Whether the expert's chat with a team (or the agent) is in this phase here.
    pub(super) fn has(&self, team: Option<&str>, with: &str, phase: Phase) -> bool {
        self.by_id.values().any(|chat| chat.phase == phase && chat.is_between(team, with))
    }

    /// The chat that an expert writes in to a team (or the agent): the one whose address they use, otherwise
    /// their newest.
    pub(super) fn of(&self, team: Option<&str>, named: Option<&str>, with: &str) -> Option<ChatId> {
        let theirs = || self.by_id.iter().filter(|(_, chat)| chat.is_between(team, with));
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
    use super::{Chats, Held, Phase};
    use crate::{ChatId, ResumePoint};

    fn id(id: &str) -> ChatId {
        ChatId(id.to_owned())
    }

    fn held(text: &str) -> Held {
        let at = hookflash_domain::Timestamp(0);
        Held { network_id: "1".to_owned(), text: text.to_owned(), at, receipt: None }
    }

    #[test]
    fn chats_outlive_the_process() {
        let mut chats = Chats::default();
        chats.begin(&id("asked"), "a@x", Phase::Asked);
        chats.begin(&id("open"), "b@x", Phase::Open).team = Some("mortgages".to_owned());
        chats.begin(&id("ringing"), "c@x", Phase::Ringing);
        chats.hold(&id("ringing"), held("Hello?"));
        chats.begin(&id("over"), "d@x", Phase::Over);
        let again = Chats::resumed(chats.resume_point().as_ref());
        let kept: Vec<_> = again.by_id.iter().map(|(id, chat)| (id.0.as_str(), chat.phase)).collect();
        assert_eq!(kept, [("asked", Phase::Asked), ("open", Phase::Open), ("ringing", Phase::Ringing)]);
        assert_eq!(again.by_id[&id("open")].team.as_deref(), Some("mortgages"));
        assert_eq!(again.by_id[&id("ringing")].held[0].text, "Hello?");
        assert!(Chats::resumed(Some(&ResumePoint("{".to_owned()))).by_id.is_empty());
    }

    #[test]
    fn a_resume_point_of_before_there_were_teams_is_read() {
        let before = r#"[{"id":"1","with":"a@x","open":true},{"id":"2","with":"b@x","open":false}]"#;
        let chats = Chats::resumed(Some(&ResumePoint(before.to_owned())));
        let kept: Vec<_> = chats.by_id.values().map(|chat| (chat.phase, chat.team.as_deref())).collect();
        assert_eq!(kept, [(Phase::Open, None), (Phase::Asked, None)]);
    }

    #[test]
    fn what_waits_is_kept_within_bounds() {
        let mut chats = Chats::default();
        for number in 0..10 {
            let id = id(&number.to_string());
            chats.begin(&id, "a@x", Phase::Ringing);
            chats.hold(&id, held(&"x".repeat(60_000)));
        }
        chats.begin(&id("small"), "a@x", Phase::Open);
        let again = Chats::resumed(chats.resume_point().as_ref());
        assert_eq!(again.by_id.len(), 5);
        assert!(again.by_id.contains_key(&id("small")));
    }

    #[test]
    fn a_message_goes_to_the_chat_it_names_or_to_the_newest_of_its_writer() {
        let mut chats = Chats::default();
        chats.begin(&id("1"), "a@x", Phase::Open);
        chats.begin(&id("2"), "a@x", Phase::Asked);
        chats.begin(&id("3"), "a@x", Phase::Over);
        chats.begin(&id("4"), "a@x", Phase::Open).team = Some("mortgages".to_owned());
        assert_eq!(chats.of(None, Some("1"), "a@x"), Some(id("1")));
        assert_eq!(chats.of(None, Some("3"), "a@x"), Some(id("2")));
        assert_eq!(chats.of(None, None, "a@x"), Some(id("2")));
        assert_eq!(chats.of(None, Some("1"), "spoof@x"), None);
        assert_eq!(chats.of(Some("mortgages"), Some("1"), "a@x"), Some(id("4")));
        assert_eq!(chats.of(Some("cards"), Some("4"), "a@x"), None);
        assert_eq!(chats.past(Some("3"), "a@x"), Some(id("3")));
        assert_eq!(chats.past(Some("3"), "spoof@x"), None);
    }
}
