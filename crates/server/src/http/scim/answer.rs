//! Answers.

use super::CONTENT_TYPE;
use super::ask::tag;
use super::provisioner::Provisioner;
use super::user::User;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hookflash_domain::Timestamp;
use hookflash_store::people::ProvisionedRow;
use serde_json::{Value, json};

/// Any answer.
pub(super) fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, CONTENT_TYPE)], body.to_string()).into_response()
}

/// A user as the answer.
pub(super) fn one(status: StatusCode, row: &ProvisionedRow, asked: &Provisioner) -> Response {
    let mut response = answer(status, &resource(row, asked));
    let headers = [(header::ETAG, tag(row.revision)), (header::LOCATION, location(row, asked))];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// A user as a resource (RFC 7643, section 4.1).
pub(super) fn resource(row: &ProvisionedRow, asked: &Provisioner) -> Value {
    let mut resource = User::kept(&row.resource).to_value();
    resource["id"] = row.provisioned_id.to_string().into();
    resource["meta"] = json!({
        "resourceType": "User",
        "created": moment(row.created_at),
        "lastModified": moment(row.changed_at),
        "location": location(row, asked),
        "version": tag(row.revision),
    });
    resource
}

/// A moment as SCIM writes it (RFC 7643, section 2.3.5).
fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map(|at| at.to_string()).unwrap_or_default()
}

fn location(row: &ProvisionedRow, asked: &Provisioner) -> String {
    format!("{}/Users/{}", asked.root, row.provisioned_id)
}
