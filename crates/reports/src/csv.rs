//! CSV by RFC 4180: for other programs.
//!
//! A header, then the rows; no summary. Moments are ISO 8601 with their offset, durations seconds,
//! percentages 0 to 100, decimals have a point, in every language. UTF-8 with a byte-order mark, without which
//! spreadsheets take it for another encoding. Lines end with CR LF.

use crate::{Cell, Column, Kind, Locale, Report, ReportError, Row};
use hookflash_domain::Timestamp;
use std::borrow::Cow;
use std::io::Write;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes it, and says how many rows there were.
///
/// # Errors
/// `Io` where `out` cannot be written.
pub fn write(
    report: &Report,
    rows: impl Iterator<Item = Row>,
    mut out: impl Write,
) -> Result<usize, ReportError> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(report.columns.iter().map(heading))?;
    let mut count = 0;
    for row in rows {
        for (place, column) in report.columns.iter().enumerate() {
            let cell = row.get(place).unwrap_or(&Cell::None);
            writer.write_field(field(column.kind, cell, &report.locale).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
        count += 1;
    }
    writer.flush()?;
    Ok(count)
}

/// The column's name with its unit, since values have none.
fn heading(column: &Column) -> String {
    let name = guarded(&column.name);
    if column.kind == Kind::Duration { format!("{name} (s)") } else { name.into_owned() }
}

fn field<'a>(kind: Kind, cell: &'a Cell, locale: &Locale) -> Cow<'a, str> {
    match cell {
        Cell::None => Cow::Borrowed(""),
        Cell::Text(text) => guarded(text),
        Cell::At(at) => Cow::Owned(moment(kind, *at, locale)),
        Cell::Number(number) => Cow::Owned(plain(kind, *number)),
    }
}

fn moment(kind: Kind, at: Timestamp, locale: &Locale) -> String {
    let Some(clock) = locale.clock(at) else { return String::new() };
    let form = if kind == Kind::Day { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%S%:z" };
    clock.strftime(form).to_string()
}

fn plain(kind: Kind, number: f64) -> String {
    let (number, places) = match kind {
        Kind::Duration => (number / 1_000.0, 3),
        Kind::Percent | Kind::Ratio => (number, 4),
        _ => (number, 0),
    };
    let written = format!("{number:.places$}");
    if places == 0 { written } else { written.trim_end_matches('0').trim_end_matches('.').to_owned() }
}

/// Text that a spreadsheet would take for a formula gets an apostrophe before it. A number, such as a caller's
/// `+49 30 1234`, is none and stays as it is.
fn guarded(text: &str) -> Cow<'_, str> {
    let is_formula = match text.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !text[1..].bytes().all(|byte| byte.is_ascii_digit() || b" ().".contains(&byte)),
        _ => false,
    };
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn quotes_commas_and_ends_of_lines_are_told_apart_from_separators() {
        let row = vec![Cell::text("Meyer, \"Kai\"\nJr."), Cell::Number(1_234.0), Cell::None];
        assert_eq!(
            written(&[Kind::Text, Kind::Count, Kind::Percent], row),
            "\"Meyer, \"\"Kai\"\"\nJr.\",1234,\r\n"
        );
    }

    #[test]
    fn values_are_for_programs() {
        let at =
            Cell::At(Timestamp("2026-03-29T01:00:00Z".parse::<jiff::Timestamp>().unwrap().as_millisecond()));
        let kinds = [Kind::Day, Kind::Second, Kind::Duration, Kind::Ratio, Kind::Percent];
        let row = vec![at.clone(), at, Cell::Number(61_500.0), Cell::Number(3.0), Cell::Number(100.0 / 3.0)];
        assert_eq!(written(&kinds, row), "2026-03-29,2026-03-29T03:00:00+02:00,61.5,3,33.3333\r\n");
    }

    #[test]
    fn nothing_from_outside_is_a_formula_and_a_number_stays_a_number() {
        let guarded = |text: &str| written(&[Kind::Text], vec![Cell::text(text)]).trim_end().to_owned();
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3+cmd", "'-2+3+cmd"),
            ("\t=1", "'\t=1"),
            ("+49 (30) 1234", "+49 (30) 1234"),
            ("-", "-"),
            ("José", "José"),
        ] {
            assert_eq!(guarded(text), expected, "{text}");
        }
    }

    #[test]
    fn the_header_says_the_units_and_comes_without_rows_too() {
        let mut report = sample::report(&[Kind::Text, Kind::Duration]);
        report.columns[0].name = "=Name".to_owned();
        let mut out = Vec::new();
        assert_eq!(write(&report, std::iter::empty(), &mut out).unwrap(), 0);
        assert_eq!(String::from_utf8(out).unwrap(), "\u{feff}'=Name,Column 2 (s)\r\n");
    }

    /// A row as it is written, without the header.
    fn written(kinds: &[Kind], row: Row) -> String {
        let mut out = Vec::new();
        write(&sample::report(kinds), std::iter::once(row), &mut out).unwrap();
        String::from_utf8(out).unwrap().split_once("\r\n").unwrap().1.to_owned()
    }
}
