//! The load that consults are for experts (`definitions.md` 8.2).

use super::metric::percent;
use crate::{Span, Timestamp};

/// Time covered by at least one of the spans: chats at the same time are not counted twice.
#[must_use]
pub fn union_ms(spans: &[Span]) -> i64 {
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    let mut covered_ms = 0;
    let mut until = Timestamp(i64::MIN);
    for span in sorted {
        let from_at = span.from_at.max(until);
        covered_ms += span.to_at.since_ms(from_at);
        until = until.max(span.to_at);
    }
    covered_ms
}

/// Most spans at one moment.
#[must_use]
pub fn peak(spans: &[Span]) -> usize {
    let full = spans.iter().filter(|span| span.ms() > 0);
    // Ends sort before beginnings of the same moment, for an end is no part of its span.
    let mut steps: Vec<_> = full.flat_map(|span| [(span.from_at, true), (span.to_at, false)]).collect();
    steps.sort_unstable();
    let (mut now, mut most) = (0_usize, 0);
    for (_, begins) in steps {
        now = if begins { now + 1 } else { now.saturating_sub(1) };
        most = most.max(now);
    }
    most
}

/// Share of the spans, in percent, that begin less than `gap_ms` after the end of the one before.
#[must_use]
pub fn fragmentation(spans: &[Span], gap_ms: i64) -> Option<f64> {
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    let close = sorted.windows(2).filter(|pair| pair[1].from_at.0 - pair[0].to_at.0 < gap_ms);
    percent(count(close.count()), count(sorted.len()))
}

/// Consult time as a share of working time, in percent.
#[must_use]
pub fn load_percent(consult_ms: i64, working_ms: i64) -> Option<f64> {
    percent(consult_ms, working_ms)
}

/// How unevenly a load lies: 0 when all have the same, towards 1 when one has all. None of nothing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "loads and numbers of people are small")]
pub fn gini(loads: &[i64]) -> Option<f64> {
    let mut sorted = loads.to_vec();
    sorted.sort_unstable();
    let (people, sum) = (sorted.len() as f64, sorted.iter().sum::<i64>() as f64);
    let ranked: f64 = sorted.iter().enumerate().map(|(at, load)| (at + 1) as f64 * *load as f64).sum();
    (sum > 0.0).then(|| 2.0 * ranked / (people * sum) - (people + 1.0) / people)
}

/// Share of the load, in percent, carried by the busiest `top_percent` of the people, at least one.
#[must_use]
pub fn share_of_top(loads: &[i64], top_percent: usize) -> Option<f64> {
    let mut sorted = loads.to_vec();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    let top = (sorted.len() * top_percent).div_ceil(100).max(1);
    percent(sorted.iter().take(top).sum(), sorted.iter().sum())
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
