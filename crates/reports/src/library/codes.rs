//! The report whose rows are dispositions.

use super::Asked;
use super::metrics::{column, named, values};
use crate::chart::{Chart, Drawing, Plot, Series};
use crate::desk::desk_word;
use crate::words::Word;
use crate::{Cell, Column, Kind, Report, Row};
use hookflash_domain::figures::{Figures, Totals};

/// Sums of agents' parts with one disposition.
#[derive(Debug, Clone, PartialEq)]
pub struct CodePart {
    /// Its name; none where none was chosen.
    pub disposition: Option<String>,
    /// The sums.
    pub totals: Totals,
}

/// What was chosen at the end, the most frequent first.
#[must_use]
pub fn wrap_up(asked: &Asked, parts: &[CodePart]) -> (Report, Vec<Row>) {
    let language = asked.locale.language;
    let mut all = Totals::default();
    parts.iter().for_each(|part| all.add(&part.totals));
    let mut sorted: Vec<(&str, &Totals)> = parts
        .iter()
        .map(|part| {
            (part.disposition.as_deref().unwrap_or(desk_word(language, "figures.no_code")), &part.totals)
        })
        .collect();
    sorted.sort_by_key(|(name, totals)| (-totals.handled, *name));
    let columns = vec![
        Column::new(Word::Disposition.of(language), Kind::Text),
        Column::new(Word::Share.of(language), Kind::Percent),
    ];
    let mut report = asked.report(columns, &[Word::PartsCounted]);
    report.summary = Some(row(asked, Word::Total.of(language), &all, &all));
    report.charts = chart(asked, &sorted).into_iter().collect();
    (report, sorted.iter().map(|(name, totals)| row(asked, name, totals, &all)).collect())
}

#[expect(clippy::cast_precision_loss, reason = "counts of parts fit exactly")]
fn row(asked: &Asked, name: &str, totals: &Totals, all: &Totals) -> Row {
    let share = (all.handled > 0).then(|| totals.handled as f64 / all.handled as f64 * 100.0);
    let mut row = vec![Cell::text(name), Cell::from(share)];
    row.extend(values(asked.name.metrics(), &Figures { totals: *totals, ..Figures::default() }));
    row
}

fn chart(asked: &Asked, parts: &[(&str, &Totals)]) -> Option<Chart> {
    let metric = *named(&["handled"]).first()?;
    let name = column(metric, asked.locale.language).name;
    let value = |totals: &Totals| (metric.value)(&Figures { totals: *totals, ..Figures::default() });
    let plot = Plot {
        categories: parts.iter().map(|(name, _)| (*name).to_owned()).collect(),
        kind: Kind::Count,
        series: vec![Series {
            name: name.clone(),
            values: parts.iter().map(|(_, totals)| value(totals)).collect(),
        }],
    };
    Some(Chart { title: name, drawing: Drawing::Bars(plot) })
}

#[cfg(test)]
mod tests {
    use super::super::ReportName;
    use super::super::testing::asked;
    use super::*;
    use crate::Language;

    #[test]
    fn shares_are_of_all_parts_and_the_most_frequent_is_first() {
        let part = |disposition: Option<&str>, handled| CodePart {
            disposition: disposition.map(str::to_owned),
            totals: Totals { handled, with_talk: handled, talk_ms: handled * 1_000, ..Totals::default() },
        };
        let parts = [part(None, 1), part(Some("Sold"), 3), part(Some("Asked"), 1)];
        let (report, rows) = wrap_up(&asked(ReportName::WrapUpSummary, Language::English), &parts);
        let read: Vec<_> = rows.iter().map(|row| (row[0].clone(), row[1].clone(), row[2].clone())).collect();
        let row = |name: &str, share, handled| (Cell::text(name), Cell::Number(share), Cell::Number(handled));
        assert_eq!(read, [row("Sold", 60.0, 3.0), row("Asked", 20.0, 1.0), row("No code", 20.0, 1.0)]);
        let summary = report.summary.unwrap();
        assert_eq!((&summary[1], &summary[2]), (&Cell::Number(100.0), &Cell::Number(5.0)));
        assert_eq!(summary.len(), report.columns.len());
    }
}
