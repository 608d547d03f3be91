//! The simple choices: which days, and at which time.

use super::MonthDay;
use jiff::civil::{Date, DateTime, Time, Weekday};
use std::collections::BTreeSet;

/// Longer than the longest wait for a day of the month.
const LOOK_DAYS: usize = 63;

/// The first of these days with its time after another time; none outside of the calendar's years.
pub(super) fn next(after: DateTime, at: Time, is_due: impl Fn(Date) -> bool) -> Option<DateTime> {
    let days = std::iter::successors(Some(after.date()), |day| day.tomorrow().ok()).take(LOOK_DAYS);
    days.filter(|day| is_due(*day)).map(|day| day.to_datetime(at)).find(|time| *time > after)
}

pub(super) fn is_weekday(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Days of the week from 1, Monday, to 7, Sunday (ISO 8601).
pub(super) fn is_one_of(date: Date, days: &BTreeSet<u8>) -> bool {
    u8::try_from(date.weekday().to_monday_one_offset()).is_ok_and(|day| days.contains(&day))
}

/// A shorter month has its last day in the place of a day that it lacks.
pub(super) fn is_of_month(date: Date, day: MonthDay) -> bool {
    let last = date.days_in_month();
    date.day()
        == match day {
            MonthDay::Day(day) => i8::try_from(day).unwrap_or(last).min(last),
            MonthDay::Last => last,
        }
}
