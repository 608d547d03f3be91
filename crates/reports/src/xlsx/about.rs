//! The sheet that says what was asked and what the figures mean.

use super::styles::Styles;
use super::table::shortened;
use crate::words::Word;
use crate::{Kind, Report, ReportError};
use rust_xlsxwriter::Worksheet;

pub(super) fn write(sheet: &mut Worksheet, report: &Report, styles: &Styles) -> Result<(), ReportError> {
    let language = report.locale.language;
    sheet.set_column_width(0, 32)?.set_column_width(1, 90)?;
    sheet.write_string_with_format(0, 0, shortened(&report.title), &styles.title)?;
    let made = report.locale.moment(Kind::Minute, report.made_at);
    let zone = report.locale.zone.iana_name().unwrap_or("UTC");
    let mut lines: Vec<(&str, &str)> =
        report.parameters.iter().map(|(name, value)| (&**name, &**value)).collect();
    lines.push((Word::Made.of(language), &made));
    lines.push((Word::TimeZone.of(language), zone));
    let mut row = block(sheet, styles, 2, &lines)?;
    let notes: Vec<_> = report.notes.iter().map(|note| ("", &**note)).collect();
    row = headed(sheet, styles, row, Word::Notes.of(language), &notes)?;
    let definitions: Vec<_> = report.definitions.iter().map(|one| (&*one.name, &*one.text)).collect();
    headed(sheet, styles, row, Word::Definitions.of(language), &definitions)?;
    Ok(())
}

fn headed(
    sheet: &mut Worksheet,
    styles: &Styles,
    row: u32,
    heading: &str,
    lines: &[(&str, &str)],
) -> Result<u32, ReportError> {
    if lines.is_empty() {
        return Ok(row);
    }
    sheet.write_string_with_format(row, 0, heading, &styles.name)?;
    block(sheet, styles, row + 1, lines)
}

/// Names and values; gives the row after the empty one that follows.
fn block(
    sheet: &mut Worksheet,
    styles: &Styles,
    row: u32,
    lines: &[(&str, &str)],
) -> Result<u32, ReportError> {
    for (at, (name, value)) in (row..).zip(lines) {
        sheet.write_string_with_format(at, 0, shortened(name), &styles.name)?;
        sheet.write_string_with_format(at, 1, shortened(value), &styles.wrapped)?;
    }
    Ok(row + super::table::at_row(lines.len()) + 1)
}
