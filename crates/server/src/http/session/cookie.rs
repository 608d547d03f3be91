//! The cookie as it is set and taken away.

pub(in crate::http) use super::token::COOKIE as NAME;
use super::token::COOKIE;
use crate::config::Config;
use axum::http::HeaderValue;

/// Longest life of a session, in seconds.
const LONGEST_S: i64 = super::signed_in::LONGEST_MS / 1_000;

/// `Set-Cookie` with a new token.
pub(super) fn set(token: &str, config: &Config) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("{COOKIE}={token}; {}; Max-Age={LONGEST_S}", attributes(config))).ok()
}

/// `Set-Cookie` that takes the token away.
pub(super) fn clear(config: &Config) -> Option<HeaderValue> {
    HeaderValue::try_from(format!("{COOKIE}=; {}; Max-Age=0", attributes(config))).ok()
}

fn attributes(config: &Config) -> &'static str {
    if config.is_https() {
        "HttpOnly; SameSite=Strict; Path=/; Secure"
    } else {
        "HttpOnly; SameSite=Strict; Path=/"
    }
}
