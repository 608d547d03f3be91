//! When a schedule is due, in the words that the API and the database share.

use hookflash_domain::schedule::{Cron, MonthDay, When};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// When a schedule is due. Times are as clocks show them in its time zone: one that clocks leave out is due at the
/// first moment after it, one that they show twice at the first of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = ScheduleWhen)]
pub(crate) enum WhenView {
    /// Each day.
    Daily {
        /// Such as 07:30.
        at: String,
    },
    /// From Monday to Friday.
    Weekdays {
        /// Such as 07:30.
        at: String,
    },
    /// On some days of the week.
    Weekly {
        /// At least one.
        days: BTreeSet<DayOfWeek>,
        /// Such as 07:30.
        at: String,
    },
    /// Once a month.
    Monthly {
        /// 1 to 31, in a shorter month its last day; null or absent for the last day of each month.
        day: Option<u8>,
        /// Such as 07:30.
        at: String,
    },
    /// By a line of cron: minute, hour, day of the month, month, day of the week.
    Cron {
        /// Such as `30 7 * * 1-5`.
        line: String,
    },
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DayOfWeek {
    Monday = 1,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl WhenView {
    /// What is meant.
    ///
    /// # Errors
    /// What is wrong, in words that follow the name of a field.
    pub(crate) fn read(&self) -> Result<When, String> {
        Ok(match self {
            Self::Daily { at } => When::Daily { at: time(at)? },
            Self::Weekdays { at } => When::Weekdays { at: time(at)? },
            Self::Weekly { days, .. } if days.is_empty() => {
                return Err("must have at least one day".to_owned());
            }
            Self::Weekly { days, at } => {
                When::Weekly { days: days.iter().map(|day| *day as u8).collect(), at: time(at)? }
            }
            Self::Monthly { day: None, at } => When::Monthly { day: MonthDay::Last, at: time(at)? },
            Self::Monthly { day: Some(day @ 1..=31), at } => {
                When::Monthly { day: MonthDay::Day(*day), at: time(at)? }
            }
            Self::Monthly { .. } => return Err("must have a day from 1 to 31".to_owned()),
            Self::Cron { line } => When::Cron(Cron::parse(line).map_err(|error| error.to_string())?),
        })
    }
}

fn time(text: &str) -> Result<Time, String> {
    Time::strptime("%H:%M", text).map_err(|_| "must have a time such as 07:30".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_or_refused_in_words() {
        for (text, expected) in [
            (r#"{"kind":"daily","at":"07:30"}"#, "Daily { at: 07:30:00 }"),
            (r#"{"kind":"weekdays","at":"23:59"}"#, "Weekdays { at: 23:59:00 }"),
            (
                r#"{"kind":"weekly","days":["sunday","monday","sunday"],"at":"00:00"}"#,
                "Weekly { days: {1, 7}, at: 00:00:00 }",
            ),
            (r#"{"kind":"weekly","days":[],"at":"00:00"}"#, "must have at least one day"),
            (r#"{"kind":"monthly","day":31,"at":"6:05"}"#, "Monthly { day: Day(31), at: 06:05:00 }"),
            (r#"{"kind":"monthly","at":"06:05"}"#, "Monthly { day: Last, at: 06:05:00 }"),
            (r#"{"kind":"monthly","day":0,"at":"06:05"}"#, "must have a day from 1 to 31"),
            (r#"{"kind":"daily","at":"24:00"}"#, "must have a time such as 07:30"),
            (r#"{"kind":"daily","at":"07:30:15"}"#, "must have a time such as 07:30"),
            (r#"{"kind":"cron","line":"* * *"}"#, "must have five fields"),
        ] {
            let read = serde_json::from_str::<WhenView>(text).unwrap().read();
            let told = read.map_or_else(|words| words, |when| format!("{when:?}"));
            assert!(told.starts_with(expected), "{text}: {told}");
        }
        for text in ["{}", r#"{"kind":"hourly"}"#, r#"{"kind":"daily","at":"07:30","day":1}"#] {
            assert!(serde_json::from_str::<WhenView>(text).is_err(), "{text}");
        }
    }
}
