//! How a file shall be written, and what is said on it.

use crate::http::problem::Problem;
use crate::http::session::SignedIn;
use crate::http::valid::Checks;
use crate::reports::{Format, LanguageTag, PaperSize};
use hookflash_reports::{Column, Locale, Report, Row};
use jiff::tz::TimeZone;
use serde::Deserialize;
use utoipa::ToSchema;

/// Most characters of a title and of a line's name, and of a line's value.
const LONGEST_NAME: usize = 200;
const LONGEST_VALUE: usize = 2_000;
/// Most lines below the title.
const MOST_LINES: usize = 40;

/// How a file is written, and what is said on it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ExportFile {
    /// 1 to 200 characters.
    title: String,
    /// What was filtered, in words; at most 40 lines. A CSV has no place for them.
    #[serde(default)]
    about: Vec<ExportLine>,
    pub(in crate::http) format: Format,
    /// Where clocks are read, such as `Europe/Berlin`; UTC where absent.
    time_zone: Option<String>,
    /// The user's own, or English, where absent.
    language: Option<LanguageTag>,
    /// A4 where absent.
    pub(super) paper: Option<PaperSize>,
}

/// A line below the title.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ExportLine {
    name: String,
    value: String,
}

impl ExportFile {
    /// The report with these columns, checked.
    pub(in crate::http) fn report(
        &self,
        user: &SignedIn,
        columns: impl FnOnce(&Locale) -> Vec<Column>,
        summary: Option<Row>,
    ) -> Result<Report, Problem> {
        let mut checks = Checks::default();
        let title = checks.text("file.title", &self.title, 1..=LONGEST_NAME);
        checks.count("file.about", &self.about, MOST_LINES);
        let mut line = |line: &ExportLine| {
            let name = checks.text("file.about", &line.name, 1..=LONGEST_NAME);
            (name, checks.text("file.about", &line.value, 0..=LONGEST_VALUE))
        };
        let parameters = self.about.iter().take(MOST_LINES).map(&mut line).collect();
        let zone = TimeZone::get(self.time_zone.as_deref().unwrap_or("UTC")).unwrap_or_else(|_| {
            checks.wrong("file.time_zone", "is not a name of the time-zone database, such as Europe/Berlin");
            TimeZone::UTC
        });
        checks.finish()?;
        let language = self.language.unwrap_or_else(|| LanguageTag::of_word(user.language.as_deref()));
        let locale = Locale { language: language.into(), zone };
        Ok(Report {
            title,
            parameters,
            notes: Vec::new(),
            definitions: Vec::new(),
            columns: columns(&locale),
            summary,
            charts: Vec::new(),
            locale,
            made_at: crate::clock::now(),
        })
    }
}
