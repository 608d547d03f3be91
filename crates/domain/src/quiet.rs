//! Quiet hours: when experts are not to be asked, by the clocks where they are.

use crate::Timestamp;
use crate::figures::local;
use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;
use std::fmt;

/// Longest text, in characters.
const LONGEST: usize = 200;
const DAY_MIN: u16 = 24 * 60;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Spans of the week, such as `18:00-08:00, sat-sun 00:00-24:00`: one is for each day, or for the days in
/// front of it. One that ends before it begins goes on into the next day, whatever day that is.
///
/// They are read off the clock: an hour that clocks show twice is quiet twice, one that they leave out never is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuietHours {
    text: String,
    spans: Vec<Span>,
}

/// Part of some days; minutes from midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    /// The days on which it begins, from Monday.
    days: [bool; 7],
    from_min: u16,
    to_min: u16,
}

/// Why a text is no quiet hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be hours such as 18:00-08:00, days in front of them where they are not for all (sat-sun 00:00-24:00), \
     commas between several, in {LONGEST} characters"
)]
pub struct NotQuietHours;

impl QuietHours {
    /// Reads a text; an empty one is no quiet hours at all.
    ///
    /// # Errors
    /// It is not understood, or too long.
    pub fn parse(text: &str) -> Result<Self, NotQuietHours> {
        let text = text.trim();
        if text.chars().count() > LONGEST {
            return Err(NotQuietHours);
        }
        let parts = text.split(',').filter(|_| !text.is_empty());
        let spans = parts.map(span).collect::<Option<_>>().ok_or(NotQuietHours)?;
        Ok(Self { text: text.to_owned(), spans })
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is quiet at a moment, where clocks are those of the zone.
    #[must_use]
    pub fn hold(&self, at: Timestamp, zone: &TimeZone) -> bool {
        !self.spans.is_empty()
            && local(at, zone).is_some_and(|shown| {
                let shown = shown.datetime();
                self.spans.iter().any(|span| span.holds(shown))
            })
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl Span {
    fn holds(self, shown: DateTime) -> bool {
        let minute = u16::from(shown.hour().unsigned_abs()) * 60 + u16::from(shown.minute().unsigned_abs());
        let today = shown.date().weekday();
        if self.from_min < self.to_min {
            return self.is_on(today) && (self.from_min..self.to_min).contains(&minute);
        }
        (self.is_on(today) && minute >= self.from_min)
            || (self.is_on(today.previous()) && minute < self.to_min)
    }

    fn is_on(self, day: Weekday) -> bool {
        self.days.get(usize::from(day.to_monday_zero_offset().unsigned_abs())).copied().unwrap_or(false)
    }
}

fn span(text: &str) -> Option<Span> {
    let words: Vec<_> = text.split_whitespace().collect();
    let (days, hours) = match words[..] {
        [hours] => ([true; 7], hours),
        [names, hours] => (days(names)?, hours),
        _ => return None,
    };
    let (from, to) = hours.split_once('-')?;
    let (from_min, to_min) = (minute(from)?, minute(to)?);
    (from_min != to_min && from_min < DAY_MIN).then_some(Span { days, from_min, to_min })
}

/// `sat`, or `mon-fri`; a range may go over the end of the week.
fn days(text: &str) -> Option<[bool; 7]> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let day = |name: &str| DAYS.iter().position(|known| name.eq_ignore_ascii_case(known));
    let (first, last) = (day(first)?, day(last)?);
    let mut days = [false; 7];
    for (place, is_on) in days.iter_mut().enumerate() {
        *is_on =
            if first <= last { (first..=last).contains(&place) } else { place >= first || place <= last };
    }
    Some(days)
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let is_short = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|one| one.is_ascii_digit());
    if !is_short(hour) || minute.len() != 2 || !is_short(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let of_day = hour * 60 + minute;
    (minute < 60 && of_day <= DAY_MIN).then_some(of_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each time in Berlin, and whether it is quiet then. The 2nd of March 2026 is a Monday.
    #[track_caller]
    fn check(hours: &str, table: &[(&str, bool)]) {
        let (hours, zone) = (QuietHours::parse(hours).unwrap(), TimeZone::get("Europe/Berlin").unwrap());
        for (at, expected) in table {
            let moment: jiff::Timestamp = at.parse().unwrap();
            assert_eq!(hours.hold(Timestamp(moment.as_millisecond()), &zone), *expected, "{hours} at {at}");
        }
    }

    #[test]
    fn a_night_goes_over_midnight() {
        check(
            "18:00-08:00",
            &[
                ("2026-03-02T17:59:59+01:00", false),
                ("2026-03-02T18:00:00+01:00", true),
                ("2026-03-03T00:00:00+01:00", true),
                ("2026-03-03T07:59:59+01:00", true),
                ("2026-03-03T08:00:00+01:00", false),
            ],
        );
    }

    #[test]
    fn days_are_those_on_which_a_span_begins() {
        check(
            "Fri 18:00-08:00, sat-sun 00:00-24:00, 12:00-12:30",
            &[
                ("2026-03-05T19:00:00+01:00", false),
                ("2026-03-06T03:00:00+01:00", false),
                ("2026-03-06T18:00:00+01:00", true),
                ("2026-03-07T07:00:00+01:00", true),
                ("2026-03-08T23:59:59+01:00", true),
                ("2026-03-09T00:00:00+01:00", false),
                ("2026-03-09T12:15:00+01:00", true),
                ("2026-03-09T12:30:00+01:00", false),
            ],
        );
        check(
            "sun-mon 22:00-02:00",
            &[
                ("2026-03-02T23:00:00+01:00", true),
                ("2026-03-03T01:00:00+01:00", true),
                ("2026-03-03T23:00:00+01:00", false),
                ("2026-03-01T22:00:00+01:00", true),
            ],
        );
    }

    #[test]
    fn clocks_are_changed() {
        // On the 29th of March the clock goes from 2:00 to 3:00, on the 25th of October from 3:00 to 2:00.
        check("02:00-03:00", &[("2026-03-29T00:59:59Z", false), ("2026-03-29T01:00:00Z", false)]);
        check("22:00-03:00", &[("2026-03-29T00:59:59Z", true), ("2026-03-29T01:00:00Z", false)]);
        check(
            "02:00-02:30",
            &[
                ("2026-10-25T00:10:00Z", true),
                ("2026-10-25T00:40:00Z", false),
                ("2026-10-25T01:10:00Z", true),
                ("2026-10-25T01:40:00Z", false),
            ],
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in [
            "18:00",
            "18-08",
            "08:00-08:00",
            "24:00-08:00",
            "7:5-8:00",
            "25:00-26:00",
            "mon 08:00",
            "xxx 08:00-09:00",
        ] {
            assert_eq!(QuietHours::parse(text), Err(NotQuietHours), "{text}");
        }
        for text in ["mon fri 08:00-09:00", "08:00-09:00,", ",", "+1:00-02:00", &"18:00-08:00,".repeat(20)] {
            assert_eq!(QuietHours::parse(text), Err(NotQuietHours), "{text}");
        }
        let never = QuietHours::parse(" ").unwrap();
        assert!(!never.hold(Timestamp(0), &TimeZone::UTC));
        assert_eq!(QuietHours::parse(" 8:00-09:00 ").unwrap().text(), "8:00-09:00");
    }
}
