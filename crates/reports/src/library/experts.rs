//! The report whose rows are experts.

use super::Asked;
use super::metrics::values;
use crate::desk::desk_word;
use crate::words::Word;
use crate::{Cell, Column, Definition, Kind, Report, Row};
use hookflash_domain::figures::{Figures, Totals};

/// What an expert was asked and did.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpertPart {
    /// The network's id.
    pub network: String,
    /// The expert's name.
    pub name: String,
    /// The expert's address on the network; names need not be unique.
    pub address: String,
    /// The sums.
    pub totals: Totals,
    /// Time in chats, those at the same time counted once.
    pub consult_ms: i64,
    /// Most chats at the same time.
    pub peak_count: usize,
}

/// The load of experts, the busiest first.
#[must_use]
pub fn expert_workload(asked: &Asked, parts: &[ExpertPart]) -> (Report, Vec<Row>) {
    let language = asked.locale.language;
    let mut all = ExpertPart {
        network: String::new(),
        name: Word::Total.of(language).to_owned(),
        address: String::new(),
        totals: Totals::default(),
        consult_ms: 0,
        peak_count: 0,
    };
    for part in parts {
        all.totals.add(&part.totals);
        all.consult_ms += part.consult_ms;
        all.peak_count = all.peak_count.max(part.peak_count);
    }
    let mut sorted: Vec<_> = parts.iter().collect();
    sorted.sort_by_key(|part| (-part.consult_ms, &part.name, &part.network, &part.address));
    let time = desk_word(language, "figures.consult_time");
    let columns = vec![
        Column::new(desk_word(language, "figures.expert"), Kind::Text),
        Column::new(Word::Address.of(language), Kind::Text),
        Column::new(desk_word(language, "figures.network"), Kind::Text),
        Column::new(time, Kind::Duration),
        Column::new(desk_word(language, "figures.peak"), Kind::Count),
    ];
    let mut report = asked.report(columns, &[Word::ExpertsAreNoStaff]);
    let means = Word::ConsultTimeMeans.of(language).to_owned();
    report.definitions.insert(0, Definition { name: time.to_owned(), text: means });
    report.summary = Some(row(asked, &all));
    (report, sorted.into_iter().map(|part| row(asked, part)).collect())
}

/// What experts of a network were asked and did.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpertGroup {
    /// The network's id.
    pub network: String,
    /// How many were asked.
    pub people_count: usize,
    /// Their sums; none where they are too few for these to be shown.
    pub part: Option<ExpertPart>,
}

/// The load of experts by network, without a word of single ones. `all` is of all networks.
#[must_use]
pub fn expert_groups(asked: &Asked, groups: &[ExpertGroup], all: &ExpertGroup) -> (Report, Vec<Row>) {
    let language = asked.locale.language;
    let time = desk_word(language, "figures.consult_time");
    let columns = vec![
        Column::new(desk_word(language, "figures.network"), Kind::Text),
        Column::new(desk_word(language, "figures.people"), Kind::Count),
        Column::new(time, Kind::Duration),
        Column::new(desk_word(language, "figures.peak"), Kind::Count),
    ];
    let mut report = asked.report(columns, &[Word::ExpertsAreNoStaff, Word::ExpertsWithheld]);
    let means = Word::ConsultTimeMeans.of(language).to_owned();
    report.definitions.insert(0, Definition { name: time.to_owned(), text: means });
    report.summary = Some(group_row(asked, all, Word::Total.of(language)));
    (report, groups.iter().map(|group| group_row(asked, group, &group.network)).collect())
}

#[expect(clippy::cast_precision_loss, reason = "nobody counts so many experts")]
fn group_row(asked: &Asked, group: &ExpertGroup, name: &str) -> Row {
    let mut cells = vec![Cell::text(name), Cell::Number(group.people_count as f64)];
    if let Some(part) = &group.part {
        cells.extend(figures(asked, part));
    }
    cells
}

fn row(asked: &Asked, part: &ExpertPart) -> Row {
    let text = |text: &str| if text.is_empty() { Cell::None } else { Cell::text(text) };
    let mut row = vec![text(&part.name), text(&part.address), text(&part.network)];
    row.extend(figures(asked, part));
    row
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a million years fit exactly")]
fn figures(asked: &Asked, part: &ExpertPart) -> Row {
    let mut row = vec![Cell::Number(part.consult_ms as f64), Cell::Number(part.peak_count as f64)];
    row.extend(values(asked.name.metrics(), &Figures { totals: part.totals, ..Figures::default() }));
    row
}

#[cfg(test)]
mod tests {
    use super::super::ReportName;
    use super::super::testing::asked;
    use super::*;
    use crate::Language;

    #[test]
    fn the_busiest_is_first_and_the_total_has_the_highest_peak() {
        let part = |name: &str, consult_ms, peak_count| ExpertPart {
            network: "skype".to_owned(),
            name: name.to_owned(),
            address: format!("{name}@example.org"),
            totals: Totals { invitations: 4, accepted: 3, no_answer: 1, ..Totals::default() },
            consult_ms,
            peak_count,
        };
        let parts = [part("Ben", 60_000, 3), part("Ada", 90_000, 1)];
        let (report, rows) = expert_workload(&asked(ReportName::ExpertWorkload, Language::English), &parts);
        let names: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
        assert_eq!(names, [Cell::text("Ada"), Cell::text("Ben")]);
        let summary = report.summary.unwrap();
        assert_eq!(summary[3..6], [150_000.0, 3.0, 8.0].map(Cell::Number));
        let missed = report.columns.iter().position(|column| column.name == "Miss %").unwrap();
        assert_eq!(summary[missed], Cell::Number(25.0));
        assert_eq!(report.definitions[0].name, report.columns[3].name);
    }
}
