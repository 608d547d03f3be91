//! `GET /api/v1/reports`

use super::asked::longest_days;
use crate::http::extract::QueryOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::reports::{Format, GrainWord, LanguageTag, MediumWord};
use axum::Json;
use hookflash_reports::library::ReportName;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// In which language.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Asked {
    /// The user's own, or English, where absent.
    #[param(inline)]
    language: Option<LanguageTag>,
}

/// A report of the library.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ReportView {
    /// Its word in addresses.
    name: &'static str,
    title: &'static str,
    /// What it tells, in a sentence.
    description: &'static str,
    /// What can be asked for.
    parameters: Vec<ReportParameterView>,
    formats: Vec<Format>,
    /// How finely it can be laid out over time, the usual first; empty where the whole period is one.
    grains: Vec<GrainWord>,
    /// Media of interactions that there are; empty where it is not about interactions.
    media: Vec<MediumWord>,
    /// Most days of its period, in its usual grain.
    longest_days: i32,
}

/// A parameter of a report.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ReportParameterView {
    /// The field of a request.
    name: &'static str,
    kind: ParameterKind,
    required: bool,
}

/// What a parameter is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportParameterKind)]
pub(in crate::http) enum ParameterKind {
    /// Days seen from today, or two days.
    Period,
    /// Ids of queues.
    Queues,
    /// Ids of users.
    Users,
    /// Ids of dispositions.
    Dispositions,
    /// Ids of skills and languages.
    Abilities,
    /// Media of interactions.
    Media,
    /// How finely it is laid out over time.
    Grain,
    /// A name of the time-zone database.
    TimeZone,
    /// A language.
    Language,
    /// The size of a PDF's pages.
    Paper,
    /// Formats.
    Formats,
}

/// The library: which reports there are, and what can be asked of each.
#[utoipa::path(get, path = "/api/v1/reports", operation_id = "reports_library", tag = "reports",
    params(Asked), security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = Vec<ReportView>, description = "The library")))]
pub(in crate::http) async fn list(
    SupervisorOrAbove(user): SupervisorOrAbove,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Json<Vec<ReportView>>, Problem> {
    let language = asked.language.unwrap_or_else(|| LanguageTag::of_word(user.language.as_deref())).into();
    let view = |name: ReportName| ReportView {
        name: name.word(),
        title: name.title(language),
        description: name.about(language),
        parameters: parameters(name),
        formats: Format::ALL.to_vec(),
        grains: name.grains().iter().copied().filter_map(GrainWord::of).collect(),
        media: if name.takes_media() { vec![MediumWord::Voice] } else { Vec::new() },
        longest_days: longest_days(name, None),
    };
    Ok(Json(ReportName::ALL.map(view).into()))
}

fn parameters(report: ReportName) -> Vec<ReportParameterView> {
    use ParameterKind::{
        Abilities, Dispositions, Formats, Grain, Language, Media, Paper, Period, Queues, TimeZone, Users,
    };
    let of = |name, kind, required| ReportParameterView { name, kind, required };
    let mut all = vec![of("period", Period, true)];
    for (is_taken, name, kind) in [
        (!report.grains().is_empty(), "grain", Grain),
        (report.takes_queues(), "queue_ids", Queues),
        (report.takes_agents(), "agent_ids", Users),
        (report.takes_dispositions(), "disposition_ids", Dispositions),
        (report.takes_abilities(), "ability_ids", Abilities),
        (report.takes_media(), "media", Media),
    ] {
        if is_taken {
            all.push(of(name, kind, false));
        }
    }
    all.extend([
        of("formats", Formats, true),
        of("time_zone", TimeZone, false),
        of("language", Language, false),
        of("paper", Paper, false),
    ]);
    all
}
