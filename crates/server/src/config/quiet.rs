//! `quiet_hours` of a network.

use super::kind::Kind;
use super::reader::Reader;
use hookflash_domain::QuietHours;
use jiff::tz::TimeZone;
use toml::Value;

/// When a network's experts are not to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuietTimes {
    /// The hours.
    pub hours: QuietHours,
    /// By the clocks of which time zone.
    pub zone: TimeZone,
}

impl Kind for QuietHours {
    const ALLOWED: &'static str = "hours such as \"mon-fri 18:00-08:00, sat-sun 00:00-24:00\"";
    fn read(value: &Value, _: bool) -> Option<Self> {
        Self::parse(value.as_str()?).ok()
    }
    fn shown(&self) -> String {
        format!("\"{}\"", self.text())
    }
}

/// A time zone by its name.
struct Zone(TimeZone);

impl Kind for Zone {
    const ALLOWED: &'static str = "a name of the time-zone database, such as Europe/Berlin";
    fn read(value: &Value, _: bool) -> Option<Self> {
        TimeZone::get(value.as_str()?).ok().map(Self)
    }
    fn shown(&self) -> String {
        format!("\"{}\"", self.0.iana_name().unwrap_or_default())
    }
}

pub(super) fn read(reader: &mut Reader) -> QuietTimes {
    QuietTimes {
        hours: reader.value(
            "quiet_hours",
            QuietHours::default(),
            "When its experts are not to be asked: they are skipped when several people are asked, and the agent is \
             warned before a question to one. Days stand for the day on which hours begin; without days they are for \
             each. Empty: never.",
        ),
        zone: reader
            .optional("quiet_zone", "The time zone of quiet_hours. Left out: the server's.")
            .map_or_else(TimeZone::system, |zone: Zone| zone.0),
    }
}
