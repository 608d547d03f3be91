//! What is asked for.

use super::ReportName;
use super::metrics::{column, definition, named};
use crate::desk::desk_word;
use crate::words::Word;
use crate::{Column, Kind, Language, Locale, Report};
use hookflash_domain::figures::{Grain, Switches};
use hookflash_domain::{Span, Timestamp};

/// By what a customer came. Voice is the only one that there is, so no fact says which; it can be asked for so that
/// papers say what they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// A call.
    Voice,
}

impl Medium {
    fn of(self, language: Language) -> &'static str {
        match self {
            Self::Voice => Word::Voice.of(language),
        }
    }
}

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
    /// Names of the dispositions that it is about; empty are all.
    pub dispositions: Vec<String>,
    /// Names of the skills and languages that its interactions asked for, all of them; empty is whatever was asked for.
    pub abilities: Vec<String>,
    /// Media of the interactions that it is about; empty are all.
    pub media: Vec<Medium>,
    /// How finely it is laid out over time; the report's usual where absent.
    pub grain: Option<Grain>,
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

    /// How finely it is laid out over time; none is the whole period as one.
    #[must_use]
    pub fn grain(&self) -> Option<Grain> {
        let usual = self.name.grain()?;
        Some(self.grain.filter(|grain| self.name.grains().contains(grain)).unwrap_or(usual))
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
        if let Some(grain) = self.grain() {
            let word = desk_word(language, &format!("figures.grain.{}", grain_word(grain)));
            parameters.push((Word::Grain.of(language).to_owned(), word.to_owned()));
        }
        let mut narrowed = |word: Word, names: &[String]| {
            let names = if names.is_empty() { Word::All.of(language).to_owned() } else { names.join(", ") };
            parameters.push((word.of(language).to_owned(), names));
        };
        let media: Vec<_> = self.media.iter().map(|medium| medium.of(language).to_owned()).collect();
        for (takes, word, names) in [
            (self.name.takes_queues(), Word::Queues, &self.queues),
            (self.name.takes_agents(), Word::Agents, &self.agents),
            (self.name.takes_dispositions(), Word::Dispositions, &self.dispositions),
            (self.name.takes_abilities(), Word::AskedFor, &self.abilities),
            (self.name.takes_media(), Word::Media, &media),
        ] {
            if takes {
                narrowed(word, names);
            }
        }
        parameters
    }
}

/// As the desk's catalogue has it.
fn grain_word(grain: Grain) -> &'static str {
    match grain {
        Grain::Interval => "interval",
        Grain::Hour => "hour",
        Grain::Day => "day",
        Grain::Week => "week",
        Grain::Month => "month",
    }
}
