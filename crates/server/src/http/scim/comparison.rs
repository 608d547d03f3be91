//! The one kind of filter that clients that provision send: `attribute eq "value"` (RFC 7644, section 3.4.2.2).

use super::ScimError;
use serde_json::Value;

/// Longest filter.
const MOST_BYTES: usize = 1_000;

/// An attribute and what it is to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    pub(super) attribute: String,
    pub(super) value: Value,
}

impl Comparison {
    /// Reads a comparison.
    pub(super) fn parse(text: &str) -> Result<Self, ScimError> {
        let refused =
            || ScimError::filter("Only filters of the form: attribute eq \"value\" are understood.");
        let text = text.trim();
        let (attribute, rest) =
            text.split_once(' ').filter(|_| text.len() <= MOST_BYTES).ok_or_else(refused)?;
        let (operator, value) = rest.trim_start().split_once(' ').ok_or_else(refused)?;
        if !operator.eq_ignore_ascii_case("eq") || attribute.contains(['[', '(']) {
            return Err(refused());
        }
        let value: Value = serde_json::from_str(value.trim()).map_err(|_| refused())?;
        if value.is_object() || value.is_array() {
            return Err(refused());
        }
        Ok(Self { attribute: attribute.to_owned(), value })
    }

    /// Whether an element of a list is meant. Case does not count, and `"True"` is true.
    pub(super) fn means(&self, element: &Value) -> bool {
        let Some(fields) = element.as_object() else { return false };
        let found = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(&self.attribute));
        found.is_some_and(|(_, found)| plain(found) == plain(&self.value))
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn comparisons_are_read_and_everything_else_is_refused() {
        for (text, attribute, value) in [
            ("userName eq \"a b\"", "userName", json!("a b")),
            ("externalId  EQ \"\\\"x\"", "externalId", json!("\"x")),
            ("primary eq true", "primary", json!(true)),
        ] {
            let expected = Comparison { attribute: attribute.to_owned(), value };
            assert_eq!(Comparison::parse(text), Ok(expected), "{text}");
        }
        let long = format!("userName eq \"{}\"", "x".repeat(1_000));
        for text in ["", "userName", "userName pr", "userName co \"a\"", "userName eq a", &long] {
            assert!(Comparison::parse(text).is_err(), "{text}");
        }
        for text in
            ["userName eq \"a\" and active eq true", "userName eq {}", "emails[type eq \"work\"] eq \"a\""]
        {
            assert!(Comparison::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn case_does_not_count() {
        let work = Comparison::parse("type eq \"Work\"").unwrap();
        assert!(work.means(&json!({ "Type": "work" })) && !work.means(&json!({ "type": "home" })));
        assert!(Comparison::parse("primary eq \"True\"").unwrap().means(&json!({ "primary": true })));
        assert!(!work.means(&json!("work")));
    }
}
