//! Follows numbered messages there and back: when each was due, when it was acknowledged, when its answer came.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use parking_lot::RwLock;

use crate::clock;
use crate::drive::Schedule;
use crate::figures::Figures;
use crate::wait::until;

/// A message of some hundred characters, as people write them.
const FILLER: &str =
    "The customer asks why the direct debit came back; the mandate is of March, please look.";

/// After this a message without an answer counts as lost.
const DRAIN: Duration = Duration::from_secs(15);

/// How many messages, for how long, how often.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Messages a second, all together.
    pub rate: u32,
    /// Seconds at the beginning of a run that are not counted; what is lost in them is.
    pub warm_up_s: u32,
    /// Seconds that are counted.
    pub measured_s: u32,
    /// Runs of each side.
    pub runs: usize,
}

/// All messages of one side.
pub struct Probe {
    side: &'static str,
    load: Load,
    epoch: Instant,
    epoch_utc_ms: f64,
    schedules: RwLock<Vec<Schedule>>,
    /// Nanoseconds since the epoch; 0 is not yet.
    answered: Vec<AtomicU64>,
    acknowledged: Vec<AtomicU64>,
    refused: AtomicU64,
}

/// One run of one side.
#[derive(Debug, Default)]
pub struct Trips {
    /// From due to the answer.
    pub round_trip: Figures,
    /// From due to the server's `done`.
    pub acknowledged: Figures,
    /// Answers a second.
    pub rate: f64,
    /// Messages without an answer, those of the warm-up too.
    pub lost: usize,
    /// Messages that were not taken.
    pub refused: u64,
}

impl Load {
    fn of_run(self) -> usize {
        (self.rate * (self.warm_up_s + self.measured_s)) as usize
    }

    fn warm_up(self) -> usize {
        (self.rate * self.warm_up_s) as usize
    }
}

impl Probe {
    /// The messages of a side, whose name they carry.
    #[must_use]
    pub fn new(side: &'static str, load: Load) -> Self {
        let empty = || (0..load.of_run() * load.runs).map(|_| AtomicU64::new(0)).collect();
        Self {
            side,
            load,
            epoch: clock::now(),
            epoch_utc_ms: clock::utc_ms(),
            schedules: RwLock::default(),
            answered: empty(),
            acknowledged: empty(),
            refused: AtomicU64::new(0),
        }
    }

    /// Drives one run; `sender` makes the closure that sends the messages from a number on. Gives that number, too.
    pub async fn run<S: FnMut(usize) + Send + 'static>(
        &self,
        sender: impl FnOnce(usize) -> S,
    ) -> (usize, Trips) {
        let schedule = Schedule::new(self.load.rate, self.load.warm_up_s + self.load.measured_s);
        let first = self.begin(schedule);
        schedule.run(sender(first)).await;
        // What does not come in this time is counted as lost.
        let _ = until(DRAIN, "every answer", async || (self.unanswered(first) == 0).then_some(())).await;
        (first, self.trips(first))
    }

    /// What the `n`th message says.
    #[must_use]
    pub fn text(&self, n: usize) -> String {
        format!("{}-{n:07} {FILLER}", self.side)
    }

    /// The number of the message that says this, if it is one of ours.
    #[must_use]
    pub fn number(&self, text: &str) -> Option<usize> {
        let number = text.strip_prefix(self.side)?.strip_prefix('-')?.get(..7)?;
        number.parse().ok().filter(|n| *n < self.answered.len())
    }

    /// An expert's answer came: the message with `echo: ` before it.
    pub fn heard(&self, text: &str) {
        if let Some(n) = text.strip_prefix("echo: ").and_then(|text| self.number(text)) {
            self.note(&self.answered, n);
        }
    }

    /// The server has acknowledged the message.
    pub fn acknowledged(&self, text: &str) {
        if let Some(n) = self.number(text) {
            self.note(&self.acknowledged, n);
        }
    }

    /// A message was not taken.
    pub fn refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// A run begins; the number of its first message.
    fn begin(&self, schedule: Schedule) -> usize {
        let mut schedules = self.schedules.write();
        schedules.push(schedule);
        (schedules.len() - 1) * self.load.of_run()
    }

    /// How many messages of a run have no answer yet.
    fn unanswered(&self, first: usize) -> usize {
        let of_run = self.answered.iter().skip(first).take(self.load.of_run());
        of_run.filter(|one| one.load(Ordering::Relaxed) == 0).count()
    }

    /// The figures of the run whose first message this is.
    fn trips(&self, first: usize) -> Trips {
        let since_due = |times: &[AtomicU64]| self.since_due(first, |n| self.at_ms(times, n));
        let round_trip = since_due(&self.answered);
        Trips {
            rate: round_trip.count() as f64 / f64::from(self.load.measured_s),
            round_trip,
            acknowledged: since_due(&self.acknowledged),
            lost: self.unanswered(first),
            refused: self.refused.swap(0, Ordering::Relaxed),
        }
    }

    /// From due to a moment that another clock of this machine has, in UTC milliseconds, of the messages that count in a
    /// run.
    pub fn since_due_utc(&self, first: usize, at_utc_ms: impl Fn(usize) -> Option<f64>) -> Figures {
        self.since_due(first, |n| Some(at_utc_ms(n)? - self.epoch_utc_ms))
    }

    fn since_due(&self, first: usize, at_ms: impl Fn(usize) -> Option<f64>) -> Figures {
        let counted = first + self.load.warm_up()..first + self.load.of_run();
        counted.filter_map(|n| Some(at_ms(n)? - self.due_ms(n)?)).collect()
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
        let of_run = self.load.of_run();
        let due = self.schedules.read().get(n / of_run)?.due(n % of_run);
        Some(due.saturating_duration_since(self.epoch).as_secs_f64() * 1e3)
    }
}
