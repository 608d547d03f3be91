//! The control API of the pool for tests and the demo: plain HTTP and JSON on a loopback port of its own.
//! Whoever can reach the port may use it; it must not listen anywhere else.
//!
//! | request | does |
//! |---|---|
//! | `GET /people` | everybody: uri, name, persona, presence |
//! | `GET /people/{uri}/presence` | the presence |
//! | `POST /people/{uri}/presence` `{"availability","activity"?}` | sets it, until the person publishes |
//! | `POST /people/{uri}/persona` `{"name"}` or a whole persona as in the TOML | gives another persona |
//! | `POST /people/{uri}/chats` `{"to","text"?}` | starts a chat; `{"chat":n}` |
//! | `POST /people/{uri}/say` `{"text","chat"?}` | says it in the chat, or in the newest of the person |
//! | `POST /people/{uri}/typing` `{"chat"?}` | types |
//! | `POST /people/{uri}/accept`, `/decline` `{"chat"?,"reason"?}` | answers an invitation by hand |
//! | `POST /people/{uri}/leave` `{"chat"?}` | ends the chat |
//! | `POST /people/{uri}/idle` `{"chat"?}` | closes the messaging, the conversation lives on |
//! | `POST /people/{uri}/expire-ticket` | the person's tickets are no longer good |
//! | `GET /experts/{uri}/inbox` | what the person was told and said, with counts of deliveries |
//! | `DELETE /experts/{uri}/inbox` | forgets it |
//! | `GET /chats` | the chats of the moment |
//! | `POST /cut-channels` | cuts the connections of all pending P-GETs |
//! | `POST /expire-tickets` | no ticket is good any more |
//! | `POST /restart` | forgets applications, chats, subscriptions |
//! | `POST /gone` `{"seconds"}` | everything answers 503 and channels are cut |
//! | `POST /trouble` | see the fields of [`super::trouble::Trouble`] |
//! | `DELETE /trouble` | all is well again |
//! | `GET /stats` | counters |
//!
//! `{uri}` is `sip:user@domain` or `user@domain`. Errors: 404 for what is not there, 409 for what is not
//! possible now, 422 for what cannot be read, with `{"error": "..."}` or a line of text.

mod chats;
mod pool_wide;
mod presence;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::Pool;
use super::people::PersonIndex;

/// What every control request gives.
type Outcome = Result<Json<Value>, (StatusCode, Json<Value>)>;

/// The control API.
pub(super) fn service(pool: Arc<Pool>) -> Router {
    Router::new()
        .route("/people", get(presence::people))
        .route("/people/{uri}/presence", get(presence::read).post(presence::write))
        .route("/people/{uri}/persona", post(presence::persona))
        .route("/people/{uri}/chats", post(chats::start))
        .route("/people/{uri}/say", post(chats::say))
        .route("/people/{uri}/typing", post(chats::typing))
        .route("/people/{uri}/accept", post(chats::accept))
        .route("/people/{uri}/decline", post(chats::decline))
        .route("/people/{uri}/leave", post(chats::leave))
        .route("/people/{uri}/idle", post(chats::idle))
        .route("/people/{uri}/expire-ticket", post(pool_wide::expire_ticket))
        .route("/experts/{uri}/inbox", get(chats::inbox).delete(chats::forget_inbox))
        .route("/chats", get(chats::list))
        .route("/cut-channels", post(pool_wide::cut_channels))
        .route("/expire-tickets", post(pool_wide::expire_tickets))
        .route("/restart", post(pool_wide::restart))
        .route("/gone", post(pool_wide::gone))
        .route("/trouble", post(pool_wide::trouble).delete(pool_wide::well))
        .route("/stats", get(pool_wide::stats))
        .with_state(pool)
}

fn find(pool: &Pool, uri: &str) -> Result<PersonIndex, (StatusCode, Json<Value>)> {
    pool.people.find(uri).ok_or_else(|| refuse(StatusCode::NOT_FOUND, &format!("there is no {uri}")))
}

fn refuse(status: StatusCode, error: &str) -> (StatusCode, Json<Value>) {
    (status, Json(json!({ "error": error })))
}

fn done() -> Outcome {
    Ok(Json(json!({ "ok": true })))
}
