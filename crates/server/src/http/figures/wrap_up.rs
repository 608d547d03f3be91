//! `GET /api/v1/figures/wrap-up`

use super::stretch::Asked;
use super::view::FiguresView;
use crate::http::extract::QueryOf;
use crate::http::problem::Problem;
use crate::http::session::SupervisorOrAbove;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::DispositionId;
use hookflash_domain::figures::{Figures, Totals};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// A code over the stretch.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct CodeFiguresView {
    /// Null where no code was chosen.
    disposition_id: Option<Uuid>,
    /// Null where no code was chosen, or the code is gone.
    disposition_name: Option<String>,
    figures: FiguresView,
}

/// Figures of codes.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct CodeFiguresPage {
    /// Codes that were chosen, and none.
    rows: Vec<CodeFiguresView>,
    /// All rows as one.
    summary: FiguresView,
}

/// Agents' parts by the code chosen at the end, all queues and the whole stretch as one: `grain` says nothing
/// here. Figures of waiting, offers and consults are the queues' and are 0.
#[utoipa::path(get, path = "/api/v1/figures/wrap-up", operation_id = "figures_wrap_up", tag = "figures",
    params(Asked), security(("session" = ["supervisor", "administrator"])),
    responses((status = 200, body = CodeFiguresPage, description = "By code")))]
pub(in crate::http) async fn list(
    State(state): State<AppState>,
    _: SupervisorOrAbove,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Json<CodeFiguresPage>, Problem> {
    let question = asked.check()?;
    let sums = state.store.code_sums(question.stretch).await?;
    let names: BTreeMap<DispositionId, String> = state
        .store
        .dispositions()
        .await?
        .into_iter()
        .map(|disposition| (disposition.row.disposition_id, disposition.row.name))
        .collect();
    let figures = |totals| Figures { totals, switches: question.switches, ..Figures::default() };
    let mut all = Totals::default();
    sums.iter().for_each(|sum| all.add(&sum.totals));
    let rows = sums.into_iter().map(|sum| CodeFiguresView {
        disposition_id: sum.disposition_id.map(|id| id.0),
        disposition_name: sum.disposition_id.and_then(|id| names.get(&id).cloned()),
        figures: FiguresView::from(&figures(sum.totals)),
    });
    Ok(Json(CodeFiguresPage { rows: rows.collect(), summary: FiguresView::from(&figures(all)) }))
}
