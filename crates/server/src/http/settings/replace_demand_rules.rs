//! `PUT /api/v1/settings/demand-rules`

use super::show_demand_rules::{DemandRuleView, DemandRules, DemandSource, stored};
use crate::http::abilities::known::Known;
use crate::http::extract::Json;
use crate::http::problem::Problem;
use crate::http::session::Administrator;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use axum::extract::State;
use hookflash_domain::attached::MAX_KEY_CHARS;
use hookflash_domain::routing::MAX_DEMAND_RULES;
use hookflash_store::abilities::DemandRuleRow;

/// Replaces the rules by which interactions ask for skills and languages; they count for those that come.
#[utoipa::path(put, path = "/api/v1/settings/demand-rules", operation_id = "settings_demand_rules_replace",
    tag = "settings", request_body = DemandRules, security(("session" = ["administrator"])),
    responses((status = 200, body = DemandRules, description = "The rules")))]
pub(in crate::http) async fn replace(
    State(state): State<AppState>,
    Administrator(administrator): Administrator,
    Json(body): Json<DemandRules>,
) -> Result<axum::Json<DemandRules>, Problem> {
    let known = Known::read(&state).await?;
    let mut checks = Checks::default();
    checks.count("rules", &body.rules, MAX_DEMAND_RULES);
    let rules = body.rules.iter().take(MAX_DEMAND_RULES).map(|rule| check(&mut checks, &known, rule));
    let rules: Vec<_> = rules.collect();
    checks.finish()?;
    state.store.replace_demand_rules(&rules, &administrator.by()).await?;
    state.engine.apply_directory().await;
    stored(&state).await.map(axum::Json)
}

fn check(checks: &mut Checks, known: &Known, rule: &DemandRuleView) -> DemandRuleRow {
    let (source, key_chars) = match rule.source {
        DemandSource::Attached => ("attached", 1..=MAX_KEY_CHARS),
        DemandSource::Dialled => ("dialled", 0..=0),
    };
    known.check(checks, "ability_id", &[rule.ability_id], 1);
    DemandRuleRow {
        source: source.to_owned(),
        key: checks.text("key", &rule.key, key_chars),
        value: checks.text("value", &rule.value, 1..=200),
        ability_id: rule.ability_id,
    }
}
