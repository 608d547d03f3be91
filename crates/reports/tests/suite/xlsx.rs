//! Workbooks, read by openpyxl.

use crate::sample::{queues, row};
use hookflash_reports::{Language, Report, Row, xlsx};
use serde_json::{Value, json};
use std::process::Command;

#[test]
fn dates_durations_and_percentages_are_real() {
    let book = read(&queues(Language::English), [row("Support", "2026-03-28T23:00:00Z", 1_240.0)]);
    assert_eq!(book["title"], "Queue Daily");
    let sheet = &book["sheets"][0];
    let cell = |column: usize| {
        let cell = &sheet["rows"][1][column];
        (cell["type"].as_str().unwrap(), cell["value"].clone(), cell["format"].as_str().unwrap())
    };
    assert_eq!(cell(0), ("s", json!("Support"), "General"));
    assert_eq!(cell(1), ("d", json!("2026-03-29 00:00:00"), "yyyy-mm-dd"));
    // Clocks had gone forward in Berlin.
    assert_eq!(cell(2), ("d", json!("2026-03-29 03:30:05"), "yyyy-mm-dd hh:mm:ss"));
    assert_eq!(cell(3), ("n", json!(1_240), "#,##0"));
    assert_eq!(cell(4), ("n", json!(0.8425), "0.0%"));
    assert_eq!(cell(5), ("d", json!("1 day, 1:01:01"), "[h]:mm:ss"));
    // There is no cell; what is typed there has the column's format.
    assert_eq!(cell(6), ("n", Value::Null, "General"));
}

#[test]
fn the_table_has_filters_and_a_header_that_stays_and_leaves_the_summary_out() {
    let rows = [row("Support", "2026-03-28T23:00:00Z", 1.0), row("Sales", "2026-03-28T23:00:00Z", 2.0)];
    let book = read(&queues(Language::German), rows);
    let sheet = &book["sheets"][0];
    assert_eq!((&sheet["name"], &sheet["frozen"]), (&json!("Bericht"), &json!("A2")));
    assert_eq!(sheet["filter"], "A1:G3");
    assert_eq!(sheet["rows"][0][0]["value"], "Queue");
    assert_eq!(sheet["rows"][3][0]["value"], "Total");
    assert_eq!(sheet["rows"][1][1]["format"], "dd.mm.yyyy");
    assert_eq!(book["sheets"][2]["charts"], 2);
}

#[test]
fn nothing_from_outside_is_a_formula() {
    for name in ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.com", "{=1}"] {
        let mut report = queues(Language::English);
        report.columns[0].name = name.to_owned();
        report.title = name.to_owned();
        report.parameters.push((name.to_owned(), name.to_owned()));
        let book = read(&report, [row(name, "2026-03-28T23:00:00Z", 1.0)]);
        let rows = &book["sheets"][0]["rows"];
        for cell in
            [&rows[0][0], &rows[1][0], &book["sheets"][1]["rows"][0][0], &book["sheets"][1]["rows"][3][1]]
        {
            assert_eq!((&cell["type"], &cell["value"]), (&json!("s"), &json!(name)));
        }
    }
}

#[test]
fn a_report_of_nothing_is_a_workbook_too() {
    let mut report = queues(Language::English);
    report.summary = None;
    report.charts.clear();
    let book = read(&report, []);
    assert_eq!(book["sheets"].as_array().unwrap().len(), 2);
    assert_eq!(book["sheets"][0]["rows"][0][3]["value"], "Offered");
    assert_eq!(book["sheets"][0]["filter"], "A1:G2");
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_does_not_fail() {
    let long = "😀".repeat(20_000);
    let book = read(&queues(Language::English), [row(&long, "2026-03-28T23:00:00Z", 1.0)]);
    let kept = book["sheets"][0]["rows"][1][0]["value"].as_str().unwrap();
    assert!(long.starts_with(kept) && kept.encode_utf16().count() == 32_766, "{}", kept.len());
}

/// Writes a report and lets openpyxl read it.
fn read(report: &Report, rows: impl IntoIterator<Item = Row>) -> Value {
    let mut file = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
    xlsx::write(report, rows.into_iter(), file.as_file_mut()).unwrap();
    // Debian's own Python, for which Debian packages openpyxl.
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/read_xlsx.py");
    let done = Command::new("/usr/bin/python3").arg(script).arg(file.path()).output();
    let done = done.expect("Debian's python3 runs (apt-get install python3-openpyxl)");
    let trouble = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && trouble.is_empty(), "apt-get install python3-openpyxl, or: {trouble}");
    serde_json::from_slice(&done.stdout).unwrap()
}
