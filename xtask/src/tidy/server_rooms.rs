//! The rooms inside the server: `http` and `live` call `engine` and read from `store`; `engine` does not know
//! that there is HTTP.

use std::collections::BTreeSet;

use anyhow::Context as _;

use super::rust_source;
use crate::house::House;

/// A room of the server, and the crates that its sources never name.
const CLOSED: [(&str, &[&str]); 3] = [
    ("crates/server/src/engine", &["axum", "utoipa_axum", "tower_http"]),
    ("crates/server/src/http", &["hookflash_connectors", "hookflash_voice"]),
    ("crates/server/src/live", &["hookflash_connectors", "hookflash_voice"]),
];

pub(super) fn check(house: &House) -> anyhow::Result<Vec<String>> {
    let mut complaints = Vec::new();
    for path in house.with_extension(&["rs"]) {
        let closed = closed_to(path);
        if closed.is_empty() {
            continue;
        }
        if let Some(source) = house.text(path)? {
            let names = rust_source::identifiers(&source).with_context(|| path.to_owned())?;
            complaints.extend(intruders(path, closed, &names));
        }
    }
    Ok(complaints)
}

fn closed_to(path: &str) -> &'static [&'static str] {
    // Tests bring their own networks.
    if path.ends_with("/tests.rs") {
        return &[];
    }
    CLOSED
        .iter()
        .find(|(room, _)| path.strip_prefix(room).is_some_and(|rest| rest.starts_with('/') || rest == ".rs"))
        .map_or(&[], |(_, closed)| closed)
}

fn intruders(path: &str, closed: &[&str], names: &BTreeSet<String>) -> Vec<String> {
    closed
        .iter()
        .filter(|name| names.contains(**name))
        .map(|name| format!("{path} names {name}: there is no door"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{closed_to, intruders};
    use crate::tidy::rust_source::identifiers;

    fn found(path: &str, source: &str) -> Vec<String> {
        intruders(path, closed_to(path), &identifiers(source).unwrap())
    }

    #[test]
    fn the_engine_knows_no_http() {
        assert_eq!(
            found("crates/server/src/engine/desk.rs", "use axum::Json;"),
            ["crates/server/src/engine/desk.rs names axum: there is no door"]
        );
        assert!(!found("crates/server/src/engine.rs", "use axum::Json;").is_empty());
        assert!(found("crates/server/src/http/desk.rs", "use axum::Json;").is_empty());
        assert!(found("crates/server/src/engineer/desk.rs", "use axum::Json;").is_empty());
    }

    #[test]
    fn http_and_live_reach_networks_through_the_engine() {
        assert!(!found("crates/server/src/live/socket.rs", "use hookflash_voice::Phone;").is_empty());
        assert!(!found("crates/server/src/http/search.rs", "use hookflash_connectors::Session;").is_empty());
        assert!(found("crates/server/src/live/socket.rs", "use hookflash_store::Store;").is_empty());
    }
}
