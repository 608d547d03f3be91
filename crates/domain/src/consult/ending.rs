//! Whether it helped, and the end.

use super::{Consult, Effect, Event, HuntEnd, InvitationState, Outcome, SolvedState, State};
use crate::Timestamp;

impl Consult {
    pub(super) fn judge(&mut self, outcome: Option<SolvedState>, out: &mut Outcome) {
        if self.outcome != outcome {
            self.outcome = outcome;
            out.events.push(Event::Judged { outcome });
        }
    }

    pub(super) fn end(&mut self, now: Timestamp, outcome: Option<SolvedState>, out: &mut Outcome) {
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
}
