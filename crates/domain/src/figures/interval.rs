//! Intervals of 30 minutes, and the days, weeks and months that they make where people are.
//!
//! An interval is a stretch of real time, so the day on which clocks go forward has 46 of them and the day
//! on which they go back 50. Clocks of all zones in use differ by whole quarters of an hour from each other;
//! in the few that are a quarter off the half hour a day begins with the interval that midnight lies in.

use crate::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{ToSpan as _, Zoned};

/// Length of an interval.
pub const INTERVAL_MS: i64 = 30 * 60_000;
const HOUR_MS: i64 = 2 * INTERVAL_MS;

/// 30 minutes, from a full or half hour of universal time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval(Timestamp);

impl Interval {
    /// The one that a moment lies in.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        Self(Timestamp(at.0.div_euclid(INTERVAL_MS) * INTERVAL_MS))
    }

    /// Its first moment.
    #[must_use]
    pub fn starts_at(self) -> Timestamp {
        self.0
    }

    /// The first moment after it.
    #[must_use]
    pub fn ends_at(self) -> Timestamp {
        self.0.plus_ms(INTERVAL_MS)
    }

    /// All that begin in a stretch of time, in order.
    pub fn between(from: Timestamp, to: Timestamp) -> impl Iterator<Item = Self> {
        let first = Self::of(from);
        let first = if first.0 < from { first.ends_at() } else { first.0 };
        std::iter::successors(Some(Self(first)), |one| Some(Self(one.ends_at())))
            .take_while(move |one| one.0 < to)
    }
}

/// How finely figures are laid out over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// 30 minutes.
    Interval,
    /// An hour as clocks show it.
    Hour,
    /// A calendar day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

impl Grain {
    /// The stretch that a moment lies in, as its first moment and the first after it; none outside of the
    /// calendar's years.
    #[must_use]
    pub fn around(self, at: Timestamp, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let date = local(at, zone)?.date();
        let (first, next) = match self {
            Self::Interval => {
                let interval = Interval::of(at);
                return Some((interval.starts_at(), interval.ends_at()));
            }
            Self::Hour => {
                let clock = local(at, zone)?;
                let since_ms = i64::from(clock.minute()) * 60_000
                    + i64::from(clock.second()) * 1_000
                    + i64::from(clock.millisecond());
                return Some((at.plus_ms(-since_ms), at.plus_ms(HOUR_MS - since_ms)));
            }
            Self::Day => (date, date.tomorrow().ok()?),
            Self::Week => {
                let monday =
                    date.checked_sub(i64::from(date.weekday().since(Weekday::Monday)).days()).ok()?;
                (monday, monday.checked_add(7.days()).ok()?)
            }
            Self::Month => (date.first_of_month(), date.last_of_month().tomorrow().ok()?),
        };
        Some((midnight(first, zone)?, midnight(next, zone)?))
    }
}

/// A moment as clocks show it; none outside of the calendar's years.
#[must_use]
pub fn local(at: Timestamp, zone: &TimeZone) -> Option<Zoned> {
    Some(jiff::Timestamp::from_millisecond(at.0).ok()?.to_zoned(zone.clone()))
}

/// The first moment of a day, which is not midnight where clocks go forward at midnight.
fn midnight(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    Some(Timestamp(date.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").unwrap()
    }
    fn moment(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }
    fn day(noon: &str) -> Vec<String> {
        let (from, to) = Grain::Day.around(moment(noon), &berlin()).unwrap();
        let label =
            |one: Interval| local(one.starts_at(), &berlin()).unwrap().strftime("%H:%M%:z").to_string();
        Interval::between(from, to).map(label).collect()
    }

    #[test]
    fn the_berlin_day_in_march_has_23_hours() {
        let labels = day("2026-03-29T10:00:00Z");
        assert_eq!(labels.len(), 46);
        assert_eq!(labels[2..5], ["01:00+01:00", "01:30+01:00", "03:00+02:00"]);
        assert_eq!((labels[0].as_str(), labels[45].as_str()), ("00:00+01:00", "23:30+02:00"));
    }

    #[test]
    fn the_berlin_day_in_october_has_25_hours_and_its_second_hour_twice() {
        let labels = day("2026-10-25T10:00:00Z");
        assert_eq!(labels.len(), 50);
        assert_eq!(labels[4..8], ["02:00+02:00", "02:30+02:00", "02:00+01:00", "02:30+01:00"]);
        assert_eq!((labels[0].as_str(), labels[49].as_str()), ("00:00+02:00", "23:30+01:00"));
        assert_eq!(day("2026-10-24T10:00:00Z").len(), 48);
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first_where_people_are() {
        // Sunday evening in Berlin, already November in Auckland.
        let at = moment("2026-11-01T22:30:00Z");
        let around = |grain: Grain, zone: &str| {
            let zone = TimeZone::get(zone).unwrap();
            let (from, to) = grain.around(at, &zone).unwrap();
            (local(from, &zone).unwrap().to_string(), (to.0 - from.0) / 3_600_000)
        };
        assert_eq!(
            around(Grain::Week, "Europe/Berlin"),
            ("2026-10-26T00:00:00+01:00[Europe/Berlin]".into(), 168)
        );
        assert_eq!(
            around(Grain::Week, "Pacific/Auckland"),
            ("2026-11-02T00:00:00+13:00[Pacific/Auckland]".into(), 168)
        );
        // October has the hour twice.
        let october = Grain::Month.around(moment("2026-10-05T00:00:00Z"), &berlin()).unwrap();
        assert_eq!((october.1.0 - october.0.0) / 3_600_000, 31 * 24 + 1);
    }

    #[test]
    fn hours_are_those_of_the_clocks_and_one_that_is_shown_twice_is_two() {
        let hour = |at: &str, zone: &str| {
            let (from, to) = Grain::Hour.around(moment(at), &TimeZone::get(zone).unwrap()).unwrap();
            assert_eq!(to.0 - from.0, HOUR_MS);
            jiff::Timestamp::from_millisecond(from.0).unwrap().to_string()
        };
        for (at, zone, from) in [
            ("2026-10-25T00:59:59.999Z", "Europe/Berlin", "2026-10-25T00:00:00Z"),
            ("2026-10-25T01:00:00Z", "Europe/Berlin", "2026-10-25T01:00:00Z"),
            ("2026-10-25T01:15:00Z", "Asia/Kolkata", "2026-10-25T00:30:00Z"),
        ] {
            assert_eq!(hour(at, zone), from);
        }
    }

    #[test]
    fn every_moment_lies_in_one_interval() {
        for at in [0, 1, INTERVAL_MS - 1, INTERVAL_MS, -1, 1_793_000_000_123] {
            let one = Interval::of(Timestamp(at));
            assert!(one.starts_at().0 <= at && at < one.ends_at().0, "{at}");
        }
        let between = |from, to| Interval::between(Timestamp(from), Timestamp(to)).count();
        assert_eq!(
            (between(0, INTERVAL_MS), between(1, INTERVAL_MS), between(1, INTERVAL_MS + 1)),
            (1, 0, 1)
        );
        assert_eq!(Grain::Day.around(Timestamp(i64::MAX), &TimeZone::UTC), None);
    }
}
