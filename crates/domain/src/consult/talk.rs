//! What is said in the open chat, and what becomes of each message.

use super::message::has_good_length;
use super::{
    Consult, Effect, Event, InvitationNo, InvitationState, Message, MessageState, Outcome, Refusal, Side,
    State, Unsettled,
};
use crate::{MessageId, Timestamp};

impl Consult {
    pub(super) fn say(
        &mut self,
        now: Timestamp,
        message: MessageId,
        text: String,
        shared: Vec<String>,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        let State::Talking(invitation) = self.state else {
            return Err(Refusal::NobodyThere);
        };
        if !has_good_length(&text) {
            return Err(Refusal::BadLength);
        }
        if self.unsettled.contains_key(&message) {
            return Err(Refusal::MessageExists);
        }
        // What is said on the page is there once it is stored.
        let state = if self.is_on_page(invitation) { MessageState::Sent } else { MessageState::Sending };
        if state == MessageState::Sending {
            self.unsettled.insert(message, Unsettled { invitation, text: text.clone(), failed: false });
            out.effects.push(Effect::Send { invitation, message, text: text.clone() });
        }
        out.events.push(Event::MessageAdded(Message {
            id: message,
            by: Side::Agent,
            author_name: self.agent_name.clone(),
            text,
            at: now,
            state,
            html: None,
            shared,
            network_message_id: None,
        }));
        Ok(())
    }

    pub(super) fn retry(&mut self, message: MessageId, out: &mut Outcome) -> Result<(), Refusal> {
        let State::Talking(current) = self.state else {
            return Err(if self.state == State::Ended { Refusal::Ended } else { Refusal::NobodyThere });
        };
        let unsettled = self
            .unsettled
            .get_mut(&message)
            .filter(|unsettled| unsettled.failed)
            .ok_or(Refusal::NotFailed)?;
        // What one expert did not get is not said to the next by itself: the agent copies it.
        if unsettled.invitation != current {
            return Err(Refusal::NobodyThere);
        }
        unsettled.failed = false;
        out.effects.push(Effect::Send { invitation: current, message, text: unsettled.text.clone() });
        out.events.push(Event::MessageChanged { message, state: MessageState::Sending });
        Ok(())
    }

    pub(super) fn read(&mut self, out: &mut Outcome) {
        if self.unread_count > 0 {
            self.unread_count = 0;
            out.events.push(Event::Read);
        }
    }

    /// What an expert says before hearing that the agent has left belongs to the chat all the same.
    pub(super) fn said(&mut self, n: InvitationNo, message: Message, out: &mut Outcome) {
        let chat = self.invitations.get_mut(n).filter(|one| one.state == InvitationState::Accepted);
        let Some(chat) = chat else { return };
        chat.first_reply_at.get_or_insert(message.at);
        let author_name = chat.expert.name.clone();
        if self.state != State::Ended {
            self.unread_count = self.unread_count.saturating_add(1);
        }
        out.events.push(Event::MessageAdded(Message { author_name, ..message }));
    }

    pub(super) fn settle(&mut self, message: MessageId, state: MessageState, out: &mut Outcome) {
        let was_unsettled = self.unsettled.remove(&message).is_some();
        if was_unsettled || state == MessageState::Delivered {
            out.events.push(Event::MessageChanged { message, state });
        }
    }

    pub(super) fn send_failed(&mut self, message: MessageId, reason: String, out: &mut Outcome) {
        if let Some(unsettled) = self.unsettled.get_mut(&message).filter(|unsettled| !unsettled.failed) {
            unsettled.failed = true;
            out.events.push(Event::MessageChanged { message, state: MessageState::Failed { reason } });
        }
    }
}
