//! `[reports]`.

use super::reader::Reader;
use std::path::PathBuf;

/// Reports that are asked for in the desk or over the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportsConfig {
    /// How long a run and its files are kept, in days.
    pub keep_days: u32,
    /// How long making one may take, in seconds.
    pub longest_s: u64,
    /// How many may be queued or running.
    pub waiting: u32,
    /// How many of one user.
    pub waiting_per_user: u32,
    /// Folders of fonts for PDFs.
    pub fonts: Vec<PathBuf>,
}

impl ReportsConfig {
    /// How long a run and its files are kept, in milliseconds.
    #[must_use]
    pub fn keep_ms(&self) -> i64 {
        i64::from(self.keep_days) * 86_400_000
    }
}

pub(super) fn read(reader: &mut Reader) -> ReportsConfig {
    let longest_min = reader.number(
        "reports.longest_minutes",
        10,
        1..=240,
        "How long making a report may take; then it fails and says so.",
    );
    let fonts: Vec<String> = reader.value(
        "reports.fonts",
        vec!["/usr/share/fonts".to_owned()],
        "Folders of fonts for names in PDFs that are not in Latin, Greek or Cyrillic letters.",
    );
    ReportsConfig {
        keep_days: reader.number(
            "reports.keep_days",
            30,
            1..=3_650,
            "How long reports that were made are kept, with their files.",
        ),
        longest_s: u64::from(longest_min) * 60,
        waiting: reader.number(
            "reports.waiting",
            100,
            1..=10_000,
            "How many reports may be queued or running, those of schedules among them; one more is refused, and a schedule waits.",
        ),
        waiting_per_user: reader.number(
            "reports.waiting_per_user",
            20,
            1..=10_000,
            "How many of them may be of one user.",
        ),
        fonts: fonts.into_iter().map(PathBuf::from).collect(),
    }
}
