//! The files, read back by programs that are not ours.

#![expect(clippy::unwrap_used, reason = "tests")]

mod pdf;
mod sample;
mod xlsx;
