//! One line in the log and one count for each request. Never a query, a header or a body: they may
//! hold a customer's data.

use axum::extract::{MatchedPath, Request};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::{Instrument as _, field};

/// The header with the request's id, so that an answer can be found in the log.
const REQUEST_ID: &str = "x-request-id";

/// Notes the request.
pub(in crate::http) async fn note(request: Request, next: Next) -> Response {
    let id = crate::ids::new_id().to_string();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let route = matched.unwrap_or("(file)").to_owned();
    let path = request.uri().path().chars().take(200).collect::<String>();
    let span = tracing::info_span!("request", id, %method, path, user_id = field::Empty);
    let began = crate::clock::monotonic();
    async move {
        let mut response = next.run(request).await;
        if let Ok(value) = HeaderValue::try_from(&id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        tell(&response, method.as_str(), route, began);
        response
    }
    .instrument(span)
    .await
}

fn tell(response: &Response, method: &str, route: String, began: Instant) {
    let (status, took) = (response.status().as_u16(), began.elapsed());
    let took_ms = took.as_millis();
    if status >= 500 {
        tracing::warn!(status, took_ms, "answered");
    } else {
        tracing::debug!(status, took_ms, "answered");
    }
    // Standard methods only: a client may make up names, and each would be a new series.
    let known =
        ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].into_iter().find(|name| *name == method);
    let method = known.unwrap_or("other");
    metrics::counter!("hookflash_http_requests_total",
        "method" => method, "route" => route.clone(), "status" => status.to_string())
    .increment(1);
    metrics::histogram!("hookflash_http_request_seconds", "method" => method, "route" => route)
        .record(took.as_secs_f64());
}
