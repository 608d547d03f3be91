//! The report whose rows are interactions.

use super::Asked;
use crate::desk::desk_word;
use crate::words::Word;
use crate::{Cell, Column, Kind, Language, Report, Row};
use hookflash_domain::Timestamp;

/// An interaction.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InteractionPart {
    /// When it arrived.
    pub started_at: Timestamp,
    /// Its queue.
    pub queue: Option<String>,
    /// The caller's number.
    pub number: String,
    /// The caller's name.
    pub caller: Option<String>,
    /// The agent who answered.
    pub agent: Option<String>,
    /// Time in the queue.
    pub wait_ms: i64,
    /// Time connected, hold excluded.
    pub talk_ms: i64,
    /// Time on hold.
    pub hold_ms: i64,
    /// Wrap-up time.
    pub wrap_up_ms: i64,
    /// Consults beside it.
    pub consult_count: i64,
    /// The disposition chosen at the end.
    pub disposition: Option<String>,
    /// The word of why the call ended.
    pub end_reason: Option<String>,
    /// The word of the state.
    pub state: String,
    /// Whether the agent left a note.
    pub has_note: bool,
}

/// Interactions that arrived in the period: rows one by one, then the report.
#[derive(Debug)]
pub struct InteractionDetails<'a> {
    asked: &'a Asked,
    count: usize,
    sums: [i64; 5],
}

impl<'a> InteractionDetails<'a> {
    /// Without any yet.
    #[must_use]
    pub fn new(asked: &'a Asked) -> Self {
        Self { asked, count: 0, sums: [0; 5] }
    }

    /// The row of the next one.
    pub fn row(&mut self, part: InteractionPart) -> Row {
        self.count += 1;
        self.sums.iter_mut().zip(numbers(&part)).for_each(|(sum, number)| *sum += number);
        row(self.asked.locale.language, part)
    }

    /// The report of all that were given, whose summary is how many they are and what they took.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "nobody counts so many interactions")]
    pub fn report(self) -> Report {
        let language = self.asked.locale.language;
        let mut report = self.asked.report(columns(language), &[Word::ArrivedInPeriod]);
        let count = self.asked.locale.number(Kind::Count, self.count as f64);
        let mut summary = vec![Cell::None, Cell::text(format!("{} {count}", Word::Total.of(language)))];
        summary.extend([Cell::None, Cell::None, Cell::None]);
        summary.extend(self.sums.map(number));
        summary.extend([Cell::None, Cell::None]);
        report.summary = Some(summary);
        report
    }
}

fn columns(language: Language) -> Vec<Column> {
    [
        ("interactions.started", Kind::Second),
        ("interactions.queue", Kind::Text),
        ("interactions.number", Kind::Text),
        ("interactions.caller", Kind::Text),
        ("interactions.agent", Kind::Text),
        ("interactions.wait", Kind::Duration),
        ("interactions.talk", Kind::Duration),
        ("interactions.hold", Kind::Duration),
        ("interactions.duration.wrap_up", Kind::Duration),
        ("interactions.consults", Kind::Count),
        ("interactions.disposition", Kind::Text),
        ("interactions.end_reason", Kind::Text),
    ]
    .map(|(key, kind)| Column::new(desk_word(language, key), kind))
    .to_vec()
}

fn row(language: Language, part: InteractionPart) -> Row {
    let text = |text: Option<String>| text.map_or(Cell::None, Cell::Text);
    let [wait, talk, hold, wrap_up, consults] = numbers(&part).map(number);
    vec![
        Cell::At(part.started_at),
        text(part.queue),
        Cell::Text(part.number),
        text(part.caller),
        text(part.agent),
        wait,
        talk,
        hold,
        wrap_up,
        consults,
        text(part.disposition),
        text(part.end_reason.map(|reason| end(language, &reason).to_owned())),
    ]
}

fn numbers(part: &InteractionPart) -> [i64; 5] {
    [part.wait_ms, part.talk_ms, part.hold_ms, part.wrap_up_ms, part.consult_count]
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a million years fit exactly")]
pub(super) fn number(number: i64) -> Cell {
    Cell::Number(number as f64)
}

/// The desk speaks to the agent about this one; the paper speaks about agents.
pub(super) fn end(language: Language, reason: &str) -> &'static str {
    match reason {
        "agent_hung_up" => Word::AgentHungUp.of(language),
        reason => desk_word(language, &format!("call.end_reason.{reason}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::ReportName;
    use super::super::testing::{asked, at};
    use super::*;

    #[test]
    fn rows_are_as_they_came_and_the_last_adds_up() {
        let answered = InteractionPart {
            started_at: at("2026-03-28T09:00:00Z"),
            agent: Some("Ada".to_owned()),
            wait_ms: 5_000,
            talk_ms: 60_000,
            consult_count: 2,
            end_reason: Some("agent_hung_up".to_owned()),
            ..InteractionPart::default()
        };
        let given_up = InteractionPart {
            wait_ms: 7_000,
            end_reason: Some("caller_cancelled".to_owned()),
            ..InteractionPart::default()
        };
        let asked = asked(ReportName::InteractionDetails, Language::English);
        let mut details = InteractionDetails::new(&asked);
        let rows = [answered, given_up].map(|part| details.row(part));
        let report = details.report();
        assert_eq!(rows[0][0], Cell::At(at("2026-03-28T09:00:00Z")));
        assert_eq!(
            (&rows[0][11], &rows[1][11]),
            (&Cell::text("Agent hung up"), &Cell::text("Caller gave up waiting"))
        );
        let summary = report.summary.unwrap();
        assert_eq!(summary[1], Cell::text("Total 2"));
        assert_eq!(summary[5..10], [12_000.0, 60_000.0, 0.0, 0.0, 2.0].map(Cell::Number));
        assert!(report.columns.iter().all(|column| !column.name.is_empty()));
        assert_eq!((rows[0].len(), summary.len()), (report.columns.len(), report.columns.len()));
    }
}
