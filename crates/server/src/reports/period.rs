//! The period of a report: days, or days seen from today.

use hookflash_domain::Timestamp;
use hookflash_domain::figures::local;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Days, the first and the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) first: Date,
    pub(crate) last: Date,
}

/// Days seen from today. Weeks begin on Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RelativePeriod)]
pub(crate) enum Relative {
    /// The day that it is.
    Today,
    /// The day before.
    Yesterday,
    /// From Monday to Sunday.
    ThisWeek,
    /// The week before.
    LastWeek,
    /// From the first to the last of the month.
    ThisMonth,
    /// The month before.
    LastMonth,
}

impl Days {
    /// The first moment and the first one after them; none outside of the calendar.
    pub(crate) fn stretch(self, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        midnight(self.first, zone).zip(self.last.tomorrow().ok().and_then(|next| midnight(next, zone)))
    }
}

impl Relative {
    /// The days that are meant at this moment; none outside of the calendar.
    pub(crate) fn days(self, now: Timestamp, zone: &TimeZone) -> Option<Days> {
        let today = local(now, zone)?.date();
        let monday = today.checked_sub(i64::from(today.weekday().since(Weekday::Monday)).days()).ok()?;
        let (first, last) = match self {
            Self::Today => (today, today),
            Self::Yesterday => (today.yesterday().ok()?, today.yesterday().ok()?),
            Self::ThisWeek => (monday, monday.checked_add(6.days()).ok()?),
            Self::LastWeek => (monday.checked_sub(7.days()).ok()?, monday.yesterday().ok()?),
            Self::ThisMonth => (today.first_of_month(), today.last_of_month()),
            Self::LastMonth => {
                let last = today.first_of_month().yesterday().ok()?;
                (last.first_of_month(), last)
            }
        };
        Some(Days { first, last })
    }
}

fn midnight(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    Some(Timestamp(date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In Berlin: when the first day begins, and how many hours the days have.
    fn told(days: impl Fn(Timestamp, &TimeZone) -> Days) -> (String, i64) {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        // A Sunday, late in the evening in Berlin.
        let now = Timestamp("2026-11-01T22:30:00Z".parse::<jiff::Timestamp>().unwrap().as_millisecond());
        let (from, to) = days(now, &zone).stretch(&zone).unwrap();
        let begins = local(from, &zone).unwrap().strftime("%Y-%m-%dT%H:%M%:z").to_string();
        (begins, (to.0 - from.0) / 3_600_000)
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
            let found = told(|now, zone| relative.days(now, zone).unwrap());
            assert_eq!(found, (first.to_owned(), hours), "{relative:?}");
        }
    }

    #[test]
    fn the_last_day_is_part_of_the_period() {
        let days = Days { first: "2026-03-28".parse().unwrap(), last: "2026-03-29".parse().unwrap() };
        assert_eq!(told(|_, _| days), ("2026-03-28T00:00+01:00".to_owned(), 47));
    }
}
