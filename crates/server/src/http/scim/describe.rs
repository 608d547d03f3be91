//! What the service is and what a user is (RFC 7644, section 4). Anybody may read it.

use super::error::ScimError;
use super::{CONTENT_TYPE, CORE, ENTERPRISE, list};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// `GET /scim/v2/ServiceProviderConfig`
pub(super) async fn service() -> Response {
    described(&json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": { "supported": true },
        "bulk": { "supported": false, "maxOperations": 0, "maxPayloadSize": 0 },
        "filter": { "supported": true, "maxResults": list::MOST },
        "changePassword": { "supported": false },
        "sort": { "supported": false },
        "etag": { "supported": true },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "Bearer token",
            "description": "The token that Hookflash shows once when the source is made.",
            "primary": true,
        }],
    }))
}

/// `GET /scim/v2/ResourceTypes`
pub(super) async fn resource_types() -> Response {
    listed(&[the_user_type()])
}

/// `GET /scim/v2/ResourceTypes/User`
pub(super) async fn user_type() -> Response {
    described(&the_user_type())
}

/// `GET /scim/v2/Schemas`
pub(super) async fn schemas() -> Response {
    listed(&[core(), enterprise()])
}

/// `GET /scim/v2/Schemas/{id}`
pub(super) async fn schema(Path(id): Path<String>) -> Result<Response, ScimError> {
    let known = [core(), enterprise()].into_iter().find(|schema| schema["id"] == id.as_str());
    known.map(|schema| described(&schema)).ok_or_else(|| ScimError::new(404, "There is no such schema."))
}

fn described(body: &Value) -> Response {
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], body.to_string()).into_response()
}

fn listed(resources: &[Value]) -> Response {
    described(&json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": resources.len(),
        "startIndex": 1,
        "itemsPerPage": resources.len(),
        "Resources": resources,
    }))
}

fn the_user_type() -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        "id": "User",
        "name": "User",
        "endpoint": "/Users",
        "schema": CORE,
        "schemaExtensions": [{ "schema": ENTERPRISE, "required": false }],
    })
}

fn core() -> Value {
    let mut name = attribute("name", "complex");
    name["subAttributes"] =
        ["formatted", "givenName", "familyName"].map(|part| attribute(part, "string")).into();
    let mut user_name = attribute("userName", "string");
    user_name["required"] = true.into();
    user_name["uniqueness"] = "server".into();
    let mut external_id = attribute("externalId", "string");
    external_id["caseExact"] = true.into();
    let texts = ["displayName", "title"].map(|text| attribute(text, "string"));
    let values = ["emails", "phoneNumbers", "ims"].map(|list| many(list, &["value"]));
    let rest = [name, attribute("active", "boolean"), many("addresses", &["locality", "formatted"])];
    let attributes: Vec<_> =
        [user_name, external_id].into_iter().chain(texts).chain(rest).chain(values).collect();
    the_schema(CORE, "User", &attributes)
}

fn enterprise() -> Value {
    let attributes = ["department", "organization"].map(|text| attribute(text, "string"));
    the_schema(ENTERPRISE, "EnterpriseUser", &attributes)
}

fn the_schema(id: &str, name: &str, attributes: &[Value]) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": id,
        "name": name,
        "attributes": attributes,
    })
}

fn many(name: &str, parts: &[&str]) -> Value {
    let mut list = attribute(name, "complex");
    let parts = parts.iter().chain(&["type"]).map(|part| attribute(part, "string"));
    list["multiValued"] = true.into();
    list["subAttributes"] = parts.chain([attribute("primary", "boolean")]).collect();
    list
}

fn attribute(name: &str, kind: &str) -> Value {
    json!({
        "name": name,
        "type": kind,
        "multiValued": false,
        "required": false,
        "caseExact": false,
        "mutability": "readWrite",
        "returned": "default",
        "uniqueness": "none",
    })
}
