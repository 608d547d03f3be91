//! What each command and each piece of news does.

use super::message::has_good_length;
use super::{
    ANSWER_WITHIN_MS, Command, Consult, Effect, Event, HuntEnd, Invitation, InvitationNo, InvitationState,
    Link, MAX_INVITATIONS, Message, MessageState, News, Outcome, Refusal, Side, SolvedState, State,
    Unreachable, Unsettled,
};
use crate::attached::Handover;
use crate::{ConsultId, InteractionId, MessageId, NetworkId, Person, Timestamp, UserId};

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

    /// The invitation that counts: pending, open or settled last; of those asked at once, the one accepted.
    #[must_use]
    pub fn current(&self) -> Option<(InvitationNo, &Invitation)> {
        match self.state {
            State::Inviting(n) | State::Ringing(n) | State::Talking(n) => {
                self.invitations.get(n).map(|one| (n, one))
            }
            State::Choosing | State::Ended => {
                let settled = self.invitations.iter().enumerate();
                settled.max_by_key(|(n, one)| (one.settled_at, one.state == InvitationState::Accepted, *n))
            }
        }
    }

    /// Whether an answer of the expert to this invitation is awaited.
    #[must_use]
    pub fn is_asking(&self, n: InvitationNo) -> bool {
        let is_pending = self.invitations.get(n).is_some_and(|one| one.state.is_pending());
        is_pending && matches!(self.state, State::Inviting(_))
    }

    /// The invitations that something may come of: those that wait for an answer, and the open chat.
    pub fn alive(&self) -> impl Iterator<Item = InvitationNo> + '_ {
        (0..self.invitations.len()).filter(|n| match self.state {
            State::Inviting(_) => self.is_asking(*n),
            State::Ringing(one) | State::Talking(one) => *n == one,
            State::Choosing | State::Ended => false,
        })
    }

    /// The invitation whose chat the network calls `chat`.
    #[must_use]
    pub fn invitation_of(&self, chat: &str) -> Option<InvitationNo> {
        self.invitations.iter().rposition(|invitation| invitation.chat.as_deref() == Some(chat))
    }

    /// The network on which an expert was asked; experts of one consult may be on several.
    #[must_use]
    pub fn network_of(&self, n: InvitationNo) -> &NetworkId {
        self.invitations.get(n).map_or(&self.network, |invitation| &invitation.expert.id.network)
    }

    fn ask(
        &mut self,
        invitation: Invitation,
        handover: &Handover,
        link_for_ms: Option<i64>,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        self.may_ask()?;
        Self::check_question(&invitation.question, handover)?;
        if self.invitations.len() >= MAX_INVITATIONS {
            return Err(Refusal::TooManyInvitations);
        }
        self.question.clone_from(&invitation.question);
        self.shared.clone_from(&handover.keys);
        self.invite(invitation, handover, link_for_ms, out);
        Ok(())
    }

    pub(super) fn may_ask(&self) -> Result<(), Refusal> {
        let name = |n: InvitationNo| self.invitations[n].expert.name.clone();
        match self.state {
            State::Choosing if self.hunt_on().is_some() => Err(Refusal::Hunting),
            State::Choosing => Ok(()),
            State::Inviting(n) => Err(Refusal::AlreadyInviting(name(n))),
            State::Talking(n) => Err(Refusal::AlreadyTalking(name(n))),
            State::Ringing(n) => Err(Refusal::AnswerFirst(name(n))),
            State::Ended => Err(Refusal::Ended),
        }
    }

    pub(super) fn check_question(question: &str, handover: &Handover) -> Result<(), Refusal> {
        let is_good = has_good_length(question) && has_good_length(&handover.opening(question));
        if is_good { Ok(()) } else { Err(Refusal::BadLength) }
    }

    /// Sends an invitation with what is handed over: in the text, or on the page of a link.
    pub(super) fn invite(
        &mut self,
        invitation: Invitation,
        handover: &Handover,
        link_for_ms: Option<i64>,
        out: &mut Outcome,
    ) {
        let (number, at, asked_at) = (self.invitations.len(), invitation.expires_at, invitation.asked_at);
        let link = link_for_ms.map(|ms| Link::new(handover.data.clone(), asked_at.plus_ms(ms)));
        let text = match link {
            Some(_) => invitation.question.clone(),
            None => handover.opening(&invitation.question),
        };
        self.network.clone_from(&invitation.expert.id.network);
        self.invitations.push(Invitation { shared: handover.keys.clone(), link, ..invitation });
        self.state = State::Inviting(number);
        out.events.push(Event::Asked { invitation: number });
        out.effects.push(Effect::Invite { invitation: number, text });
        out.effects.push(Effect::WakeAt { invitation: number, at });
    }

    fn withdraw(&mut self, now: Timestamp, out: &mut Outcome) -> Result<(), Refusal> {
        if !matches!(self.state, State::Inviting(_)) {
            return Err(Refusal::NobodyInvited);
        }
        self.give_up_all(now, out);
        self.end_hunt(HuntEnd::Stopped, out);
        Ok(())
    }

    fn say(
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

    fn retry(&mut self, message: MessageId, out: &mut Outcome) -> Result<(), Refusal> {
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

    fn read(&mut self, out: &mut Outcome) {
        if self.unread_count > 0 {
            self.unread_count = 0;
            out.events.push(Event::Read);
        }
    }

    fn judge(&mut self, outcome: Option<SolvedState>, out: &mut Outcome) {
        if self.outcome != outcome {
            self.outcome = outcome;
            out.events.push(Event::Judged { outcome });
        }
    }

    fn end(&mut self, now: Timestamp, outcome: Option<SolvedState>, out: &mut Outcome) {
        match self.state {
            State::Inviting(_) => self.give_up_all(now, out),
            State::Talking(invitation) if self.is_on_page(invitation) => {}
            State::Talking(invitation) => out.effects.push(Effect::Leave { invitation }),
            State::Ringing(n) => {
                let declined = InvitationState::Declined { reason: None };
                self.turn_down(now, n, declined, out);
            }
            State::Choosing | State::Ended => {}
        }
        self.end_hunt(HuntEnd::ConsultEnded, out);
        self.judge(outcome.or(self.outcome), out);
        if self.state != State::Ended {
            self.state = State::Ended;
            self.ended_at = Some(now);
            out.events.push(Event::Ended);
        }
    }

    fn placed(&mut self, n: InvitationNo, chat: String, out: &mut Outcome) {
        let Some(invitation) = self.invitations.get_mut(n) else {
            return;
        };
        let given_up = !invitation.state.is_pending() && invitation.state != InvitationState::Accepted;
        let is_new = invitation.chat.as_ref() != Some(&chat);
        invitation.chat = Some(chat);
        if is_new {
            out.events.push(Event::Placed { invitation: n });
        }
        // Given up before the network had a name for the chat: it could not be taken back until it had one.
        if given_up && is_new {
            match self.invitations[n].state {
                InvitationState::Withdrawn
                | InvitationState::NoAnswer
                | InvitationState::Unreachable { why: Unreachable::NetworkTrouble } => {
                    out.effects.push(Effect::Leave { invitation: n });
                }
                InvitationState::Taken => out.effects.push(Effect::TurnAway { invitation: n }),
                _ => {}
            }
        }
    }

    pub(super) fn reached(&mut self, n: InvitationNo, out: &mut Outcome) {
        if self.is_asking(n) && self.invitations[n].state == InvitationState::Sending {
            self.invitations[n].state = InvitationState::Alerting;
            out.events.push(Event::InvitationChanged { invitation: n });
        }
    }

    pub(super) fn accepted(&mut self, now: Timestamp, n: InvitationNo, out: &mut Outcome) {
        if self.is_asking(n) {
            self.change_invitation(now, n, InvitationState::Accepted, out);
            for other in self.pending().collect::<Vec<_>>() {
                self.change_invitation(now, other, InvitationState::Taken, out);
                out.effects.push(Effect::TurnAway { invitation: other });
            }
            self.network = self.network_of(n).clone();
            self.state = State::Talking(n);
            self.end_hunt(HuntEnd::Answered, out);
        } else if self
            .invitations
            .get(n)
            .is_some_and(|one| one.by == Side::Agent && one.state != InvitationState::Accepted)
        {
            // An expert who says yes too late must be told, or sits alone in the chat.
            out.events.push(Event::LateAcceptance { invitation: n });
            out.effects.push(Effect::TurnAway { invitation: n });
        }
    }

    /// What an invitation is whose time is up: silence of an expert whom the network never took it for is no answer
    /// of theirs.
    fn silence_of(&self, n: InvitationNo) -> InvitationState {
        match self.invitations.get(n) {
            Some(Invitation { chat: None, state: InvitationState::Sending, .. }) => {
                InvitationState::Unreachable { why: Unreachable::NetworkTrouble }
            }
            _ => InvitationState::NoAnswer,
        }
    }

    /// The expert's side or the network ended a pending invitation: nothing is left to take back.
    fn refused(&mut self, now: Timestamp, n: InvitationNo, state: InvitationState, out: &mut Outcome) {
        if self.is_asking(n) {
            self.change_invitation(now, n, state, out);
            self.state = self.without_answer();
        }
    }

    /// Our side ends a pending invitation, so it has to be taken back.
    pub(super) fn give_up(
        &mut self,
        now: Timestamp,
        n: InvitationNo,
        state: InvitationState,
        out: &mut Outcome,
    ) {
        self.change_invitation(now, n, state, out);
        self.state = self.without_answer();
        out.effects.push(Effect::Leave { invitation: n });
    }

    /// Where it stands after an invitation came to nothing: others may be pending.
    fn without_answer(&self) -> State {
        self.pending().last().map_or(State::Choosing, State::Inviting)
    }

    pub(super) fn change_invitation(
        &mut self,
        now: Timestamp,
        n: InvitationNo,
        state: InvitationState,
        out: &mut Outcome,
    ) {
        self.invitations[n].state = state;
        self.invitations[n].settled_at = Some(now);
        out.events.push(Event::InvitationChanged { invitation: n });
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

    /// They are shown with the state that they explain, which comes with the news after them.
    fn told_words(&mut self, n: InvitationNo, words: String) {
        if let Some(invitation) = self.invitations.get_mut(n).filter(|one| one.state.is_pending()) {
            invitation.words = Some(words);
        }
    }

    fn left(&mut self, now: Timestamp, n: InvitationNo, out: &mut Outcome) {
        if self.is_asking(n) {
            self.refused(now, n, InvitationState::Declined { reason: None }, out);
        } else if self.state == State::Ringing(n) {
            self.not_taken(now, n, InvitationState::Missed, out);
        } else {
            self.chat_over(now, n, out);
        }
    }

    /// The expert is not in an open chat any more.
    pub(super) fn chat_over(&mut self, now: Timestamp, n: InvitationNo, out: &mut Outcome) {
        if self.state == State::Talking(n) {
            self.invitations[n].left_at = Some(now);
            self.state = State::Choosing;
            out.events.push(Event::ExpertLeft { invitation: n });
        }
    }

    fn cut_off(&mut self, now: Timestamp, n: InvitationNo, why: Unreachable, out: &mut Outcome) {
        if self.is_asking(n) {
            self.refused(now, n, InvitationState::Unreachable { why }, out);
        } else if self.state == State::Ringing(n) {
            self.not_taken(now, n, InvitationState::Missed, out);
        } else if self.state == State::Talking(n) {
            let invitation = &mut self.invitations[n];
            (invitation.left_at, invitation.cut_off) = (Some(now), Some(why));
            self.state = State::Choosing;
            out.events.push(Event::CutOff { invitation: n });
        }
    }

    fn settle(&mut self, message: MessageId, state: MessageState, out: &mut Outcome) {
        let was_unsettled = self.unsettled.remove(&message).is_some();
        if was_unsettled || state == MessageState::Delivered {
            out.events.push(Event::MessageChanged { message, state });
        }
    }

    fn send_failed(&mut self, message: MessageId, reason: String, out: &mut Outcome) {
        if let Some(unsettled) = self.unsettled.get_mut(&message).filter(|unsettled| !unsettled.failed) {
            unsettled.failed = true;
            out.events.push(Event::MessageChanged { message, state: MessageState::Failed { reason } });
        }
    }
}

/// An invitation to be sent, which waits for its answer from now on.
fn question_to(now: Timestamp, expert: Person, question: String) -> Invitation {
    Invitation::new(expert, question, now, now.plus_ms(ANSWER_WITHIN_MS))
}
