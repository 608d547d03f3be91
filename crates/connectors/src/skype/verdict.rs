//! How chats stand, by what the pool says of its conversations. Pure.

use super::chats::{Chat, Chats, Phase, same_place};
use crate::{ChatId, SessionEvent};
use std::collections::{BTreeMap, BTreeSet};

/// A conversation that the pool has.
#[derive(Debug)]
pub(super) struct Conversation {
    pub(super) href: String,
    pub(super) thread: Option<String>,
    /// Both are there.
    pub(super) is_open: bool,
}

/// Where chats are known to be; a chat that has moved since is not judged by what is older.
pub(super) fn known_places(chats: &Chats) -> BTreeMap<ChatId, Option<String>> {
    chats.by_id.iter().map(|(id, chat)| (id.clone(), chat.kept.conversation.clone())).collect()
}

/// Whether it is known how a chat stands: the pool has it, it waits to begin, or its end has been told.
pub(super) fn is_found(chats: &Chats, conversations: &[Conversation], id: &ChatId) -> bool {
    match chats.by_id.get(id).map(|chat| &chat.kept.conversation) {
        Some(Some(place)) => conversations.iter().any(|one| same_place(&one.href, place)),
        Some(None) => true,
        None => chats.has_ended(id) || conversations.iter().any(|one| one.thread.as_ref() == Some(&id.0)),
    }
}

/// What is to be told of the chats, all or only the adopted.
pub(super) fn verdicts(
    chats: &mut Chats,
    before: &BTreeMap<ChatId, Option<String>>,
    conversations: &[Conversation],
    adopted: Option<&BTreeSet<ChatId>>,
) -> Vec<SessionEvent> {
    let mut events = Vec::new();
    let known: Vec<ChatId> = chats.by_id.keys().cloned().collect();
    for id in known {
        if adopted.is_none_or(|adopted| adopted.contains(&id)) {
            events.extend(of_known(chats, before, conversations, &id));
        }
    }
    for id in adopted.into_iter().flatten() {
        if !events.iter().any(|event| is_about(event, id)) && !chats.by_id.contains_key(id) {
            events.push(of_unknown(chats, conversations, id));
        }
    }
    events
}

fn of_known(
    chats: &mut Chats,
    before: &BTreeMap<ChatId, Option<String>>,
    conversations: &[Conversation],
    id: &ChatId,
) -> Option<SessionEvent> {
    let chat = chats.by_id.get_mut(id)?;
    let accepted = SessionEvent::Accepted { chat: id.clone() };
    let Some(place) = chat.kept.conversation.clone() else {
        // Open without a conversation: it begins again with the next message.
        return (chat.kept.phase == Phase::Open).then_some(accepted);
    };
    if before.get(id) != Some(&Some(place.clone())) {
        return (chat.kept.phase == Phase::Open).then_some(accepted);
    }
    match conversations.iter().find(|conversation| same_place(&conversation.href, &place)) {
        Some(conversation) => {
            if conversation.is_open && chat.kept.phase == Phase::Inviting {
                chat.kept.phase = Phase::Open;
            }
            (chat.kept.phase == Phase::Open).then_some(accepted)
        }
        None => chats.end(id).map(|chat| match chat.kept.phase {
            Phase::Offered => SessionEvent::Missed { chat: id.clone(), words: None },
            // Taken back, and the pool's word of that was lost.
            Phase::Inviting if chat.leaving => {
                SessionEvent::Withdrawn { chat: id.clone(), elsewhere: false, words: None }
            }
            Phase::Inviting | Phase::Open => SessionEvent::Left { chat: id.clone() },
        }),
    }
}

/// A chat that the stored session did not know yet: each invitation's thread is its key, and so the
/// chat's id. Its events are still to come; what is not found is over.
fn of_unknown(chats: &mut Chats, conversations: &[Conversation], id: &ChatId) -> SessionEvent {
    let running = conversations.iter().find(|one| one.thread.as_deref() == Some(&id.0));
    let Some(running) = running.filter(|_| !chats.has_ended(id)) else {
        return SessionEvent::Left { chat: id.clone() };
    };
    let mut chat = Chat::new(if running.is_open { Phase::Open } else { Phase::Inviting }, None);
    chat.kept.conversation = Some(running.href.clone());
    chat.kept.thread = Some(id.0.clone());
    chats.by_id.insert(id.clone(), chat);
    match running.is_open {
        true => SessionEvent::Accepted { chat: id.clone() },
        false => SessionEvent::Reached { chat: id.clone() },
    }
}

fn is_about(event: &SessionEvent, id: &ChatId) -> bool {
    match event {
        SessionEvent::Accepted { chat }
        | SessionEvent::Left { chat }
        | SessionEvent::Withdrawn { chat, .. }
        | SessionEvent::Missed { chat, .. } => chat == id,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Conversation, is_found, known_places, verdicts};
    use crate::{
        ChatId, SessionEvent,
        skype::chats::{Chat, Chats, Phase},
    };
    use std::collections::BTreeSet;

    fn id(name: &str) -> ChatId {
        ChatId(name.to_owned())
    }

    fn chats(all: &[(&str, Phase, Option<&str>)]) -> Chats {
        let mut chats = Chats::default();
        for (name, phase, place) in all {
            let mut chat = Chat::new(*phase, None);
            chat.kept.conversation = place.map(str::to_owned);
            chats.by_id.insert(id(name), chat);
        }
        chats
    }

    fn running(href: &str, thread: &str, is_open: bool) -> Conversation {
        Conversation { href: href.to_owned(), thread: Some(thread.to_owned()), is_open }
    }

    #[test]
    fn every_chat_has_its_verdict() {
        let mut known = chats(&[
            ("open", Phase::Open, Some("/1")),
            ("over", Phase::Open, Some("/2")),
            ("came", Phase::Inviting, Some("/3")),
            ("rings", Phase::Inviting, Some("/4")),
            ("missed", Phase::Offered, Some("/5")),
            ("dormant", Phase::Open, None),
            ("taken back", Phase::Inviting, Some("/6")),
        ]);
        known.by_id.get_mut(&id("taken back")).expect("there").leaving = true;
        let pool = [running("/1", "x", true), running("https://p/3", "y", true), running("/4", "z", false)];
        let before = known_places(&known);
        let told = verdicts(&mut known, &before, &pool, None);
        let accepted = |name| SessionEvent::Accepted { chat: id(name) };
        let expected = [
            accepted("came"),
            accepted("dormant"),
            SessionEvent::Missed { chat: id("missed"), words: None },
            accepted("open"),
            SessionEvent::Left { chat: id("over") },
            SessionEvent::Withdrawn { chat: id("taken back"), elsewhere: false, words: None },
        ];
        assert_eq!(told, expected);
        assert!(known.has_ended(&id("over")) && known.by_id.len() == 4);
    }

    #[test]
    fn a_chat_that_moved_meanwhile_is_not_judged_by_old_news() {
        let mut known = chats(&[("a", Phase::Open, Some("/old")), ("b", Phase::Open, Some("/b"))]);
        let before = known_places(&known);
        known.by_id.get_mut(&id("a")).expect("there").kept.conversation = Some("/new".to_owned());
        known.end(&id("b"));
        assert_eq!(verdicts(&mut known, &before, &[], None), [SessionEvent::Accepted { chat: id("a") }]);
    }

    #[test]
    fn what_the_pool_does_not_have_and_has_not_told_of_is_not_found() {
        let mut known = chats(&[
            ("there", Phase::Open, Some("/1")),
            ("nowhere", Phase::Open, Some("/2")),
            ("dormant", Phase::Open, None),
            ("told", Phase::Open, Some("/3")),
        ]);
        known.end(&id("told"));
        let pool = [running("/1", "x", true), running("/4", "new", false)];
        let cases = [
            ("there", true),
            ("nowhere", false),
            ("dormant", true),
            ("told", true),
            ("new", true),
            ("unheard", false),
        ];
        for (name, expected) in cases {
            assert_eq!(is_found(&known, &pool, &id(name)), expected, "{name}");
        }
    }

    #[test]
    fn adopted_chats_are_found_by_their_thread_or_are_over() {
        let mut known = chats(&[("mine", Phase::Open, Some("/1")), ("not asked for", Phase::Open, None)]);
        known.by_id.insert(id("gone"), Chat::new(Phase::Open, None));
        known.end(&id("gone"));
        let pool = [running("/1", "mine", true), running("/2", "new", true), running("/3", "gone", true)];
        let adopted: BTreeSet<_> = ["mine", "new", "gone", "nowhere"].map(id).into();
        let before = known_places(&known);
        let told = verdicts(&mut known, &before, &pool, Some(&adopted));
        let expected = [
            SessionEvent::Accepted { chat: id("mine") },
            SessionEvent::Left { chat: id("gone") },
            SessionEvent::Accepted { chat: id("new") },
            SessionEvent::Left { chat: id("nowhere") },
        ];
        assert_eq!(told, expected);
        assert_eq!(
            known.by_id.get(&id("new")).and_then(|chat| chat.kept.conversation.as_deref()),
            Some("/2")
        );
    }
}
