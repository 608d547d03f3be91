//! The choices, and the moments that they are due.

use super::calendar::{is_of_month, is_one_of, is_weekday, next};
use super::cron::Cron;
use super::moment::moment;
use crate::Timestamp;
use crate::figures::local;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// Most times that are looked at for one: those of a day whose clocks go back, by the minute.
const MOST_SKIPPED: usize = 25 * 60;

/// When something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// Each day.
    Daily {
        /// At this time.
        at: Time,
    },
    /// From Monday to Friday.
    Weekdays {
        /// At this time.
        at: Time,
    },
    /// On some days of the week.
    Weekly {
        /// From 1, Monday, to 7, Sunday (ISO 8601).
        days: BTreeSet<u8>,
        /// At this time.
        at: Time,
    },
    /// Once a month.
    Monthly {
        /// On this day.
        day: MonthDay,
        /// At this time.
        at: Time,
    },
    /// By a line of cron.
    Cron(Cron),
}

/// A day of each month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthDay {
    /// From 1 to 31; the last one of a month that has fewer.
    Day(u8),
    /// The last one.
    Last,
}

impl When {
    /// The first moment after another at which it is due; none where there is none, or none within four years.
    #[must_use]
    pub fn next_after(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let shown = local(after, zone)?.datetime();
        // Where clocks go back, times after the one that is shown may have been over before it.
        let times = std::iter::successors(self.next_shown(shown), |time| self.next_shown(*time));
        times.take(MOST_SKIPPED).map_while(|time| moment(time, zone)).find(|at| *at > after)
    }

    /// Of the moments from `due_at`, at which it was due, to `now`, the last one at which it was.
    #[must_use]
    pub fn last_until(&self, due_at: Timestamp, now: Timestamp, zone: &TimeZone) -> Timestamp {
        // Looking back further and further: there may have been one each minute since years.
        let mut back_ms = 60_000;
        loop {
            let from = due_at.max(now.plus_ms(-back_ms));
            let times = std::iter::successors(Some(from), |at| self.next_after(*at, zone));
            if let Some(last) = times.skip(1).take_while(|at| *at <= now).last() {
                return last;
            }
            if from == due_at {
                return due_at;
            }
            back_ms *= 2;
        }
    }

    /// The first time after another that clocks show.
    fn next_shown(&self, after: DateTime) -> Option<DateTime> {
        match self {
            Self::Daily { at } => next(after, *at, |_| true),
            Self::Weekdays { at } => next(after, *at, is_weekday),
            Self::Weekly { days, at } => next(after, *at, |day| is_one_of(day, days)),
            Self::Monthly { day, at } => next(after, *at, |date| is_of_month(date, *day)),
            Self::Cron(cron) => cron.next(after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;

    fn at(hour: i8, minute: i8) -> Time {
        time(hour, minute, 0, 0)
    }

    fn cron(text: &str) -> When {
        When::Cron(Cron::parse(text).unwrap())
    }

    fn moment(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    fn shown(at: Timestamp, zone: &TimeZone) -> String {
        local(at, zone).unwrap().strftime("%m-%d %H:%M%:z").to_string()
    }

    /// The first moments after one in Berlin.
    fn due(when: &When, after: &str, count: usize) -> Vec<String> {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let first = Some(moment(after));
        let times = std::iter::successors(first, |at| when.next_after(*at, &zone)).skip(1);
        times.take(count).map(|at| shown(at, &zone)).collect()
    }

    #[test]
    fn simple_choices() {
        let (on, last) = (MonthDay::Day, MonthDay::Last);
        for (when, expected) in [
            (When::Daily { at: at(7, 0) }, ["11-26 07:00+01:00", "11-27 07:00+01:00", "11-28 07:00+01:00"]),
            // The 26th is a Thursday.
            (
                When::Weekdays { at: at(5, 0) },
                ["11-27 05:00+01:00", "11-30 05:00+01:00", "12-01 05:00+01:00"],
            ),
            (
                When::Weekly { days: [1, 4, 7].into(), at: at(6, 30) },
                ["11-26 06:30+01:00", "11-29 06:30+01:00", "11-30 06:30+01:00"],
            ),
            (
                When::Monthly { day: on(1), at: at(0, 0) },
                ["12-01 00:00+01:00", "01-01 00:00+01:00", "02-01 00:00+01:00"],
            ),
            (
                When::Monthly { day: on(30), at: at(8, 0) },
                ["11-30 08:00+01:00", "12-30 08:00+01:00", "01-30 08:00+01:00"],
            ),
            (
                When::Monthly { day: last, at: at(23, 59) },
                ["11-30 23:59+01:00", "12-31 23:59+01:00", "01-31 23:59+01:00"],
            ),
            (cron("30 6 * * 1-5"), ["11-26 06:30+01:00", "11-27 06:30+01:00", "11-30 06:30+01:00"]),
            (cron("0 */12 31 * *"), ["12-31 00:00+01:00", "12-31 12:00+01:00", "01-31 00:00+01:00"]),
        ] {
            // Six in the morning in Berlin: what is due at that very moment is not due after it.
            assert_eq!(due(&when, "2026-11-26T05:00:00Z", 3), expected, "{when:?}");
        }
        let monthly = When::Monthly { day: on(31), at: at(8, 0) };
        assert_eq!(due(&monthly, "2027-02-01T05:00:00Z", 2), ["02-28 08:00+01:00", "03-31 08:00+02:00"]);
        assert_eq!(due(&When::Daily { at: at(6, 0) }, "2026-11-26T05:00:00Z", 1), ["11-27 06:00+01:00"]);
    }

    #[test]
    fn what_clocks_leave_out_is_due_at_the_first_moment_after_it() {
        // Clocks go from 02:00 to 03:00.
        let before = "2026-03-28T12:00:00Z";
        for (when, expected) in [
            (When::Daily { at: at(1, 59) }, ["03-29 01:59+01:00", "03-30 01:59+02:00"]),
            (When::Daily { at: at(2, 0) }, ["03-29 03:00+02:00", "03-30 02:00+02:00"]),
            (When::Daily { at: at(2, 30) }, ["03-29 03:00+02:00", "03-30 02:30+02:00"]),
            (When::Daily { at: at(3, 0) }, ["03-29 03:00+02:00", "03-30 03:00+02:00"]),
            // Once for all times that are left out, and for one that is shown then.
            (cron("*/20 2 * * *"), ["03-29 03:00+02:00", "03-30 02:00+02:00"]),
            (cron("30 2,3 * * *"), ["03-29 03:00+02:00", "03-29 03:30+02:00"]),
        ] {
            assert_eq!(due(&when, before, 2), expected, "{when:?}");
        }
        assert_eq!(
            due(&cron("0 * * * *"), "2026-03-29T00:30:00Z", 2),
            ["03-29 03:00+02:00", "03-29 04:00+02:00"]
        );
    }

    #[test]
    fn what_clocks_show_twice_is_due_once() {
        // Clocks go from 03:00 back to 02:00.
        let before = "2026-10-24T12:00:00Z";
        for (when, expected) in [
            (When::Daily { at: at(2, 0) }, ["10-25 02:00+02:00", "10-26 02:00+01:00"]),
            (When::Daily { at: at(2, 30) }, ["10-25 02:30+02:00", "10-26 02:30+01:00"]),
            (When::Daily { at: at(3, 0) }, ["10-25 03:00+01:00", "10-26 03:00+01:00"]),
            (cron("30 2 * * *"), ["10-25 02:30+02:00", "10-26 02:30+01:00"]),
        ] {
            assert_eq!(due(&when, before, 2), expected, "{when:?}");
        }
        // Asked in the midst of the second time.
        let daily = When::Daily { at: at(2, 30) };
        for second in ["2026-10-25T01:10:00Z", "2026-10-25T01:50:00Z"] {
            assert_eq!(due(&daily, second, 1), ["10-26 02:30+01:00"], "{second}");
        }
        let minutes = cron("* * * * *");
        assert_eq!(due(&minutes, "2026-10-25T00:58:00Z", 2), ["10-25 02:59+02:00", "10-25 03:00+01:00"]);
    }

    #[test]
    fn what_was_missed_is_the_last_time() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let daily = When::Daily { at: at(7, 0) };
        for (when, due_at, now, expected) in [
            (&daily, "2026-11-20T06:00:00Z", "2026-11-20T06:00:00Z", "11-20 07:00+01:00"),
            (&daily, "2026-11-20T06:00:00Z", "2026-11-20T23:00:00Z", "11-20 07:00+01:00"),
            (&daily, "2026-11-20T06:00:00Z", "2026-11-26T05:59:59Z", "11-25 07:00+01:00"),
            (&daily, "2026-11-20T06:00:00Z", "2026-11-26T06:00:00Z", "11-26 07:00+01:00"),
            (&cron("* * * * *"), "2021-11-20T06:00:00Z", "2026-11-26T06:00:30Z", "11-26 07:00+01:00"),
            (&cron("* 9 1 1 *"), "2021-01-01T08:00:00Z", "2026-11-26T06:00:30Z", "01-01 09:59+01:00"),
        ] {
            let last = when.last_until(moment(due_at), moment(now), &zone);
            assert_eq!(shown(last, &zone), expected, "{when:?} {now}");
        }
    }
}
