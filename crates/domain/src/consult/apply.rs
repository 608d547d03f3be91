//! What each command and each piece of news does.

use super::asking::question_to;
use super::{
    Command, Consult, Event, Invitation, InvitationState, Message, MessageState, News, Outcome, Refusal,
    Side, State, Unsettled,
};
use crate::{ConsultId, InteractionId, NetworkId, Timestamp, UserId};

impl Consult {
    /// An empty consult of an agent.
    #[must_use]
    pub fn new(
        id: ConsultId,
        agent: UserId,
        agent_name: String,
        interaction: Option<InteractionId>,
        network: NetworkId,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            agent,
            agent_name,
            interaction,
            network,
            state: State::Choosing,
            invitations: Vec::new(),
            question: String::new(),
            shared: Vec::new(),
            outcome: None,
            unread_count: 0,
            unsettled: std::collections::BTreeMap::new(),
            started_at: now,
            ended_at: None,
            hunt: None,
        }
    }

    /// The agent begins, with the first question or a hunt.
    ///
    /// # Errors
    /// As the command.
    pub fn start(&mut self, now: Timestamp, command: Command) -> Result<Outcome, Refusal> {
        let mut out = Outcome { events: vec![Event::Started { by: Side::Agent }], effects: vec![] };
        out.add(self.command(now, command)?);
        Ok(out)
    }

    /// Takes an agent's command.
    ///
    /// # Errors
    /// When the command does not fit the state; nothing is changed then.
    pub fn command(&mut self, now: Timestamp, command: Command) -> Result<Outcome, Refusal> {
        let mut out = Outcome::default();
        match command {
            Command::Judge { outcome } => self.judge(outcome, &mut out),
            Command::Read => self.read(&mut out),
            Command::Retry { message } => self.retry(message, &mut out)?,
            _ if self.state == State::Ended => return Err(Refusal::Ended),
            Command::Ask { expert, question, handover, importance, link_for_ms } => {
                let invitation = Invitation { importance, ..question_to(now, *expert, question) };
                self.ask(invitation, &handover, link_for_ms, &mut out)?;
            }
            Command::Accept => self.accept(now, &mut out)?,
            Command::Decline { reason } => self.decline(now, reason, &mut out)?,
            Command::Withdraw => self.withdraw(now, &mut out)?,
            Command::Hunt(order) => self.start_hunt(*order, &mut out)?,
            Command::StopHunt => self.stop_hunt(now, &mut out)?,
            Command::Jump { to } => self.jump(now, &to, &mut out)?,
            Command::AddToHunt { expert } => self.add_to_hunt(*expert, &mut out)?,
            Command::Say { message, text, shared } => self.say(now, message, text, shared, &mut out)?,
            Command::RevokeLink { invitation } => self.revoke_link(now, invitation, &mut out)?,
            Command::End { outcome } => self.end(now, outcome, &mut out),
        }
        self.forget_handed_over();
        Ok(out)
    }

    /// Takes news; stale news changes nothing but what is said to a latecomer.
    pub fn news(&mut self, now: Timestamp, news: News) -> Outcome {
        let mut out = Outcome::default();
        match news {
            News::Placed { invitation, chat } => self.placed(invitation, chat, &mut out),
            News::Reached(n) => self.reached(n, &mut out),
            News::Accepted(n) => self.accepted(now, n, &mut out),
            News::Declined(n, reason) => self.refused(now, n, InvitationState::Declined { reason }, &mut out),
            // Whoever reads the page is not silent.
            News::NoAnswer(n) | News::TimedOut(n) if self.is_being_read(now, n) => {}
            News::NoAnswer(n) => self.refused(now, n, InvitationState::NoAnswer, &mut out),
            News::Unreachable(n, why) => self.refused(now, n, InvitationState::Unreachable { why }, &mut out),
            News::TimedOut(n) => {
                if self.is_asking(n) {
                    self.give_up(now, n, self.silence_of(n), &mut out);
                } else if self.state == State::Ringing(n) {
                    self.turn_down(now, n, InvitationState::Missed, &mut out);
                }
            }
            News::Missed(n) => self.not_taken(now, n, InvitationState::Missed, &mut out),
            News::AnsweredElsewhere(n) => {
                self.not_taken(now, n, InvitationState::AnsweredElsewhere, &mut out);
            }
            News::Words(n, words) => self.told_words(n, words),
            News::Said { invitation, message, network_message_id, text, html } => {
                let said = Message {
                    id: message,
                    by: Side::Expert,
                    author_name: String::new(),
                    text,
                    html,
                    at: now,
                    state: MessageState::Delivered,
                    shared: Vec::new(),
                    network_message_id: Some(network_message_id),
                };
                self.said(invitation, said, &mut out);
            }
            // The network's chat was left for the page.
            News::Left(n) | News::CutOff(n, _) if self.is_on_page(n) => {}
            News::Left(n) => self.left(now, n, &mut out),
            News::CutOff(n, why) => self.cut_off(now, n, why, &mut out),
            News::Sent(message) => self.settle(message, MessageState::Sent, &mut out),
            News::Delivered(message) => self.settle(message, MessageState::Delivered, &mut out),
            News::SendFailed(message, reason) => self.send_failed(message, reason, &mut out),
            News::Undelivered { invitation, message, text, reason } => {
                let unsettled = Unsettled { invitation, text, failed: false };
                self.unsettled.entry(message).or_insert(unsettled);
                self.send_failed(message, reason, &mut out);
            }
        }
        self.forget_handed_over();
        out
    }
}
