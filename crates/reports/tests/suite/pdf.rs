//! PDFs, read by the programs of poppler.

use crate::sample::{queues, row};
use hookflash_reports::pdf::{self, Fonts, Paper, Written};
use hookflash_reports::{Language, Report, ReportError, Row};
use std::process::Command;

/// Nothing happens on this day, but the clocks go forward.
const DAY: &str = "2026-03-28T23:00:00Z";

/// A file and what poppler reads in it.
struct Read {
    written: Written,
    text: String,
    about: String,
}

#[test]
fn what_was_asked_and_what_it_means_comes_before_the_table() {
    let read = read(&queues(Language::English), [row("Support", DAY, 1_240.0)], &inside());
    let mut at = 0;
    for words in [
        "Queue Daily",
        "Period: 28 to 29 March 2026",
        "Time zone: Europe/Berlin",
        "Totals of agents and of queues differ by design.",
        "What the figures mean",
        "ASA: Mean wait of the answered. Divided by: answered.",
        "Offered by day",
        "Support",
        "29 Mar 2026",
        "1,240",
        "84.2%",
        "25:01:01",
        "Total",
        "Page 1 of 1",
    ] {
        at += read.text[at..].find(words).unwrap_or_else(|| panic!("{words} in {}", &read.text[at..]));
    }
}

#[test]
fn it_is_tagged_titled_and_follows_pdf_ua() {
    let read = read(&queues(Language::German), [row("Vertrieb", DAY, 1_240.0)], &inside());
    assert_eq!(read.written.not_accessible, None);
    for line in
        ["Title:           Queue Daily", "Tagged:          yes", "Page size:       595.28 x 841.89 pts (A4)"]
    {
        assert!(read.about.contains(line), "{line} in {}", read.about);
    }
    assert!(read.text.contains("1.240") && read.text.contains("84,2"), "{}", read.text);
    assert!(read.text.contains("Seite 1 von 1"), "{}", read.text);
}

#[test]
fn every_page_has_the_header_and_its_number() {
    let rows = (0..500).map(|at| row(&format!("Queue {at}"), DAY, f64::from(at)));
    let read = read(&queues(Language::English), rows, &inside());
    let pages: Vec<_> = read.text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert_eq!((pages.len(), read.written.row_count), (read.written.page_count, 500));
    assert!(pages.len() > 8);
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains("Service") && page.contains("Experts per"), "{page}");
        assert!(page.contains(&format!("Page {} of {}", at + 1, pages.len())), "{page}");
    }
    for at in 0..500 {
        assert_eq!(read.text.matches(&format!("Queue {at} ")).count(), 1, "{at}");
    }
}

#[test]
fn a_report_of_nothing_says_so() {
    let mut report = queues(Language::English);
    (report.summary, report.charts) = (None, Vec::new());
    let read = read(&report, [], &inside());
    assert!(read.text.contains("Nothing happened in this period."), "{}", read.text);
    assert_eq!(read.written, Written { row_count: 0, page_count: 1, not_accessible: None });
}

#[test]
fn names_in_all_scripts_are_written_with_the_fonts_of_the_folders() {
    let names = ["Ångström Żółć", "Ελληνικά", "Київ", "山田太郎", "محمد علي"];
    let read = read(&queues(Language::English), names.map(|name| row(name, DAY, 1.0)), &with_folders());
    let install = "apt-get install fonts-kacst-one fonts-wqy-microhei";
    assert_eq!(read.written.not_accessible, None, "{install}");
    for name in names {
        assert!(read.text.contains(name), "{name} in {}", read.text);
    }
}

#[test]
fn a_name_that_no_font_has_letters_for_fails_nothing_and_is_told() {
    let read = read(&queues(Language::English), [row("山田太郎", DAY, 77.0)], &inside());
    let why = read.written.not_accessible.unwrap();
    assert!(why.contains("山田太郎"), "{why}");
    assert!(read.text.contains("77") && read.about.contains("Tagged:          yes"), "{}", read.text);
}

#[test]
fn whatever_is_in_a_name_a_page_comes_of_it() {
    let endless = "x".repeat(100_000);
    let words = "a long note ".repeat(2_000);
    for name in [
        "",
        " ",
        "\u{0}",
        "\u{feff}\u{fffe}",
        "\n\r\n\t",
        "\u{e000}",
        "\u{202e}abc",
        "e\u{301}\u{301}",
        "👩‍👩‍👧",
        &endless,
        &words,
    ] {
        let mut report = queues(Language::English);
        report.title = name.to_owned();
        report.columns[1].name = name.to_owned();
        report.parameters.push((name.to_owned(), name.to_owned()));
        report.charts[0].title = name.to_owned();
        let read = read(&report, [row(name, DAY, 77.0)], &inside());
        assert!(read.text.contains("84.2%"), "{name:?}: {}", read.text);
    }
}

#[test]
fn more_rows_than_people_read_are_refused_with_what_to_do() {
    let rows = std::iter::repeat_with(|| row("Support", DAY, 1.0)).take(pdf::MAX_ROWS + 1);
    let refused = pdf::write(&queues(Language::English), rows, Paper::A4, &inside(), Vec::new());
    assert!(matches!(refused, Err(ReportError::TooManyRows { format: "PDF", limit: pdf::MAX_ROWS })));
}

#[test]
fn letter_is_letter() {
    let (mut out, report) = (tempfile::NamedTempFile::new().unwrap(), queues(Language::English));
    pdf::write(&report, [].into_iter(), Paper::Letter, &inside(), &mut out).unwrap();
    assert!(poppler("pdfinfo", &[], out.path()).contains("612 x 792 pts (letter)"));
}

fn inside() -> Fonts {
    Fonts::default()
}

fn with_folders() -> Fonts {
    Fonts { folders: vec!["/usr/share/fonts".into()] }
}

/// Writes a report and lets poppler read it.
fn read(report: &Report, rows: impl IntoIterator<Item = Row>, fonts: &Fonts) -> Read {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let written = pdf::write(report, rows.into_iter(), Paper::A4, fonts, &mut file).unwrap();
    Read {
        written,
        text: poppler("pdftotext", &["-layout"], file.path()),
        about: poppler("pdfinfo", &[], file.path()),
    }
}

fn poppler(program: &str, options: &[&str], file: &std::path::Path) -> String {
    let mut command = Command::new(program);
    command.args(options).arg(file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let done = command.output().expect("poppler runs (apt-get install poppler-utils)");
    let trouble = String::from_utf8_lossy(&done.stderr);
    // Poppler 22 says this of every file whose `Suspects` is false, as it should be.
    let trouble = trouble.replace("Syntax Error: Suspects object is wrong type (boolean)", "");
    assert!(done.status.success() && trouble.trim().is_empty(), "{trouble}");
    String::from_utf8(done.stdout).unwrap()
}
