//! Trouble with events: lost, doubled, shuffled, held back.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use super::{Outcome, done, find};
use crate::clock::now_ms;
use crate::pool::Pool;
use crate::pool::state::channel::Channel;
use crate::pool::trouble::events::EventTrouble;

#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Wanted {
    /// Whose events; empty is everybody's.
    person: String,
    rel: String,
    drop: u64,
    duplicate: u64,
    shuffle: u64,
    seed: u64,
    hold_ms: u64,
}

pub(super) async fn disturb(State(pool): State<Arc<Pool>>, Json(wanted): Json<Wanted>) -> Outcome {
    let person = match wanted.person.as_str() {
        "" => None,
        uri => Some(find(&pool, uri)?),
    };
    let hold_until = if wanted.hold_ms == 0 { 0 } else { now_ms() + wanted.hold_ms };
    let Wanted { rel, drop, duplicate, shuffle, seed, .. } = wanted;
    let trouble = EventTrouble { person, rel, drop, duplicate, shuffle, seed, hold_until };
    pool.core.lock().event_troubles.push(trouble);
    done()
}

pub(super) async fn well(State(pool): State<Arc<Pool>>) -> Outcome {
    let mut core = pool.core.lock();
    core.event_troubles.clear();
    core.apps.values().flat_map(|app| &app.channels).for_each(Channel::wake);
    done()
}
