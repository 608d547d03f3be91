//! A question for tests: two days in Berlin, on the second of which clocks go forward.

use super::{Asked, ReportName};
use crate::{Language, Locale};
use hookflash_domain::Timestamp;
use hookflash_domain::figures::Switches;

pub(super) fn asked(name: ReportName, language: Language) -> Asked {
    Asked {
        name,
        from_at: at("2026-03-27T23:00:00Z"),
        to_at: at("2026-03-29T22:00:00Z"),
        queues: Vec::new(),
        agents: Vec::new(),
        dispositions: Vec::new(),
        abilities: Vec::new(),
        media: Vec::new(),
        grain: None,
        switches: Switches::default(),
        locale: Locale { language, zone: jiff::tz::TimeZone::get("Europe/Berlin").unwrap() },
        made_at: at("2026-04-01T08:00:00Z"),
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}
