//! What is asked for.

use super::ReportName;
use super::metrics::{column, definition, named};
use crate::words::Word;
use crate::{Column, Kind, Locale, Report};
use hookflash_domain::figures::Switches;
use hookflash_domain::{Span, Timestamp};

/// A question that a report answers.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Which report.
    pub name: ReportName,
    /// The first moment.
    pub from_at: Timestamp,
    /// The first moment after it.
    pub to_at: Timestamp,
    /// Names of the queues that it is about; empty are all.
    pub queues: Vec<String>,
    /// Names of the agents that it is about; empty are all.
    pub agents: Vec<String>,
    /// What counts for the service level.
    pub switches: Switches,
    /// In which language, and where clocks are read.
    pub locale: Locale,
    /// When it is made.
    pub made_at: Timestamp,
}

impl Asked {
    /// The period.
    #[must_use]
    pub fn period(&self) -> Span {
        Span { from_at: self.from_at, to_at: self.to_at }
    }

    /// The report with these columns and, behind them, those of its metrics.
    pub(super) fn report(&self, mut columns: Vec<Column>, notes: &[Word]) -> Report {
        let language = self.locale.language;
        let metrics = named(self.name.metrics());
        columns.extend(metrics.iter().map(|metric| column(metric, language)));
        Report {
            title: self.name.title(language).to_owned(),
            parameters: self.parameters(),
            notes: notes.iter().map(|note| note.of(language).to_owned()).collect(),
            definitions: metrics.iter().map(|metric| definition(metric, language)).collect(),
            columns,
            summary: None,
            charts: Vec::new(),
            locale: self.locale.clone(),
            made_at: self.made_at,
        }
    }

    fn parameters(&self) -> Vec<(String, String)> {
        let language = self.locale.language;
        let [from, to] = [self.from_at, self.to_at].map(|at| self.locale.moment(Kind::Minute, at));
        let mut parameters = vec![(Word::Period.of(language).to_owned(), format!("{from} – {to}"))];
        let mut narrowed = |word: Word, names: &[String]| {
            let names = if names.is_empty() { Word::All.of(language).to_owned() } else { names.join(", ") };
            parameters.push((word.of(language).to_owned(), names));
        };
        if self.name.takes_queues() {
            narrowed(Word::Queues, &self.queues);
        }
        if self.name.takes_agents() {
            narrowed(Word::Agents, &self.agents);
        }
        parameters
    }
}
