//! A line of cron.

use cronexpr::{Crontab, FallbackTimezoneOption, MakeTimestamp, ParseOptions, parse_crontab_with};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Most characters of a line.
const LONGEST: usize = 100;

/// A line of cron with five fields, read as Vixie's cron does.
#[derive(Debug, Clone)]
pub struct Cron {
    text: String,
    line: Crontab,
}

/// Why a line is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CronError {
    /// It has fewer fields or more, or is very long.
    #[error(
        "must have five fields, minute, hour, day of the month, month and day of the week, in {LONGEST} characters"
    )]
    NotFiveFields,
    /// It asks for the last day of a month, or the last Friday.
    #[error("must not hold L; the last day of a month is a choice of its own")]
    LastDay,
    /// A field is not understood.
    #[error("{0}")]
    NotUnderstood(String),
    /// Such as one for the 31st of February.
    #[error("names a day that no month has")]
    NeverDue,
}

impl Cron {
    /// Reads a line.
    ///
    /// # Errors
    /// As [`CronError`] says.
    pub fn parse(text: &str) -> Result<Self, CronError> {
        let fields: Vec<_> = text.split_ascii_whitespace().collect();
        let text = fields.join(" ");
        let [_, _, day, _, weekday] = fields[..] else { return Err(CronError::NotFiveFields) };
        if text.len() > LONGEST {
            return Err(CronError::NotFiveFields);
        }
        // cronexpr 1.7 finds no last day in December, because it takes the next day's month for a later one.
        if [day, weekday].iter().any(|field| field.contains(['L', 'l'])) {
            return Err(CronError::LastDay);
        }
        let mut options = ParseOptions::default();
        // The line is matched against clocks as people see them; which zone those are in is told beside it.
        options.fallback_timezone_option = FallbackTimezoneOption::UTC;
        let line =
            parse_crontab_with(&text, options).map_err(|error| CronError::NotUnderstood(reason(&error)))?;
        let cron = Self { text, line };
        // A leap year lies within the four years from here that are looked at.
        cron.next(DateTime::constant(2001, 1, 1, 0, 0, 0, 0)).ok_or(CronError::NeverDue)?;
        Ok(cron)
    }

    /// The line, with one space between fields.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first time after another on a calendar without changes of clocks; none within four years.
    pub(super) fn next(&self, after: DateTime) -> Option<DateTime> {
        let after = after.to_zoned(TimeZone::UTC).ok()?.timestamp();
        Some(self.line.find_next(MakeTimestamp(after)).ok()?.datetime())
    }
}

impl PartialEq for Cron {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Cron {}

/// The last line: those before draw an arrow under the place.
fn reason(error: &cronexpr::Error) -> String {
    let words = error.to_string();
    let last = words.lines().last().unwrap_or_default();
    format!("is not understood: {}", last.trim_start_matches([' ', '^']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_or_refused_in_words() {
        let told = |text: &str| match Cron::parse(text) {
            Ok(cron) => cron.text().to_owned(),
            Err(error) => error.to_string(),
        };
        for (text, expected) in [
            ("  0 7\t* * 1-5 ", "0 7 * * 1-5"),
            ("*/15 8-18 * * MON,FRI", "*/15 8-18 * * MON,FRI"),
            ("0 6 1 JUL *", "0 6 1 JUL *"),
            ("0 6 L * *", "must not hold L; the last day of a month is a choice of its own"),
            ("0 6 * * 5L", "must not hold L; the last day of a month is a choice of its own"),
            ("0 0 29 2 *", "0 0 29 2 *"),
            ("0 0 31 2 *", "names a day that no month has"),
        ] {
            assert_eq!(told(text), expected);
        }
        for text in ["", "* * * *", "0 7 * * * UTC", "0 7 * * * Europe/Berlin", &"*,".repeat(99)] {
            assert!(told(text).starts_with("must have five fields"), "{text}");
        }
        for text in [
            "60 * * * *",
            "a b c d e",
            "*/0 * * * *",
            "H * * * *",
            "5-1 * * * *",
            "@daily * * * *",
            "é é é é é",
        ] {
            assert!(told(text).starts_with("is not understood: "), "{text}: {}", told(text));
        }
    }
}
