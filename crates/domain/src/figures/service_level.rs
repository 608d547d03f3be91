//! The service level with its three switches (`definitions.md` 3.3).

use super::Totals;

/// What a queue promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Answered after so many milliseconds is late.
    pub within_ms: i64,
    /// Abandoned before so many milliseconds is short.
    pub short_ms: i64,
}

impl Default for Target {
    /// 20 seconds; an abandon is short in its first 5.
    fn default() -> Self {
        Self { within_ms: 20_000, short_ms: 5_000 }
    }
}

/// What else counts besides answered interactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Switches {
    /// Abandoned ones.
    pub abandons: bool,
    /// Short ones among the abandoned; means nothing without them.
    pub short_abandons: bool,
    /// Those that flowed out.
    pub flow_outs: bool,
}

impl Default for Switches {
    /// All on.
    fn default() -> Self {
        Self { abandons: true, short_abandons: true, flow_outs: true }
    }
}

/// The share answered in time, in percent; none when nothing counts.
#[must_use]
pub fn service_level(totals: &Totals, switches: Switches) -> Option<f64> {
    let short = if switches.short_abandons { 0 } else { totals.abandoned_short };
    let abandoned = if switches.abandons { totals.abandoned - short } else { 0 };
    let flowed_out = if switches.flow_outs { totals.flowed_out } else { 0 };
    super::metric::percent(totals.answered - totals.answered_late, totals.answered + abandoned + flowed_out)
}
