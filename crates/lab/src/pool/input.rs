//! Input of operations: JSON or XML in the body, or in the query; names do not care about case (ucwa.md §0).

use serde_json::{Map, Value};

use super::call::Call;
use super::reply::Fault;
use super::wire::xml;

/// What the types of bodies that are understood have in them.
const KINDS: [&str; 3] = ["json", "xml", "x-www-form-urlencoded"];

/// Named values with lower-case names.
#[derive(Debug, Default)]
pub(crate) struct Input(Map<String, Value>);

impl Input {
    /// Reads the body, then the query; the body wins.
    pub(crate) fn read(call: &Call) -> Result<Self, Fault> {
        let mut values = Map::new();
        for (name, value) in &call.query {
            add(&mut values, name, Value::String(value.clone()));
        }
        let kind = call.header("content-type").to_ascii_lowercase();
        let text = String::from_utf8_lossy(&call.body);
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() || kind.starts_with("text/") && !kind.contains("xml") {
            return Ok(Self(values));
        }
        if !KINDS.iter().any(|known| kind.contains(known)) && !kind.is_empty() {
            return Err(Fault::new(415, "UnsupportedMediaType", ""));
        }
        if kind.contains("x-www-form-urlencoded") {
            for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
                add(&mut values, &name, Value::String(value.into_owned()));
            }
            return Ok(Self(values));
        }
        let body = if kind.contains("xml") { xml::input(text) } else { lenient_json(text) };
        let Some(Value::Object(body)) = body else {
            return Err(Fault::new(400, "BadRequest", "DeserializationFailure"));
        };
        for (name, value) in body {
            values.insert(name.to_lowercase(), value);
        }
        Ok(Self(values))
    }

    /// A text; numbers count too. Absent, null and empty are the same.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.0.get(&name.to_lowercase())? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A text of at most `max` characters.
    pub(crate) fn text_within(&self, name: &'static str, max: usize) -> Result<Option<String>, Fault> {
        match self.text(name) {
            Some(text) if text.chars().count() > max => Err(Fault::parameter(name)),
            other => Ok(other),
        }
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.text(name)?.trim().parse().ok()
    }

    /// A list of texts; one text is a list of one.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<String>> {
        match self.0.get(&name.to_lowercase())? {
            Value::Array(values) => {
                Some(values.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            }
            Value::String(text) if !text.is_empty() => {
                Some(text.split(',').map(|s| s.trim().to_owned()).collect())
            }
            _ => None,
        }
    }

    /// Whether there is a property of this name at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(&name.to_lowercase())
    }

    /// The href of a link in `_links`.
    pub(crate) fn link(&self, rel: &str) -> Option<String> {
        let links = self.0.get("_links")?.as_object()?;
        let (_, link) = links.iter().find(|(name, _)| name.eq_ignore_ascii_case(rel))?;
        let link = if let Value::Array(many) = link { many.first()? } else { link };
        Some(link.get("href")?.as_str()?.to_owned())
    }
}

fn add(values: &mut Map<String, Value>, name: &str, value: Value) {
    // A name that comes again makes a list.
    match values.get_mut(&name.to_lowercase()) {
        Some(Value::Array(many)) => many.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
        None => {
            values.insert(name.to_lowercase(), value);
        }
    }
}

/// JSON that may have a comma before a closing brace or bracket, as Microsoft's own trace has (§2.1).
fn lenient_json(text: &str) -> Option<Value> {
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if c == '"' {
            quoted = true;
        } else if c == ',' && text[at + 1..].trim_start().starts_with(['}', ']']) {
            continue;
        }
        out.push(c);
    }
    serde_json::from_str(&out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailing_comma_is_forgiven_only_outside_of_texts() {
        let value = lenient_json(r#"{"a":"x,}","b":["y,\"]",],}"#).expect("lenient");
        assert_eq!(value, serde_json::json!({"a": "x,}", "b": ["y,\"]"]}));
        assert_eq!(lenient_json("{"), None);
    }
}
