//! What an operation of PATCH is about (RFC 7644, section 3.5.2, figure 7).

use super::comparison::Comparison;
use super::{CORE, ENTERPRISE, ScimError};

/// Longest path.
const MOST_BYTES: usize = 300;

/// An attribute, some elements of it, or a part of it or of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    /// Whether it is in the enterprise extension.
    pub(super) enterprise: bool,
    /// Empty where all of the extension is meant.
    pub(super) attribute: String,
    /// Which elements.
    pub(super) whom: Option<Comparison>,
    /// Which part.
    pub(super) part: Option<String>,
}

impl Path {
    /// Reads a path; nothing for one into a schema that is not kept.
    pub(super) fn parse(text: &str) -> Result<Option<Self>, ScimError> {
        if text.len() > MOST_BYTES || text.trim().is_empty() {
            return Err(ScimError::path("The path is empty or too long."));
        }
        let Some((enterprise, rest)) = split_schema(text.trim()) else { return Ok(None) };
        let (attribute, whom, part) = match rest.split_once('[') {
            Some((attribute, rest)) => {
                let (whom, rest) =
                    rest.rsplit_once(']').ok_or_else(|| ScimError::path("A bracket is not closed."))?;
                let part = rest.strip_prefix('.').or(rest.is_empty().then_some(""));
                let part = part
                    .ok_or_else(|| ScimError::path("A bracket is followed by something else than a dot."))?;
                (attribute, Some(Comparison::parse(whom)?), part)
            }
            None => {
                let (attribute, part) = rest.split_once('.').unwrap_or((rest, ""));
                (attribute, None, part)
            }
        };
        let part = (!part.is_empty()).then(|| part.to_owned());
        Ok(Some(Self { enterprise, attribute: attribute.to_owned(), whom, part }))
    }
}

/// Whether the enterprise extension is meant, and what follows; nothing for another schema.
fn split_schema(text: &str) -> Option<(bool, &str)> {
    for (schema, enterprise) in [(CORE, false), (ENTERPRISE, true)] {
        let (start, rest) = text.split_at_checked(schema.len()).unwrap_or(("", ""));
        if start.eq_ignore_ascii_case(schema) && (rest.is_empty() || rest.starts_with(':')) {
            return Some((enterprise, rest.trim_start_matches(':')));
        }
    }
    let is_other = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("urn:"));
    (!is_other).then_some((false, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        match Path::parse(text) {
            Ok(Some(Path { enterprise, attribute, whom, part })) => {
                let whom = whom.map(|whom| format!("{}={}", whom.attribute, whom.value));
                format!("{enterprise} {attribute} {whom:?} {part:?}")
            }
            Ok(None) => "none".to_owned(),
            Err(_) => "refused".to_owned(),
        }
    }

    #[test]
    fn paths_are_read() {
        for (text, expected) in [
            ("active", "false active None None"),
            ("name.givenName", "false name None Some(\"givenName\")"),
            ("emails[type eq \"work\"].value", "false emails Some(\"type=\\\"work\\\"\") Some(\"value\")"),
            ("emails[type eq \"work\"]", "false emails Some(\"type=\\\"work\\\"\") None"),
            ("urn:ietf:params:scim:schemas:core:2.0:User:title", "false title None None"),
            (
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
                "true department None None",
            ),
            ("URN:ietf:params:scim:schemas:extension:enterprise:2.0:user", "true  None None"),
            ("urn:ietf:params:scim:schemas:extension:CustomExtension:2.0:User:x", "none"),
            ("emails[type eq \"work\"", "refused"),
            ("emails[type eq \"work\"]value", "refused"),
            ("emails[type]", "refused"),
            (" ", "refused"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
        assert_eq!(told(&"a".repeat(301)), "refused");
    }
}
