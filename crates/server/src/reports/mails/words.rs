//! The text of a mail.

use crate::reports::LanguageTag;
use std::fmt::Write as _;

/// What a mail says.
pub(super) struct Told<'a> {
    pub(super) language: LanguageTag,
    /// Such as `Mornings, 2026-11-26`.
    pub(super) subject: &'a str,
    pub(super) reports: Vec<ToldReport<'a>>,
    pub(super) how: How,
    /// The address of the desk's reports.
    pub(super) page: &'a str,
}

/// A report of a mail.
pub(super) struct ToldReport<'a> {
    pub(super) title: &'a str,
    /// Its days.
    pub(super) days: String,
    /// The names of its files; none where it could not be made.
    pub(super) files: Vec<&'a str>,
}

/// How a mail brings its reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// They are in it.
    Attached,
    /// It leads to them.
    Linked,
    /// It leads to them, because they are too large to be in it.
    TooLarge,
}

/// The text.
pub(super) fn text(told: &Told<'_>) -> String {
    let german = told.language == LanguageTag::De;
    let (none, first) = if german {
        ("konnte nicht erstellt werden", "Berichte des Zeitplans")
    } else {
        ("could not be made", "Reports of the schedule")
    };
    let mut text = format!("{first} “{}”:\n\n", told.subject);
    if german {
        text = format!("{first} „{}“:\n\n", told.subject);
    }
    for report in &told.reports {
        let files = if report.files.is_empty() { none.to_owned() } else { report.files.join(", ") };
        let _ = writeln!(text, "- {}, {}: {files}", report.title, report.days);
    }
    let last = match (told.how, german) {
        (How::Attached, false) => "The files are attached. Their owner finds them in Hookflash, too:",
        (How::Attached, true) => "Die Dateien sind angehängt. Wem sie gehören, findet sie auch in Hookflash:",
        (How::Linked, false) => "Their owner downloads them in Hookflash:",
        (How::Linked, true) => "Wem sie gehören, lädt sie in Hookflash herunter:",
        (How::TooLarge, false) => {
            "The files are too large to be attached. Their owner downloads them in Hookflash:"
        }
        (How::TooLarge, true) => {
            "Die Dateien sind zu groß für einen Anhang. Wem sie gehören, lädt sie in Hookflash herunter:"
        }
    };
    let _ = write!(text, "\n{last}\n{}\n", told.page);
    text
}
