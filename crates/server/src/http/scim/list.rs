//! `GET /scim/v2/Users` (RFC 7644, section 3.4.2)

use super::answer::{answer, resource};
use super::comparison::Comparison;
use super::error::ScimError;
use super::provisioner::Provisioner;
use crate::http::state::AppState;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use hookflash_store::people::Provisioned;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

/// Users an answer.
const USUAL: i64 = 100;
/// Most of them.
pub(super) const MOST: i64 = 200;

/// Whom to list.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    filter: Option<String>,
    start_index: Option<String>,
    count: Option<String>,
}

/// Lists users, those who are not active too. For the source of the token.
pub(super) async fn list(
    State(state): State<AppState>,
    provisioner: Provisioner,
    Query(asked): Query<Asked>,
) -> Result<Response, ScimError> {
    let comparison = asked.filter.as_deref().map(Comparison::parse).transpose()?;
    // A start below 1 counts as 1, a negative count as 0.
    let start = number(asked.start_index.as_deref(), 1)?.max(1);
    let count = number(asked.count.as_deref(), USUAL)?.clamp(0, MOST);
    let whom = comparison.as_ref().map_or(Ok(Some(Provisioned::All)), whom)?;
    let (found, total) = match whom {
        Some(whom) => state.store.provisioned(provisioner.source_id, whom, start - 1, count).await?,
        None => (Vec::new(), 0),
    };
    let resources: Vec<_> = found.iter().map(|row| resource(row, &provisioner)).collect();
    let body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": resources.len(),
        "Resources": resources,
    });
    Ok(answer(StatusCode::OK, &body))
}

/// Whom a filter means; nothing for an id that nobody can have.
fn whom(comparison: &Comparison) -> Result<Option<Provisioned<'_>>, ScimError> {
    let Some(value) = comparison.value.as_str() else {
        return Err(ScimError::filter("The value of a filter is a text in quotation marks."));
    };
    match comparison.attribute.to_lowercase().as_str() {
        "username" => Ok(Some(Provisioned::UserName(value))),
        "externalid" => Ok(Some(Provisioned::ExternalId(value))),
        "id" => Ok(Uuid::try_parse(value).ok().map(Provisioned::Id)),
        _ => Err(ScimError::filter("Users are found by userName, externalId or id.")),
    }
}

fn number(text: Option<&str>, usual: i64) -> Result<i64, ScimError> {
    let wrong = |_| ScimError::value("startIndex and count are numbers.");
    text.map_or(Ok(usual), |text| text.parse::<i64>().map_err(wrong))
}
