//! Attached data: what came with an interaction, and the part of it that an expert is shown.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most keys that one interaction carries; later ones are dropped.
pub const MAX_KEYS: usize = 50;
/// Longest key, in characters; longer ones are dropped, since a cut key could meet another.
pub const MAX_KEY_CHARS: usize = 64;
/// Longest value, in characters; longer ones are cut.
pub const MAX_VALUE_CHARS: usize = 1_000;

/// Key and value pairs in the order in which they came. A key stands once: the first value wins.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttachedData(Vec<(String, String)>);

impl AttachedData {
    /// Takes what fits the limits of this module.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut kept: Vec<(String, String)> = Vec::new();
        for (key, value) in pairs {
            let fits = !key.is_empty() && key.chars().count() <= MAX_KEY_CHARS;
            if kept.len() < MAX_KEYS && fits && !kept.iter().any(|(known, _)| *known == key) {
                kept.push((key, value.chars().take(MAX_VALUE_CHARS).collect()));
            }
        }
        Self(kept)
    }

    /// The value of a key.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// Keys and values in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

/// What the administrator says of a key: its name on screen and who may see it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeyRule {
    /// The name that people see; the key itself where empty.
    pub label: String,
    /// May not be handed over to an expert.
    pub private: bool,
    /// The value is not even sent to the desk.
    pub hidden: bool,
}

/// The rules by key.
pub type KeyRules = BTreeMap<String, KeyRule>;

/// The name of a key that people see.
#[must_use]
pub fn label<'a>(rules: &'a KeyRules, key: &'a str) -> &'a str {
    rules.get(key).map(|rule| rule.label.as_str()).filter(|label| !label.is_empty()).unwrap_or(key)
}

/// The part of the attached data that an agent deliberately shows to an expert.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Handover {
    /// The keys, in the order of the attached data; this is what gets logged.
    pub keys: Vec<String>,
    /// What the expert reads: a line `label: value` for each key.
    pub text: String,
    /// The same as name and value, for a page.
    #[serde(default)]
    pub data: Vec<(String, String)>,
}

/// Why data cannot be handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandoverRefusal {
    /// The administrator marked the key private.
    #[error("{0} is private and may not be shared")]
    PrivateKey(String),
    /// The interaction has no such key.
    #[error("there is no attached data called {0}")]
    UnknownKey(String),
}

impl Handover {
    /// Picks `keys` out of `attached`; refuses the whole when one of them may not be shared.
    ///
    /// # Errors
    /// When a key is unknown or private.
    pub fn pick(attached: &AttachedData, rules: &KeyRules, keys: &[String]) -> Result<Self, HandoverRefusal> {
        for key in keys {
            let rule = rules.get(key);
            if attached.value(key).is_none() {
                return Err(HandoverRefusal::UnknownKey(key.clone()));
            }
            if rule.is_some_and(|rule| rule.private || rule.hidden) {
                return Err(HandoverRefusal::PrivateKey(key.clone()));
            }
        }
        let picked: Vec<_> = attached.iter().filter(|(key, _)| keys.iter().any(|k| k == key)).collect();
        let data = picked.iter().map(|(key, value)| (label(rules, key).to_owned(), (*value).to_owned()));
        let data: Vec<_> = data.collect();
        let lines = data.iter().map(|(name, value)| format!("{name}: {value}"));
        Ok(Self {
            text: lines.collect::<Vec<_>>().join("\n"),
            keys: picked.iter().map(|(k, _)| (*k).to_owned()).collect(),
            data,
        })
    }

    /// The opening message of an invitation: the question, then what is handed over.
    #[must_use]
    pub fn opening(&self, question: &str) -> String {
        if self.text.is_empty() { question.to_owned() } else { format!("{question}\n\n{}", self.text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attached() -> AttachedData {
        AttachedData::new(
            [("case", "48213"), ("born", "1970"), ("topic", "SEPA"), ("case", "again")]
                .map(|(k, v)| (k.into(), v.into())),
        )
    }

    fn rules() -> KeyRules {
        let rule = |label: &str, private| KeyRule { label: label.into(), private, hidden: false };
        KeyRules::from([("case".into(), rule("Case", false)), ("born".into(), rule("Date of birth", true))])
    }

    #[test]
    fn handover_keeps_the_order_of_the_data_and_speaks_in_labels() {
        let handover = Handover::pick(&attached(), &rules(), &["topic".into(), "case".into()]).unwrap();
        assert_eq!(handover.keys, ["case", "topic"]);
        assert_eq!(handover.opening("Why?"), "Why?\n\nCase: 48213\ntopic: SEPA");
    }

    #[test]
    fn a_private_or_unknown_key_refuses_the_whole() {
        let pick = |key: &str| Handover::pick(&attached(), &rules(), &["case".into(), key.into()]);
        assert_eq!(pick("born"), Err(HandoverRefusal::PrivateKey("born".into())));
        assert_eq!(pick("iban"), Err(HandoverRefusal::UnknownKey("iban".into())));
    }

    #[test]
    fn limits_cut_values_and_drop_keys() {
        let many = (0..80).map(|n| (format!("k{n}"), "ü".repeat(2_000)));
        let data = AttachedData::new(many.chain([("x".repeat(65), String::new())]));
        assert_eq!(data.iter().count(), MAX_KEYS);
        assert_eq!(data.value("k0").map(|v| v.chars().count()), Some(MAX_VALUE_CHARS));
    }
}
