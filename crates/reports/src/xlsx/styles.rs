//! How cells look.

use crate::{Column, Kind, Language};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The kinds in the order in which their formats are kept.
const KINDS: [Kind; 8] = [
    Kind::Text,
    Kind::Day,
    Kind::Minute,
    Kind::Second,
    Kind::Duration,
    Kind::Count,
    Kind::Ratio,
    Kind::Percent,
];

/// Formats of cells, made once.
pub(super) struct Styles {
    pub(super) header: Format,
    pub(super) title: Format,
    pub(super) name: Format,
    pub(super) wrapped: Format,
    cells: [Format; 8],
    summary: [Format; 8],
}

impl Styles {
    pub(super) fn new(language: Language) -> Self {
        let format = |kind| Format::new().set_num_format(pattern(kind, language));
        let total = Format::new().set_bold().set_border_top(FormatBorder::Thin);
        Self {
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x1F_3A_5F)),
            title: Format::new().set_bold().set_font_size(16.0),
            name: Format::new().set_bold().set_align(FormatAlign::Top),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            cells: KINDS.map(format),
            summary: KINDS.map(|kind| total.clone().set_num_format(pattern(kind, language))),
        }
    }

    pub(super) fn cell(&self, kind: Kind) -> &Format {
        &self.cells[place(kind)]
    }

    pub(super) fn summary(&self, kind: Kind) -> &Format {
        &self.summary[place(kind)]
    }
}

/// Room for the button of the filter beside a heading's word, in characters.
const BUTTON: u16 = 3;
/// The longest word of a heading that a column is made broader for, in characters.
const LONGEST_WORD: u16 = 30;

/// How wide a column is, in characters: enough for what is in it and for the words of its heading.
pub(super) fn width(column: &Column) -> f64 {
    let word = column.name.split_whitespace().map(|word| word.chars().count()).max().unwrap_or_default();
    let heading = u16::try_from(word).unwrap_or(u16::MAX).min(LONGEST_WORD) + BUTTON;
    of_kind(column.kind).max(f64::from(heading))
}

fn of_kind(kind: Kind) -> f64 {
    match kind {
        Kind::Text => 26.0,
        Kind::Minute => 17.0,
        Kind::Second => 20.0,
        Kind::Day | Kind::Duration | Kind::Count | Kind::Ratio | Kind::Percent => 12.0,
    }
}

/// Excel's pattern; it puts the reader's own separators in.
pub(super) fn pattern(kind: Kind, language: Language) -> &'static str {
    match (kind, language) {
        (Kind::Text, _) => "General",
        (Kind::Day, Language::English) => "yyyy-mm-dd",
        (Kind::Minute, Language::English) => "yyyy-mm-dd hh:mm",
        (Kind::Second, Language::English) => "yyyy-mm-dd hh:mm:ss",
        (Kind::Day, Language::German) => "dd.mm.yyyy",
        (Kind::Minute, Language::German) => "dd.mm.yyyy hh:mm",
        (Kind::Second, Language::German) => "dd.mm.yyyy hh:mm:ss",
        (Kind::Duration, _) => "[h]:mm:ss",
        (Kind::Count, _) => "#,##0",
        (Kind::Ratio, _) => "#,##0.00",
        (Kind::Percent, _) => "0.0%",
    }
}

fn place(kind: Kind) -> usize {
    KINDS.iter().position(|one| *one == kind).unwrap_or_default()
}
