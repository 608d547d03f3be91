//! Words that the desk has too: names and meanings of figures, names of states. They are read from the desk's
//! own catalogues, so paper and screen never disagree.

use crate::Language;
use std::collections::BTreeMap;
use std::sync::LazyLock;

type Catalogue = BTreeMap<String, serde_json::Value>;

static ENGLISH: LazyLock<Catalogue> =
    LazyLock::new(|| catalogue(include_str!("../../../web/src/shared/i18n/en.json")));
static GERMAN: LazyLock<Catalogue> =
    LazyLock::new(|| catalogue(include_str!("../../../web/src/shared/i18n/de.json")));

/// The desk's word of a key; empty where it has none.
pub(crate) fn desk_word(language: Language, key: &str) -> &'static str {
    let catalogue = match language {
        Language::English => &*ENGLISH,
        Language::German => &*GERMAN,
    };
    catalogue.get(key).and_then(serde_json::Value::as_str).unwrap_or_default()
}

/// The files are the house's own; a test reads words of both.
fn catalogue(json: &str) -> Catalogue {
    serde_json::from_str(json).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_desk() {
        assert_eq!(desk_word(Language::English, "metric.offered"), "Offered");
        assert_eq!(desk_word(Language::German, "metric.offered"), "Angeboten");
        assert_eq!(desk_word(Language::German, "metric.nothing"), "");
    }
}
