//! Sums of facts: counts and milliseconds.

use super::facts::{
    Alert, ConsultFact, Fact, Handling, InvitationFact, InvitationOutcome, Transfer, Visit, VisitOutcome,
};
use crate::acd::OfferOutcome;
use crate::consult::SolvedState;

/// Makes the struct and the list of its fields, which are the columns of a roll-up.
macro_rules! totals {
    ($($(#[$doc:meta])* $field:ident,)+) => {
        /// Sums of facts. Fields ending in `_ms` are milliseconds, all others counts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct Totals { $($(#[$doc])* pub $field: i64,)+ }

        impl Totals {
            /// Names of the fields, in order.
            pub const FIELDS: &[&str] = &[$(stringify!($field)),+];

            /// Adds others.
            pub fn add(&mut self, others: &Self) {
                $(self.$field += others.$field;)+
            }

            /// The fields' values, in order.
            #[must_use]
            pub fn values(&self) -> Vec<i64> {
                vec![$(self.$field),+]
            }

            /// From the fields' values, in order; what is missing is 0.
            #[must_use]
            pub fn from_values(values: impl IntoIterator<Item = i64>) -> Self {
                let mut values = values.into_iter();
                Self { $($field: values.next().unwrap_or_default()),+ }
            }
        }
    };
}

totals! {
    /// Stays in a queue that are over.
    offered,
    /// Of them answered by an agent.
    answered,
    /// Of them answered after the target.
    answered_late,
    /// Stays given up by the customer or cut by the system.
    abandoned,
    /// Of them given up so early that nobody could have answered.
    abandoned_short,
    /// Stays that ended elsewhere, neither answered nor abandoned.
    flowed_out,
    /// Waits that were answered.
    answered_wait_ms,
    /// Waits that were abandoned.
    abandoned_wait_ms,
    /// Waits that flowed out.
    flowed_out_wait_ms,
    /// Agents' parts in interactions that are complete, wrap-up included.
    handled,
    /// Of them with talk.
    with_talk,
    /// Talk.
    talk_ms,
    /// Of them with hold.
    with_hold,
    /// Hold.
    hold_ms,
    /// Of them with wrap-up.
    with_wrap_up,
    /// Wrap-up.
    wrap_up_ms,
    /// Dialling.
    dialling_ms,
    /// Contacting.
    contacting_ms,
    /// Passed on without talking first.
    blind_transfers,
    /// Passed on after talking first.
    consult_transfers,
    /// Offers that are over.
    alerts,
    /// How long they rang.
    alert_ms,
    /// Of them declined or not answered.
    not_responding,
    /// Consults that are over.
    consults,
    /// Of them solved.
    consults_solved,
    /// Of them solved in part.
    consults_partly,
    /// Of them not solved.
    consults_not_solved,
    /// Of them solved by the first expert asked.
    first_expert_solved,
    /// Invitations of the solved ones.
    solved_attempts,
    /// From the first invitation to the end of the solved ones.
    solution_ms,
    /// Different experts asked in each.
    experts,
    /// The customer on hold during a consult.
    consult_hold_ms,
    /// Invitations that are over.
    invitations,
    /// Of them accepted.
    accepted,
    /// Of them accepted in time.
    accepted_in_time,
    /// Of them declined.
    declined,
    /// Of them not answered.
    no_answer,
    /// Of them taken back by the agent.
    withdrawn,
    /// Of them taken back before the expert's time was up.
    withdrawn_early,
    /// Of them not delivered.
    unreachable,
    /// From invitation to acceptance.
    accept_ms,
    /// Accepted ones with a reply.
    replied,
    /// From invitation to the first reply.
    reply_ms,
}

impl Totals {
    /// Adds a fact.
    pub fn count(&mut self, fact: &Fact) {
        match fact {
            Fact::Visit(visit) => self.visit(visit),
            Fact::Handling(handling) => self.handling(handling),
            Fact::Alert(alert) => self.alert(alert),
            Fact::Consult(consult) => self.consult(consult),
            Fact::Invitation(invitation) => self.invitation(invitation),
        }
    }

    fn visit(&mut self, visit: &Visit) {
        let wait_ms = visit.wait_ms();
        self.offered += 1;
        match visit.outcome {
            VisitOutcome::Answered => {
                self.answered += 1;
                self.answered_late += i64::from(wait_ms > visit.target.within_ms);
                self.answered_wait_ms += wait_ms;
            }
            VisitOutcome::Abandoned => {
                self.abandoned += 1;
                self.abandoned_short += i64::from(wait_ms < visit.target.short_ms);
                self.abandoned_wait_ms += wait_ms;
            }
            VisitOutcome::FlowedOut => {
                self.flowed_out += 1;
                self.flowed_out_wait_ms += wait_ms;
            }
        }
    }

    fn handling(&mut self, handling: &Handling) {
        self.handled += 1;
        for (with, sum, ms) in [
            (&mut self.with_talk, &mut self.talk_ms, handling.talk_ms),
            (&mut self.with_hold, &mut self.hold_ms, handling.hold_ms),
            (&mut self.with_wrap_up, &mut self.wrap_up_ms, handling.wrap_up_ms),
        ] {
            *with += i64::from(ms > 0);
            *sum += ms;
        }
        self.dialling_ms += handling.dialling_ms;
        self.contacting_ms += handling.contacting_ms;
        match handling.transfer {
            Some(Transfer::Blind) => self.blind_transfers += 1,
            Some(Transfer::Consult) => self.consult_transfers += 1,
            None => {}
        }
    }

    fn alert(&mut self, alert: &Alert) {
        self.alerts += 1;
        self.alert_ms += alert.ended_at.since_ms(alert.offered_at);
        let silent = matches!(alert.outcome, OfferOutcome::Declined | OfferOutcome::NoAnswer);
        self.not_responding += i64::from(silent);
    }

    fn consult(&mut self, consult: &ConsultFact) {
        self.consults += 1;
        self.experts += consult.expert_count;
        self.consult_hold_ms += consult.hold_ms;
        match consult.outcome {
            Some(SolvedState::Solved) => {
                self.consults_solved += 1;
                self.first_expert_solved += i64::from(consult.attempt_count == 1);
                self.solved_attempts += consult.attempt_count;
                self.solution_ms += consult.ended_at.since_ms(consult.asked_at);
            }
            Some(SolvedState::Partly) => self.consults_partly += 1,
            Some(SolvedState::NotSolved) => self.consults_not_solved += 1,
            None => {}
        }
    }

    fn invitation(&mut self, invitation: &InvitationFact) {
        self.invitations += 1;
        let settled_ms = invitation.settled_at.since_ms(invitation.asked_at);
        let in_time = settled_ms <= invitation.target_ms;
        match invitation.outcome {
            InvitationOutcome::Accepted => {
                self.accepted += 1;
                self.accepted_in_time += i64::from(in_time);
                self.accept_ms += settled_ms;
            }
            InvitationOutcome::Declined => self.declined += 1,
            InvitationOutcome::NoAnswer => self.no_answer += 1,
            InvitationOutcome::Withdrawn => {
                self.withdrawn += 1;
                self.withdrawn_early += i64::from(settled_ms < invitation.target_ms);
            }
            InvitationOutcome::Unreachable => self.unreachable += 1,
        }
        if let Some(replied_at) = invitation.replied_at {
            self.replied += 1;
            self.reply_ms += replied_at.since_ms(invitation.asked_at);
        }
    }
}
