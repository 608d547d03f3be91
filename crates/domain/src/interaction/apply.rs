//! What each command and each piece of news does.

use super::{
    Call, CallState, Command, Effect, EndReason, Event, Interaction, Leg, LegState, MAX_HOLDS, News, Outcome,
    Participant, Refusal, Stage,
};
use crate::wrap_up::{NOTE_CHARS, WrapUpEnd, WrapUpMode};
use crate::{DispositionId, Span, Timestamp, UserId};

impl Interaction {
    /// What is recorded when it arrives: the customer's leg waits.
    pub fn start(&mut self) -> Outcome {
        let customer = Leg {
            participant: Participant::Customer,
            state: LegState::Waiting,
            joined_at: self.started_at,
            left_at: None,
        };
        self.call = Call { legs: vec![customer], ..Call::default() };
        Outcome { events: vec![Event::Started], effects: vec![] }
    }

    /// Takes a command of `agent`.
    ///
    /// # Errors
    /// When the command does not fit; nothing is changed then.
    pub fn command(&mut self, now: Timestamp, agent: UserId, command: Command) -> Result<Outcome, Refusal> {
        self.check_owner(agent)?;
        let mut out = Outcome::default();
        match command {
            Command::Hold => self.hold(now, &mut out)?,
            Command::Resume => self.resume(now, &mut out)?,
            Command::Mute(muted) => self.mute(agent, muted, &mut out)?,
            Command::Digit(digit) => self.send_digit(digit, &mut out)?,
            Command::HangUp => {
                self.check_up()?;
                out.effects.push(Effect::HangUp);
                self.end_call(now, EndReason::AgentHungUp, &mut out);
            }
            Command::SaveWrapUp { disposition, note } => {
                self.save_wrap_up(now, disposition, note, &mut out)?;
            }
            Command::RequestWrapUp(requested) => self.request_wrap_up(requested, &mut out)?,
            Command::FinishWrapUp => self.finish_wrap_up(now, agent, &mut out)?,
        }
        Ok(out)
    }

    /// Takes news; stale news changes nothing.
    pub fn news(&mut self, now: Timestamp, news: News) -> Outcome {
        let mut out = Outcome::default();
        match news {
            News::Answered { agent } => self.answered(now, agent, &mut out),
            News::CallEnded { reason } => self.end_call(now, reason, &mut out),
            News::WrapUpTimedOut { deadline } => self.wrap_up_timed_out(now, deadline, &mut out),
            _ if self.call.state != CallState::Up => {}
            News::CallerHeld => self.caller_holds(true, &mut out),
            News::CallerResumed => self.caller_holds(false, &mut out),
            News::Digit(digit) => out.events.push(Event::DigitReceived { digit }),
            News::LineDown => self.line(false, &mut out),
            News::LineUp => self.line(true, &mut out),
        }
        out
    }

    /// The agent who has it, while one has.
    #[must_use]
    pub fn agent(&self) -> Option<UserId> {
        match self.stage {
            Stage::Queued => None,
            Stage::Connected { agent } | Stage::WrapUp { agent, .. } => Some(agent),
            Stage::Completed { agent, .. } => agent,
        }
    }

    /// Whether anything may still change.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        matches!(self.stage, Stage::Completed { .. })
    }

    /// When the call ended, if it did.
    #[must_use]
    pub fn call_ended_at(&self) -> Option<Timestamp> {
        match self.call.state {
            CallState::Up => None,
            CallState::Ended { at, .. } => Some(at),
        }
    }

    fn check_owner(&self, agent: UserId) -> Result<(), Refusal> {
        match self.stage {
            Stage::Connected { agent: owner } | Stage::WrapUp { agent: owner, .. } if owner == agent => {
                Ok(())
            }
            Stage::Completed { agent: Some(owner), .. } if owner == agent => Err(Refusal::Completed),
            _ => Err(Refusal::NotYours),
        }
    }

    fn check_up(&self) -> Result<(), Refusal> {
        if self.call.state == CallState::Up { Ok(()) } else { Err(Refusal::CallEnded) }
    }

    fn answered(&mut self, now: Timestamp, agent: UserId, out: &mut Outcome) {
        if self.stage != Stage::Queued {
            // The caller was faster than the agent: routing has to let the agent go again.
            if self.agent() != Some(agent) {
                out.effects.push(Effect::CallOver { agent, wrap_up: false });
            }
            return;
        }
        self.stage = Stage::Connected { agent };
        self.answered_at.get_or_insert(now);
        self.call.set_customer(LegState::Connected);
        let participant = Participant::Agent { user: agent };
        self.call.legs.push(Leg { participant, state: LegState::Connected, joined_at: now, left_at: None });
        out.events.push(Event::Answered { agent });
        out.effects.push(Effect::Connect { agent });
    }

    fn hold(&mut self, now: Timestamp, out: &mut Outcome) -> Result<(), Refusal> {
        self.check_up()?;
        if self.call.held_since.is_some() {
            return Err(Refusal::AlreadyHeld);
        }
        self.call.held_since = Some(now);
        self.call.set_customer(LegState::Held);
        out.events.push(Event::Held);
        out.effects.push(Effect::Hold);
        Ok(())
    }

    fn resume(&mut self, now: Timestamp, out: &mut Outcome) -> Result<(), Refusal> {
        self.check_up()?;
        let held_ms = self.call.stop_hold(now).ok_or(Refusal::NotHeld)?;
        self.call.set_customer(LegState::Connected);
        out.events.push(Event::Resumed { held_ms });
        out.effects.push(Effect::Resume);
        Ok(())
    }

    fn mute(&mut self, agent: UserId, muted: bool, out: &mut Outcome) -> Result<(), Refusal> {
        self.check_up()?;
        if self.call.muted != muted {
            self.call.muted = muted;
            out.events.push(Event::Muted { muted });
        }
        out.effects.push(Effect::Mute { agent, muted });
        Ok(())
    }

    fn send_digit(&mut self, digit: char, out: &mut Outcome) -> Result<(), Refusal> {
        self.check_up()?;
        if !matches!(digit, '0'..='9' | '*' | '#' | 'A'..='D') {
            return Err(Refusal::BadDigit);
        }
        out.events.push(Event::DigitSent);
        out.effects.push(Effect::Digit(digit));
        Ok(())
    }

    fn save_wrap_up(
        &mut self,
        now: Timestamp,
        disposition: Option<DispositionId>,
        note: String,
        out: &mut Outcome,
    ) -> Result<(), Refusal> {
        if note.chars().count() > NOTE_CHARS {
            return Err(Refusal::NoteTooLong);
        }
        out.events.push(Event::WrapUpSaved { disposition, note_chars: note.chars().count() });
        self.wrap_up.disposition = disposition;
        self.wrap_up.note = note;
        self.wrap_up.saved_at = Some(now);
        Ok(())
    }

    fn request_wrap_up(&mut self, requested: bool, out: &mut Outcome) -> Result<(), Refusal> {
        if self.wrap_up_rule.mode != WrapUpMode::AgentRequested {
            return Err(Refusal::WrapUpNotOptional);
        }
        self.check_up()?;
        self.wrap_up.requested = requested;
        out.events.push(Event::WrapUpRequested { requested });
        Ok(())
    }

    fn finish_wrap_up(&mut self, now: Timestamp, agent: UserId, out: &mut Outcome) -> Result<(), Refusal> {
        if self.call.state == CallState::Up {
            return Err(Refusal::CallStillUp);
        }
        let mode = self.wrap_up_rule.mode;
        let required = !matches!(mode, WrapUpMode::Optional | WrapUpMode::AgentRequested);
        if required && self.wrap_up.disposition.is_none() {
            return Err(Refusal::DispositionRequired);
        }
        if mode == WrapUpMode::MandatoryForcedTimeout && self.wrap_up_rule.timeout_ms.is_some() {
            return Err(Refusal::TooEarly);
        }
        self.complete(now, Some(agent), WrapUpEnd::Done, out);
        out.effects.push(Effect::WrapUpDone { agent });
        Ok(())
    }

    fn wrap_up_timed_out(&mut self, now: Timestamp, deadline: Timestamp, out: &mut Outcome) {
        let Stage::WrapUp { agent, deadline: Some(current), .. } = self.stage else {
            return;
        };
        if current != deadline || now < current {
            return;
        }
        out.events.push(Event::WrapUpTimedOut);
        self.complete(now, Some(agent), WrapUpEnd::TimedOut, out);
        out.effects.push(Effect::WrapUpDone { agent });
    }

    fn end_call(&mut self, now: Timestamp, reason: EndReason, out: &mut Outcome) {
        if self.call.state != CallState::Up {
            return;
        }
        self.call.end(now, reason);
        out.events.push(Event::CallEnded { reason });
        match self.stage {
            Stage::Queued => {
                out.effects.push(Effect::LeaveQueue);
                self.complete(now, None, WrapUpEnd::None, out);
            }
            Stage::Connected { agent } => self.start_wrap_up(now, agent, out),
            Stage::WrapUp { .. } | Stage::Completed { .. } => {}
        }
    }

    fn start_wrap_up(&mut self, now: Timestamp, agent: UserId, out: &mut Outcome) {
        let wrap_up = self.wrap_up_rule.mode != WrapUpMode::AgentRequested || self.wrap_up.requested;
        if wrap_up {
            let deadline = self.wrap_up_rule.deadline(now);
            self.stage = Stage::WrapUp { agent, since: now, deadline };
            out.effects.extend(deadline.map(|deadline| Effect::WakeAt { deadline }));
        } else {
            self.complete(now, Some(agent), WrapUpEnd::None, out);
        }
        out.effects.push(Effect::CallOver { agent, wrap_up });
    }

    fn complete(&mut self, now: Timestamp, agent: Option<UserId>, end: WrapUpEnd, out: &mut Outcome) {
        self.stage = Stage::Completed { agent, at: now };
        self.wrap_up.end = Some(end);
        out.events.push(Event::Completed);
    }

    fn caller_holds(&mut self, holds: bool, out: &mut Outcome) {
        if self.call.held_by_caller != holds {
            self.call.held_by_caller = holds;
            out.events.push(if holds { Event::CallerHeld } else { Event::CallerResumed });
        }
    }

    fn line(&mut self, up: bool, out: &mut Outcome) {
        let Stage::Connected { agent } = self.stage else {
            return;
        };
        let (from, to) =
            if up { (LegState::Away, LegState::Connected) } else { (LegState::Connected, LegState::Away) };
        let leg = self.call.legs.iter_mut().find(|leg| leg.participant == Participant::Agent { user: agent });
        let Some(leg) = leg.filter(|leg| leg.state == from) else {
            return;
        };
        leg.state = to;
        out.events.push(if up { Event::DeskBack } else { Event::DeskAway });
        if up {
            out.effects.push(Effect::Connect { agent });
            // A new line starts open and the call off hold: both are what the agent last chose.
            out.effects.extend(self.call.muted.then_some(Effect::Mute { agent, muted: true }));
            out.effects.extend(self.call.held_since.map(|_| Effect::Hold));
        }
    }
}

impl Call {
    /// Whether the agent's browser is away while the call is up.
    #[must_use]
    pub fn desk_away(&self) -> bool {
        self.legs.iter().any(|leg| leg.state == LegState::Away)
    }

    /// The holds so far; the one under way counts until `now`.
    #[must_use]
    pub fn holds_until(&self, now: Timestamp) -> Vec<Span> {
        let under_way = self.held_since.map(|from_at| Span { from_at, to_at: now });
        self.holds.iter().copied().chain(under_way).collect()
    }

    fn set_customer(&mut self, state: LegState) {
        for leg in self.legs.iter_mut().filter(|leg| leg.participant == Participant::Customer) {
            leg.state = state;
        }
    }

    fn stop_hold(&mut self, now: Timestamp) -> Option<i64> {
        let hold = Span { from_at: self.held_since.take()?, to_at: now };
        let held_ms = hold.ms();
        self.held_total_ms += held_ms;
        if self.holds.len() < MAX_HOLDS {
            self.holds.push(hold);
        }
        Some(held_ms)
    }

    fn end(&mut self, now: Timestamp, reason: EndReason) {
        self.stop_hold(now);
        self.state = CallState::Ended { at: now, reason };
        for leg in self.legs.iter_mut().filter(|leg| leg.left_at.is_none()) {
            leg.state = LegState::Ended;
            leg.left_at = Some(now);
        }
    }
}
