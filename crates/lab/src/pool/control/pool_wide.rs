//! Trouble, restarts and counters.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Outcome, done, find, refuse};
use crate::pool::Pool;
use crate::pool::state::channel::Channel;
use crate::pool::trouble::Trouble;
use crate::pool::trouble::throttle::Throttle;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gone {
    seconds: u64,
    #[serde(default)]
    retry_after: u64,
}

pub(super) async fn expire_ticket(State(pool): State<Arc<Pool>>, Path(uri): Path<String>) -> Outcome {
    let person = find(&pool, &uri)?;
    Ok(Json(json!({ "expired": pool.tickets.expire(Some(person)) })))
}

pub(super) async fn expire_tickets(State(pool): State<Arc<Pool>>) -> Outcome {
    Ok(Json(json!({ "expired": pool.tickets.expire(None) })))
}

pub(super) async fn cut_channels(State(pool): State<Arc<Pool>>) -> Outcome {
    pool.cut_channels();
    done()
}

pub(super) async fn restart(State(pool): State<Arc<Pool>>) -> Outcome {
    pool.core.lock().restart();
    done()
}

pub(super) async fn gone(State(pool): State<Arc<Pool>>, Json(gone): Json<Gone>) -> Outcome {
    let Gone { seconds, retry_after } = gone;
    pool.troubles.add(Trouble { seconds: seconds.max(1), status: 503, retry_after, ..Trouble::default() });
    pool.cut_channels();
    done()
}

pub(super) async fn trouble(State(pool): State<Arc<Pool>>, Json(trouble): Json<Trouble>) -> Outcome {
    pool.troubles.add(trouble);
    done()
}

pub(super) async fn troubles(State(pool): State<Arc<Pool>>) -> Outcome {
    Ok(Json(json!(pool.troubles.all())))
}

pub(super) async fn well(State(pool): State<Arc<Pool>>) -> Outcome {
    pool.troubles.clear();
    done()
}

pub(super) async fn throttle(State(pool): State<Arc<Pool>>, Json(throttle): Json<Throttle>) -> Outcome {
    pool.gate.limit(throttle);
    done()
}

/// Gives the PEM of the authority, which a new one replaces where that is asked for.
pub(super) async fn certificate(State(pool): State<Arc<Pool>>, Json(wanted): Json<Renewal>) -> Outcome {
    let Some(tls) = &pool.tls else { return Err(refuse(StatusCode::CONFLICT, "the pool speaks plain HTTP")) };
    tls.renew(wanted.new_authority)
        .map_err(|error| refuse(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()))?;
    pool.cut_channels();
    Ok(Json(json!({ "ca": tls.authority() })))
}

pub(super) async fn clock(Json(wanted): Json<Skew>) -> Outcome {
    crate::clock::set_skew(wanted.skew_seconds.saturating_mul(1_000));
    done()
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Renewal {
    #[serde(default)]
    new_authority: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Skew {
    skew_seconds: i64,
}

pub(super) async fn stats(State(pool): State<Arc<Pool>>) -> Outcome {
    let core = pool.core.lock();
    let mut stats = json!(core.stats);
    let queued: usize = core.apps.values().flat_map(|app| &app.channels).map(Channel::queued).sum();
    if let Value::Object(fields) = &mut stats {
        fields.insert("applications".to_owned(), core.apps.len().into());
        fields.insert("sip_endpoints".to_owned(), core.sips.len().into());
        fields.insert("chats".to_owned(), core.chats.len().into());
        fields.insert("queued_events".to_owned(), queued.into());
        fields.insert("undelivered".to_owned(), core.undelivered.len().into());
        fields.insert("load".to_owned(), json!(pool.gate.load()));
    }
    Ok(Json(stats))
}

pub(super) async fn reset_load(State(pool): State<Arc<Pool>>) -> Outcome {
    pool.gate.reset();
    done()
}
