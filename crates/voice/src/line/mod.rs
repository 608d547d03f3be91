//! The browser's audio: one peer connection a line, kept for the shift.

pub(crate) mod open;
pub(crate) mod rtc;
pub(crate) mod task;
