//! Bodies, queries and paths whose mistakes are told as problems.

use super::problem::{Code, Problem};
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::{StatusCode, request::Parts};
use serde::de::{Deserialize, DeserializeOwned, Deserializer};

/// Largest body, where nothing else is said.
pub(super) const BODY_BYTES: usize = 64 * 1024;

/// A JSON body of at most so many bytes.
pub(super) struct Json<T, const BYTES: usize = BODY_BYTES>(pub(super) T);

/// The values of the query.
pub(super) struct QueryOf<T>(pub(super) T);

/// The values in the path. One that is malformed names nothing, so the answer is 404.
pub(super) struct PathOf<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync, const BYTES: usize> FromRequest<S> for Json<T, BYTES> {
    type Rejection = Problem;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Problem> {
        DefaultBodyLimit::max(BYTES).apply(&mut request);
        let body = axum::Json::from_request(request, state)
            .await
            .map_err(|rejection| body_problem(&rejection, BYTES))?;
        Ok(Self(body.0))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for QueryOf<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let told = |rejection: QueryRejection| Problem::new(Code::BadRequest, rejection.body_text());
        Query::from_request_parts(parts, state).await.map(|Query(value)| Self(value)).map_err(told)
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathOf<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let told = |_: PathRejection| Problem::new(Code::NotFound, "The address names nothing.");
        Path::from_request_parts(parts, state).await.map(|Path(value)| Self(value)).map_err(told)
    }
}

/// A field that may be absent, null or a value: absent stays as it is, null takes it away.
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

fn body_problem(rejection: &JsonRejection, most: usize) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(Code::TooLarge, format!("A body has at most {most} bytes."))
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Problem::new(Code::NotJson, "Send content-type: application/json.")
        }
        _ => Problem::new(Code::BadRequest, rejection.body_text()),
    }
}
