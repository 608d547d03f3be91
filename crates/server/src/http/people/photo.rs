//! `GET /api/v1/people/photo`

use crate::http::extract::QueryOf;
use crate::http::problem::{Code, Problem};
use crate::http::session::Agent;
use crate::http::state::AppState;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hookflash_domain::{NetworkId, PersonId};
use serde::Deserialize;
use utoipa::IntoParams;

/// Longest key of a person on a network, in bytes.
const ADDRESS_BYTES: usize = 512;
/// Sizes that are asked for, in pixels: few, so that photos are kept once.
const EDGES: [u16; 2] = [64, 240];
/// The browser keeps a photo for an hour, and for ten minutes that there is none. Another agent at the
/// same browser has other rights, so the cookie counts.
const KEPT: &str = "private, max-age=3600";
const NONE_KEPT: &str = "private, max-age=600";

/// Whose photo.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Whose {
    /// The network's id.
    network: String,
    /// The person's key on the network, as search and favourites give it.
    address: String,
    /// 64 or 240 pixels; 64 where absent.
    edge: Option<u16>,
}

/// A person's photo as the agent may see it on the network. It is fetched in the agent's own session
/// there: neither the network nor the address in it is an address of the internet that could be chosen.
#[utoipa::path(get, path = "/api/v1/people/photo", operation_id = "people_photo", tag = "people", params(Whose),
    security(("session" = ["agent"])),
    responses((status = 200, content_type = "image/*", body = Vec<u8>, description = "The photo; 404 where there is none")))]
pub(in crate::http) async fn show(
    State(state): State<AppState>,
    Agent(user): Agent,
    QueryOf(whose): QueryOf<Whose>,
) -> Result<Response, Problem> {
    let edge = whose.edge.unwrap_or(EDGES[0]);
    if !EDGES.contains(&edge) || whose.address.is_empty() || whose.address.len() > ADDRESS_BYTES {
        return Err(Problem::new(Code::BadRequest, "edge: must be 64 or 240; address: 1 to 512 bytes"));
    }
    if state.config.network(&whose.network).is_none() {
        return Err(Problem::new(Code::UnknownNetwork, "No network of this id is configured."));
    }
    let person = PersonId { network: NetworkId(whose.network), address: whose.address };
    let photo = state.engine.photo(user.user_id, &person, edge).await.map_err(|refused| {
        let code = match refused.code {
            "licence_required" => Code::LicenceRequired,
            "no_network" => Code::NoNetwork,
            _ => Code::NetworkTrouble,
        };
        Problem::new(code, refused.message)
    })?;
    let Some(photo) = photo else {
        let mut none = Problem::new(Code::NoPhoto, "This person has no photo.").into_response();
        none.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(NONE_KEPT));
        return Ok(none);
    };
    let headers = [
        (header::CONTENT_TYPE, photo.media_type),
        (header::CACHE_CONTROL, KEPT),
        (header::VARY, "cookie"),
        (header::CONTENT_DISPOSITION, "inline"),
    ];
    Ok((StatusCode::OK, headers, Body::from(photo.bytes.clone())).into_response())
}
