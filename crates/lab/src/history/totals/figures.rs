//! Figures as a report has them, made of sums by formulas that are written here once more.

use super::count::Sums;

/// Sums that are added up, some of them taken off.
type Terms = &'static [(i64, &'static str)];

/// How a figure is made.
enum Figure {
    Count(Terms),
    /// Milliseconds for each; written as seconds.
    Mean(Terms, &'static str),
    Ratio(Terms, &'static str),
    Percent(Terms, Terms),
}

use Figure::{Count, Mean, Percent, Ratio};

const HANDLE: Terms = &[(1, "talk_ms"), (1, "hold_ms"), (1, "wrap_up_ms")];
const PASSED_ON: Terms = &[(1, "blind_transfers"), (1, "consult_transfers")];
const JUDGED: Terms = &[(1, "consults_solved"), (1, "consults_partly"), (1, "consults_not_solved")];
const UNJUDGED: Terms =
    &[(1, "consults"), (-1, "consults_solved"), (-1, "consults_partly"), (-1, "consults_not_solved")];
const WITH_CALLS: Terms = &[(1, "engaged"), (1, "wrap_up")];
const ON_QUEUE: Terms = &[(1, "ready"), (1, "offered_state"), (1, "engaged"), (1, "wrap_up")];

/// The figure of a heading.
fn figure(heading: &str) -> Option<Figure> {
    Some(match heading {
        "Offered" => Count(&[(1, "offered")]),
        "Answered" => Count(&[(1, "answered")]),
        "Abandoned" => Count(&[(1, "abandoned")]),
        "Short abandoned" => Count(&[(1, "abandoned_short")]),
        "Abandoned %" => Percent(&[(1, "abandoned")], &[(1, "offered")]),
        "Flow-out" => Count(&[(1, "flowed_out")]),
        "Service level" => Percent(
            &[(1, "answered"), (-1, "answered_late")],
            &[(1, "answered"), (1, "abandoned"), (1, "flowed_out")],
        ),
        "ASA (s)" => Mean(&[(1, "answered_wait_ms")], "answered"),
        "Average abandon (s)" => Mean(&[(1, "abandoned_wait_ms")], "abandoned"),
        "Average wait (s)" => {
            Mean(&[(1, "answered_wait_ms"), (1, "abandoned_wait_ms"), (1, "flowed_out_wait_ms")], "offered")
        }
        "Handled" => Count(&[(1, "handled")]),
        "Average talk (s)" => Mean(&[(1, "talk_ms")], "with_talk"),
        "Average hold (s)" => Mean(&[(1, "hold_ms")], "with_hold"),
        "Average ACW (s)" => Mean(&[(1, "wrap_up_ms")], "with_wrap_up"),
        "AHT (s)" => Mean(HANDLE, "handled"),
        "ACW ratio" => Percent(&[(1, "wrap_up_ms")], HANDLE),
        "Transferred" => Count(PASSED_ON),
        "Transfer %" => Percent(PASSED_ON, &[(1, "handled")]),
        "Offers" => Count(&[(1, "alerts")]),
        "Not responding" => Count(&[(1, "not_responding")]),
        "Occupancy" => Percent(WITH_CALLS, ON_QUEUE),
        _ => return consults(heading),
    })
}

fn consults(heading: &str) -> Option<Figure> {
    Some(match heading {
        "Consults" => Count(&[(1, "consults")]),
        "Solved %" => Percent(&[(1, "consults_solved")], JUDGED),
        "Unknown %" => Percent(UNJUDGED, &[(1, "consults")]),
        "First expert success" => Percent(&[(1, "first_expert_solved")], &[(1, "consults")]),
        "Experts per consult" => Ratio(&[(1, "experts")], "consults"),
        "Hold during consult (s)" => Mean(&[(1, "consult_hold_ms")], "consults"),
        "Time to solution (s)" => Mean(&[(1, "solution_ms")], "consults_solved"),
        "Invitations" => Count(&[(1, "invitations")]),
        "Accepted" => Count(&[(1, "accepted")]),
        "Declined" => Count(&[(1, "declined")]),
        "No answer" => Count(&[(1, "no_answer")]),
        "Miss %" => Percent(&[(1, "no_answer")], &[(1, "invitations"), (-1, "withdrawn")]),
        "Expert service level" => {
            Percent(&[(1, "accepted_in_time")], &[(1, "invitations"), (-1, "withdrawn_early")])
        }
        "Time to accept (s)" => Mean(&[(1, "accept_ms")], "accepted"),
        "Time to first reply (s)" => Mean(&[(1, "reply_ms")], "replied"),
        _ => return None,
    })
}

/// The value under a heading; empty where it would be divided by nothing.
pub(super) fn value(heading: &str, sums: &Sums) -> String {
    let sum = |terms: Terms| terms.iter().map(|(sign, name)| sign * sums.of(name)).sum::<i64>();
    match figure(heading) {
        Some(Count(terms)) => sum(terms).to_string(),
        Some(Mean(terms, by)) => divided(sum(terms), sums.of(by) * 1_000, 1),
        Some(Ratio(terms, by)) => divided(sum(terms), sums.of(by), 1),
        Some(Percent(part, whole)) => divided(sum(part), sum(whole), 100),
        None => String::new(),
    }
}

/// Milliseconds as seconds.
pub(super) fn seconds(ms: i64) -> String {
    divided(ms, 1_000, 1)
}

/// A share in percent.
pub(super) fn percent(part: i64, whole: i64) -> String {
    divided(part, whole, 100)
}

#[expect(clippy::cast_precision_loss, reason = "sums of a made history fit exactly")]
fn divided(sum: i64, by: i64, times: i64) -> String {
    if by == 0 {
        return String::new();
    }
    let whole = sum as f64 * times as f64 / by as f64;
    let text = format!("{whole:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
