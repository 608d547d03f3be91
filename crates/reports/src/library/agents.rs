//! Reports whose rows are agents.

use super::metrics::values;
use super::{Asked, ReportName};
use crate::desk::desk_word;
use crate::words::Word;
use crate::{Cell, Column, Kind, Language, Report, Row};
use hookflash_domain::figures::{AgentTime, Figures, StateTimes, Totals};

/// Sums of an agent over the period.
#[derive(Debug, Clone, PartialEq)]
pub struct AgentPart {
    /// The agent's name.
    pub agent: String,
    /// The sums.
    pub totals: Totals,
    /// Time by state.
    pub states: StateTimes,
}

/// A report of agents and its rows, in the order of their names.
#[must_use]
pub fn agents(asked: &Asked, parts: &[AgentPart]) -> (Report, Vec<Row>) {
    let language = asked.locale.language;
    let mut all = Figures { switches: asked.switches, ..Figures::default() };
    let mut rows: Vec<Row> = Vec::new();
    let mut sorted: Vec<_> = parts.iter().collect();
    sorted.sort_by(|one, other| one.agent.cmp(&other.agent));
    for part in sorted {
        let figures = Figures { totals: part.totals, states: part.states.clone(), switches: asked.switches };
        rows.push(row(asked.name, &part.agent, &figures));
        all.totals.add(&part.totals);
        part.states.0.iter().for_each(|(time, ms)| all.states.add(*time, *ms));
    }
    let mut columns = vec![Column::new(Word::Agent.of(language), Kind::Text)];
    if asked.name == ReportName::AgentStatusSummary {
        columns.push(Column::new(Word::SignedIn.of(language), Kind::Duration));
        columns.extend(AgentTime::ALL.map(|time| Column::new(state(time, language), Kind::Duration)));
    }
    let mut report = asked.report(columns, &[Word::AgentsDiffer]);
    report.summary = Some(row(asked.name, Word::Total.of(language), &all));
    (report, rows)
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a million years fit exactly")]
fn row(name: ReportName, agent: &str, figures: &Figures) -> Row {
    let ms = |ms: i64| Cell::Number(ms as f64);
    let mut row = vec![Cell::text(agent)];
    if name == ReportName::AgentStatusSummary {
        row.push(ms(figures.states.signed_in_ms()));
        row.extend(AgentTime::ALL.map(|time| ms(figures.states.ms(time))));
    }
    row.extend(values(name.metrics(), figures));
    row
}

/// As the desk calls it.
pub(super) fn state(time: AgentTime, language: Language) -> &'static str {
    let of = if matches!(time, AgentTime::NotReady(_)) { "reason" } else { "state" };
    desk_word(language, &format!("agent.{of}.{}", time.word()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::asked;
    use super::*;
    use hookflash_domain::agent::NotReadyReason;

    fn part(agent: &str, handled: i64, talk_ms: i64, times: &[(AgentTime, i64)]) -> AgentPart {
        let totals = Totals { handled, with_talk: handled, talk_ms, ..Totals::default() };
        AgentPart { agent: agent.to_owned(), totals, states: StateTimes(times.iter().copied().collect()) }
    }

    #[test]
    fn the_total_is_of_all_agents_and_no_mean_of_means() {
        let parts = [part("Zoe", 1, 1_000, &[]), part("Adam", 3, 9_000, &[])];
        let (report, rows) = agents(&asked(ReportName::AgentSummary, Language::English), &parts);
        let talk = report.columns.iter().position(|column| column.name == "Average talk").unwrap();
        let read = |row: &Row| (row[0].clone(), row[talk].clone());
        assert_eq!(
            rows.iter().map(read).collect::<Vec<_>>(),
            [(Cell::text("Adam"), Cell::Number(3_000.0)), (Cell::text("Zoe"), Cell::Number(1_000.0))]
        );
        assert_eq!(read(&report.summary.unwrap()), (Cell::text("Total"), Cell::Number(2_500.0)));
    }

    #[test]
    fn time_by_state_has_the_desks_words_and_adds_up() {
        let meal = AgentTime::NotReady(NotReadyReason::Meal);
        let times = [(AgentTime::Ready, 60_000), (AgentTime::Engaged, 20_000), (meal, 5_000)];
        let asked = asked(ReportName::AgentStatusSummary, Language::German);
        let (report, rows) = agents(&asked, &[part("Ada", 0, 0, &times)]);
        let by_name = |name: &str| {
            let place = report.columns.iter().position(|column| column.name == name).unwrap();
            rows[0][place].clone()
        };
        for (name, wanted) in [
            ("Angemeldet", 85_000.0),
            ("Bereit", 60_000.0),
            ("Im Gespräch", 20_000.0),
            ("Essen", 5_000.0),
            ("Pause", 0.0),
            ("Auslastung", 25.0),
        ] {
            assert_eq!(by_name(name), Cell::Number(wanted), "{name}");
        }
        assert!(report.columns.iter().all(|column| !column.name.is_empty()));
    }
}
