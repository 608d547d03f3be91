//! How moments and numbers are written for people.

use crate::{Cell, Kind};
use hookflash_domain::Timestamp;
use hookflash_domain::figures::local;
use jiff::Zoned;
use jiff::tz::TimeZone;

/// A language that reports are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
}

impl Language {
    /// Its tag by BCP 47.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

/// A language, and where clocks are read.
#[derive(Debug, Clone)]
pub struct Locale {
    /// The language.
    pub language: Language,
    /// Where.
    pub zone: TimeZone,
}

/// What stands for a figure that there is none of.
const NONE: &str = "–";

impl Locale {
    /// A cell as people read it.
    #[must_use]
    pub fn written(&self, kind: Kind, cell: &Cell) -> String {
        match cell {
            Cell::None => NONE.to_owned(),
            Cell::Text(text) => text.clone(),
            Cell::At(at) => self.moment(kind, *at),
            Cell::Number(number) => self.number(kind, *number),
        }
    }

    /// A moment as clocks here show it; none outside of the calendar's years.
    #[must_use]
    pub fn clock(&self, at: Timestamp) -> Option<Zoned> {
        local(at, &self.zone)
    }

    /// A moment to the day, minute or second.
    #[must_use]
    pub fn moment(&self, kind: Kind, at: Timestamp) -> String {
        let Some(clock) = self.clock(at) else { return NONE.to_owned() };
        let day = match self.language {
            Language::English => clock.strftime("%-d %b %Y"),
            Language::German => clock.strftime("%d.%m.%Y"),
        };
        match kind {
            Kind::Minute => format!("{day} {}", clock.strftime("%H:%M")),
            Kind::Second => format!("{day} {}", clock.strftime("%H:%M:%S")),
            _ => day.to_string(),
        }
    }

    /// A number of a kind, such as `1,234`, `12.5`, `84.2%` or `1:02:03`.
    #[must_use]
    pub fn number(&self, kind: Kind, number: f64) -> String {
        match kind {
            Kind::Duration => duration(number),
            Kind::Percent => match self.language {
                Language::English => format!("{}%", self.decimal(number, 1)),
                Language::German => format!("{}\u{a0}%", self.decimal(number, 1)),
            },
            Kind::Ratio => self.decimal(number, 2),
            _ => self.decimal(number, 0),
        }
    }

    fn decimal(&self, number: f64, places: usize) -> String {
        let (group, point) = match self.language {
            Language::English => (',', '.'),
            Language::German => ('.', ','),
        };
        let plain = format!("{:.places$}", number.abs());
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut written = String::with_capacity(plain.len() + whole.len() / 3 + 1);
        if number < 0.0 && plain.bytes().any(|digit| digit.is_ascii_digit() && digit != b'0') {
            written.push('-');
        }
        for (at, digit) in whole.char_indices() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                written.push(group);
            }
            written.push(digit);
        }
        if places > 0 {
            written.push(point);
            written.push_str(part);
        }
        written
    }
}

/// Milliseconds as hours, minutes and seconds.
#[expect(clippy::cast_possible_truncation, reason = "a cast of a float to an integer saturates")]
fn duration(ms: f64) -> String {
    let seconds = (ms / 1_000.0).round() as i64;
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    format!("{sign}{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(language: Language) -> Locale {
        Locale { language, zone: TimeZone::get("Europe/Berlin").unwrap() }
    }
    fn both(kind: Kind, cell: &Cell) -> (String, String) {
        (locale(Language::English).written(kind, cell), locale(Language::German).written(kind, cell))
    }
    fn pair(english: &str, german: &str) -> (String, String) {
        (english.to_owned(), german.to_owned())
    }

    #[test]
    fn numbers_are_grouped_and_pointed_as_the_language_does() {
        let number = |kind, number| both(kind, &Cell::Number(number));
        assert_eq!(number(Kind::Count, 1_234_567.0), pair("1,234,567", "1.234.567"));
        assert_eq!(number(Kind::Count, 999.0), pair("999", "999"));
        assert_eq!(number(Kind::Count, -1_000.0), pair("-1,000", "-1.000"));
        assert_eq!(number(Kind::Ratio, -0.001), pair("0.00", "0,00"));
        assert_eq!(number(Kind::Percent, 84.21), pair("84.2%", "84,2\u{a0}%"));
        assert_eq!(number(Kind::Duration, 3_723_400.0), pair("1:02:03", "1:02:03"));
        assert_eq!(number(Kind::Duration, 500.0), pair("0:00:01", "0:00:01"));
        assert_eq!(both(Kind::Percent, &Cell::None), pair("–", "–"));
    }

    #[test]
    fn moments_are_read_off_the_clocks_of_the_zone() {
        let at = |text: &str| Cell::At(Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond()));
        // The clocks in Berlin went back at 01:00 UTC.
        assert_eq!(
            both(Kind::Minute, &at("2026-10-25T00:30:00Z")),
            pair("25 Oct 2026 02:30", "25.10.2026 02:30")
        );
        assert_eq!(
            both(Kind::Second, &at("2026-10-25T01:30:05Z")),
            pair("25 Oct 2026 02:30:05", "25.10.2026 02:30:05")
        );
        assert_eq!(both(Kind::Day, &at("2026-10-25T23:30:00Z")), pair("26 Oct 2026", "26.10.2026"));
        assert_eq!(both(Kind::Day, &Cell::At(Timestamp(i64::MAX))), pair("–", "–"));
    }
}
