//! The desk's files: built into the binary, or from the folder of `http.web_dir`.
//!
//! Files under `/assets/` carry a hash in their name and are kept for a year; everything else is
//! asked for again with its ETag. An address without a file is a page of the desk, so it gets
//! `index.html`; below `/api/` it is a 404.

mod files;

pub use files::Assets;

use super::problem::{Code, Problem};
use super::state::AppState;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use files::File;

const KEPT_FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASKED_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The address of the handover page, and its file.
const HANDOVER: &str = "handover";
const HANDOVER_FILE: &str = "handover.html";
/// Behind a link are a customer's data: the page is neither kept nor found by search engines. That it is not framed
/// says the policy of every answer.
const NEITHER_KEPT_NOR_FOUND: [(HeaderName, HeaderValue); 2] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow, noarchive")),
];

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Hookflash</title>\
     <p>The front end is not built. Run <code>make desk</code>, or name its folder with \
     <code>--web-dir</code>. The API works.</p></html>";

pub(super) fn router() -> Router<AppState> {
    Router::new().fallback(serve)
}

async fn serve(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") {
        return Problem::new(Code::NotFound, "The API has no such address.").into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::new(Code::MethodNotAllowed, "Files can only be read.").into_response();
    }
    let name = path.trim_start_matches('/');
    let name = if name == HANDOVER { HANDOVER_FILE } else { name };
    match state.assets.file(name).await {
        Some(file) if name == HANDOVER_FILE => handover(file),
        Some(file) => answer(file, name.starts_with("assets/"), request.headers()),
        None if name.starts_with("assets/") => StatusCode::NOT_FOUND.into_response(),
        None => match state.assets.file("index.html").await {
            Some(file) => answer(file, false, request.headers()),
            None => (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response(),
        },
    }
}

fn handover(file: File) -> Response {
    (NEITHER_KEPT_NOR_FOUND, [(header::CONTENT_TYPE, file.mime)], file.bytes).into_response()
}

fn answer(file: File, is_kept: bool, headers: &HeaderMap) -> Response {
    let kept = if is_kept { KEPT_FOR_A_YEAR } else { ASKED_AGAIN };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known =
        known.is_some_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == file.etag));
    let tags = [(header::CACHE_CONTROL, kept), (header::ETAG, etag_value(&file.etag))];
    if is_known {
        return (StatusCode::NOT_MODIFIED, tags).into_response();
    }
    (tags, [(header::CONTENT_TYPE, file.mime)], file.bytes).into_response()
}

fn etag_value(etag: &str) -> HeaderValue {
    HeaderValue::from_str(etag).unwrap_or(HeaderValue::from_static("\"\""))
}
