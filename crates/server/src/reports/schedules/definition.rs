//! What a schedule makes, and when.

use super::{ScheduledMail, WhenView};
use crate::reports::{
    About, AskedBy, Format, GrainWord, LanguageTag, MediumWord, PaperSize, Parameters, Relative, queued,
};
use hookflash_domain::Timestamp;
use hookflash_domain::schedule::When;
use hookflash_reports::library::ReportName;
use hookflash_store::report_runs::ReportRunRow;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// As a schedule keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Definition {
    pub(crate) when: WhenView,
    /// A name of the time-zone database.
    pub(crate) time_zone: String,
    pub(crate) reports: Vec<ScheduledReport>,
    pub(crate) formats: Vec<Format>,
    pub(crate) language: LanguageTag,
    pub(crate) paper: PaperSize,
    /// Whom they are sent to; nobody where there is none.
    #[serde(default)]
    pub(crate) mail: Option<ScheduledMail>,
}

/// A report of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScheduledReport {
    /// The report's word.
    pub(crate) report: String,
    /// Days seen from the one on which the schedule is due, in its time zone.
    pub(crate) period: Relative,
    /// Queues; all where absent or empty.
    #[serde(default)]
    pub(crate) queue_ids: Vec<Uuid>,
    /// Users; all where absent or empty.
    #[serde(default)]
    pub(crate) agent_ids: Vec<Uuid>,
    /// Dispositions; all where absent or empty.
    #[serde(default)]
    pub(crate) disposition_ids: Vec<Uuid>,
    /// Skills and languages, at most 10: of interactions that asked for all of them.
    #[serde(default)]
    pub(crate) ability_ids: Vec<Uuid>,
    /// Media; all where absent or empty.
    #[serde(default)]
    pub(crate) media: Vec<MediumWord>,
    /// How finely it is laid out over time; the report's usual where absent or null.
    #[serde(default)]
    pub(crate) grain: Option<GrainWord>,
}

impl ScheduledReport {
    /// What it is about.
    pub(crate) fn about(&self) -> About {
        About {
            queue_ids: self.queue_ids.clone(),
            agent_ids: self.agent_ids.clone(),
            disposition_ids: self.disposition_ids.clone(),
            ability_ids: self.ability_ids.clone(),
            media: self.media.clone(),
            grain: self.grain,
        }
    }
}

/// Why a schedule cannot fire: it was stored by a later version.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotUnderstood {
    #[error("its definition is not understood: {0}")]
    Definition(#[from] serde_json::Error),
    #[error("{0}")]
    Words(String),
}

impl Definition {
    /// Where clocks are read and days begin.
    pub(crate) fn zone(&self) -> Result<TimeZone, NotUnderstood> {
        TimeZone::get(&self.time_zone).map_err(|error| NotUnderstood::Words(error.to_string()))
    }

    /// When it is due.
    pub(crate) fn when(&self) -> Result<When, NotUnderstood> {
        self.when.read().map_err(|words| NotUnderstood::Words(format!("when: {words}")))
    }

    /// What a report of it is about at a moment at which it is due.
    pub(crate) fn parameters(
        &self,
        report: &ScheduledReport,
        due_at: Timestamp,
    ) -> Result<(ReportName, Parameters), NotUnderstood> {
        let name = ReportName::of_word(&report.report)
            .ok_or_else(|| NotUnderstood::Words(format!("there is no report {}", report.report)))?;
        let days = report.period.days(due_at, &self.zone()?);
        let days = days.ok_or_else(|| NotUnderstood::Words("it is outside of the calendar".to_owned()))?;
        let parameters = Parameters {
            from: days.first,
            to: days.last,
            time_zone: self.time_zone.clone(),
            about: report.about(),
            formats: self.formats.clone(),
            language: self.language,
            paper: self.paper,
        };
        Ok((name, parameters))
    }

    /// The runs of a fire, in the order of the reports.
    pub(super) fn runs(&self, due_at: Timestamp, by: &AskedBy) -> Result<Vec<ReportRunRow>, NotUnderstood> {
        let run = |report| {
            let (name, parameters) = self.parameters(report, due_at)?;
            Ok(queued(name, &parameters, by)?)
        };
        self.reports.iter().map(run).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_older_version_kept_is_read_and_narrows_nothing_more() {
        let kept = r#"{"when":{"kind":"daily","at":"07:30"},"time_zone":"UTC","reports":[{"report":"queue-daily",
            "period":"yesterday","queue_ids":[],"agent_ids":[]}],"formats":["pdf"],"language":"de","paper":"a4"}"#;
        let definition: Definition = serde_json::from_str(kept).unwrap();
        let (_, parameters) = definition.parameters(&definition.reports[0], Timestamp(0)).unwrap();
        assert_eq!(parameters.about, About::default());
        let kept = r#"{"from":"2026-10-01","to":"2026-10-31","time_zone":"UTC","queue_ids":[],"agent_ids":
            ["00000000-0000-0000-0000-000000000001"],"formats":["csv"],"language":"en","paper":"letter"}"#;
        let parameters: Parameters = serde_json::from_str(kept).unwrap();
        assert_eq!(parameters.about, About { agent_ids: vec![Uuid::from_u128(1)], ..About::default() });
    }
}
