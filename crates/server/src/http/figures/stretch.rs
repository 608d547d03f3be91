//! The stretch of time of a question, and what counts for the service level.

use crate::http::problem::Problem;
use crate::http::valid::Checks;
use hookflash_domain::Timestamp;
use hookflash_domain::figures::{Grain, Interval, Switches};
use hookflash_store::figures::Stretch;
use jiff::tz::TimeZone;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Longest stretch of one question: three years and a day.
const LONGEST_MS: i64 = (3 * 366 + 1) * 86_400_000;
/// The calendar's first and last moment that is asked about: 1990 and 2200.
const MOMENTS: std::ops::RangeInclusive<i64> = 631_152_000_000..=7_258_118_400_000;

/// How finely figures are laid out over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::http) enum GrainView {
    /// Half hours.
    Interval,
    /// Days.
    Day,
    /// Weeks from Monday on.
    Week,
    /// Months.
    Month,
    /// The whole stretch as one.
    #[default]
    Whole,
}

/// When, and what counts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Asked {
    /// The first moment, milliseconds since 1970: half hours that begin then or later.
    from_at: i64,
    /// The first moment after it.
    to_at: i64,
    /// How finely; the whole as one where absent.
    #[serde(default)]
    #[param(inline)]
    grain: GrainView,
    /// Where days begin, such as `Europe/Berlin`; UTC where absent.
    time_zone: Option<String>,
    /// Whether abandoned ones count for the service level; they do where absent.
    abandons: Option<bool>,
    /// Whether short ones among them count; they do where absent.
    short_abandons: Option<bool>,
    /// Whether those that flowed out count; they do where absent.
    flow_outs: Option<bool>,
}

/// The question, checked.
pub(super) struct Question {
    pub(super) stretch: Stretch,
    pub(super) grain: Option<Grain>,
    pub(super) zone: TimeZone,
    pub(super) switches: Switches,
}

impl Asked {
    /// A question in which everything counts for the service level.
    pub(super) fn of_all(from_at: i64, to_at: i64, grain: GrainView, time_zone: Option<String>) -> Self {
        Self { from_at, to_at, grain, time_zone, abandons: None, short_abandons: None, flow_outs: None }
    }

    pub(super) fn check(self) -> Result<Question, Problem> {
        let mut checks = Checks::default();
        checks.number("from_at", self.from_at, &MOMENTS);
        checks.number("to_at", self.to_at, &MOMENTS);
        if self.from_at > self.to_at {
            checks.wrong("from_at", "must not be after to_at");
        } else if self.to_at.saturating_sub(self.from_at) > LONGEST_MS {
            checks.wrong("to_at", "must be at most three years after from_at");
        }
        let zone = match self.time_zone.as_deref() {
            None => TimeZone::UTC,
            Some(name) => TimeZone::get(name).unwrap_or_else(|_| {
                checks.wrong("time_zone", "is not a name of the time-zone database, such as Europe/Berlin");
                TimeZone::UTC
            }),
        };
        checks.finish()?;
        let grain = match self.grain {
            GrainView::Interval => Some(Grain::Interval),
            GrainView::Day => Some(Grain::Day),
            GrainView::Week => Some(Grain::Week),
            GrainView::Month => Some(Grain::Month),
            GrainView::Whole => None,
        };
        let on = |switch: Option<bool>| switch.unwrap_or(true);
        let switches = Switches {
            abandons: on(self.abandons),
            short_abandons: on(self.short_abandons),
            flow_outs: on(self.flow_outs),
        };
        let stretch = Stretch { from_at: Timestamp(self.from_at), to_at: Timestamp(self.to_at) };
        Ok(Question { stretch, grain, zone, switches })
    }
}

impl Question {
    /// All parts of the stretch, one after the other; none where they are more than `most`.
    pub(super) fn parts(&self, most: usize) -> Option<Vec<Stretch>> {
        let mut parts = Vec::new();
        let mut at = self.stretch.from_at;
        while at < self.stretch.to_at {
            let part = self.part_of(at);
            // A calendar that does not go on must not keep the server busy.
            if parts.len() == most || part.to_at <= at {
                return None;
            }
            at = part.to_at;
            parts.push(part);
        }
        Some(parts)
    }

    /// The part of the stretch that an interval belongs to.
    pub(super) fn part_of(&self, interval_at: Timestamp) -> Stretch {
        let Some(grain) = self.grain else { return self.stretch };
        let (from_at, to_at) = grain.around(interval_at, &self.zone).unwrap_or_else(|| {
            let interval = Interval::of(interval_at);
            (interval.starts_at(), interval.ends_at())
        });
        Stretch { from_at: from_at.max(self.stretch.from_at), to_at: to_at.min(self.stretch.to_at) }
    }
}
