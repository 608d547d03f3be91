//! The API's description (OpenAPI 3.1), made from the handlers.

use super::answers::with_all_fields;
use super::problem::{FieldError, ProblemView};
use super::router::api;
use super::session;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{Content, Info, License, OpenApi, Ref, ResponseBuilder};
use utoipa::{OpenApi as _, ToSchema as _};

#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(ProblemView, FieldError)))]
struct Shared;

/// The description.
#[must_use]
pub fn document() -> OpenApi {
    let mut document = api().into_openapi();
    document.merge(Shared::openapi());
    document.info = Info::new("Hookflash", "1");
    document.info.description = Some(WORDS.to_owned());
    document.info.license = Some(License::new("Apache-2.0"));
    let cookie = ApiKey::Cookie(ApiKeyValue::new(session::cookie::NAME));
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            let problem = Content::new(Some(Ref::from_schema_name(ProblemView::name())));
            let response =
                ResponseBuilder::new().description("A problem").content("application/problem+json", problem);
            operation.responses.responses.insert("default".to_owned(), response.build().into());
        }
    }
    document
}

/// The description as the text that is committed.
///
/// # Errors
/// It cannot be written as JSON.
pub fn text() -> serde_json::Result<String> {
    serde_json::to_string_pretty(&with_all_fields(&document())?).map(|text| text + "\n")
}

const WORDS: &str = "What is looked up or administered. What lives on the desk is in desk-socket.md. Moments (`*_at`) are \
     UTC milliseconds, durations end in `_ms`. Errors are `application/problem+json` with a stable `code`. Everything but \
     GET needs the header `X-Hookflash-Csrf` with the token of `GET /api/v1/session`. The roles that may call a route are \
     listed with its security requirement; none listed: anybody who is signed in.";

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_description_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/integrators/openapi.json");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        let message = "docs/integrators/openapi.json is old: write it with `hookflash openapi`";
        assert!(committed == super::text().unwrap(), "{message}");
    }
}
