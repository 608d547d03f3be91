//! A panic costs one request, not the connection.

use crate::http::problem::{Code, Problem};
use axum::response::{IntoResponse as _, Response};
use std::any::Any;

/// The answer to a request whose handler panicked. The panic's own words are in the log.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands over the box")]
pub(in crate::http) fn answer_panics(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words =
        panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(words, "a request made the server panic");
    Problem::new(Code::Internal, "The server's log says more.").into_response()
}
