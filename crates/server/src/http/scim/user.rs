//! A user as far as it is kept (RFC 7643, sections 4.1 and 4.3): what people are searched by.

use super::{CORE, ENTERPRISE, ScimError};
use serde_json::{Map, Value, json};

/// Most elements of a list.
const MOST_ITEMS: usize = 20;
/// Longest text.
const MOST_CHARS: usize = 1_000;

/// A user as far as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct User {
    pub(super) user_name: String,
    pub(super) external_id: Option<String>,
    pub(super) active: bool,
    pub(super) display: Option<String>,
    pub(super) formatted: Option<String>,
    pub(super) given: Option<String>,
    pub(super) family: Option<String>,
    pub(super) title: Option<String>,
    pub(super) emails: Vec<Item>,
    pub(super) phones: Vec<Item>,
    pub(super) ims: Vec<Item>,
    pub(super) addresses: Vec<Item>,
    pub(super) department: Option<String>,
    pub(super) organization: Option<String>,
}

/// An element of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) kind: Option<String>,
    pub(super) primary: bool,
    pub(super) value: Option<String>,
    pub(super) locality: Option<String>,
    pub(super) formatted: Option<String>,
}

impl User {
    /// Reads a resource. Names of attributes are compared without case, and what is not kept is passed over.
    pub(super) fn read(resource: &Value) -> Result<Self, ScimError> {
        let fields = resource.as_object().ok_or_else(|| ScimError::syntax("A user is a JSON object."))?;
        let (name, extension) = (object(fields, "name")?, object(fields, ENTERPRISE)?);
        let user_name = text(fields, "userName")?.ok_or_else(|| ScimError::value("userName is required."))?;
        Ok(Self {
            user_name,
            external_id: text(fields, "externalId")?,
            active: flag(fields, "active")?.unwrap_or(true),
            display: text(fields, "displayName")?,
            formatted: text(&name, "formatted")?,
            given: text(&name, "givenName")?,
            family: text(&name, "familyName")?,
            title: text(fields, "title")?,
            emails: items(fields, "emails")?,
            phones: items(fields, "phoneNumbers")?,
            ims: items(fields, "ims")?,
            addresses: items(fields, "addresses")?,
            department: text(&extension, "department")?,
            organization: text(&extension, "organization")?,
        })
    }

    /// Reads what [`User::to_value`] has written.
    pub(super) fn kept(resource: &str) -> Self {
        let value = serde_json::from_str(resource).unwrap_or_default();
        Self::read(&value).unwrap_or_default()
    }

    /// The resource, without what the server adds.
    pub(super) fn to_value(&self) -> Value {
        let extension = compact(json!({ "department": self.department, "organization": self.organization }));
        let schemas = if extension.is_some() { json!([CORE, ENTERPRISE]) } else { json!([CORE]) };
        let list = |items: &[Item]| items.iter().map(Item::to_value).collect::<Option<Vec<_>>>();
        let resource = json!({
            "schemas": schemas,
            "userName": self.user_name,
            "externalId": self.external_id,
            "active": self.active,
            "displayName": self.display,
            "name": compact(json!({
                "formatted": self.formatted, "givenName": self.given, "familyName": self.family,
            })),
            "title": self.title,
            "emails": list(&self.emails),
            "phoneNumbers": list(&self.phones),
            "ims": list(&self.ims),
            "addresses": list(&self.addresses),
            ENTERPRISE: extension,
        });
        compact(resource).unwrap_or_default()
    }
}

impl Item {
    fn to_value(&self) -> Option<Value> {
        compact(json!({
            "type": self.kind,
            "primary": self.primary.then_some(true),
            "value": self.value,
            "locality": self.locality,
            "formatted": self.formatted,
        }))
    }

    fn is_empty(&self) -> bool {
        self.value.is_none() && self.locality.is_none() && self.formatted.is_none()
    }
}

/// An object without what is absent; nothing where all of it is.
fn compact(value: Value) -> Option<Value> {
    let Value::Object(fields) = value else { return None };
    let absent = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let fields: Map<_, _> = fields.into_iter().filter(|(_, value)| !absent(value)).collect();
    (!fields.is_empty()).then_some(Value::Object(fields))
}

/// The value of an attribute, whatever its case.
pub(super) fn field<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let found = fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value).filter(|value| !value.is_null())
}

fn wrong(name: &str, what: &str) -> ScimError {
    ScimError::value(format!("{name} is not {what}."))
}

fn object(fields: &Map<String, Value>, name: &str) -> Result<Map<String, Value>, ScimError> {
    match field(fields, name) {
        None => Ok(Map::new()),
        Some(Value::Object(inner)) => Ok(inner.clone()),
        Some(_) => Err(wrong(name, "an object")),
    }
}

/// A text without blanks around; an empty one counts as absent.
fn text(fields: &Map<String, Value>, name: &str) -> Result<Option<String>, ScimError> {
    let Some(value) = field(fields, name) else { return Ok(None) };
    let text = value.as_str().ok_or_else(|| wrong(name, "a text"))?.trim();
    if text.chars().nth(MOST_CHARS).is_some() {
        return Err(wrong(name, "as short as it must be"));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Entra ID sends `"False"` in the place of `false`, unless it is told not to.
fn flag(fields: &Map<String, Value>, name: &str) -> Result<Option<bool>, ScimError> {
    match field(fields, name) {
        None => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(_) => Err(wrong(name, "true or false")),
    }
}

fn items(fields: &Map<String, Value>, name: &str) -> Result<Vec<Item>, ScimError> {
    let list = match field(fields, name) {
        None => return Ok(Vec::new()),
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    if list.len() > MOST_ITEMS {
        return Err(ScimError::value(format!("{name} has more than {MOST_ITEMS} elements.")));
    }
    let items = list.iter().map(|item| match item {
        Value::String(value) => Ok(Item { value: Some(value.clone()), ..Item::default() }),
        Value::Object(fields) => Ok(Item {
            kind: text(fields, "type")?,
            primary: flag(fields, "primary")?.unwrap_or(false),
            value: text(fields, "value")?,
            locality: text(fields, "locality")?,
            formatted: text(fields, "formatted")?,
        }),
        _ => Err(wrong(name, "a list of objects")),
    });
    let items = items.collect::<Result<Vec<_>, _>>()?;
    Ok(items.into_iter().filter(|item| !item.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_a_password_does_not() {
        let told = json!({
            "schemas": [CORE, ENTERPRISE], "USERNAME": " anna@uc.test ", "password": "1mz050nq", "active": "True",
            "name": { "givenName": "Anna", "familyName": "", "middleName": "X" },
            "emails": [{ "value": "anna@uc.test", "type": "work", "primary": "true" }, {}, "a@uc.test"],
            "roles": [], "nickName": null, ENTERPRISE: { "department": "Loans", "manager": { "value": "7" } },
        });
        let user = User::read(&told).unwrap();
        assert_eq!((user.user_name.as_str(), user.active), ("anna@uc.test", true));
        assert_eq!((user.emails.len(), user.emails[0].primary, &user.family), (2, true, &None));
        let value = user.to_value();
        assert_eq!(User::kept(&value.to_string()), user);
        assert!(!value.to_string().contains("1mz050nq") && !value.to_string().contains("manager"), "{value}");
        assert_eq!(value[ENTERPRISE], json!({ "department": "Loans" }));
    }

    #[test]
    fn what_is_no_user_is_refused() {
        let many: Vec<_> = (0..21).map(|no| json!({ "value": no.to_string() })).collect();
        for wrong in [
            json!([]),
            json!({}),
            json!({ "userName": " " }),
            json!({ "userName": 7 }),
            json!({ "userName": "a", "active": "maybe" }),
            json!({ "userName": "a", "name": "Anna" }),
            json!({ "userName": "a", "emails": [7] }),
            json!({ "userName": "a", "emails": many }),
            json!({ "userName": "a".repeat(1_001) }),
        ] {
            assert!(User::read(&wrong).is_err(), "{wrong}");
        }
    }
}
