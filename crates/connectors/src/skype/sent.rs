//! Messages of ours in one chat: in which parts they go, what of them the pool has taken, and what
//! became of them.

use super::chats::{push, same_place};
use hookflash_domain::MessageId;
use std::collections::VecDeque;
use uuid::Uuid;

/// Most messages remembered in a chat, to know what was sent.
const MESSAGES: usize = 256;
/// Most outcomes that wait for their message's address.
const EARLY: usize = 64;

/// The messages of a chat.
#[derive(Debug, Default)]
pub(super) struct Sent {
    messages: VecDeque<Message>,
    /// Outcomes that were told before the message's address was.
    early: VecDeque<(String, Outcome)>,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    Delivered,
    Failed(Option<String>),
}

/// A message whose outcome is known, and told for the first time.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) key: MessageId,
    pub(super) outcome: Outcome,
}

#[derive(Debug)]
struct Message {
    key: MessageId,
    attempt: u32,
    parts: Vec<Part>,
    /// Its outcome has been told.
    told: bool,
}

#[derive(Debug)]
struct Part {
    operation: MessageId,
    taken: bool,
    href: Option<String>,
    outcome: Option<Outcome>,
}

impl Sent {
    /// A message of so many parts is to be sent, for the first time or again. One that was told to
    /// have failed begins anew.
    pub(super) fn begin(&mut self, key: MessageId, count: usize) {
        let message = self.message(key, count);
        if message.told && message.has_failed() {
            let attempt = message.attempt + 1;
            *message = Message::new(key, count, attempt);
        }
    }

    /// The next part to send, with its operation id; none when the pool has all of them, or one has
    /// failed and the rest is of no use.
    pub(super) fn next(&mut self, key: MessageId) -> Option<(usize, MessageId)> {
        let message = self.messages.iter().find(|message| message.key == key)?;
        let at = message.parts.iter().position(|part| !part.taken).filter(|_| !message.has_failed())?;
        message.parts.get(at).map(|part| (at, part.operation))
    }

    /// The pool took a part; tells the message's outcome if that is known already.
    pub(super) fn took(&mut self, operation: MessageId, href: Option<String>) -> Option<Verdict> {
        let early = href.as_deref().and_then(|href| {
            let at = self.early.iter().position(|(early, _)| same_place(early, href))?;
            self.early.remove(at).map(|(_, outcome)| outcome)
        });
        let (message, at) = self.of_operation(operation)?;
        let part = message.parts.get_mut(at)?;
        part.taken = true;
        part.href = href;
        part.outcome = part.outcome.take().or(early);
        message.verdict()
    }

    /// A part's outcome; tells the message's when it is known by that. The outcome of a message
    /// from before a restart is taken as it is.
    pub(super) fn outcome(
        &mut self,
        href: &str,
        operation: Option<MessageId>,
        outcome: Outcome,
    ) -> Option<Verdict> {
        let found = match operation {
            Some(operation) => self.of_operation(operation),
            None => self.of_href(href),
        };
        if let Some((message, at)) = found {
            let part = message.parts.get_mut(at)?;
            part.taken = true;
            part.outcome.get_or_insert(outcome);
            return message.verdict();
        }
        match operation {
            Some(key) => {
                let message = self.message(key, 1);
                let part = message.parts.first_mut()?;
                (part.taken, part.outcome) = (true, Some(outcome));
                message.verdict()
            }
            None => {
                push(&mut self.early, (href.to_owned(), outcome), EARLY);
                None
            }
        }
    }

    /// Whether a part was to go under this operation.
    pub(super) fn knows(&self, operation: MessageId) -> bool {
        self.messages.iter().flat_map(|message| &message.parts).any(|part| part.operation == operation)
    }

    fn message(&mut self, key: MessageId, count: usize) -> &mut Message {
        let at = self.messages.iter().position(|message| message.key == key).unwrap_or_else(|| {
            push(&mut self.messages, Message::new(key, count, 0), MESSAGES);
            self.messages.len() - 1
        });
        &mut self.messages[at]
    }

    fn of_operation(&mut self, operation: MessageId) -> Option<(&mut Message, usize)> {
        self.find(|part| part.operation == operation)
    }

    fn of_href(&mut self, href: &str) -> Option<(&mut Message, usize)> {
        self.find(|part| part.href.as_deref().is_some_and(|known| same_place(known, href)))
    }

    fn find(&mut self, wanted: impl Fn(&Part) -> bool) -> Option<(&mut Message, usize)> {
        self.messages.iter_mut().rev().find_map(|message| {
            let at = message.parts.iter().position(&wanted)?;
            Some((message, at))
        })
    }
}

impl Message {
    fn new(key: MessageId, count: usize, attempt: u32) -> Self {
        let part = |at| Part {
            operation: operation(key, at, count, attempt),
            taken: false,
            href: None,
            outcome: None,
        };
        Self { key, attempt, parts: (0..count.max(1)).map(part).collect(), told: false }
    }

    fn has_failed(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.outcome, Some(Outcome::Failed(_))))
    }

    /// The outcome if it has not been told: failed as soon as one part is, delivered when all are.
    fn verdict(&mut self) -> Option<Verdict> {
        if self.told {
            return None;
        }
        let failed = self.parts.iter().find(|part| matches!(part.outcome, Some(Outcome::Failed(_))));
        let outcome = match failed {
            Some(part) => part.outcome.clone()?,
            None if self.parts.iter().all(|part| part.outcome.is_some()) => Outcome::Delivered,
            None => return None,
        };
        self.told = true;
        Some(Verdict { key: self.key, outcome })
    }
}

/// The last part goes under the message's own key, so that its outcome is known after a restart.
fn operation(key: MessageId, at: usize, count: usize, attempt: u32) -> MessageId {
    if at + 1 >= count && attempt == 0 {
        return key;
    }
    MessageId(Uuid::new_v5(&key.0, format!("part {at} try {attempt}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Sent, Verdict};
    use hookflash_domain::MessageId;
    use uuid::Uuid;

    fn key(number: u128) -> MessageId {
        MessageId(Uuid::from_u128(number))
    }

    fn delivered(key: MessageId) -> Option<Verdict> {
        Some(Verdict { key, outcome: Outcome::Delivered })
    }

    /// A call that sends, as far as its first part.
    fn next(sent: &mut Sent, key: MessageId, count: usize) -> Option<(usize, MessageId)> {
        sent.begin(key, count);
        sent.next(key)
    }

    fn failed() -> Outcome {
        Outcome::Failed(Some("words".to_owned()))
    }

    #[test]
    fn an_outcome_finds_its_message_by_operation_or_address_in_either_order() {
        let mut sent = Sent::default();
        for number in 1..=3 {
            assert_eq!(next(&mut sent, key(number), 1), Some((0, key(number))));
        }
        assert_eq!(sent.outcome("/m/1", Some(key(1)), Outcome::Delivered), delivered(key(1)));
        assert_eq!(sent.took(key(1), Some("/m/1".to_owned())), None, "told once");
        assert_eq!(sent.took(key(2), Some("https://h/m/2".to_owned())), None);
        assert_eq!(sent.outcome("/m/2", None, Outcome::Delivered), delivered(key(2)));
        assert_eq!(sent.outcome("/m/3", None, failed()), None, "whose it is, is not known yet");
        assert_eq!(
            sent.took(key(3), Some("/m/3".to_owned())),
            Some(Verdict { key: key(3), outcome: failed() })
        );
        assert_eq!((next(&mut sent, key(1), 1), next(&mut sent, key(2), 1)), (None, None), "taken");
    }

    #[test]
    fn a_message_in_parts_goes_on_where_it_stopped_and_has_one_outcome() {
        let mut sent = Sent::default();
        let (at, first) = next(&mut sent, key(1), 3).expect("a part");
        assert_eq!((at, next(&mut sent, key(1), 3)), (0, Some((0, first))), "not taken: the same again");
        sent.took(first, Some("/m/1".to_owned()));
        let (at, second) = next(&mut sent, key(1), 3).expect("a part");
        sent.took(second, Some("/m/2".to_owned()));
        assert_eq!((at, next(&mut sent, key(1), 3)), (1, Some((2, key(1)))));
        assert_eq!(sent.outcome("/m/1", None, Outcome::Delivered), None);
        assert_eq!(sent.took(key(1), None), None);
        assert_eq!(sent.outcome("/m/3", Some(key(1)), Outcome::Delivered), None);
        assert_eq!(sent.outcome("/m/2", None, Outcome::Delivered), delivered(key(1)));
    }

    #[test]
    fn one_lost_part_is_a_failure_and_may_be_sent_again_under_another_operation() {
        let mut sent = Sent::default();
        let (_, first) = next(&mut sent, key(1), 2).expect("a part");
        sent.took(first, None);
        next(&mut sent, key(1), 2);
        sent.took(key(1), None);
        assert_eq!(
            sent.outcome("/m/1", Some(first), failed()),
            Some(Verdict { key: key(1), outcome: failed() })
        );
        assert_eq!(sent.outcome("/m/2", Some(key(1)), Outcome::Delivered), None, "told once");
        assert_eq!(sent.next(key(1)), None, "not in the same call");
        let (at, again) = next(&mut sent, key(1), 2).expect("begins anew");
        assert!(at == 0 && again != first, "another operation, or the pool takes it for the old one");
    }

    #[test]
    fn the_outcome_of_a_message_from_before_a_restart_counts_as_taken() {
        let mut sent = Sent::default();
        assert_eq!(sent.outcome("/m/9", Some(key(9)), Outcome::Delivered), delivered(key(9)));
        assert_eq!(next(&mut sent, key(9), 1), None);
    }
}
