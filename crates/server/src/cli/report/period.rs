//! The period as it is written on the command line.

use crate::reports::{Days, Relative};
use anyhow::Context as _;
use hookflash_domain::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Days; `--period`, or `--from` and `--to`.
#[derive(Debug, clap::Args)]
pub(super) struct Period {
    /// The first day, such as 2026-10-01.
    #[arg(long, requires = "to", conflicts_with = "period", required_unless_present = "period")]
    from: Option<Date>,
    /// The last day; it is part of the period.
    #[arg(long, requires = "from")]
    to: Option<Date>,
    /// Days seen from today.
    #[arg(long, value_enum)]
    period: Option<Relative>,
}

impl Period {
    /// The first moment and the first one after it.
    pub(super) fn stretch(&self, now: Timestamp, zone: &TimeZone) -> anyhow::Result<(Timestamp, Timestamp)> {
        const OUTSIDE: &str = "the period is outside of the calendar";
        let days = match self.period {
            Some(relative) => relative.days(now, zone),
            None => self.from.zip(self.to).map(|(first, last)| Days { first, last }),
        };
        let days = days.context(OUTSIDE)?;
        anyhow::ensure!(days.first <= days.last, "the period ends before it begins");
        days.stretch(zone).context(OUTSIDE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        let period = Period {
            from: Some("2026-03-29".parse().unwrap()),
            to: Some("2026-03-28".parse().unwrap()),
            period: None,
        };
        let refused = period.stretch(Timestamp(0), &TimeZone::UTC).unwrap_err();
        assert_eq!(refused.to_string(), "the period ends before it begins");
    }
}
