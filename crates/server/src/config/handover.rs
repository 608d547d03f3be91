//! `[handover]`.

use super::reader::Reader;

/// Links by which attached data is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverConfig {
    /// How long a link can be opened, in milliseconds.
    pub link_for_ms: i64,
}

pub(super) fn read(reader: &mut Reader) -> HandoverConfig {
    let minutes = reader.number(
        "handover.link_minutes",
        30,
        1..=1_440,
        "How long the link of a question can be opened. Links are offered where http.public_url is set.",
    );
    HandoverConfig { link_for_ms: i64::from(minutes) * 60_000 }
}
