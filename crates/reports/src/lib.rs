//! Reports: rows to PDF, XLSX and CSV.
//!
//! A [`Report`] is a table with its title, parameters in words, definitions and charts, in one language and
//! one time zone. Its rows come one after the other and are never needed all at once, but by a PDF. The three
//! writers say the same; each in the way of its format:
//!
//! - [`csv`] is for other programs: plain numbers, seconds, moments with their offset.
//! - [`xlsx`] is for calculating: real dates, durations and percentages in a table with filters.
//! - [`pdf`] is for reading and keeping: pages with the parameters and the definitions on the first.
//!
//! Names and numbers from outside are data in all three: nothing of them is ever a formula.

pub mod chart;
pub mod csv;
mod desk;
mod error;
pub mod library;
mod locale;
pub mod pdf;
mod report;
#[cfg(test)]
mod sample;
mod words;
pub mod xlsx;

pub use error::ReportError;
pub use locale::{Language, Locale};
pub use report::{Cell, Column, Definition, Kind, Report, Row};
