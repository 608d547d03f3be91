//! When something that is done again and again is due: by clocks and calendars where people are.
//!
//! A time that clocks leave out, because they go forward, is due at the first moment after it; one that they show
//! twice, because they go back, is due at the first of the two alone.

mod calendar;
mod cron;
mod moment;
mod when;

pub use cron::{Cron, CronError};
pub use when::{MonthDay, When};
