//! Trouble, restarts and counters.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::{Outcome, done, find};
use crate::pool::Pool;
use crate::pool::state::channel::Channel;
use crate::pool::trouble::Trouble;

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

pub(super) async fn well(State(pool): State<Arc<Pool>>) -> Outcome {
    pool.troubles.clear();
    done()
}

pub(super) async fn stats(State(pool): State<Arc<Pool>>) -> Outcome {
    let core = pool.core.lock();
    let mut stats = json!(core.stats);
    let queued: usize = core.apps.values().flat_map(|app| &app.channels).map(Channel::queued).sum();
    if let Value::Object(fields) = &mut stats {
        fields.insert("applications".to_owned(), core.apps.len().into());
        fields.insert("chats".to_owned(), core.chats.len().into());
        fields.insert("queued_events".to_owned(), queued.into());
        fields.insert("undelivered".to_owned(), core.undelivered.len().into());
    }
    Ok(Json(stats))
}
