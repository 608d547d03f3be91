//! In which order the events of one document are read. A pool gives them in the order in which
//! things happened; where that was lost on the way, this finds an order in which nothing is said
//! before its chat is known.

use super::Event;
use crate::skype::{codec::parse_date, resource::text};

/// Invitations begin chats, so they come first; conversations that were deleted end them.
pub(super) fn rank(event: &Event<'_>) -> u8 {
    match (event.rel, event.kind) {
        ("messagingInvitation", "started") => 0,
        ("messaging" | "conversation", "added" | "updated") => 1,
        ("messagingInvitation", _) if !event.failed() => 2,
        ("conversation", "deleted") => 5,
        ("messagingInvitation", _) => 4,
        _ => 3,
    }
}

/// Sorts messages by the time at which the pool took them, in the places that they have.
pub(super) fn by_time(events: &mut [Event<'_>]) {
    let mut messages: Vec<_> = events.iter().filter(|event| at(event).is_some()).copied().collect();
    messages.sort_by_key(at);
    let places = events.iter_mut().filter(|event| at(event).is_some());
    places.zip(messages).for_each(|(place, message)| *place = message);
}

/// When the pool took a message; none for everything else.
fn at(event: &Event<'_>) -> Option<i64> {
    let time = text(event.resource, "timeStamp").filter(|_| event.rel == "message");
    time.and_then(parse_date).map(|at| at.0)
}
