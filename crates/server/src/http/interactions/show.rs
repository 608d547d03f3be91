//! `GET /api/v1/interactions/{id}`

use super::detail::InteractionDetail;
use super::list::only_own;
use crate::http::extract::PathOf;
use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use hookflash_domain::InteractionId;
use uuid::Uuid;

/// One interaction in full. For an agent another's does not exist.
#[utoipa::path(get, path = "/api/v1/interactions/{id}", operation_id = "interactions_show", tag = "interactions",
    params(("id" = Uuid, Path, description = "The interaction's id")),
    security(("session" = ["agent", "supervisor", "administrator"])),
    responses((status = 200, body = InteractionDetail, description = "The interaction")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    user: SignedIn,
    PathOf(id): PathOf<Uuid>,
) -> Result<Json<InteractionDetail>, Problem> {
    let own = only_own(&user)?;
    let detail = state.store.interaction_detail(InteractionId(id)).await?;
    let permitted = detail.filter(|found| own.is_none() || found.interaction.interaction.agent_id == own);
    let found = permitted
        .ok_or_else(|| Problem::new(Code::UnknownInteraction, "It does not exist, or is not yours."))?;
    let keys = state.store.attached_keys().await?;
    let users = state.store.users().await?;
    let asked = state.store.asked_by(InteractionId(id)).await?;
    Ok(Json(InteractionDetail::of(found, asked, &keys, &users)))
}
