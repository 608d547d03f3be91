//! `GET /api/v1/settings/thresholds`

use crate::http::figures::UnitView;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::figures::{Bad, Watched};
use hookflash_store::thresholds::ThresholdRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Which figures are judged and how, and the thresholds.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct ThresholdsPage {
    /// Every figure that thresholds may be set for.
    figures: Vec<WatchedView>,
    /// In the order in which they were given.
    thresholds: Vec<ThresholdView>,
}

/// A figure that thresholds may be set for.
#[derive(Serialize, ToSchema)]
#[schema(as = WatchedFigure)]
pub(in crate::http) struct WatchedView {
    figure: FigureView,
    unit: UnitView,
    bad: BadView,
    /// The greatest threshold; the least is 1.
    most: i64,
}

/// Which way a figure is bad.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Bad)]
pub(in crate::http) enum BadView {
    /// From the threshold on.
    High,
    /// Below the threshold.
    Low,
}

/// The thresholds of a figure.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Threshold)]
pub(in crate::http) struct ThresholdView {
    pub(super) figure: FigureView,
    /// Of which queue; null for all that have none of their own. What a queue has of its own counts as a whole.
    pub(super) queue_id: Option<Uuid>,
    /// From when on it is to be looked at, in the figure's unit; null for never.
    pub(super) warning: Option<i64>,
    /// From when on something is to be done; beyond the warning. Null for never, but not both.
    pub(super) critical: Option<i64>,
}

/// A figure of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WatchedWord)]
pub(in crate::http) enum FigureView {
    /// How many wait.
    Waiting,
    /// How long the first of them waits.
    LongestWaiting,
    ServiceLevel,
    /// Average speed of answer.
    Asa,
    AbandonedPercent,
    /// How many agents are ready.
    AgentsReady,
}

/// The thresholds of queues' figures.
#[utoipa::path(get, path = "/api/v1/settings/thresholds", operation_id = "settings_thresholds_show",
    tag = "settings", security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = ThresholdsPage, description = "Figures and thresholds")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    _: SupervisorOrAbove,
) -> Result<Json<ThresholdsPage>, Problem> {
    stored(&state).await.map(Json)
}

/// The thresholds as stored. A figure of a later version is left out.
pub(super) async fn stored(state: &AppState) -> Result<ThresholdsPage, Problem> {
    let view = |row: ThresholdRow| {
        Some(ThresholdView {
            figure: Watched::of_word(&row.figure)?.into(),
            queue_id: row.queue_id.map(|queue| queue.0),
            warning: row.warning,
            critical: row.critical,
        })
    };
    Ok(ThresholdsPage {
        figures: Watched::ALL.into_iter().map(WatchedView::from).collect(),
        thresholds: state.store.thresholds().await?.into_iter().filter_map(view).collect(),
    })
}

impl From<Watched> for WatchedView {
    fn from(figure: Watched) -> Self {
        let rule = figure.rule();
        let bad = match rule.bad {
            Bad::High => BadView::High,
            Bad::Low => BadView::Low,
        };
        Self { figure: figure.into(), unit: rule.unit.into(), bad, most: rule.most }
    }
}

/// Both ways, so that none is forgotten.
macro_rules! same_names {
    ($($name:ident),+) => {
        impl From<Watched> for FigureView {
            fn from(figure: Watched) -> Self {
                match figure { $(Watched::$name => Self::$name),+ }
            }
        }
        impl From<FigureView> for Watched {
            fn from(figure: FigureView) -> Self {
                match figure { $(FigureView::$name => Self::$name),+ }
            }
        }
    };
}
same_names!(Waiting, LongestWaiting, ServiceLevel, Asa, AbandonedPercent, AgentsReady);
