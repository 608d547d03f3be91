//! Checks of fields; all mistakes are told at once.

use super::problem::{Code, FieldError, Problem};
use std::ops::RangeInclusive;

/// Collects what is wrong.
#[derive(Default)]
pub(super) struct Checks(Vec<FieldError>);

impl Checks {
    /// A text without control characters: trimmed, and of so many characters.
    pub(super) fn text(&mut self, field: &str, text: &str, chars: RangeInclusive<usize>) -> String {
        let trimmed = text.trim();
        if !chars.contains(&trimmed.chars().count()) {
            self.wrong(field, format!("must have {} to {} characters", chars.start(), chars.end()));
        } else if trimmed.chars().any(char::is_control) {
            self.wrong(field, "must not hold control characters");
        }
        trimmed.to_owned()
    }

    /// A list of at most so many items.
    pub(super) fn count<T>(&mut self, field: &str, items: &[T], most: usize) {
        if items.len() > most {
            self.wrong(field, format!("must have at most {most} items"));
        }
    }

    /// A number within limits.
    pub(super) fn number(&mut self, field: &str, number: i64, range: &RangeInclusive<i64>) {
        if !range.contains(&number) {
            self.wrong(field, format!("must be from {} to {}", range.start(), range.end()));
        }
    }

    /// Notes what is wrong.
    pub(super) fn wrong(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldError { field: field.to_owned(), message: message.into() });
    }

    /// The mistakes as a problem, if there are any.
    pub(super) fn finish(self) -> Result<(), Problem> {
        let words: Vec<_> =
            self.0.iter().map(|error| format!("{}: {}", error.field, error.message)).collect();
        let Some(_) = words.first() else { return Ok(()) };
        Err(Problem { errors: self.0, ..Problem::new(Code::Invalid, words.join("; ")) })
    }
}
