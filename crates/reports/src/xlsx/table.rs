//! The sheet with the table.

use super::MAX_ROWS;
use super::styles::{Styles, width};
use crate::{Cell, Kind, Locale, Report, ReportError, Row};
use hookflash_domain::Timestamp;
use rust_xlsxwriter::{Format, Worksheet};

/// Excel keeps no longer text in a cell.
const MAX_TEXT_CHARS: usize = 32_767;
/// Days from the first one of Excel's calendar to 1970.
const EPOCH_DAYS: f64 = 25_569.0;
const DAY_MS: f64 = 86_400_000.0;

/// Writes header, rows and summary; says how many rows there were.
pub(super) fn write(
    sheet: &mut Worksheet,
    report: &Report,
    styles: &Styles,
    rows: impl Iterator<Item = Row>,
) -> Result<usize, ReportError> {
    header(sheet, report, styles)?;
    let mut count = 0;
    for row in rows {
        if count == MAX_ROWS {
            return Err(ReportError::TooManyRows { format: "XLSX", limit: MAX_ROWS });
        }
        count += 1;
        for (place, column) in report.columns.iter().enumerate() {
            let cell = row.get(place).unwrap_or(&Cell::None);
            write_cell(sheet, (at_row(count), at_column(place)), column.kind, cell, None, &report.locale)?;
        }
    }
    if let Some(summary) = &report.summary {
        for (place, column) in report.columns.iter().enumerate() {
            let cell = summary.get(place).unwrap_or(&Cell::None);
            let format = Some(styles.summary(column.kind));
            write_cell(
                sheet,
                (at_row(count + 1), at_column(place)),
                column.kind,
                cell,
                format,
                &report.locale,
            )?;
        }
    }
    filters(sheet, report, count)?;
    Ok(count)
}

fn header(sheet: &mut Worksheet, report: &Report, styles: &Styles) -> Result<(), ReportError> {
    for (place, column) in report.columns.iter().enumerate() {
        sheet.set_column_width(at_column(place), width(column))?;
        sheet.set_column_format(at_column(place), styles.cell(column.kind))?;
        sheet.write_string_with_format(0, at_column(place), shortened(&column.name), &styles.header)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// A filter in each heading. Excel's own tables are not used: they need to know how many rows come.
fn filters(sheet: &mut Worksheet, report: &Report, count: usize) -> Result<(), ReportError> {
    if let Some(last) = report.columns.len().checked_sub(1) {
        sheet.autofilter(0, 0, at_row(count.max(1)), at_column(last))?;
    }
    Ok(())
}

/// Text goes in as text, never as a formula. Without a format of its own a cell has its column's, which takes
/// far less time than one given with each.
fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    kind: Kind,
    cell: &Cell,
    format: Option<&Format>,
    locale: &Locale,
) -> Result<(), ReportError> {
    let number = match cell {
        Cell::Text(text) => {
            let text = shortened(text);
            match format {
                Some(format) => sheet.write_string_with_format(row, column, text, format)?,
                None => sheet.write_string(row, column, text)?,
            };
            return Ok(());
        }
        Cell::None => None,
        Cell::At(at) => serial(*at, kind, locale),
        Cell::Number(number) => Some(scaled(kind, *number)),
    };
    match (number, format) {
        (Some(number), Some(format)) => drop(sheet.write_number_with_format(row, column, number, format)?),
        (Some(number), None) => drop(sheet.write_number(row, column, number)?),
        (None, Some(format)) => drop(sheet.write_blank(row, column, format)?),
        (None, None) => {}
    }
    Ok(())
}

/// Excel's number for a moment: days on the clocks of the zone, for Excel knows no zones.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of a million years fit exactly")]
fn serial(at: Timestamp, kind: Kind, locale: &Locale) -> Option<f64> {
    let clock_ms = at.0 + i64::from(locale.clock(at)?.offset().seconds()) * 1_000;
    let days = clock_ms as f64 / DAY_MS + EPOCH_DAYS;
    // Before 1900 there are no dates.
    Some(if kind == Kind::Day { days.floor() } else { days }).filter(|days| *days >= 0.0)
}

/// Excel's durations are days, its percentages shares of 1.
pub(super) fn scaled(kind: Kind, number: f64) -> f64 {
    match kind {
        Kind::Duration => number / DAY_MS,
        Kind::Percent => number / 100.0,
        _ => number,
    }
}

/// As much of a text as a cell holds.
pub(super) fn shortened(text: &str) -> &str {
    // Excel counts in UTF-16, in which no character takes more than two.
    match text.char_indices().nth(MAX_TEXT_CHARS / 2) {
        Some((end, _)) if text.encode_utf16().count() > MAX_TEXT_CHARS => &text[..end],
        _ => text,
    }
}

pub(super) fn at_row(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

pub(super) fn at_column(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
