//! What is said before the table, and at the foot of each page.

use super::sheets::{Mark, Role, Sheets};
use super::style::{GREY, HEADING, INK, MARGIN, NORMAL, SMALL, TITLE};
use super::text::{Style, Typesetter};
use crate::words::Word;
use crate::{Kind, Report};

pub(super) fn put(sheets: &mut Sheets, typesetter: &mut Typesetter<'_>, report: &Report) {
    let language = report.locale.language;
    let style = Style::sized(NORMAL).within(sheets.width());
    let title = typesetter.set(&report.title, Style::sized(TITLE).bold().within(sheets.width()));
    sheets.flow(Role::Heading(1, report.title.clone()), title, INK, 6.0);
    let zone = report.locale.zone.iana_name().unwrap_or("UTC").to_owned();
    let mut parameters = report.parameters.clone();
    parameters.push((Word::TimeZone.of(language).to_owned(), zone));
    for (name, value) in parameters {
        let line = typesetter.set(&format!("{name}: {value}"), style);
        sheets.flow(Role::Paragraph, line, INK, 1.0);
    }
    sheets.y += 5.0;
    for note in &report.notes {
        let line = typesetter.set(note, style);
        sheets.flow(Role::Paragraph, line, GREY, 2.0);
    }
    definitions(sheets, typesetter, report);
    sheets.y += 6.0;
}

fn definitions(sheets: &mut Sheets, typesetter: &mut Typesetter<'_>, report: &Report) {
    if report.definitions.is_empty() {
        return;
    }
    heading(sheets, typesetter, Word::Definitions.of(report.locale.language));
    let style = Style::sized(SMALL).within(sheets.width());
    for one in &report.definitions {
        let line = typesetter.set(&format!("{}: {}", one.name, one.text), style);
        sheets.flow(Role::Paragraph, line, GREY, 1.0);
    }
}

/// A heading below the title.
pub(super) fn heading(sheets: &mut Sheets, typesetter: &mut Typesetter<'_>, text: &str) {
    let set = typesetter.set(text, Style::sized(HEADING).bold().within(sheets.width()));
    sheets.y += 4.0;
    sheets.flow(Role::Heading(2, text.to_owned()), set, INK, 3.0);
}

/// The foot of each page, when their number is known.
pub(super) fn feet(sheets: &mut Sheets, typesetter: &mut Typesetter<'_>, report: &Report) {
    let language = report.locale.language;
    let made = report.locale.moment(Kind::Minute, report.made_at);
    let left = format!("{} · {} {made}", report.title, Word::Made.of(language));
    let width = sheets.width();
    let y = sheets.size.1 - MARGIN - SMALL;
    let left = typesetter.set(&left, Style::small().within(width * 0.75));
    let count = sheets.pages.len();
    for (at, page) in sheets.pages.iter_mut().enumerate() {
        let number = format!("{} {} {} {count}", Word::Page.of(language), at + 1, Word::PageOf.of(language));
        let right = typesetter.set(&number, Style::small().within(width * 0.25).to_the_right(true));
        for (x, text) in [(MARGIN, left.clone()), (MARGIN + width * 0.75, right)] {
            page.push(super::sheets::Placed { part: None, x, y, mark: Mark::Text(text, GREY) });
        }
    }
}
