//! Figures of a queue that are watched: each with the way in which it is bad, once for all who judge it.

use super::Unit;

/// A figure of a queue that thresholds may be set for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Watched {
    /// How many wait.
    Waiting,
    /// How long the first of them waits, in milliseconds.
    LongestWaiting,
    /// In percent.
    ServiceLevel,
    /// Average speed of answer, in milliseconds.
    Asa,
    /// Share of the offered that was abandoned.
    AbandonedPercent,
    /// How many agents are ready.
    AgentsReady,
}

/// Which way is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    /// From the threshold on.
    High,
    /// Below the threshold.
    Low,
}

/// What holds for thresholds of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WatchedRule {
    /// Its word in the API and the database; a metric's where it is one.
    pub word: &'static str,
    /// What its value is.
    pub unit: Unit,
    /// Which way is bad.
    pub bad: Bad,
    /// The greatest threshold; the least is 1.
    pub most: i64,
}

const DAY_MS: i64 = 86_400_000;
const MANY: i64 = 10_000;

impl Watched {
    /// All of them, in the order in which people look.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::LongestWaiting,
        Self::ServiceLevel,
        Self::Asa,
        Self::AbandonedPercent,
        Self::AgentsReady,
    ];

    /// The figure of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.rule().word == word)
    }

    /// What holds for its thresholds.
    #[must_use]
    pub fn rule(self) -> WatchedRule {
        let rule = |word, unit, bad, most| WatchedRule { word, unit, bad, most };
        match self {
            Self::Waiting => rule("waiting", Unit::Count, Bad::High, MANY),
            Self::LongestWaiting => rule("longest_waiting", Unit::Milliseconds, Bad::High, DAY_MS),
            Self::ServiceLevel => rule("service_level", Unit::Percent, Bad::Low, 100),
            Self::Asa => rule("asa", Unit::Milliseconds, Bad::High, DAY_MS),
            Self::AbandonedPercent => rule("abandoned_percent", Unit::Percent, Bad::High, 100),
            Self::AgentsReady => rule("agents_ready", Unit::Count, Bad::Low, MANY),
        }
    }
}

impl Bad {
    /// Whether a value at `critical` is worse than one at `warning`.
    #[must_use]
    pub fn is_worse(self, critical: i64, warning: i64) -> bool {
        match self {
            Self::High => critical > warning,
            Self::Low => critical < warning,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bad, Watched};
    use crate::figures::Metric;

    #[test]
    fn each_has_a_word_of_its_own_and_a_metric_its_unit() {
        for figure in Watched::ALL {
            let rule = figure.rule();
            assert_eq!(Watched::of_word(rule.word), Some(figure));
            if let Some(metric) = Metric::named(rule.word) {
                assert_eq!(metric.unit, rule.unit, "{}", rule.word);
            }
        }
        assert_eq!(Watched::of_word("weather"), None);
    }

    #[test]
    fn critical_lies_beyond_warning() {
        let worse = [(Bad::High, 10, 5), (Bad::Low, 60, 80)];
        let not = [(Bad::High, 5, 5), (Bad::High, 4, 5), (Bad::Low, 80, 80), (Bad::Low, 90, 80)];
        assert!(worse.into_iter().all(|(bad, critical, warning)| bad.is_worse(critical, warning)));
        assert!(!not.into_iter().any(|(bad, critical, warning)| bad.is_worse(critical, warning)));
    }
}
