//! Bodies as a broken server or proxy may send them.

use bytes::Bytes;
use serde_json::Value;

/// How a body is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mangle {
    /// Nothing at all.
    Empty,
    /// Half of it.
    Cut,
    /// Numbers, lists and objects where texts should be, and the other way round.
    Types,
    /// Without any `_links`.
    NoLinks,
    /// Without any `_embedded`.
    NoEmbedded,
    /// 64 MiB of blanks before it.
    Huge,
    /// Lists in lists, 100,000 deep.
    Deep,
    /// Bytes that are no text.
    Noise,
}

const HUGE: usize = 64 << 20;
const DEEP: usize = 100_000;

impl Mangle {
    /// The broken body.
    pub(crate) fn of(self, bytes: &Bytes) -> Bytes {
        let edited = |edit: fn(&mut Value)| match serde_json::from_slice(bytes) {
            Ok(mut value) => {
                edit(&mut value);
                value.to_string().into()
            }
            Err(_) => bytes.clone(),
        };
        match self {
            Self::Empty => Bytes::new(),
            Self::Cut => bytes.slice(..bytes.len() / 2),
            Self::Types => edited(confuse),
            Self::NoLinks => edited(|value| remove(value, "_links")),
            Self::NoEmbedded => edited(|value| remove(value, "_embedded")),
            Self::Huge => [vec![b' '; HUGE], bytes.to_vec()].concat().into(),
            Self::Deep => format!("{}{}", "[".repeat(DEEP), "]".repeat(DEEP)).into(),
            Self::Noise => (0..=255).cycle().take(2_048).collect::<Vec<u8>>().into(),
        }
    }
}

fn confuse(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                match field {
                    // What is inside stays reachable.
                    Value::Object(_) if matches!(name.as_str(), "_links" | "_embedded") => confuse(field),
                    Value::Object(_) => *field = Value::Array(vec![field.take()]),
                    Value::Array(many) => *field = many.first_mut().map_or(Value::Null, Value::take),
                    Value::String(text) => *field = Value::from(text.len()),
                    other => *other = Value::from("text"),
                }
            }
        }
        Value::Array(many) => many.iter_mut().for_each(confuse),
        _ => {}
    }
}

fn remove(value: &mut Value, name: &str) {
    match value {
        Value::Object(fields) => {
            fields.remove(name);
            fields.values_mut().for_each(|field| remove(field, name));
        }
        Value::Array(many) => many.iter_mut().for_each(|one| remove(one, name)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_break_as_they_are_told() {
        let body = Bytes::from_static(br#"{"a":"xy","b":[1],"c":{"d":1},"_links":{"self":{"href":"/"}}}"#);
        let broken = |mangle: Mangle| String::from_utf8_lossy(&mangle.of(&body)).into_owned();
        assert_eq!(broken(Mangle::Empty), "");
        assert_eq!(broken(Mangle::Cut).len(), body.len() / 2);
        assert_eq!(broken(Mangle::NoLinks), r#"{"a":"xy","b":[1],"c":{"d":1}}"#);
        assert_eq!(broken(Mangle::Types), r#"{"_links":{"self":[{"href":"/"}]},"a":2,"b":1,"c":[{"d":1}]}"#);
        assert_eq!(Mangle::Huge.of(&body).len(), HUGE + body.len());
    }
}
