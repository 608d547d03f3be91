//! Reports whose rows are queues.

use super::metrics::values;
use super::queue_charts::{Rows, charts, figures};
use super::{Asked, ReportName};
use crate::desk::desk_word;
use crate::words::Word;
use crate::{Cell, Column, Kind, Report, Row};
use hookflash_domain::Timestamp;
use hookflash_domain::figures::{Grain, Totals};
use std::collections::BTreeMap;

/// Sums of a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueuePart {
    /// Of which interval; none where the whole period is one.
    pub interval_at: Option<Timestamp>,
    /// The queue's name; none for what belongs to no queue, as a consult without a call.
    pub queue: Option<String>,
    /// The sums.
    pub totals: Totals,
}

/// A report of queues and its rows, from sums in any order.
#[must_use]
pub fn queues(asked: &Asked, parts: &[QueuePart]) -> (Report, Vec<Row>) {
    let (mut rows, mut by_time, mut all) = (Rows::new(), BTreeMap::new(), Totals::default());
    for part in parts.iter().filter(|part| is_counted(asked, part)) {
        let from_at = part_of(asked, part.interval_at);
        rows.entry((from_at, queue_of(asked, part))).or_default().add(&part.totals);
        by_time.entry(from_at).or_insert_with(Totals::default).add(&part.totals);
        all.add(&part.totals);
    }
    let mut report = asked.report(columns(asked), &[]);
    report.summary = Some(row(asked, None, Word::Total.of(asked.locale.language), &all));
    report.charts = charts(asked, &by_time, &rows);
    let rows = rows.iter().map(|((from_at, queue), totals)| row(asked, *from_at, queue, totals));
    (report, rows.collect())
}

/// Where the part of the period begins that an interval belongs to.
fn part_of(asked: &Asked, interval_at: Option<Timestamp>) -> Option<Timestamp> {
    let (grain, at) = asked.grain().zip(interval_at)?;
    let from_at = grain.around(at, &asked.locale.zone).map_or(at, |(from_at, _)| from_at);
    // Of a week or a month that began before the period only the rest is in it.
    Some(from_at.max(asked.from_at))
}

/// What belongs to no queue is a consult. Of consults alone a part without any says nothing.
fn is_counted(asked: &Asked, part: &QueuePart) -> bool {
    match asked.name {
        ReportName::Consults => part.totals.consults + part.totals.invitations > 0,
        _ => part.queue.is_some(),
    }
}

fn queue_of<'a>(asked: &Asked, part: &'a QueuePart) -> &'a str {
    match &part.queue {
        _ if !is_by_queue(asked) => "",
        Some(queue) => queue,
        None => desk_word(asked.locale.language, "figures.no_queue"),
    }
}

fn is_by_queue(asked: &Asked) -> bool {
    asked.name != ReportName::ServiceLevel
}

fn columns(asked: &Asked) -> Vec<Column> {
    let language = asked.locale.language;
    let mut columns = Vec::new();
    if let Some(grain) = asked.grain() {
        columns.push(Column::new(Word::From.of(language), kind(grain)));
    }
    if is_by_queue(asked) {
        columns.push(Column::new(Word::Queue.of(language), Kind::Text));
    }
    columns
}

pub(super) fn kind(grain: Grain) -> Kind {
    if matches!(grain, Grain::Interval | Grain::Hour) { Kind::Minute } else { Kind::Day }
}

fn row(asked: &Asked, from_at: Option<Timestamp>, queue: &str, totals: &Totals) -> Row {
    let mut row = Row::new();
    row.extend(asked.grain().map(|_| Cell::from(from_at)));
    row.extend(is_by_queue(asked).then(|| Cell::text(queue)));
    row.extend(values(asked.name.metrics(), &figures(asked, totals)));
    row
}

#[cfg(test)]
mod tests {
    use super::super::RowsOf;
    use super::super::testing::{asked, at};
    use super::*;
    use crate::Language;
    use hookflash_domain::figures::INTERVAL_MS;

    /// `offered` of which all but one were answered, each after 10 s.
    fn part(interval: &str, queue: &str, offered: i64) -> QueuePart {
        let totals = Totals {
            offered,
            answered: offered - 1,
            abandoned: 1,
            answered_wait_ms: 10_000 * (offered - 1),
            ..Totals::default()
        };
        QueuePart { interval_at: Some(at(interval)), queue: Some(queue.to_owned()), totals }
    }
    fn numbers(rows: &[Row], column: usize) -> Vec<&Cell> {
        rows.iter().map(|row| &row[column]).collect()
    }

    #[test]
    fn days_are_those_of_the_zone_and_all_sums_are_kept() {
        // The last half hour of the day on which clocks went forward, and the first of the next.
        let parts = [
            part("2026-03-29T21:30:00Z", "Support", 10),
            part("2026-03-29T22:00:00Z", "Support", 20),
            part("2026-03-28T23:00:00Z", "Support", 5),
            part("2026-03-29T21:30:00Z", "Sales", 2),
        ];
        let (report, rows) = queues(&asked(ReportName::QueueDaily, Language::English), &parts);
        let [first, second] = [at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z")].map(Cell::At);
        assert_eq!(numbers(&rows, 0), [&first, &first, &second]);
        assert_eq!(
            numbers(&rows, 1),
            ["Sales", "Support", "Support"].map(Cell::text).iter().collect::<Vec<_>>()
        );
        assert_eq!(numbers(&rows, 2), [2.0, 15.0, 20.0].map(Cell::Number).iter().collect::<Vec<_>>());
        let summary = report.summary.unwrap();
        assert_eq!(
            (&summary[0], &summary[1], &summary[2]),
            (&Cell::None, &Cell::text("Total"), &Cell::Number(37.0))
        );
        assert_eq!(report.columns.len(), rows[0].len());
    }

    #[test]
    fn an_average_of_nothing_is_no_zero_and_the_total_is_no_mean_of_means() {
        let parts = [part("2026-03-29T10:00:00Z", "Busy", 91), part("2026-03-29T10:00:00Z", "Idle", 1)];
        let (report, rows) = queues(&asked(ReportName::QueueSummary, Language::English), &parts);
        let asa = report.columns.iter().position(|column| column.name == "ASA").unwrap();
        assert_eq!(numbers(&rows, asa), [&Cell::Number(10_000.0), &Cell::None]);
        let level = report.columns.iter().position(|column| column.name == "Service level").unwrap();
        assert_eq!(report.summary.unwrap()[level], Cell::from(Some(90.0 / 92.0 * 100.0)));
    }

    #[test]
    fn a_report_speaks_one_language_and_says_what_was_asked() {
        let mut asked = asked(ReportName::ServiceLevel, Language::German);
        asked.queues = vec!["Vertrieb".to_owned()];
        let (report, rows) = queues(&asked, &[part("2026-03-29T10:00:00Z", "Vertrieb", 4)]);
        assert_eq!(report.title, "Servicelevel");
        let words = [
            ("Zeitraum", "28.03.2026 00:00 – 30.03.2026 00:00"),
            ("Je", "Tag"),
            ("Warteschlangen", "Vertrieb"),
            ("Medien", "Alle"),
        ];
        assert_eq!(report.parameters, words.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(report.columns[1].name, "Angeboten");
        assert_eq!(rows.len(), 1);
    }

    #[test]
    fn hours_weeks_and_months_are_those_of_the_clocks_and_begin_in_the_period() {
        let parts = [
            part("2026-03-28T22:30:00Z", "Support", 1),
            part("2026-03-29T00:30:00Z", "Support", 2),
            part("2026-03-29T01:00:00Z", "Support", 4),
            part("2026-03-29T01:30:00Z", "Support", 8),
        ];
        let sums = |grain| {
            let mut asked = asked(ReportName::QueueInterval, Language::English);
            asked.grain = Some(grain);
            let (report, rows) = queues(&asked, &parts);
            assert_eq!(report.columns[0].kind, kind(grain));
            let text = |row: &Row| format!("{:?} {:?}", row[0], row[2]);
            rows.iter().map(text).collect::<Vec<_>>()
        };
        let row = |from: &str, offered: f64| format!("{:?} {:?}", Cell::At(at(from)), Cell::Number(offered));
        let hours = [
            row("2026-03-28T22:00:00Z", 1.0),
            row("2026-03-29T00:00:00Z", 2.0),
            row("2026-03-29T01:00:00Z", 12.0),
        ];
        assert_eq!(sums(Grain::Hour), hours);
        // The period begins on a Saturday.
        for grain in [Grain::Week, Grain::Month] {
            assert_eq!(sums(grain), [row("2026-03-27T23:00:00Z", 15.0)]);
        }
    }

    #[test]
    fn half_hours_are_told_apart_and_nothing_is_a_report_too() {
        let first = part("2026-03-29T10:00:00Z", "Support", 4);
        let mut second = first.clone();
        second.interval_at = second.interval_at.map(|at| at.plus_ms(INTERVAL_MS));
        let (_, rows) = queues(&asked(ReportName::QueueInterval, Language::English), &[second, first]);
        assert_eq!(numbers(&rows, 0).len(), 2);
        for name in ReportName::ALL.into_iter().filter(|name| name.rows_of() == RowsOf::Queues) {
            let (report, rows) = queues(&asked(name, Language::English), &[]);
            assert_eq!((rows.len(), report.columns.len()), (0, report.summary.unwrap().len()));
        }
    }

    #[test]
    fn consults_have_those_without_a_call_and_no_days_without_any() {
        let consult = |queue: Option<&str>, consults, solved| QueuePart {
            interval_at: Some(at("2026-03-28T10:00:00Z")),
            queue: queue.map(str::to_owned),
            totals: Totals { consults, consults_solved: solved, ..Totals::default() },
        };
        let quiet = part("2026-03-29T10:00:00Z", "Support", 5);
        let parts = [consult(Some("Support"), 3, 2), consult(None, 1, 1), quiet];
        let (report, rows) = queues(&asked(ReportName::Consults, Language::English), &parts);
        assert_eq!(numbers(&rows, 1), [&Cell::text("No queue"), &Cell::text("Support")]);
        assert_eq!(numbers(&rows, 2), [&Cell::Number(1.0), &Cell::Number(3.0)]);
        assert_eq!(report.summary.unwrap()[2], Cell::Number(4.0));
        let titles: Vec<_> = report.charts.iter().map(|chart| chart.title.as_str()).collect();
        assert_eq!(titles, ["Consults", "Solved %"]);
        let (_, rows) = queues(&asked(ReportName::QueueDaily, Language::English), &parts[..2]);
        assert_eq!(rows.len(), 1);
    }
}
