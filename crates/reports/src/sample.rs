//! A report for tests.

use crate::{Column, Kind, Language, Locale, Report};
use hookflash_domain::Timestamp;
use jiff::tz::TimeZone;

/// A report in English, read in Berlin, with columns `Column 1`, `Column 2` and so on.
pub(crate) fn report(kinds: &[Kind]) -> Report {
    let column = |(place, kind): (usize, &Kind)| Column::new(format!("Column {}", place + 1), *kind);
    Report {
        title: "Sample".to_owned(),
        parameters: vec![("Period".to_owned(), "1 to 2 May 2026".to_owned())],
        notes: Vec::new(),
        definitions: Vec::new(),
        columns: kinds.iter().enumerate().map(column).collect(),
        summary: None,
        charts: Vec::new(),
        locale: Locale { language: Language::English, zone: TimeZone::get("Europe/Berlin").unwrap() },
        made_at: Timestamp(1_793_000_000_000),
    }
}
