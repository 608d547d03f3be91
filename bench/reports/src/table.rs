//! The table that is written by us and by the peers: calls, in eight columns of five kinds.

use anyhow::Context as _;
use hookflash_domain::Timestamp;
use hookflash_reports::{Cell, Column, Definition, Kind, Language, Locale, Report, Row};
use serde_json::{Value, json};
use std::path::Path;

const COLUMNS: [(&str, Kind); 8] = [
    ("Arrived", Kind::Second),
    ("Queue", Kind::Text),
    ("Agent", Kind::Text),
    ("Caller", Kind::Text),
    ("Wait", Kind::Duration),
    ("Talk", Kind::Duration),
    ("Consults", Kind::Count),
    ("Occupancy", Kind::Percent),
];
const QUEUES: [&str; 4] = ["Billing", "Online banking", "New customers", "Mortgages"];
const AGENTS: [&str; 5] =
    ["Anna Schneider", "Lukas Novák", "Юлия Фишер", "Chiara Rossi", "Emma Featherstonehaugh-Cholmondeley"];
const FIRST_AT: i64 = 1_790_000_000_000;
const DAY_MS: f64 = 86_400_000.0;
/// Days from the first one of Excel's calendar to 1970.
const EPOCH_DAYS: f64 = 25_569.0;

/// The report without its rows.
pub(crate) fn report() -> anyhow::Result<Report> {
    Ok(Report {
        title: "Interaction details".to_owned(),
        parameters: vec![("Period".to_owned(), "1 August to 29 October 2026".to_owned())],
        notes: Vec::new(),
        definitions: vec![Definition {
            name: "Wait".to_owned(),
            text: "From the arrival in the queue to the answer.".to_owned(),
        }],
        columns: COLUMNS.iter().map(|(name, kind)| Column::new(*name, *kind)).collect(),
        summary: None,
        charts: Vec::new(),
        locale: Locale { language: Language::English, zone: jiff::tz::TimeZone::get("Europe/Berlin")? },
        made_at: Timestamp(FIRST_AT),
    })
}

/// Its first rows.
pub(crate) fn rows(count: usize) -> impl Iterator<Item = Row> {
    (0..count).map(row)
}

fn row(n: usize) -> Row {
    let of = |names: &[&str]| names.get(n * 7 % names.len()).copied().unwrap_or_default().to_owned();
    let number = |factor: usize, below: usize| (n * factor % below) as f64;
    vec![
        Cell::At(Timestamp(FIRST_AT + i64::try_from(n).unwrap_or_default() * 77_700)),
        Cell::Text(of(&QUEUES)),
        Cell::Text(of(&AGENTS)),
        Cell::Text(format!("+49 30 {:07}", n * 7_919 % 10_000_000)),
        Cell::Number(number(1_237, 240_000)),
        Cell::Number(number(7_211, 1_800_000)),
        Cell::Number(number(13, 4)),
        Cell::Number(number(17, 1_000) / 10.0),
    ]
}

/// Writes the same for the peers: `words` as they are read, `values` as a workbook keeps them.
pub(crate) fn for_peers(count: usize, file: &Path) -> anyhow::Result<()> {
    let kinds = COLUMNS.iter().map(|(_, kind)| *kind);
    let of_row = |form: fn(Kind, &Cell) -> Value, row: &Row| -> Value {
        kinds.clone().zip(row).map(|(kind, cell)| form(kind, cell)).collect()
    };
    let table = json!({
        "columns": COLUMNS.map(|(name, _)| name),
        "kinds": COLUMNS.map(|(_, kind)| word(kind)),
        "words": rows(count).map(|row| of_row(words, &row)).collect::<Vec<_>>(),
        "values": rows(count).map(|row| of_row(value, &row)).collect::<Vec<_>>(),
    });
    std::fs::write(file, table.to_string()).with_context(|| format!("cannot write {}", file.display()))
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Second => "second",
        Kind::Duration => "duration",
        Kind::Percent => "percent",
        Kind::Count => "count",
        _ => "text",
    }
}

fn words(kind: Kind, cell: &Cell) -> Value {
    match cell {
        Cell::At(at) => {
            json!(jiff::Timestamp::from_millisecond(at.0).map(|at| at.to_string()).unwrap_or_default())
        }
        Cell::Number(number) if kind == Kind::Duration => {
            let seconds = (number / 1_000.0) as i64;
            json!(format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60))
        }
        Cell::Number(number) if kind == Kind::Percent => json!(format!("{number:.1} %")),
        Cell::Number(number) => json!(format!("{number}")),
        Cell::Text(text) => json!(text),
        Cell::None => json!(""),
    }
}

fn value(kind: Kind, cell: &Cell) -> Value {
    match cell {
        Cell::At(at) => json!(at.0 as f64 / DAY_MS + EPOCH_DAYS),
        Cell::Number(number) if kind == Kind::Duration => json!(number / DAY_MS),
        Cell::Number(number) if kind == Kind::Percent => json!(number / 100.0),
        Cell::Number(number) => json!(number),
        Cell::Text(text) => json!(text),
        Cell::None => json!(""),
    }
}
