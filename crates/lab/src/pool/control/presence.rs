//! People, their presence and their persona.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Outcome, done, find, refuse};
use crate::pool::Pool;
use crate::pool::people::{Account, Home};
use crate::pool::persona::Persona;
use crate::pool::state::presence::AVAILABILITIES;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    availability: String,
    #[serde(default)]
    activity: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountChange {
    #[serde(default)]
    account: Option<Account>,
    #[serde(default)]
    home: Option<Home>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    message: String,
    #[serde(default)]
    out_of_office: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Location {
    location: String,
}

pub(super) async fn people(State(pool): State<Arc<Pool>>) -> Outcome {
    let presence = pool.core.lock().presence.clone();
    let all: Vec<Value> = pool
        .people
        .all()
        .iter()
        .zip(presence)
        .map(|(person, presence)| {
            json!({ "uri": person.uri, "name": person.name, "title": person.title,
                "department": person.department, "persona": person.persona, "presence": presence })
        })
        .collect();
    Ok(Json(Value::Array(all)))
}

pub(super) async fn read(State(pool): State<Arc<Pool>>, Path(uri): Path<String>) -> Outcome {
    let person = find(&pool, &uri)?;
    Ok(Json(json!(pool.core.lock().presence.get(person as usize))))
}

pub(super) async fn write(
    State(pool): State<Arc<Pool>>,
    Path(uri): Path<String>,
    Json(wanted): Json<Wanted>,
) -> Outcome {
    let person = find(&pool, &uri)?;
    if !AVAILABILITIES.contains(&wanted.availability.as_str()) {
        let error = format!("availability is one of {}", AVAILABILITIES.join(", "));
        return Err(refuse(StatusCode::UNPROCESSABLE_ENTITY, &error));
    }
    pool.core.lock().force_presence(person, &wanted.availability, &wanted.activity);
    done()
}

pub(super) async fn note(
    State(pool): State<Arc<Pool>>,
    Path(uri): Path<String>,
    Json(wanted): Json<Note>,
) -> Outcome {
    let person = find(&pool, &uri)?;
    pool.core.lock().set_note(person, &wanted.message, wanted.out_of_office);
    done()
}

pub(super) async fn location(
    State(pool): State<Arc<Pool>>,
    Path(uri): Path<String>,
    Json(wanted): Json<Location>,
) -> Outcome {
    let person = find(&pool, &uri)?;
    pool.core.lock().set_location(person, &wanted.location);
    done()
}

pub(super) async fn account(
    State(pool): State<Arc<Pool>>,
    Path(uri): Path<String>,
    Json(wanted): Json<AccountChange>,
) -> Outcome {
    let person = find(&pool, &uri)?;
    pool.change_account(person, wanted.account, wanted.home);
    done()
}

pub(super) async fn persona(
    State(pool): State<Arc<Pool>>,
    Path(uri): Path<String>,
    Json(wanted): Json<Value>,
) -> Outcome {
    let person = find(&pool, &uri)?;
    let persona = match wanted.get("name").and_then(Value::as_str) {
        Some(name) => pool
            .personas
            .named(name)
            .ok_or_else(|| refuse(StatusCode::NOT_FOUND, "there is no such persona"))?,
        None => serde_json::from_value::<Persona>(wanted)
            .map_err(|error| refuse(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()))?,
    };
    pool.personas.replace(person, persona);
    done()
}
