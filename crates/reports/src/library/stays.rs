//! Reports whose rows are stays: agents' states one after the other, and when agents were signed in.

use super::Asked;
use super::agents::state;
use crate::chart::{Chart, Drawing, Lane, Timeline};
use crate::desk::desk_word;
use crate::words::Word;
use crate::{Cell, Column, Kind, Language, Report, Row};
use hookflash_domain::figures::AgentTime;
use hookflash_domain::{Span, Timestamp};

/// The longest period that is drawn, a week in which clocks go back; a stay would be narrower than a line in a
/// longer one.
const DRAWN_MS: i64 = (7 * 24 + 1) * 3_600_000;

/// An agent's stays in states.
#[derive(Debug, Clone, PartialEq)]
pub struct AgentStays {
    /// The agent's name.
    pub agent: String,
    /// In order, what touches the period from without too. A stay may be cut into parts.
    pub stays: Vec<(AgentTime, Span)>,
    /// Since when the agent is in a state that has not ended; none for who is signed out.
    pub since_at: Option<Timestamp>,
}

/// Agents' states one after the other, as far as they lie in the period: rows agent by agent, in the order of their
/// names, then the report.
#[derive(Debug)]
pub struct StatusTimeline<'a> {
    asked: &'a Asked,
    lanes: Vec<Lane>,
    all_ms: i64,
}

impl<'a> StatusTimeline<'a> {
    /// Without anybody yet.
    #[must_use]
    pub fn new(asked: &'a Asked) -> Self {
        Self { asked, lanes: Vec::new(), all_ms: 0 }
    }

    /// The rows of the next agent.
    pub fn rows(&mut self, agent: &AgentStays) -> Vec<Row> {
        let (mut rows, mut stretches) = (Vec::new(), Vec::new());
        for (time, stay) in joined(agent.stays.iter().map(|(time, stay)| (*time, *stay))) {
            let stay = stay.within(self.asked.period());
            if stay.ms() > 0 {
                rows.push(row(&agent.agent, state(time, self.asked.locale.language), stay));
                stretches.push((stay.from_at, stay.to_at, drawn_as(time)));
                self.all_ms += stay.ms();
            }
        }
        if self.is_drawn() && !stretches.is_empty() {
            self.lanes.push(Lane { name: agent.agent.clone(), stretches });
        }
        rows
    }

    /// The report of all who were given.
    #[must_use]
    pub fn report(self) -> Report {
        let (asked, language) = (self.asked, self.asked.locale.language);
        let columns = columns(language, &[Word::Agent, Word::State], [Word::From, Word::To]);
        let mut report = asked.report(columns, &[Word::StatesEnded]);
        report.summary = Some(summary(language, 3, self.all_ms));
        if self.is_drawn() {
            let states = DRAWN.map(|key| desk_word(language, key).to_owned()).to_vec();
            let Span { from_at, to_at } = asked.period();
            let drawing = Drawing::Timeline(Timeline { from_at, to_at, states, lanes: self.lanes });
            report.charts = vec![Chart { title: asked.name.title(language).to_owned(), drawing }];
        }
        report
    }

    fn is_drawn(&self) -> bool {
        self.asked.period().ms() <= DRAWN_MS
    }
}

/// When agents were signed in, likewise. A moment before the period, or one that is still to come, has none.
#[derive(Debug)]
pub struct LogIns<'a> {
    asked: &'a Asked,
    all_ms: i64,
}

impl<'a> LogIns<'a> {
    /// Without anybody yet.
    #[must_use]
    pub fn new(asked: &'a Asked) -> Self {
        Self { asked, all_ms: 0 }
    }

    /// The rows of the next agent.
    pub fn rows(&mut self, agent: &AgentStays) -> Vec<Row> {
        let (period, mut rows) = (self.asked.period(), Vec::new());
        let open =
            agent.since_at.map(|since_at| ((), Span { from_at: since_at, to_at: Timestamp(i64::MAX) }));
        let at_work = joined(agent.stays.iter().map(|(_, stay)| ((), *stay)).chain(open));
        for ((), Span { from_at, to_at }) in at_work {
            let until = Timestamp(to_at.0.min(self.asked.made_at.0));
            let ms = Span { from_at, to_at: until }.within(period).ms();
            if ms > 0 {
                rows.push(vec![
                    Cell::text(&agent.agent),
                    Cell::from((from_at >= period.from_at).then_some(from_at)),
                    Cell::from((to_at <= period.to_at).then_some(to_at)),
                    duration(ms),
                ]);
                self.all_ms += ms;
            }
        }
        rows
    }

    /// The report of all who were given.
    #[must_use]
    pub fn report(self) -> Report {
        let language = self.asked.locale.language;
        let columns = columns(language, &[Word::Agent], [Word::SignedInAt, Word::SignedOutAt]);
        let mut report = self.asked.report(columns, &[Word::LogInsCut]);
        report.summary = Some(summary(language, 2, self.all_ms));
        report
    }
}

/// What a timeline tells apart by colour: reasons for not being ready are one, their names are in the table.
const DRAWN: [&str; 5] = [
    "agent.state.ready",
    "agent.state.offered",
    "agent.state.engaged",
    "agent.state.wrap_up",
    "agent.state.not_ready",
];

fn drawn_as(time: AgentTime) -> usize {
    match time {
        AgentTime::Ready => 0,
        AgentTime::Offered => 1,
        AgentTime::Engaged => 2,
        AgentTime::WrapUp => 3,
        AgentTime::NotReady(_) => 4,
    }
}

/// Stays of the same kind that follow each other at once, as one.
fn joined<K: PartialEq>(stays: impl Iterator<Item = (K, Span)>) -> Vec<(K, Span)> {
    let mut whole: Vec<(K, Span)> = Vec::new();
    for (kind, stay) in stays {
        match whole.last_mut() {
            Some((last, span)) if *last == kind && span.to_at == stay.from_at => span.to_at = stay.to_at,
            _ => whole.push((kind, stay)),
        }
    }
    whole
}

fn columns(language: Language, texts: &[Word], moments: [Word; 2]) -> Vec<Column> {
    let column = |word: &Word, kind| Column::new(word.of(language), kind);
    let mut columns: Vec<_> = texts.iter().map(|word| column(word, Kind::Text)).collect();
    columns.extend(moments.iter().map(|word| column(word, Kind::Second)));
    columns.push(column(&Word::Duration, Kind::Duration));
    columns
}

fn row(agent: &str, state: &str, stay: Span) -> Row {
    vec![
        Cell::text(agent),
        Cell::text(state),
        Cell::At(stay.from_at),
        Cell::At(stay.to_at),
        duration(stay.ms()),
    ]
}

fn summary(language: Language, empty: usize, ms: i64) -> Row {
    let mut row = vec![Cell::text(Word::Total.of(language))];
    row.extend(std::iter::repeat_n(Cell::None, empty));
    row.push(duration(ms));
    row
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a million years fit exactly")]
fn duration(ms: i64) -> Cell {
    Cell::Number(ms as f64)
}

#[cfg(test)]
mod tests {
    use super::super::ReportName;
    use super::super::testing::{asked, at};
    use super::*;
    use hookflash_domain::agent::NotReadyReason;

    const MEAL: AgentTime = AgentTime::NotReady(NotReadyReason::Meal);

    fn stays(agent: &str, moments: &[(AgentTime, &str, &str)], since_at: Option<&str>) -> AgentStays {
        let span = |from, to| Span { from_at: at(from), to_at: at(to) };
        let stays = moments.iter().map(|(time, from, to)| (*time, span(from, to))).collect();
        AgentStays { agent: agent.to_owned(), stays, since_at: since_at.map(at) }
    }
    /// From the evening before the period to its first morning, cut at midnight in Berlin, and a later hour.
    fn ada() -> AgentStays {
        let moments = [
            (MEAL, "2026-03-27T22:50:00Z", "2026-03-27T23:00:00Z"),
            (MEAL, "2026-03-27T23:00:00Z", "2026-03-27T23:10:00Z"),
            (AgentTime::Ready, "2026-03-27T23:10:00Z", "2026-03-27T23:30:00Z"),
            (AgentTime::Ready, "2026-03-28T09:00:00Z", "2026-03-28T10:00:00Z"),
        ];
        stays("Ada", &moments, None)
    }
    fn ms(minutes: i32) -> Cell {
        Cell::Number(f64::from(minutes * 60_000))
    }

    #[test]
    fn stays_are_joined_and_cut_to_the_period() {
        let asked = asked(ReportName::AgentStatusTimeline, Language::German);
        let mut timeline = StatusTimeline::new(&asked);
        let rows = timeline.rows(&ada());
        let report = timeline.report();
        let row = |state: &str, from: &str, to: &str, minutes| {
            vec![Cell::text("Ada"), Cell::text(state), Cell::At(at(from)), Cell::At(at(to)), ms(minutes)]
        };
        assert_eq!(
            rows,
            [
                row("Essen", "2026-03-27T23:00:00Z", "2026-03-27T23:10:00Z", 10),
                row("Bereit", "2026-03-27T23:10:00Z", "2026-03-27T23:30:00Z", 20),
                row("Bereit", "2026-03-28T09:00:00Z", "2026-03-28T10:00:00Z", 60),
            ]
        );
        assert_eq!(report.summary.unwrap().last(), Some(&ms(90)));
        let Drawing::Timeline(timeline) = &report.charts[0].drawing else { panic!("a timeline is drawn") };
        let places: Vec<_> = timeline.lanes[0].stretches.iter().map(|(.., state)| *state).collect();
        assert_eq!((timeline.lanes.len(), places), (1, vec![4, 0, 0]));
        assert_eq!(timeline.states[4], "Nicht bereit");
    }

    #[test]
    fn log_ins_say_what_lies_outside_of_the_period_and_who_is_still_there() {
        let moments = [(MEAL, "2026-03-29T20:00:00Z", "2026-03-29T21:00:00Z")];
        // Still signed in when the report is made, three days after the period.
        let bob = stays("Bob", &moments, Some("2026-03-29T21:00:00Z"));
        let cleo = stays("Cleo", &[], Some("2026-03-30T08:00:00Z"));
        let asked = asked(ReportName::AgentLogIns, Language::English);
        let mut log_ins = LogIns::new(&asked);
        let rows: Vec<_> = [ada(), bob, cleo].iter().flat_map(|agent| log_ins.rows(agent)).collect();
        let report = log_ins.report();
        let row = |agent: &str, from: Option<&str>, to: Option<&str>, minutes| {
            vec![Cell::text(agent), Cell::from(from.map(at)), Cell::from(to.map(at)), ms(minutes)]
        };
        assert_eq!(
            rows,
            [
                row("Ada", None, Some("2026-03-27T23:30:00Z"), 30),
                row("Ada", Some("2026-03-28T09:00:00Z"), Some("2026-03-28T10:00:00Z"), 60),
                row("Bob", Some("2026-03-29T20:00:00Z"), None, 120),
            ]
        );
        assert_eq!(report.summary.unwrap().last(), Some(&ms(210)));
        assert_eq!(report.columns.len(), 4);
    }

    #[test]
    fn who_is_signed_in_today_is_counted_until_the_report_is_made() {
        let mut asked = asked(ReportName::AgentLogIns, Language::English);
        asked.made_at = at("2026-03-28T09:40:00Z");
        let rows = LogIns::new(&asked).rows(&stays("Bob", &[], Some("2026-03-28T09:00:00Z")));
        assert_eq!((&rows[0][2], &rows[0][3]), (&Cell::None, &ms(40)));
    }
}
