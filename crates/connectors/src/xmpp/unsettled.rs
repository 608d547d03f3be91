//! What the server may not have yet, and how it is learnt that it has.

use super::{hub::Outbound, ns, stanza, stream::write};
use crate::clock;
use minidom::Element;
use std::{collections::VecDeque, time::Duration};
use tokio::time::Instant;

/// How long the server is not asked whether it has something: the receipt of an expert's client, where it comes
/// before, says the same for nothing.
const GRACE: Duration = Duration::from_millis(10);

/// Stanzas that the server may not have yet, in the order of writing; outlives a connection.
#[derive(Default)]
pub(super) struct Unsettled {
    waiting: VecDeque<Outbound>,
    ask_at: Option<Instant>,
}

impl Unsettled {
    /// Adds a stanza that was written, if somebody waits to hear that the server has it.
    pub(super) fn add(&mut self, outbound: Outbound) {
        if outbound.taken.is_some() {
            self.waiting.push_back(outbound);
            self.ask_at.get_or_insert_with(|| clock::instant() + GRACE);
        }
    }

    /// Writes them again, for a new connection.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        for outbound in &self.waiting {
            write(&outbound.stanza, bytes);
        }
    }

    /// The server is asked now; gives how many its answer will be about.
    pub(super) fn asked(&mut self) -> usize {
        self.ask_at = None;
        self.waiting.len()
    }

    /// When the server is to be asked.
    pub(super) fn ask_at(&self) -> Option<Instant> {
        self.ask_at
    }

    /// The server has the first `count`.
    pub(super) fn settle(&mut self, count: usize) {
        for outbound in self.waiting.drain(..count.min(self.waiting.len())) {
            tell(outbound);
        }
        self.ask_at = (!self.waiting.is_empty()).then(|| clock::instant() + GRACE);
    }

    /// What came may be the receipt for one of them (XEP-0184), from whoever it was for. Gives its place, which is
    /// those of the others from there on now.
    pub(super) fn received(&mut self, message: &Element) -> Option<usize> {
        let id = stanza::id(message.get_child("received", ns::RECEIPTS)?)?;
        let from = stanza::address(message, "from")?.to_bare();
        let is_meant = |outbound: &Outbound| {
            outbound.stanza.attr("id") == Some(id)
                && stanza::address(&outbound.stanza, "to").is_some_and(|to| to.to_bare() == from)
        };
        let place = self.waiting.iter().position(is_meant)?;
        tell(self.waiting.remove(place)?);
        if self.waiting.is_empty() {
            self.ask_at = None;
        }
        Some(place)
    }
}

fn tell(outbound: Outbound) {
    if let Some(taken) = outbound.taken {
        taken.send_replace(true);
    }
}

#[cfg(test)]
mod tests {
    use super::{Outbound, Unsettled};
    use crate::xmpp::{message::Envelope, ns, stream::element};
    use minidom::Element;
    use tokio::sync::watch;

    fn said(id: &str, to: &str) -> (Outbound, watch::Receiver<bool>) {
        let envelope = Envelope { from: "anna@assist.test".to_owned(), nick: None, chat: "1", to };
        let (taken, is_taken) = watch::channel(false);
        (Outbound { stanza: envelope.say(id, "hello"), taken: Some(taken) }, is_taken)
    }

    fn receipt(of: &str, from: &str) -> Element {
        let received = element("received", ns::RECEIPTS, &[("id", Some(of))]).build();
        element("message", ns::COMPONENT, &[("from", Some(from))]).append(received).build()
    }

    #[test]
    fn a_receipt_settles_its_message_and_the_server_is_not_asked_any_more() {
        let mut unsettled = Unsettled::default();
        let (one, one_taken) = said("1", "olivia@uc.test/desk");
        let (two, two_taken) = said("2", "paul@uc.test");
        unsettled.add(one);
        unsettled.add(two);
        assert_eq!(unsettled.received(&receipt("2", "olivia@uc.test")), None, "not hers to confirm");
        assert_eq!(unsettled.received(&receipt("3", "paul@uc.test")), None);
        assert_eq!(unsettled.received(&receipt("2", "paul@uc.test/phone")), Some(1));
        assert_eq!((*one_taken.borrow(), *two_taken.borrow()), (false, true));
        assert!(unsettled.ask_at().is_some());
        assert_eq!(unsettled.received(&receipt("1", "olivia@uc.test/desk")), Some(0));
        assert!(*one_taken.borrow() && unsettled.ask_at().is_none());
    }

    #[test]
    fn an_answer_settles_what_was_written_before_the_question() {
        let mut unsettled = Unsettled::default();
        let (one, one_taken) = said("1", "olivia@uc.test");
        unsettled.add(one);
        let count = unsettled.asked();
        let (two, two_taken) = said("2", "olivia@uc.test");
        unsettled.add(two);
        unsettled.settle(count);
        assert_eq!((*one_taken.borrow(), *two_taken.borrow()), (true, false));
        assert!(unsettled.ask_at().is_some(), "the second is asked after");
    }
}
