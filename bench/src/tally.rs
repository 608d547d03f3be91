//! Numbered things on their way to people: when each was due, who has it since when, who never got it.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::clock;
use crate::figures::Figures;

/// All of one kind.
pub struct Tally {
    name: &'static str,
    marks: Mutex<Vec<Mark>>,
}

#[derive(Debug)]
struct Mark {
    due: Instant,
    /// How many people are to have it; none, where it was refused before it was on its way.
    wanted: usize,
    seen: Vec<(usize, Duration)>,
    repeats: usize,
}

/// What became of some of them.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// From due to each person who has it.
    pub figures: Figures,
    /// People who have not got what they were to have, all together.
    pub lost: usize,
    /// How often somebody got the same again.
    pub repeats: usize,
}

impl Tally {
    /// Marks begin with this name.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, marks: Mutex::default() }
    }

    /// The next is due, for so many people; its number.
    pub fn begin(&self, due: Instant, wanted: usize) -> usize {
        let mut marks = self.marks.lock();
        marks.push(Mark { due, wanted, seen: Vec::new(), repeats: 0 });
        marks.len() - 1
    }

    /// What the text with this number begins with.
    #[must_use]
    pub fn mark(&self, number: usize) -> String {
        format!("{}-{number:07}", self.name)
    }

    /// It was not taken: nobody waits for it.
    pub fn refused(&self, number: usize) {
        if let Some(mark) = self.marks.lock().get_mut(number) {
            mark.wanted = 0;
        }
    }

    /// How many there are; the number of the next.
    #[must_use]
    pub fn count(&self) -> usize {
        self.marks.lock().len()
    }

    /// Somebody has a text; its number, when it is one of these.
    pub fn seen(&self, who: usize, text: &str) -> Option<usize> {
        let at = clock::now();
        let number = text.strip_prefix(self.name)?.strip_prefix('-')?.get(..7)?.parse::<usize>().ok()?;
        let mut marks = self.marks.lock();
        let mark = marks.get_mut(number)?;
        if mark.seen.iter().any(|(before, _)| *before == who) {
            mark.repeats += 1;
        } else {
            mark.seen.push((who, at.saturating_duration_since(mark.due)));
        }
        Some(number)
    }

    /// How many people still wait for one from `first` on.
    #[must_use]
    pub fn missing(&self, first: usize) -> usize {
        self.marks.lock().iter().skip(first).map(Mark::missing).sum()
    }

    /// When each person got the first from `first` on.
    #[must_use]
    pub fn first_seen(&self, first: usize) -> HashMap<usize, Instant> {
        let mut all = HashMap::new();
        for mark in self.marks.lock().iter().skip(first) {
            for (who, took) in &mark.seen {
                let at = mark.due + *took;
                all.entry(*who).and_modify(|before: &mut Instant| *before = at.min(*before)).or_insert(at);
            }
        }
        all
    }

    /// What became of those from `first` on; only those due after `from` are timed.
    #[must_use]
    pub fn outcome(&self, first: usize, from: Instant) -> Outcome {
        let marks = self.marks.lock();
        let all = || marks.iter().skip(first);
        let timed = all().filter(|mark| mark.due >= from);
        Outcome {
            figures: timed.flat_map(|mark| mark.seen.iter().map(|(_, took)| *took)).collect(),
            lost: all().map(Mark::missing).sum(),
            repeats: all().map(|mark| mark.repeats).sum(),
        }
    }

    /// The longest way of those due in each second from number `first` on.
    #[must_use]
    pub fn longest_by_second(&self, first: usize) -> Vec<Duration> {
        let marks = self.marks.lock();
        let mut longest = Vec::new();
        let Some(begin) = marks.get(first).map(|mark| mark.due) else { return longest };
        for mark in marks.iter().skip(first) {
            let second =
                usize::try_from(mark.due.saturating_duration_since(begin).as_secs()).unwrap_or_default();
            if longest.len() <= second {
                longest.resize(second + 1, Duration::ZERO);
            }
            let took = mark.seen.iter().map(|(_, took)| *took).max().unwrap_or_default();
            if let Some(before) = longest.get_mut(second) {
                *before = took.max(*before);
            }
        }
        longest
    }
}

impl Mark {
    fn missing(&self) -> usize {
        self.wanted.saturating_sub(self.seen.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use crate::clock;

    #[test]
    fn who_has_what_and_who_waits() {
        let (tally, now) = (Tally::new("ours"), clock::now());
        let (first, second) = (tally.begin(now, 2), tally.begin(now, 1));
        let third = tally.begin(now, 5);
        tally.refused(third);
        assert_eq!(tally.mark(second), "ours-0000001");
        for (who, text) in
            [(7, "ours-0000000 words"), (7, "ours-0000000"), (8, "other-0000000"), (8, "ours-")]
        {
            tally.seen(who, text);
        }
        assert_eq!(tally.missing(first), 2);
        assert_eq!(tally.seen(9, "ours-0000000"), Some(first));
        let outcome = tally.outcome(first, now);
        assert_eq!((outcome.figures.count(), outcome.lost, outcome.repeats), (2, 1, 1));
        assert_eq!(tally.outcome(second, now).lost, 1);
    }
}
