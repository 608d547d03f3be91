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
//! | `POST /people/{uri}/say` `{"text","html"?,"chat"?}` | says it in the chat, or in the newest of the person; invites again where messaging is idle |
//! | `POST /people/{uri}/typing` `{"chat"?}` | types |
//! | `POST /people/{uri}/accept`, `/decline` `{"chat"?,"reason"?}` | answers an invitation by hand |
//! | `POST /people/{uri}/leave` `{"chat"?}` | ends the chat |
//! | `POST /people/{uri}/fail-deliveries` `{"count"?,"reason"?}` | the next messages to the person fail; 0 stops |
//! | `POST /people/{uri}/note` `{"message","out_of_office"?}` | sets the note |
//! | `POST /people/{uri}/location` `{"location"}` | sets the location |
//! | `POST /people/{uri}/idle` `{"chat"?}` | closes the messaging, the conversation lives on |
//! | `POST /people/{uri}/account` `{"account"?,"home"?}` | `enabled`, `disabled`, `not_enabled`; `first`, `second`, `nowhere` or an address |
//! | `POST /people/{uri}/expire-ticket` | the person's tickets are no longer good |
//! | `GET /experts/{uri}/inbox` | what the person was told and said, with counts of deliveries |
//! | `DELETE /experts/{uri}/inbox` | forgets it |
//! | `GET /chats` | the chats of the moment; `toast`: what an invitation that rings shows |
//! | `POST /cut-channels` | cuts the connections of all pending P-GETs |
//! | `POST /expire-tickets` | no ticket is good any more |
//! | `POST /restart` | forgets applications, chats, subscriptions |
//! | `POST /gone` `{"seconds"}` | everything answers 503 and channels are cut |
//! | `POST /trouble` | refusals, delays, cut lines, broken bodies, endless redirects: see the fields of [`super::trouble::Trouble`] |
//! | `GET /trouble`, `DELETE /trouble` | what there is; all is well again |
//! | `POST /events` `{"person"?,"rel"?,"drop"?,"duplicate"?,"shuffle"?,"seed"?,"hold_ms"?}` | loses or doubles so many events (of a rel), shuffles so many batches, holds everything back and gives it in one batch |
//! | `DELETE /events` | events come as they should |
//! | `POST /throttle` `{"per_second","retry_after"?}` | more requests than that below applications get 429, P-GETs apart; 0 lifts it |
//! | `POST /certificate` `{"new_authority"?}` | another certificate for new connections; gives the authority's PEM and cuts the channels |
//! | `POST /clock` `{"skew_seconds"}` | puts the dates that clients are shown ahead, or behind |
//! | `GET /stats` | counters; `load` has all requests but P-GETs and the most in one second |
//! | `DELETE /stats` | counts `load` from nothing |
//!
//! `{uri}` is `sip:user@domain` or `user@domain`. Errors: 404 for what is not there, 409 for what is not
//! possible now, 422 for what cannot be read, with `{"error": "..."}` or a line of text.

mod chats;
mod events;
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
        .route("/people/{uri}/fail-deliveries", post(chats::fail_deliveries))
        .route("/people/{uri}/note", post(presence::note))
        .route("/people/{uri}/location", post(presence::location))
        .route("/people/{uri}/account", post(presence::account))
        .route("/people/{uri}/expire-ticket", post(pool_wide::expire_ticket))
        .route("/experts/{uri}/inbox", get(chats::inbox).delete(chats::forget_inbox))
        .route("/chats", get(chats::list))
        .route("/cut-channels", post(pool_wide::cut_channels))
        .route("/expire-tickets", post(pool_wide::expire_tickets))
        .route("/restart", post(pool_wide::restart))
        .route("/gone", post(pool_wide::gone))
        .route("/trouble", get(pool_wide::troubles).post(pool_wide::trouble).delete(pool_wide::well))
        .route("/events", post(events::disturb).delete(events::well))
        .route("/throttle", post(pool_wide::throttle))
        .route("/certificate", post(pool_wide::certificate))
        .route("/clock", post(pool_wide::clock))
        .route("/stats", get(pool_wide::stats).delete(pool_wide::reset_load))
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
