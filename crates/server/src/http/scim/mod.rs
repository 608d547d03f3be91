//! SCIM 2.0 (RFC 7643, RFC 7644): Entra ID, Okta and others tell who can be asked. One file a verb.
//!
//! Invariants: every route but those that describe the service takes [`Provisioner`], so asks for the token of a
//! source and reaches the users of that source alone; errors are SCIM's; what is kept of a user is what people are
//! searched by, and a password never.

mod answer;
mod ask;
mod comparison;
mod create;
mod describe;
mod error;
mod list;
mod patch;
mod path;
mod provisioner;
mod record;
mod remove;
mod replace;
mod settings;
mod show;
mod user;
mod write;

pub(super) use settings::ScimSettings;

use self::error::ScimError;
use super::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get};
use provisioner::Provisioner;

/// The kind of such a source.
pub(super) const KIND: &str = "scim";
/// Where the service is.
pub(super) const ROOT: &str = "/scim/v2";
/// The content type of requests and answers (RFC 7644, section 3.1).
const CONTENT_TYPE: &str = "application/scim+json";
/// Largest body.
const BODY_BYTES: usize = 64 * 1024;
/// Schemas (RFC 7643, sections 4.1 and 4.3).
const CORE: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

pub(super) fn router() -> Router<AppState> {
    let users = get(list::list).post(create::create);
    let user = get(show::show).put(replace::replace).patch(patch::patch).delete(remove::remove);
    let routes = Router::new()
        .route("/Users", users.fallback(no_such_verb))
        .route("/Users/{id}", user.fallback(no_such_verb))
        .route("/ServiceProviderConfig", get(describe::service).fallback(no_such_verb))
        .route("/ResourceTypes", get(describe::resource_types).fallback(no_such_verb))
        .route("/ResourceTypes/User", get(describe::user_type).fallback(no_such_verb))
        .route("/Schemas", get(describe::schemas).fallback(no_such_verb))
        .route("/Schemas/{id}", get(describe::schema).fallback(no_such_verb))
        .route("/{*rest}", any(nothing_here))
        .layer(DefaultBodyLimit::max(BODY_BYTES));
    Router::new().nest(ROOT, routes)
}

async fn no_such_verb(_: Provisioner) -> ScimError {
    ScimError::new(405, "This cannot be done here.")
}

async fn nothing_here(_: Provisioner) -> ScimError {
    ScimError::new(404, "There is nothing here. Users are provisioned, groups are not.")
}
