//! English and German say the same things: both translation catalogues have the same keys.

use std::collections::BTreeSet;

use anyhow::Context as _;
use serde_json::Value;

use crate::house::House;

const ENGLISH: &str = "web/src/shared/i18n/en.json";
const GERMAN: &str = "web/src/shared/i18n/de.json";

pub(super) fn check(house: &House) -> anyhow::Result<Vec<String>> {
    let (Some(english), Some(german)) = (house.text(ENGLISH)?, house.text(GERMAN)?) else {
        return Ok(absent(house));
    };
    let english = keys(&english).context(ENGLISH)?;
    let german = keys(&german).context(GERMAN)?;
    Ok(differences(&english, &german))
}

/// The desk cannot be without its catalogues.
fn absent(house: &House) -> Vec<String> {
    let desk = house.paths.iter().any(|path| path.starts_with("web/src/"));
    if desk {
        vec![format!("{ENGLISH} and {GERMAN} are not both there")]
    } else {
        Vec::new()
    }
}

/// The keys of a catalogue, nested ones joined by dots.
fn keys(text: &str) -> anyhow::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    collect("", &serde_json::from_str(text)?, &mut found);
    Ok(found)
}

fn collect(prefix: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let path = if prefix.is_empty() {
                    key.clone()
                } else {
                    format!("{prefix}.{key}")
                };
                collect(&path, value, found);
            }
        }
        _ => {
            found.insert(prefix.to_owned());
        }
    }
}

fn differences(english: &BTreeSet<String>, german: &BTreeSet<String>) -> Vec<String> {
    let missing = |path, there: &BTreeSet<String>, here: &BTreeSet<String>| -> Vec<String> {
        there
            .difference(here)
            .map(|key| format!("{path} lacks {key}"))
            .collect()
    };
    let mut complaints = missing(GERMAN, english, german);
    complaints.extend(missing(ENGLISH, german, english));
    complaints
}

#[cfg(test)]
mod tests {
    use super::{differences, keys};

    #[test]
    fn a_key_on_one_side_only_is_named() {
        let english = keys(r#"{ "desk": { "ready": "Ready", "hold": "Hold" } }"#).unwrap();
        let german = keys(r#"{ "desk": { "ready": "Bereit" }, "call": "Anruf" }"#).unwrap();
        assert_eq!(
            differences(&english, &german),
            [
                "web/src/shared/i18n/de.json lacks desk.hold",
                "web/src/shared/i18n/en.json lacks call"
            ]
        );
        assert!(differences(&english, &english).is_empty());
    }

    #[test]
    fn what_is_no_catalogue_is_an_error() {
        assert!(keys("{ \"desk\": ").is_err());
    }
}
