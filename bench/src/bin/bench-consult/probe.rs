//! Follows numbered messages: when each was due, when its answer came.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use hookflash_bench::clock;
use hookflash_bench::drive::Schedule;
use hookflash_bench::figures::Figures;
use hookflash_bench::pool::{Pool, address};
use parking_lot::RwLock;

use crate::report::Run;
use crate::{MEASURED_S, RATE, RUNS, WARM_UP_S};

/// Messages of one run.
const OF_RUN: usize = (RATE * (WARM_UP_S + MEASURED_S)) as usize;
/// A message of some hundred characters, as people write them.
const FILLER: &str =
    "The customer asks why the direct debit came back; the mandate is of March, please look.";

/// All messages of one side.
pub(crate) struct Probe {
    side: &'static str,
    epoch: Instant,
    epoch_utc_ms: f64,
    schedules: RwLock<Vec<Schedule>>,
    /// Nanoseconds since the epoch; 0 is not yet.
    answered: Vec<AtomicU64>,
    acknowledged: Vec<AtomicU64>,
    refused: AtomicU64,
}

impl Probe {
    pub(crate) fn new(side: &'static str) -> Self {
        let empty = || (0..OF_RUN * RUNS).map(|_| AtomicU64::new(0)).collect();
        Self {
            side,
            epoch: clock::now(),
            epoch_utc_ms: clock::utc_ms(),
            schedules: RwLock::default(),
            answered: empty(),
            acknowledged: empty(),
            refused: AtomicU64::new(0),
        }
    }

    /// A run begins; the number of its first message.
    pub(crate) fn begin(&self, schedule: Schedule) -> usize {
        let mut schedules = self.schedules.write();
        schedules.push(schedule);
        (schedules.len() - 1) * OF_RUN
    }

    /// What the `n`th message says.
    pub(crate) fn text(&self, n: usize) -> String {
        format!("{}-{n:07} {FILLER}", self.side)
    }

    /// An expert's answer came.
    pub(crate) fn heard(&self, text: &str) {
        if let Some(n) = text.strip_prefix("echo: ").and_then(|text| self.number(text)) {
            self.note(&self.answered, n);
        }
    }

    /// The server has acknowledged the message.
    pub(crate) fn acknowledged(&self, text: &str) {
        if let Some(n) = self.number(text) {
            self.note(&self.acknowledged, n);
        }
    }

    /// A message was not taken.
    pub(crate) fn refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// How many messages of a run have no answer yet.
    pub(crate) fn unanswered(&self, first: usize) -> usize {
        let of_run = self.answered.iter().skip(first).take(OF_RUN);
        of_run.filter(|one| one.load(Ordering::Relaxed) == 0).count()
    }

    /// The figures of a run; the first `warm_up` messages are not counted, but may be lost.
    pub(crate) fn figures(&self, first: usize, warm_up: usize) -> Run {
        let counted = first + warm_up..first + OF_RUN;
        let since_due = |times: &[AtomicU64]| -> Figures {
            counted.clone().filter_map(|n| Some(self.at_ms(times, n)? - self.due_ms(n)?)).collect()
        };
        let round_trip = since_due(&self.answered);
        Run {
            rate: round_trip.count() as f64 / f64::from(MEASURED_S),
            round_trip,
            acknowledged: since_due(&self.acknowledged),
            lost: self.unanswered(first),
            refused: self.refused.swap(0, Ordering::Relaxed),
            ..Run::default()
        }
    }

    /// From due to the expert having it. The pool's clock is the same machine's, in whole milliseconds, so half
    /// of one is added.
    pub(crate) async fn one_way(
        &self,
        pool: &Pool,
        first: usize,
        experts: RangeInclusive<usize>,
    ) -> anyhow::Result<Figures> {
        let mut arrived = HashMap::new();
        for expert in experts {
            for seen in pool.control.inbox(&address("echo", expert)).await?.messages {
                if let Some(n) = self.number(&seen.text) {
                    arrived.insert(n, seen.at as f64 + 0.5 - self.epoch_utc_ms);
                }
            }
        }
        let counted = first + (RATE * WARM_UP_S) as usize..first + OF_RUN;
        Ok(counted.filter_map(|n| Some(arrived.get(&n)? - self.due_ms(n)?)).collect())
    }

    fn number(&self, text: &str) -> Option<usize> {
        let number = text.strip_prefix(self.side)?.strip_prefix('-')?.get(..7)?;
        number.parse().ok().filter(|n| *n < self.answered.len())
    }

    fn note(&self, times: &[AtomicU64], n: usize) {
        let passed = u64::try_from(self.epoch.elapsed().as_nanos()).unwrap_or(u64::MAX);
        if let Some(one) = times.get(n) {
            // The first time counts; a state that is told again is no answer.
            let _ = one.compare_exchange(0, passed, Ordering::Relaxed, Ordering::Relaxed);
        }
    }

    fn at_ms(&self, times: &[AtomicU64], n: usize) -> Option<f64> {
        let nanos = times.get(n)?.load(Ordering::Relaxed);
        (nanos > 0).then_some(nanos as f64 / 1e6)
    }

    fn due_ms(&self, n: usize) -> Option<f64> {
        let due = self.schedules.read().get(n / OF_RUN)?.due(n % OF_RUN);
        Some(due.saturating_duration_since(self.epoch).as_secs_f64() * 1e3)
    }
}
