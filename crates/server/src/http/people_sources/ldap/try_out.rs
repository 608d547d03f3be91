//! `POST /api/v1/people-sources/ldap/try`

use super::asked::{BODY_BYTES, Password, check, password};
use crate::directory::ldap::{LdapSettings, NotStarted, trouble_code, try_out as read_some};
use crate::directory::{Addresses, SourceRecord};
use crate::http::extract::Json;
use crate::http::people_sources::found::found;
use crate::http::problem::{Code, Problem};
use crate::http::session::Administrator;
use crate::http::state::AppState;
use axum::extract::State;
use hookflash_ldap::Config;
use hookflash_store::people::PeopleSourceRow;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;
use uuid::Uuid;

/// People who are shown.
const SHOWN: usize = 5;
/// Longest wait for an answer while somebody looks on.
const ANSWER: Duration = Duration::from_secs(10);

/// Settings to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct LdapTrial {
    settings: LdapSettings,
    /// The source whose kept password is used where none is given.
    #[serde(default)]
    source_id: Option<Uuid>,
    #[serde(default)]
    password: Option<String>,
}

/// What settings give.
#[derive(Default, Serialize, ToSchema)]
pub(in crate::http) struct LdapTrialView {
    /// What is wrong with the server or the settings, as a stable word; null where nothing is.
    trouble_code: Option<String>,
    /// The same in words.
    trouble_words: Option<String>,
    /// Entries on the first page.
    entry_count: usize,
    /// The first people of it, as they would be imported.
    people: Vec<TriedPerson>,
}

/// A person as they would be imported.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct TriedPerson {
    /// Null where there is none, and the person would be refused.
    name: Option<String>,
    department: Option<String>,
    email: Option<String>,
    phones: Vec<String>,
    /// Addresses on chat networks.
    addresses: Vec<String>,
}

/// Signs in to an LDAP directory and reads its first page; nothing is written.
#[utoipa::path(post, path = "/api/v1/people-sources/ldap/try", operation_id = "people_sources_ldap_try", tag = "people",
    request_body = LdapTrial, security(("session" = ["administrator"])),
    responses((status = 200, body = LdapTrialView, description = "What the settings give")))]
pub(in crate::http) async fn try_out(
    State(state): State<AppState>,
    _: Administrator,
    Json(body): Json<LdapTrial, BODY_BYTES>,
) -> Result<axum::Json<LdapTrialView>, Problem> {
    check(&body.settings, &state.config)?;
    let source = match body.source_id {
        Some(id) => Some(found(&state, id).await?),
        None => None,
    };
    let password = password(&body.settings, body.password, source.as_ref())?;
    let mut config = config(&state, &body.settings, password, source.as_ref()).await?;
    config.limits.answer = ANSWER;
    let addresses = Addresses::of_config(&state.config);
    Ok(axum::Json(match read_some(&body.settings, &addresses, config).await {
        Ok((people, entry_count)) => {
            let people = people.into_iter().take(SHOWN).map(TriedPerson::from).collect();
            LdapTrialView { entry_count, people, ..LdapTrialView::default() }
        }
        Err(error) => LdapTrialView {
            trouble_code: Some(trouble_code(&error)),
            trouble_words: Some(error.to_string()),
            ..LdapTrialView::default()
        },
    }))
}

async fn config(
    state: &AppState,
    settings: &LdapSettings,
    password: Password,
    source: Option<&PeopleSourceRow>,
) -> Result<Config, Problem> {
    let password = match (password, source) {
        (Password::Given(password), _) => Some(password.expose().to_owned()),
        (Password::Kept, Some(source)) => {
            let kept = state.ldap.password_of(source.source_id).await;
            kept.map_err(|error| match error {
                NotStarted::Store(error) => Problem::from(error),
                error => Problem::new(Code::Invalid, format!("{error}. Enter the password anew.")),
            })?
        }
        _ => None,
    };
    Ok(settings.config(password))
}

impl From<SourceRecord> for TriedPerson {
    fn from(record: SourceRecord) -> Self {
        let names =
            [&record.given, &record.family].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        Self {
            name: record.display.or_else(|| Some(names).filter(|names| !names.is_empty())),
            department: record.department,
            email: record.email,
            phones: record.phones,
            addresses: record.networks.into_iter().map(|network| network.address).collect(),
        }
    }
}
