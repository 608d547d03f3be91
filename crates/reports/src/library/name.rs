//! Which reports there are.

use crate::Language;
use crate::words::Word;
use hookflash_domain::figures::Grain;

/// A report of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportName {
    /// Each queue over the whole period.
    QueueSummary,
    /// Each queue by half hours.
    QueueInterval,
    /// Each queue by days.
    QueueDaily,
    /// All queues by days: who was answered in time.
    ServiceLevel,
    /// Each queue by days: who gave up.
    Abandons,
    /// Each agent over the whole period.
    AgentSummary,
    /// Each agent's time by state.
    AgentStatusSummary,
    /// Each agent's states one after the other.
    AgentStatusTimeline,
    /// When each agent was signed in.
    AgentLogIns,
    /// Each interaction.
    InteractionDetails,
    /// Each disposition over the whole period.
    WrapUpSummary,
    /// Each queue by days: whether experts were asked, came and helped.
    Consults,
    /// Each expert over the whole period.
    ExpertWorkload,
}

/// What the rows of a report are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsOf {
    /// Queues, or days of all queues.
    Queues,
    /// Agents.
    Agents,
    /// Stays of agents, in states or signed in.
    Stays,
    /// Interactions.
    Interactions,
    /// Dispositions.
    Codes,
    /// Experts.
    Experts,
}

/// What makes a report.
struct Plan {
    word: &'static str,
    title: Word,
    rows_of: RowsOf,
    grain: Option<Grain>,
    metrics: &'static [&'static str],
}

impl ReportName {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::QueueSummary,
        Self::QueueInterval,
        Self::QueueDaily,
        Self::ServiceLevel,
        Self::Abandons,
        Self::AgentSummary,
        Self::AgentStatusSummary,
        Self::AgentStatusTimeline,
        Self::AgentLogIns,
        Self::InteractionDetails,
        Self::WrapUpSummary,
        Self::Consults,
        Self::ExpertWorkload,
    ];

    /// The one of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }

    /// Its word on the command line and in the names of files.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.plan().word
    }

    /// Its title.
    #[must_use]
    pub fn title(self, language: Language) -> &'static str {
        self.plan().title.of(language)
    }

    /// What it tells, in a sentence.
    #[must_use]
    pub fn about(self, language: Language) -> &'static str {
        let about = match self {
            Self::QueueSummary => Word::QueueSummaryAbout,
            Self::QueueInterval => Word::QueueIntervalAbout,
            Self::QueueDaily => Word::QueueDailyAbout,
            Self::ServiceLevel => Word::ServiceLevelAbout,
            Self::Abandons => Word::AbandonsAbout,
            Self::AgentSummary => Word::AgentSummaryAbout,
            Self::AgentStatusSummary => Word::AgentStatusSummaryAbout,
            Self::AgentStatusTimeline => Word::AgentStatusTimelineAbout,
            Self::AgentLogIns => Word::AgentLogInsAbout,
            Self::InteractionDetails => Word::InteractionDetailsAbout,
            Self::WrapUpSummary => Word::WrapUpSummaryAbout,
            Self::Consults => Word::ConsultsAbout,
            Self::ExpertWorkload => Word::ExpertWorkloadAbout,
        };
        about.of(language)
    }

    /// What its rows are.
    #[must_use]
    pub fn rows_of(self) -> RowsOf {
        self.plan().rows_of
    }

    /// How finely it is laid out over time where nothing is said; none is the whole period as one.
    #[must_use]
    pub fn grain(self) -> Option<Grain> {
        self.plan().grain
    }

    /// How finely it can be laid out, the usual first; empty where the whole period is one.
    #[must_use]
    pub fn grains(self) -> &'static [Grain] {
        use Grain::{Day, Hour, Interval, Month, Week};
        match self {
            Self::QueueInterval => &[Interval, Hour, Day, Week, Month],
            Self::QueueDaily => &[Day, Week, Month],
            Self::ServiceLevel | Self::Abandons | Self::Consults => &[Day, Interval, Hour, Week, Month],
            _ => &[],
        }
    }

    /// Whether it can be narrowed down to some queues.
    #[must_use]
    pub fn takes_queues(self) -> bool {
        !matches!(self.rows_of(), RowsOf::Agents | RowsOf::Stays)
    }

    /// Whether it can be narrowed down to some agents.
    #[must_use]
    pub fn takes_agents(self) -> bool {
        self.rows_of() != RowsOf::Queues
    }

    /// Whether it can be narrowed down to some dispositions: those whose rows are made of interactions as they ended.
    #[must_use]
    pub fn takes_dispositions(self) -> bool {
        matches!(self.rows_of(), RowsOf::Codes | RowsOf::Interactions)
    }

    /// Whether it can be narrowed down to interactions that asked for some skills and languages. Sums by interval do
    /// not know what was asked for.
    #[must_use]
    pub fn takes_abilities(self) -> bool {
        self.takes_dispositions()
    }

    /// Whether it counts interactions, which have a medium; not consults, experts or agents' states.
    #[must_use]
    pub fn takes_media(self) -> bool {
        match self.rows_of() {
            RowsOf::Queues => self != Self::Consults,
            RowsOf::Agents => self == Self::AgentSummary,
            RowsOf::Interactions | RowsOf::Codes => true,
            RowsOf::Stays | RowsOf::Experts => false,
        }
    }

    /// Words of its metrics, in the order of its columns.
    pub(super) fn metrics(self) -> &'static [&'static str] {
        self.plan().metrics
    }

    fn plan(self) -> Plan {
        use RowsOf::{Agents, Codes, Experts, Interactions, Queues, Stays};
        let (word, title, rows_of, grain, metrics) = match self {
            Self::QueueSummary => ("queue-summary", Word::QueueSummary, Queues, None, QUEUE),
            Self::QueueInterval => {
                ("queue-interval", Word::QueueInterval, Queues, Some(Grain::Interval), QUEUE)
            }
            Self::QueueDaily => ("queue-daily", Word::QueueDaily, Queues, Some(Grain::Day), QUEUE),
            Self::ServiceLevel => {
                ("service-level", Word::ServiceLevel, Queues, Some(Grain::Day), SERVICE_LEVEL)
            }
            Self::Abandons => ("abandons", Word::Abandons, Queues, Some(Grain::Day), ABANDONS),
            Self::AgentSummary => ("agent-summary", Word::AgentSummary, Agents, None, AGENT),
            Self::AgentStatusSummary => {
                ("agent-status-summary", Word::AgentStatusSummary, Agents, None, STATUS)
            }
            Self::AgentStatusTimeline => {
                ("agent-status-timeline", Word::AgentStatusTimeline, Stays, None, NONE)
            }
            Self::AgentLogIns => ("agent-log-ins", Word::AgentLogIns, Stays, None, NONE),
            Self::InteractionDetails => {
                ("interaction-details", Word::InteractionDetails, Interactions, None, NONE)
            }
            Self::WrapUpSummary => ("wrap-up-summary", Word::WrapUpSummary, Codes, None, WRAP_UP),
            Self::Consults => ("consults", Word::Consults, Queues, Some(Grain::Day), CONSULTS),
            Self::ExpertWorkload => ("expert-workload", Word::ExpertWorkload, Experts, None, EXPERT),
        };
        Plan { word, title, rows_of, grain, metrics }
    }
}

const QUEUE: &[&str] = &[
    "offered",
    "answered",
    "abandoned",
    "flowed_out",
    "service_level",
    "asa",
    "average_wait",
    "handled",
    "aht",
    "transferred",
    "consults",
];
const SERVICE_LEVEL: &[&str] =
    &["offered", "answered", "abandoned", "abandoned_short", "flowed_out", "service_level", "asa"];
const ABANDONS: &[&str] =
    &["offered", "abandoned", "abandoned_percent", "abandoned_short", "average_abandon_wait"];
const AGENT: &[&str] = &[
    "alerts",
    "not_responding",
    "answered",
    "handled",
    "average_talk",
    "average_hold",
    "average_wrap_up",
    "aht",
    "transferred",
    "consults",
    "solved_percent",
    "occupancy",
];
const STATUS: &[&str] = &["occupancy"];
const NONE: &[&str] = &[];
const WRAP_UP: &[&str] = &[
    "handled",
    "average_talk",
    "average_hold",
    "average_wrap_up",
    "aht",
    "wrap_up_ratio",
    "transferred",
    "transferred_percent",
];
const CONSULTS: &[&str] = &[
    "consults",
    "solved_percent",
    "unknown_percent",
    "first_expert_percent",
    "experts_per_consult",
    "invitations",
    "invitations_accepted",
    "time_to_accept",
    "time_to_reply",
    "time_to_solution",
    "consult_hold",
];
const EXPERT: &[&str] = &[
    "invitations",
    "invitations_accepted",
    "invitations_declined",
    "invitations_no_answer",
    "missed_percent",
    "expert_service_level",
    "time_to_accept",
    "time_to_reply",
];
