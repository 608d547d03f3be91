//! What a run is about.

use crate::reports::{About, AskedWrongly, Days, Format, LanguageTag, Names, PaperSize, ReadError};
use hookflash_domain::Timestamp;
use hookflash_domain::figures::Switches;
use hookflash_reports::Locale;
use hookflash_reports::library::{Asked, ReportName};
use hookflash_store::Store;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// As a run keeps it. Days are fixed when it is asked for: a run that is begun again is about the same ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Parameters {
    /// The first day.
    pub(crate) from: Date,
    /// The last day.
    pub(crate) to: Date,
    /// A name of the time-zone database.
    pub(crate) time_zone: String,
    /// What an older version did not know narrows nothing.
    #[serde(flatten)]
    pub(crate) about: About,
    pub(crate) formats: Vec<Format>,
    pub(crate) language: LanguageTag,
    pub(crate) paper: PaperSize,
}

impl Parameters {
    /// The question, and the names that it is about; none outside of the calendar.
    ///
    /// # Errors
    /// `Asked` for a queue or an agent that nobody is, or that the report cannot be narrowed down to; `Store`.
    pub(crate) async fn question(
        &self,
        store: &Store,
        name: ReportName,
        made_at: Timestamp,
    ) -> Result<(Asked, Names), ReadError> {
        let zone = TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC);
        let days = Days { first: self.from, last: self.to };
        let (from_at, to_at) = days.stretch(&zone).ok_or(AskedWrongly::OutsideTheCalendar)?;
        let mut asked = Asked {
            name,
            from_at,
            to_at,
            queues: Vec::new(),
            agents: Vec::new(),
            dispositions: Vec::new(),
            abilities: Vec::new(),
            media: Vec::new(),
            grain: None,
            switches: Switches::default(),
            locale: Locale { language: self.language.into(), zone },
            made_at,
        };
        let names = Names::chosen(store, &mut asked, &self.about).await?;
        Ok((asked, names))
    }
}
