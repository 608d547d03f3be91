//! The operations of a PATCH, as Entra ID and Okta send them.

use super::target;
use crate::http::scim::ScimError;
use crate::http::scim::path::Path;
use crate::http::scim::user::field;
use serde_json::{Map, Value};

/// Most operations.
const MOST: usize = 100;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Add,
    Replace,
    Remove,
}

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Operation {
    verb: Verb,
    /// Nothing where the value names the attributes.
    path: Option<String>,
    value: Value,
}

/// Reads the operations of a PatchOp.
pub(super) fn operations(body: &Value) -> Result<Vec<Operation>, ScimError> {
    let list = body.as_object().and_then(|fields| field(fields, "Operations")).and_then(Value::as_array);
    let list = list.ok_or_else(|| ScimError::syntax("Operations is missing."))?;
    if list.is_empty() || list.len() > MOST {
        return Err(ScimError::syntax(format!("There are between 1 and {MOST} operations.")));
    }
    list.iter().map(operation).collect()
}

fn operation(value: &Value) -> Result<Operation, ScimError> {
    let fields = value.as_object().ok_or_else(|| ScimError::syntax("An operation is an object."))?;
    let verb = field(fields, "op").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let verb = match verb.as_str() {
        "add" => Verb::Add,
        "replace" => Verb::Replace,
        "remove" => Verb::Remove,
        _ => return Err(ScimError::syntax("op is none of add, replace and remove.")),
    };
    let path = match field(fields, "path") {
        None => None,
        Some(Value::String(path)) if path.is_empty() => None,
        Some(Value::String(path)) => Some(path.clone()),
        Some(_) => return Err(ScimError::path("The path is no text.")),
    };
    if verb == Verb::Remove && path.is_none() {
        return Err(ScimError::no_target("remove needs a path."));
    }
    Ok(Operation { verb, path, value: field(fields, "value").cloned().unwrap_or_default() })
}

impl Operation {
    /// Does it to the resource.
    pub(super) fn apply(&self, resource: &mut Value) -> Result<(), ScimError> {
        let Some(fields) = resource.as_object_mut() else { return Ok(()) };
        let Some(path) = &self.path else { return self.apply_all(fields) };
        match Path::parse(path)? {
            Some(path) if path.attribute.is_empty() => self.apply_extension(fields),
            Some(path) => target::apply(fields, &path, self.verb, &self.value),
            None => Ok(()),
        }
    }

    /// The value names the attributes; Entra ID names parts of them too, such as `name.givenName`.
    fn apply_all(&self, fields: &mut Map<String, Value>) -> Result<(), ScimError> {
        let named = self.value.as_object();
        let named = named.ok_or_else(|| ScimError::value("Without a path the value is an object."))?;
        for (name, value) in named {
            let one = Self { path: Some(name.clone()), value: value.clone(), ..self.clone() };
            match Path::parse(name)? {
                Some(path) if path.attribute.is_empty() => one.apply_extension(fields)?,
                Some(path) => target::apply(fields, &path, self.verb, value)?,
                None => {}
            }
        }
        Ok(())
    }

    /// All of the extension is meant.
    fn apply_extension(&self, fields: &mut Map<String, Value>) -> Result<(), ScimError> {
        let path = |attribute: &str| Path {
            enterprise: true,
            attribute: attribute.to_owned(),
            whom: None,
            part: None,
        };
        if self.verb == Verb::Remove {
            return ["department", "organization"]
                .into_iter()
                .try_for_each(|name| target::apply(fields, &path(name), Verb::Remove, &Value::Null));
        }
        let named = self.value.as_object().ok_or_else(|| ScimError::value("An extension is an object."))?;
        named.iter().try_for_each(|(name, value)| target::apply(fields, &path(name), self.verb, value))
    }
}
