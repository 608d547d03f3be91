//! The period of a report: days, or days seen from today.

use anyhow::Context as _;
use hookflash_domain::Timestamp;
use hookflash_domain::figures::local;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
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

/// Days seen from today. Weeks begin on Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Relative {
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
}

impl Period {
    /// The first moment and the first one after it.
    pub(super) fn stretch(&self, now: Timestamp, zone: &TimeZone) -> anyhow::Result<(Timestamp, Timestamp)> {
        let (first, last) = self.days(now, zone).context("the period is outside of the calendar")?;
        anyhow::ensure!(first <= last, "the period ends before it begins");
        let moments = midnight(first, zone).zip(last.tomorrow().ok().and_then(|next| midnight(next, zone)));
        moments.context("the period is outside of the calendar")
    }

    fn days(&self, now: Timestamp, zone: &TimeZone) -> Option<(Date, Date)> {
        let Some(period) = self.period else { return self.from.zip(self.to) };
        let today = local(now, zone)?.date();
        let monday = today.checked_sub(i64::from(today.weekday().since(Weekday::Monday)).days()).ok()?;
        Some(match period {
            Relative::Today => (today, today),
            Relative::Yesterday => (today.yesterday().ok()?, today.yesterday().ok()?),
            Relative::ThisWeek => (monday, monday.checked_add(6.days()).ok()?),
            Relative::LastWeek => (monday.checked_sub(7.days()).ok()?, monday.yesterday().ok()?),
            Relative::ThisMonth => (today.first_of_month(), today.last_of_month()),
            Relative::LastMonth => {
                let last = today.first_of_month().yesterday().ok()?;
                (last.first_of_month(), last)
            }
        })
    }
}

fn midnight(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    Some(Timestamp(date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(period: &Period) -> anyhow::Result<(String, i64)> {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        // A Sunday, late in the evening in Berlin.
        let now = Timestamp("2026-11-01T22:30:00Z".parse::<jiff::Timestamp>().unwrap().as_millisecond());
        let (from, to) = period.stretch(now, &zone)?;
        Ok((
            local(from, &zone).unwrap().strftime("%Y-%m-%dT%H:%M%:z").to_string(),
            (to.0 - from.0) / 3_600_000,
        ))
    }

    #[test]
    fn days_seen_from_today() {
        for (relative, first, hours) in [
            (Relative::Today, "2026-11-01T00:00+01:00", 24),
            (Relative::Yesterday, "2026-10-31T00:00+01:00", 24),
            (Relative::ThisWeek, "2026-10-26T00:00+01:00", 7 * 24),
            // Clocks went back on its Sunday.
            (Relative::LastWeek, "2026-10-19T00:00+02:00", 7 * 24 + 1),
            (Relative::ThisMonth, "2026-11-01T00:00+01:00", 30 * 24),
            (Relative::LastMonth, "2026-10-01T00:00+02:00", 31 * 24 + 1),
        ] {
            let period = Period { from: None, to: None, period: Some(relative) };
            assert_eq!(stretch(&period).unwrap(), (first.to_owned(), hours), "{relative:?}");
        }
    }

    #[test]
    fn the_last_day_is_part_of_the_period() {
        let days = |from: &str, to: &str| Period {
            from: Some(from.parse().unwrap()),
            to: Some(to.parse().unwrap()),
            period: None,
        };
        let found = stretch(&days("2026-03-28", "2026-03-29")).unwrap();
        assert_eq!(found, ("2026-03-28T00:00+01:00".to_owned(), 47));
        let refused = stretch(&days("2026-03-29", "2026-03-28")).unwrap_err();
        assert_eq!(refused.to_string(), "the period ends before it begins");
    }
}
