//! Reports to write.

use hookflash_domain::Timestamp;
use hookflash_reports::chart::{Chart, Drawing, Plot, Series};
use hookflash_reports::{Cell, Column, Definition, Kind, Language, Locale, Report, Row};

/// A moment of universal time.
pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

/// Queues by day: every kind of column, a summary and two charts; read in Berlin.
pub(crate) fn queues(language: Language) -> Report {
    let column = |(name, kind): (&str, Kind)| Column::new(name, kind);
    Report {
        title: "Queue Daily".to_owned(),
        parameters: vec![("Period".to_owned(), "28 to 29 March 2026".to_owned())],
        notes: vec!["Totals of agents and of queues differ by design.".to_owned()],
        definitions: vec![Definition {
            name: "ASA".to_owned(),
            text: "Mean wait of the answered. Divided by: answered.".to_owned(),
        }],
        columns: [
            ("Queue", Kind::Text),
            ("Day", Kind::Day),
            ("Last call", Kind::Second),
            ("Offered", Kind::Count),
            ("Service level", Kind::Percent),
            ("ASA", Kind::Duration),
            ("Experts per consult", Kind::Ratio),
        ]
        .map(column)
        .to_vec(),
        summary: Some(row("Total", "2026-03-28T23:00:00Z", 1_240.0)),
        charts: vec![
            chart("Offered by day", Drawing::Bars, Kind::Count),
            chart("Service level by day", Drawing::Lines, Kind::Percent),
        ],
        locale: Locale { language, zone: jiff::tz::TimeZone::get("Europe/Berlin").unwrap() },
        made_at: at("2026-04-01T08:00:00Z"),
    }
}

/// A row of it.
pub(crate) fn row(queue: &str, day: &str, offered: f64) -> Row {
    vec![
        Cell::text(queue),
        Cell::At(at(day)),
        Cell::At(at("2026-03-29T01:30:05Z")),
        Cell::Number(offered),
        Cell::Number(84.25),
        Cell::Number(90_061_000.0),
        Cell::None,
    ]
}

fn chart(title: &str, form: fn(Plot) -> Drawing, kind: Kind) -> Chart {
    let series = Series { name: "Support".to_owned(), values: vec![Some(80.0), None, Some(95.0)] };
    let categories = ["28 Mar", "29 Mar", "30 Mar"].map(str::to_owned).to_vec();
    Chart { title: title.to_owned(), drawing: form(Plot { categories, kind, series: vec![series] }) }
}
