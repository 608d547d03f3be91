//! XLSX: for calculating.
//!
//! The first sheet has the table alone, with filters and a header that stays; the second says what was asked
//! and what the figures mean; the third has the charts with what they are drawn from. Rows are written as
//! they come, so memory does not grow with them.

mod about;
mod charts;
mod styles;
mod table;

use crate::words::Word;
use crate::{Report, ReportError, Row};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use std::io::{Seek, Write};
use styles::Styles;

/// Most rows; a sheet of Excel has 1,048,576, of which the header and the summary are two.
pub const MAX_ROWS: usize = 1_048_574;

/// Of nine levels: a file that is a tenth larger than at the usual 6, in half the time.
const COMPRESSION: u8 = 3;

/// Writes it, and says how many rows there were.
///
/// # Errors
/// `TooManyRows` over [`MAX_ROWS`]; `Io` where `out` or the temporary folder cannot be written; `Xlsx`.
pub fn write(
    report: &Report,
    rows: impl Iterator<Item = Row>,
    out: impl Write + Seek + Send,
) -> Result<usize, ReportError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    workbook.set_properties(&properties(report));
    let styles = Styles::new(report.locale.language);
    let language = report.locale.language;
    let sheet = workbook.add_worksheet_with_constant_memory()?.set_name(Word::Report.of(language))?;
    let count = table::write(sheet, report, &styles, rows)?;
    about::write(workbook.add_worksheet().set_name(Word::About.of(language))?, report, &styles)?;
    if report.charts.iter().any(charts::is_drawn) {
        charts::write(workbook.add_worksheet().set_name(Word::Charts.of(language))?, report, &styles)?;
    }
    workbook.save_to_writer(out)?;
    Ok(count)
}

fn properties(report: &Report) -> DocProperties {
    let properties = DocProperties::new().set_title(&report.title).set_author("Hookflash");
    // The properties hold no zone; universal time is what they mean.
    match ExcelDateTime::from_timestamp(report.made_at.0 / 1_000) {
        Ok(at) => properties.set_creation_datetime(&at),
        Err(_) => properties,
    }
}
