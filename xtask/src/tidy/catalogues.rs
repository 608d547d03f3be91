//! English and German say the same things: both translation catalogues have the same keys, and the same
//! places to fill in.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use serde_json::Value;

use crate::house::House;

const ENGLISH: &str = "web/src/shared/i18n/en.json";
const GERMAN: &str = "web/src/shared/i18n/de.json";

/// The keys of a catalogue, nested ones joined by dots, with the places to fill in of each.
type Catalogue = BTreeMap<String, BTreeSet<String>>;

pub(super) fn check(house: &House) -> anyhow::Result<Vec<String>> {
    let (Some(english), Some(german)) = (house.text(ENGLISH)?, house.text(GERMAN)?) else {
        return Ok(absent(house));
    };
    let english = read(&english).context(ENGLISH)?;
    let german = read(&german).context(GERMAN)?;
    Ok(differences(&english, &german))
}

/// The desk cannot be without its catalogues.
fn absent(house: &House) -> Vec<String> {
    let desk = house.paths.iter().any(|path| path.starts_with("web/src/"));
    if desk { vec![format!("{ENGLISH} and {GERMAN} are not both there")] } else { Vec::new() }
}

fn read(text: &str) -> anyhow::Result<Catalogue> {
    let mut found = Catalogue::new();
    collect("", &serde_json::from_str(text)?, &mut found);
    Ok(found)
}

fn collect(prefix: &str, value: &Value, found: &mut Catalogue) {
    if let Value::Object(entries) = value {
        for (key, value) in entries {
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            collect(&path, value, found);
        }
    } else {
        found.insert(prefix.to_owned(), places(value.as_str().unwrap_or_default()));
    }
}

/// The words in braces.
fn places(text: &str) -> BTreeSet<String> {
    let opened = text.split('{').skip(1);
    opened.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

fn differences(english: &Catalogue, german: &Catalogue) -> Vec<String> {
    let missing = |path, there: &Catalogue, here: &Catalogue| -> Vec<String> {
        let keys = there.keys().filter(|key| !here.contains_key(*key));
        keys.map(|key| format!("{path} lacks {key}")).collect()
    };
    let mut complaints = missing(GERMAN, english, german);
    complaints.extend(missing(ENGLISH, german, english));
    // The singular may leave its number out: "a chat", "1 chat".
    let filled = english.iter().filter(|(key, _)| !key.ends_with(".one"));
    complaints.extend(filled.filter_map(|(key, places)| {
        let other = german.get(key)?;
        (places != other)
            .then(|| format!("{key} is filled in with {places:?} in English, {other:?} in German"))
    }));
    complaints
}

#[cfg(test)]
mod tests {
    use super::{differences, read};

    #[test]
    fn a_key_on_one_side_only_is_named() {
        let english = read(r#"{ "desk": { "ready": "Ready", "hold": "Hold" } }"#).unwrap();
        let german = read(r#"{ "desk": { "ready": "Bereit" }, "call": "Anruf" }"#).unwrap();
        assert_eq!(
            differences(&english, &german),
            ["web/src/shared/i18n/de.json lacks desk.hold", "web/src/shared/i18n/en.json lacks call"]
        );
        assert!(differences(&english, &english).is_empty());
    }

    #[test]
    fn what_is_no_catalogue_is_an_error() {
        assert!(read("{ \"desk\": ").is_err());
    }

    #[test]
    fn what_is_filled_in_is_the_same_but_for_the_singular() {
        let english =
            read(r#"{ "asked": "{name} asked", "chats": { "one": "{n} chat", "other": "{n}" } }"#).unwrap();
        let german =
            read(r#"{ "asked": "{Name} fragt", "chats": { "one": "ein Chat", "other": "{n}" } }"#).unwrap();
        let complaint = r#"asked is filled in with {"name"} in English, {"Name"} in German"#;
        assert_eq!(differences(&english, &german), [complaint]);
    }
}
