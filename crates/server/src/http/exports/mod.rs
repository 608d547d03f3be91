//! `/api/v1/exports`: what is shown on a page, as a file.

mod asked;
mod file;
pub(super) mod table;

pub(super) use asked::ExportFile;
pub(super) use file::{begin, too_large};
