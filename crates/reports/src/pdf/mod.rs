//! PDF: for reading and keeping.
//!
//! Title, parameters, notes and definitions come first, then the charts, then the table, whose header is
//! repeated on each page. The text is tagged for screen readers; the file follows PDF/UA-1 where all letters
//! have a font, and says why where it does not.
//!
//! All rows are laid out before the first page is drawn, because each page says how many there are. Hence the
//! limit of rows.

mod chart;
mod columns;
mod fonts;
mod head;
mod render;
mod sheets;
mod style;
mod table;
mod text;
mod timeline;

pub use fonts::Fonts;

use crate::{Report, ReportError, Row};
use sheets::Sheets;
use std::io::Write;
use text::Typesetter;

/// Most rows: about 400 pages. Who needs more does not read but calculates.
pub const MAX_ROWS: usize = 20_000;

/// The size of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// Width and height in points, upright.
    fn points(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// How many rows.
    pub row_count: usize,
    /// How many pages.
    pub page_count: usize,
    /// Why it does not follow PDF/UA-1, to be logged; none where it does.
    pub not_accessible: Option<String>,
}

/// Writes it.
///
/// # Errors
/// `TooManyRows` over [`MAX_ROWS`]; `Pdf`; `Io` where `out` cannot be written.
pub fn write(
    report: &Report,
    rows: impl Iterator<Item = Row>,
    paper: Paper,
    fonts: &Fonts,
    out: impl Write,
) -> Result<Written, ReportError> {
    write_watched(report, rows, paper, fonts, out, &|_| true)
}

/// Writes it, and asks after each row that is set whether it is still wanted; the row's number is given.
///
/// # Errors
/// As [`write`], and `Stopped`.
pub fn write_watched(
    report: &Report,
    rows: impl Iterator<Item = Row>,
    paper: Paper,
    fonts: &Fonts,
    mut out: impl Write,
    is_wanted: &dyn Fn(usize) -> bool,
) -> Result<Written, ReportError> {
    let rows: Vec<Row> = rows.take(MAX_ROWS + 1).collect();
    if rows.len() > MAX_ROWS {
        return Err(ReportError::TooManyRows { format: "PDF", limit: MAX_ROWS });
    }
    let mut typesetter = Typesetter::new(fonts, report.locale.language);
    let table = table::Table::new(&mut typesetter, report, &rows);
    let (width, height) = paper.points();
    let lies = table.natural_width() > width - 2.0 * style::MARGIN;
    let mut sheets = Sheets::new(if lies { (height, width) } else { (width, height) });
    head::put(&mut sheets, &mut typesetter, report);
    for chart in &report.charts {
        chart::put(&mut sheets, &mut typesetter, chart, &report.locale);
    }
    table.put(&mut sheets, &mut typesetter, is_wanted)?;
    head::feet(&mut sheets, &mut typesetter, report);
    let (bytes, not_accessible) = render::render(&sheets, report, typesetter.uncovered())?;
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(Written { row_count: rows.len(), page_count: sheets.pages.len(), not_accessible })
}
