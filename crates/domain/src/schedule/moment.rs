//! From what clocks show to moments.

use crate::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp as Moment};

/// The moment at which clocks show a time: the first of two, and the first after those that they leave out. None
/// outside of the calendar's years.
pub(super) fn moment(time: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let shown = zone.to_ambiguous_timestamp(time);
    let moment = match shown.offset() {
        AmbiguousOffset::Gap { before, .. } => change_before(before.to_timestamp(time).ok()?, zone)?,
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => shown.earlier().ok()?,
    };
    Some(Timestamp(moment.as_millisecond()))
}

/// When clocks were changed last before a moment, or at it.
fn change_before(moment: Moment, zone: &TimeZone) -> Option<Moment> {
    let after = moment.checked_add(SignedDuration::from_secs(1)).ok()?;
    Some(zone.preceding(after).next()?.timestamp())
}
