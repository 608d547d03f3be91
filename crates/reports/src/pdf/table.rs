//! The table.

use super::columns::{Need, widths};
use super::sheets::{Mark, PartId, Role, Sheets};
use super::style::{BAND, Colour, HEADER, INK, MARGIN, PADDING, RULE, WHITE};
use super::text::{Style, Text, Typesetter};
use crate::words::Word;
use crate::{Cell, Kind, Report, ReportError, Row};
use std::rc::Rc;

/// Rows whose texts are measured for the width of a column.
const MEASURED_ROWS: usize = 200;
/// No text column asks for more, or can do with less.
const TEXT_NATURAL: f32 = 150.0;
const TEXT_LEAST: f32 = 45.0;

/// No word of a heading or a text asks for more; a longer one is broken.
const WORD_LEAST: f32 = 70.0;

/// A table that is ready to be laid out.
pub(super) struct Table<'a> {
    report: &'a Report,
    rows: &'a [Row],
    needs: Vec<Need>,
}

/// A row that is set.
struct SetRow {
    cells: Vec<Rc<Text>>,
    height: f32,
}

impl<'a> Table<'a> {
    /// Measures the columns.
    pub(super) fn new(typesetter: &mut Typesetter<'_>, report: &'a Report, rows: &'a [Row]) -> Self {
        let needs = (0..report.columns.len()).map(|place| need(typesetter, report, rows, place)).collect();
        Self { report, rows, needs }
    }

    /// How wide it would be with nothing wrapped.
    pub(super) fn natural_width(&self) -> f32 {
        self.needs.iter().map(|need| need.natural).sum()
    }

    /// Lays it out, page by page, as long as it is wanted.
    pub(super) fn put(
        &self,
        sheets: &mut Sheets,
        typesetter: &mut Typesetter<'_>,
        is_wanted: &dyn Fn(usize) -> bool,
    ) -> Result<(), ReportError> {
        let language = self.report.locale.language;
        if self.rows.is_empty() {
            let nothing = typesetter.set(Word::Nothing.of(language), Style::small().within(sheets.width()));
            sheets.flow(Role::Paragraph, nothing, INK, 4.0);
        }
        let widths = widths(&self.needs, sheets.width());
        let header = self.header(typesetter, &widths);
        let first = self.rows.first().map(|row| self.set(typesetter, &widths, row, false));
        sheets.make_room(header.height + first.map_or(0.0, |row| row.height));
        let table = sheets.part(Role::Table, None);
        put_header(sheets, &header, &widths, Some(table));
        let summary = self.report.summary.as_ref().map(|row| self.set(typesetter, &widths, row, true));
        for (at, row) in self.rows.iter().enumerate() {
            let set = self.set(typesetter, &widths, row, false);
            // The row of sums never stands on a page of its own.
            let is_last = at + 1 == self.rows.len();
            let after = summary.as_ref().filter(|_| is_last).map_or(0.0, |summary| summary.height);
            next_row(sheets, &header, &widths, set.height + after);
            if at % 2 == 1 {
                band(sheets, set.height, BAND);
            }
            put_row(sheets, &set, &widths, INK, Some((table, Role::Cell)));
            if !is_wanted(at) {
                return Err(ReportError::Stopped);
            }
        }
        if let Some(set) = summary {
            next_row(sheets, &header, &widths, set.height);
            rule(sheets);
            put_row(sheets, &set, &widths, INK, Some((table, Role::Cell)));
        }
        rule(sheets);
        Ok(())
    }

    fn header(&self, typesetter: &mut Typesetter<'_>, widths: &[f32]) -> SetRow {
        let set = |(column, width): (&crate::Column, &f32)| {
            let style = style(column.kind, *width).bold();
            typesetter.set(&column.name, style)
        };
        row_of(self.report.columns.iter().zip(widths).map(set).collect())
    }

    fn set(&self, typesetter: &mut Typesetter<'_>, widths: &[f32], row: &Row, bold: bool) -> SetRow {
        let set = |(place, (column, width)): (usize, (&crate::Column, &f32))| {
            let style = style(column.kind, *width);
            let style = if bold { style.bold() } else { style };
            let cell = row.get(place).unwrap_or(&Cell::None);
            // In the row of sums, what has no sum stays empty.
            let written = if bold && *cell == Cell::None && !column.kind.is_number() {
                String::new()
            } else {
                self.report.locale.written(column.kind, cell)
            };
            typesetter.set(&written, style)
        };
        row_of(self.report.columns.iter().zip(widths).enumerate().map(set).collect())
    }
}

fn style(kind: Kind, width: f32) -> Style {
    Style::small().within(width - 2.0 * PADDING).to_the_right(kind.is_number())
}

fn row_of(cells: Vec<Rc<Text>>) -> SetRow {
    let highest = cells.iter().map(|cell| cell.height).fold(0.0, f32::max);
    SetRow { cells, height: highest + 2.0 * PADDING }
}

/// Numbers and moments must not be wrapped, texts may, between words.
fn need(typesetter: &mut Typesetter<'_>, report: &Report, rows: &[Row], place: usize) -> Need {
    let column = &report.columns[place];
    let heading = longest_word(typesetter, &column.name, Style::small().bold());
    let measured = if column.kind == Kind::Text { MEASURED_ROWS } else { rows.len() };
    let (mut all, mut word) = (Vec::new(), 0.0_f32);
    for (row, style) in rows
        .iter()
        .take(measured)
        .map(|row| (row, Style::small()))
        .chain(report.summary.iter().map(|row| (row, Style::small().bold())))
    {
        let written = report.locale.written(column.kind, row.get(place).unwrap_or(&Cell::None));
        all.push(typesetter.set(&written, style).width);
        if column.kind == Kind::Text {
            word = word.max(longest_word(typesetter, &written, style));
        }
    }
    all.sort_by(f32::total_cmp);
    let widest = all.last().copied().unwrap_or_default();
    let usual = all.get(all.len() * 9 / 10).copied().unwrap_or_default();
    // A hair more, so that no rounding wraps what was measured to fit.
    let [heading, word, usual, widest] = [heading.min(WORD_LEAST), word.min(WORD_LEAST), usual, widest]
        .map(|width| width + 2.0 * PADDING + 0.5);
    match column.kind {
        Kind::Text => {
            let natural = widest.clamp(heading, TEXT_NATURAL.max(heading));
            let least = TEXT_LEAST.max(heading).max(word).min(natural);
            Need { natural, usual: usual.clamp(least, natural), least }
        }
        _ => {
            let all = widest.max(heading);
            Need { natural: all, usual: all, least: all }
        }
    }
}

fn longest_word(typesetter: &mut Typesetter<'_>, text: &str, style: Style) -> f32 {
    text.split_whitespace().map(|word| typesetter.set(word, style).width).fold(0.0, f32::max)
}

/// Turns the page where the row does not fit; the header is repeated there, but not read out again.
fn next_row(sheets: &mut Sheets, header: &SetRow, widths: &[f32], height: f32) {
    if !sheets.fits(height) {
        rule(sheets);
        sheets.turn();
        put_header(sheets, header, widths, None);
    }
}

fn put_header(sheets: &mut Sheets, header: &SetRow, widths: &[f32], table: Option<PartId>) {
    band(sheets, header.height, HEADER);
    put_row(sheets, header, widths, WHITE, table.map(|table| (table, Role::HeaderCell)));
}

fn put_row(
    sheets: &mut Sheets,
    row: &SetRow,
    widths: &[f32],
    colour: Colour,
    within: Option<(PartId, Role)>,
) {
    let tagged = within.map(|(table, role)| (sheets.part(Role::Row, Some(table)), role));
    let (mut x, y) = (MARGIN, sheets.y);
    for (text, width) in row.cells.iter().zip(widths) {
        let part = tagged.as_ref().map(|(row, role)| sheets.part(role.clone(), Some(*row)));
        sheets.place(part, x + PADDING, y + PADDING, Mark::Text(Rc::clone(text), colour));
        x += width;
    }
    sheets.y += row.height;
}

fn band(sheets: &mut Sheets, height: f32, colour: Colour) {
    let (width, y) = (sheets.width(), sheets.y);
    sheets.place(None, MARGIN, y, Mark::Box(width, height, colour));
}

fn rule(sheets: &mut Sheets) {
    let (width, y) = (sheets.width(), sheets.y);
    sheets.place(None, MARGIN, y, Mark::Line(vec![(0.0, 0.0), (width, 0.0)], 0.6, RULE));
}
