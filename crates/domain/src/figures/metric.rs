//! The catalogue: each metric once.

use super::{StateTimes, Switches, Totals, service_level};

/// What a metric's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A number of things.
    Count,
    /// Milliseconds.
    Milliseconds,
    /// 0 to 100.
    Percent,
    /// A number of things for each of another.
    Ratio,
}

/// What metrics are made of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// Sums of facts.
    pub totals: Totals,
    /// Agents' time by state.
    pub states: StateTimes,
    /// What counts for the service level.
    pub switches: Switches,
}

/// One metric.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Its word in the API and the translation catalogue.
    pub word: &'static str,
    /// Its name in the field.
    pub name: &'static str,
    /// What its value is.
    pub unit: Unit,
    /// What it means.
    pub definition: &'static str,
    code: &'static str,
    divisor_code: &'static str,
    /// Where the definition comes from: a section of `definitions.md`.
    pub source: &'static str,
    /// Makes it; none where the divisor is 0.
    pub value: fn(&Figures) -> Option<f64>,
}

impl Metric {
    /// The metric of a word.
    #[must_use]
    pub fn named(word: &str) -> Option<&'static Self> {
        METRICS.iter().find(|metric| metric.word == word)
    }

    /// How it is made, in the fields of [`Totals`] and of states.
    #[must_use]
    pub fn formula(&self) -> String {
        in_fields(self.code)
    }

    /// What it is divided by, likewise; empty where nothing is divided.
    #[must_use]
    pub fn divisor(&self) -> String {
        in_fields(self.divisor_code)
    }
}

/// The code without what only the compiler needs.
fn in_fields(code: &str) -> String {
    code.replace("&f.totals", "totals").replace("f.totals.", "").replace("f.states.", "").replace("f.", "")
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a million years fit exactly")]
fn ratio(numerator: i64, denominator: i64) -> Option<f64> {
    (denominator != 0).then(|| numerator as f64 / denominator as f64)
}

/// A share in percent; none of nothing.
pub(super) fn percent(part: i64, whole: i64) -> Option<f64> {
    ratio(part, whole).map(|share| share * 100.0)
}

/// `word, name, unit, definition, source: formula [/ divisor]`; the formula's text is the code itself.
macro_rules! metrics {
    ($($word:ident $name:literal $unit:ident $definition:literal $source:literal
        $kind:ident ($figures:ident: $formula:expr $(, $divisor:expr)?);)+) => {
        /// Every metric, in the order in which people look for them.
        pub const METRICS: &[Metric] = &[$(Metric {
            word: stringify!($word),
            name: $name,
            unit: Unit::$unit,
            definition: $definition,
            code: stringify!($formula),
            divisor_code: concat!($(stringify!($divisor))?),
            source: $source,
            value: |figures| {
                let $figures = figures;
                metrics!(@$kind $formula $(, $divisor)?)
            },
        }),+];
    };
    (@sum $formula:expr) => { ratio($formula, 1) };
    (@mean $formula:expr, $divisor:expr) => { ratio($formula, $divisor) };
    (@share $formula:expr, $divisor:expr) => { percent($formula, $divisor) };
    (@per_hour $formula:expr, $divisor:expr) => { ratio($formula * 3_600_000, $divisor) };
    (@as_is $formula:expr) => { $formula };
}

metrics! {
    offered "Offered" Count "Stays in the queue that are over: answered, abandoned or flowed out." "3.2"
        sum(f: f.totals.offered);
    answered "Answered" Count "Stays answered by an agent, counted when they were connected." "3.2"
        sum(f: f.totals.answered);
    handled "Handled" Count "Agents' parts in interactions, counted when the wrap-up ended." "3.2"
        sum(f: f.totals.handled);
    abandoned "Abandoned" Count "The customer left, or the system cut the call, while waiting." "3.2"
        sum(f: f.totals.abandoned);
    abandoned_short "Short abandoned" Count "Abandoned before the queue's limit." "3.3"
        sum(f: f.totals.abandoned_short);
    flowed_out "Flow-out" Count "Left the queue with neither agent nor abandon." "3.2"
        sum(f: f.totals.flowed_out);
    answered_percent "Answer %" Percent "Share of the offered that was answered." "3.2"
        share(f: f.totals.answered, f.totals.offered);
    abandoned_percent "Abandon %" Percent "Share of the offered that was abandoned." "3.2"
        share(f: f.totals.abandoned, f.totals.offered);
    service_level "Service level" Percent "Share answered within the target; switches say what else counts." "3.3"
        as_is(f: service_level(&f.totals, f.switches));
    asa "ASA" Milliseconds "Mean wait of the answered." "3.2"
        mean(f: f.totals.answered_wait_ms, f.totals.answered);
    average_abandon_wait "Average abandon" Milliseconds "Mean wait of the abandoned." "3.2"
        mean(f: f.totals.abandoned_wait_ms, f.totals.abandoned);
    average_wait "Average wait" Milliseconds "Mean wait of all offered." "3.4"
        mean(f: f.totals.answered_wait_ms + f.totals.abandoned_wait_ms + f.totals.flowed_out_wait_ms,
            f.totals.offered);
    average_talk "Average talk" Milliseconds "Talk, per part that had talk." "3.2"
        mean(f: f.totals.talk_ms, f.totals.with_talk);
    average_hold "Average hold" Milliseconds "Hold, per part that had hold; not per handled." "3.2"
        mean(f: f.totals.hold_ms, f.totals.with_hold);
    average_wrap_up "Average ACW" Milliseconds "Wrap-up, per part that had wrap-up." "3.2"
        mean(f: f.totals.wrap_up_ms, f.totals.with_wrap_up);
    aht "AHT" Milliseconds "Talk, hold, wrap-up, dialling and contacting, per handled." "3.2"
        mean(f: handle_ms(&f.totals), f.totals.handled);
    wrap_up_ratio "ACW ratio" Percent "Share of the handle time that was wrap-up." "3.2"
        share(f: f.totals.wrap_up_ms, handle_ms(&f.totals));
    hold_ratio "Hold ratio" Percent "Share of the handle time that was hold." "3.2"
        share(f: f.totals.hold_ms, handle_ms(&f.totals));
    transferred "Transferred" Count "Passed on, blind or after a consultation." "3.2"
        sum(f: f.totals.blind_transfers + f.totals.consult_transfers);
    blind_transfers "Blind transfers" Count "Passed on without talking first." "2.6"
        sum(f: f.totals.blind_transfers);
    consult_transfers "Consult transfers" Count "Passed on after talking first." "2.6"
        sum(f: f.totals.consult_transfers);
    transferred_percent "Transfer %" Percent "Share of the handled that was passed on." "3.2"
        share(f: f.totals.blind_transfers + f.totals.consult_transfers, f.totals.handled);
    alerts "Offers" Count "Offers to agents that are over." "2.3"
        sum(f: f.totals.alerts);
    average_alert "Average alert" Milliseconds "How long an offer rang." "3.2"
        mean(f: f.totals.alert_ms, f.totals.alerts);
    not_responding "Not responding" Count "Offers declined or not answered." "2.3"
        sum(f: f.totals.not_responding);
    handled_per_hour "Handled per hour" Ratio "Handled, per hour on queue." "3.2"
        per_hour(f: f.totals.handled, f.states.on_queue_ms());
    occupancy "Occupancy" Percent "Share of the time on queue that was with interactions, wrap-up included." "3.2"
        share(f: f.states.interacting_ms(), f.states.on_queue_ms());
    consults "Consults" Count "Consults that agents began and that are over." "8.1"
        sum(f: f.totals.consults);
    invitations "Invitations" Count "Invitations to experts that are over." "8.2"
        sum(f: f.totals.invitations);
    invitations_accepted "Accepted" Count "The expert came." "8.1"
        sum(f: f.totals.accepted);
    invitations_declined "Declined" Count "The expert did not want to." "8.1"
        sum(f: f.totals.declined);
    invitations_no_answer "No answer" Count "The expert was silent." "8.1"
        sum(f: f.totals.no_answer);
    invitations_withdrawn "Withdrawn" Count "The agent took it back, or of several asked at once another came first." "8.1"
        sum(f: f.totals.withdrawn);
    invitations_unreachable "Unreachable" Count "The network could not deliver it." "8.1"
        sum(f: f.totals.unreachable);
    missed_percent "Miss %" Percent "Share of the invitations not taken back that met silence." "8.2"
        share(f: f.totals.no_answer, f.totals.invitations - f.totals.withdrawn);
    declined_percent "Decline %" Percent "Share of the invitations not taken back that was declined." "8.2"
        share(f: f.totals.declined, f.totals.invitations - f.totals.withdrawn);
    expert_service_level "Expert service level" Percent
        "Share accepted in time, of invitations that the agent did not take back before that." "8.4"
        share(f: f.totals.accepted_in_time, f.totals.invitations - f.totals.withdrawn_early);
    time_to_accept "Time to accept" Milliseconds "From invitation to acceptance." "8.4"
        mean(f: f.totals.accept_ms, f.totals.accepted);
    time_to_reply "Time to first reply" Milliseconds "From invitation to the expert's first message." "8.4"
        mean(f: f.totals.reply_ms, f.totals.replied);
    time_to_solution "Time to solution" Milliseconds "From the first invitation to the end of a solved consult." "8.4"
        mean(f: f.totals.solution_ms, f.totals.consults_solved);
    solved_percent "Solved %" Percent "Share of the consults with a known outcome that was solved." "8.4"
        share(f: f.totals.consults_solved, judged(&f.totals));
    unknown_percent "Unknown %" Percent "Share of the consults that nobody judged." "8.1"
        share(f: f.totals.consults - judged(&f.totals), f.totals.consults);
    first_expert_percent "First expert success" Percent "Share of the consults solved by the first expert asked." "8.4"
        share(f: f.totals.first_expert_solved, f.totals.consults);
    attempts_per_solved "Attempts per solved" Ratio "Invitations of a solved consult." "8.4"
        mean(f: f.totals.solved_attempts, f.totals.consults_solved);
    experts_per_consult "Experts per consult" Ratio "Different experts asked in a consult." "8.4"
        mean(f: f.totals.experts, f.totals.consults);
    consult_hold "Customer hold during consult" Milliseconds "The customer on hold while a consult ran, per consult." "8.4"
        mean(f: f.totals.consult_hold_ms, f.totals.consults);
}

/// Time that agents' parts took.
fn handle_ms(totals: &Totals) -> i64 {
    totals.talk_ms + totals.hold_ms + totals.wrap_up_ms + totals.dialling_ms + totals.contacting_ms
}

/// Consults whose outcome is known.
fn judged(totals: &Totals) -> i64 {
    totals.consults_solved + totals.consults_partly + totals.consults_not_solved
}
