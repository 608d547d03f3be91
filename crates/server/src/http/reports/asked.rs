//! What is asked for in a request, checked.

use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use crate::http::valid::Checks;
use crate::reports::{
    About, AskedWrongly, Days, Format, GrainWord, LanguageTag, MediumWord, Narrowing, PaperSize, Parameters,
    ReadError, Relative,
};
use hookflash_domain::Timestamp;
use hookflash_domain::figures::Grain;
use hookflash_reports::library::{ReportName, RowsOf};
use hookflash_store::interactions::MAX_ASKED;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The calendar's first and last day that is asked about.
const FIRST: Date = date(1990, 1, 1);
const LAST: Date = date(2199, 12, 31);
/// Most queues, and most users, that a report is narrowed down to.
const MOST_IDS: usize = 500;
/// Most days: three years and a day; of reports that have a row for each half hour or state, a quarter.
const LONGEST: i32 = 3 * 366 + 1;
const LONGEST_FINE: i32 = 92;

/// What a report shall be about, and how it is written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ReportRequest {
    /// Days seen from the present one, in the time zone; or `from` and `to`.
    period: Option<Relative>,
    /// The first day, such as 2026-10-01.
    #[schema(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The last day; it is part of the period.
    #[schema(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// Queues; all where absent or empty.
    #[serde(default)]
    queue_ids: Vec<Uuid>,
    /// Users; all where absent or empty.
    #[serde(default)]
    agent_ids: Vec<Uuid>,
    /// Dispositions; all where absent or empty.
    #[serde(default)]
    disposition_ids: Vec<Uuid>,
    /// Skills and languages, at most 10: of interactions that asked for all of them.
    #[serde(default)]
    ability_ids: Vec<Uuid>,
    /// Media; all where absent or empty.
    #[serde(default)]
    media: Vec<MediumWord>,
    /// How finely it is laid out over time; the report's usual where absent.
    grain: Option<GrainWord>,
    /// At least one.
    formats: Vec<Format>,
    /// Where days begin and clocks are read, such as `Europe/Berlin`; UTC where absent.
    time_zone: Option<String>,
    /// The user's own, or English, where absent.
    language: Option<LanguageTag>,
    /// A4 where absent.
    paper: Option<PaperSize>,
}

/// Most days of a report's period; of a fine grain fewer.
pub(super) fn longest_days(name: ReportName, grain: Option<Grain>) -> i32 {
    let is_fine = matches!(grain.or(name.grain()), Some(Grain::Interval | Grain::Hour))
        || name.rows_of() == RowsOf::Stays;
    if is_fine { LONGEST_FINE } else { LONGEST }
}

impl ReportRequest {
    /// The parameters of a run, checked as far as the request alone tells.
    pub(super) fn check(
        mut self,
        name: ReportName,
        user: &SignedIn,
        now: Timestamp,
    ) -> Result<Parameters, Problem> {
        let mut checks = Checks::default();
        let time_zone = self.time_zone.take().unwrap_or_else(|| "UTC".to_owned());
        let zone = TimeZone::get(&time_zone).unwrap_or_else(|_| {
            checks.wrong("time_zone", "is not a name of the time-zone database, such as Europe/Berlin");
            TimeZone::UTC
        });
        let longest = longest_days(name, self.grain.map(Into::into));
        let days = self.days(&mut checks, now, &zone, longest);
        let about = About {
            queue_ids: self.queue_ids,
            agent_ids: self.agent_ids,
            disposition_ids: self.disposition_ids,
            ability_ids: self.ability_ids,
            media: self.media,
            grain: self.grain,
        };
        check_about(&mut checks, &about, MOST_IDS);
        self.formats.sort_unstable();
        self.formats.dedup();
        if self.formats.is_empty() {
            checks.wrong("formats", "must have at least one");
        }
        checks.finish()?;
        Ok(Parameters {
            from: days.first,
            to: days.last,
            time_zone,
            about,
            formats: self.formats,
            language: self.language.unwrap_or_else(|| LanguageTag::of_word(user.language.as_deref())),
            paper: self.paper.unwrap_or_default(),
        })
    }

    fn days(&self, checks: &mut Checks, now: Timestamp, zone: &TimeZone, longest: i32) -> Days {
        let days = match (self.period, self.from, self.to) {
            (Some(relative), None, None) => relative.days(now, zone),
            (None, Some(first), Some(last)) => Some(Days { first, last }),
            _ => None,
        };
        let Some(days) = days else {
            checks.wrong("period", "must be given, or from and to in its place");
            return Days { first: FIRST, last: FIRST };
        };
        if days.first < FIRST || days.last > LAST {
            checks.wrong("from", format!("must lie with to from {FIRST} to {LAST}"));
        } else if days.first > days.last {
            checks.wrong("from", "must not be after to");
        } else if (days.last - days.first).get_days() >= longest {
            checks.wrong("to", format!("must be within {longest} days of from; choose a shorter period"));
        }
        days
    }
}

/// How much a report is narrowed down by at most.
pub(super) fn check_about(checks: &mut Checks, about: &About, most: usize) {
    checks.count("queue_ids", &about.queue_ids, most);
    checks.count("agent_ids", &about.agent_ids, most);
    checks.count("disposition_ids", &about.disposition_ids, most);
    checks.count("ability_ids", &about.ability_ids, MAX_ASKED);
    checks.count("media", &about.media, most);
}

/// What only the store tells: that a queue or a user is none, that the report cannot be narrowed like that.
impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        let words = error.to_string();
        match error {
            ReadError::Asked(AskedWrongly::Unknown(what, _)) => Self::new(unknown(what), words),
            ReadError::Asked(AskedWrongly::NotNarrowed(_, what)) => Self::field(field(what), words),
            ReadError::Asked(AskedWrongly::NotLaidOut(_)) => Self::field("grain", words),
            ReadError::Asked(_) => Self::field("from", words),
            ReadError::Rows(_) => Self::new(Code::Internal, words),
            ReadError::Store(error) => error.into(),
        }
    }
}

fn unknown(what: Narrowing) -> Code {
    match what {
        Narrowing::Queues => Code::UnknownQueue,
        Narrowing::Dispositions => Code::UnknownDisposition,
        Narrowing::Abilities => Code::UnknownAbility,
        Narrowing::Agents | Narrowing::Media => Code::UnknownUser,
    }
}

fn field(what: Narrowing) -> &'static str {
    match what {
        Narrowing::Queues => "queue_ids",
        Narrowing::Agents => "agent_ids",
        Narrowing::Dispositions => "disposition_ids",
        Narrowing::Abilities => "ability_ids",
        Narrowing::Media => "media",
    }
}
