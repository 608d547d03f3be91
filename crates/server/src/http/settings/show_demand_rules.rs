//! `GET /api/v1/settings/demand-rules`

use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_store::abilities::DemandRuleRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// By which rules interactions ask for skills and languages. Where none holds, the queue's default counts.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DemandRules {
    /// All that hold count; at most 500.
    pub(super) rules: Vec<DemandRuleView>,
}

/// An interaction that comes like this asks for that.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DemandRule)]
pub(in crate::http) struct DemandRuleView {
    pub(super) source: DemandSource,
    /// The key of attached data, 1 to 64 characters; empty for a dialled number.
    pub(super) key: String,
    /// The value of that key, or the number, 1 to 200 characters. Of a key's value case does not count.
    pub(super) value: String,
    /// The skill or language that is asked for.
    pub(super) ability_id: Uuid,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::http) enum DemandSource {
    /// A key of attached data and its value.
    Attached,
    /// The dialled number.
    Dialled,
}

/// By which rules interactions ask for skills and languages.
#[utoipa::path(get, path = "/api/v1/settings/demand-rules", operation_id = "settings_demand_rules_show",
    tag = "settings", security(("session" = ["administrator"])),
    responses((status = 200, body = DemandRules, description = "The rules")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    _: Administrator,
) -> Result<Json<DemandRules>, Problem> {
    stored(&state).await.map(Json)
}

/// The rules as stored.
pub(super) async fn stored(state: &AppState) -> Result<DemandRules, Problem> {
    let view = |row: DemandRuleRow| DemandRuleView {
        source: if row.source == "dialled" { DemandSource::Dialled } else { DemandSource::Attached },
        key: row.key,
        value: row.value,
        ability_id: row.ability_id,
    };
    Ok(DemandRules { rules: state.store.demand_rules().await?.into_iter().map(view).collect() })
}
