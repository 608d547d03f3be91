//! The place in a resource that an operation is about.

use super::apply::Verb;
use crate::http::scim::path::Path;
use crate::http::scim::{ENTERPRISE, ScimError};
use serde_json::{Map, Value, json};

/// What is kept, as it is written.
const TEXTS: [&str; 5] = ["userName", "externalId", "active", "displayName", "title"];
const LISTS: [&str; 4] = ["emails", "phoneNumbers", "ims", "addresses"];
const NAME: &str = "name";
const OF_ENTERPRISE: [&str; 2] = ["department", "organization"];
/// Parts of names and of elements.
const PARTS: [&str; 8] =
    ["formatted", "givenName", "familyName", "type", "primary", "value", "locality", "display"];

/// Does it. What is not kept is passed over.
pub(super) fn apply(
    resource: &mut Map<String, Value>,
    path: &Path,
    verb: Verb,
    value: &Value,
) -> Result<(), ScimError> {
    let known = |names: &[&'static str]| {
        names.iter().copied().find(|name| name.eq_ignore_ascii_case(&path.attribute))
    };
    if path.enterprise {
        if let Some(name) = known(&OF_ENTERPRISE) {
            let extension = resource.entry(ENTERPRISE).or_insert_with(|| json!({}));
            set(extension, name, verb, value);
        }
    } else if let Some(name) = known(&TEXTS) {
        set_in(resource, name, verb, value);
    } else if known(&[NAME]).is_some() {
        apply_to_name(resource.entry(NAME).or_insert_with(|| json!({})), path, verb, value)?;
    } else if let Some(name) = known(&LISTS) {
        let list = resource.entry(name).or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            apply_to_list(list, path, verb, value)?;
        }
    }
    Ok(())
}

fn apply_to_name(name: &mut Value, path: &Path, verb: Verb, value: &Value) -> Result<(), ScimError> {
    match &path.part {
        Some(part) => set(name, part_name(part), verb, value),
        None if verb == Verb::Remove => *name = json!({}),
        None => merge(name, value)?,
    }
    Ok(())
}

fn apply_to_list(list: &mut Vec<Value>, path: &Path, verb: Verb, value: &Value) -> Result<(), ScimError> {
    match (&path.whom, &path.part, verb) {
        (None, None, Verb::Remove) => list.clear(),
        (None, None, _) => {
            if verb == Verb::Replace {
                list.clear();
            }
            let more = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            more.into_iter().for_each(|one| add(list, one));
        }
        (Some(whom), None, Verb::Remove) => list.retain(|element| !whom.means(element)),
        (whom, part, _) => {
            let meant = |element: &Value| whom.as_ref().is_none_or(|whom| whom.means(element));
            if !list.iter().any(meant) && verb != Verb::Remove {
                // Entra ID replaces the work address of whoever has none, and means that it is added.
                list.push(
                    whom.as_ref()
                        .map_or_else(|| json!({}), |whom| json!({ part_name(&whom.attribute): whom.value })),
                );
            }
            for element in list.iter_mut().filter(|element| meant(element)) {
                match part {
                    Some(part) => set(element, part_name(part), verb, value),
                    None => merge(element, value)?,
                }
            }
        }
    }
    Ok(())
}

/// Adds an element that is not there; a new primary one ends the primacy of the others.
fn add(list: &mut Vec<Value>, one: Value) {
    if list.contains(&one) {
        return;
    }
    if one.get("primary").is_some_and(|primary| *primary == json!(true)) {
        list.iter_mut().for_each(|other| set(other, "primary", Verb::Remove, &Value::Null));
    }
    list.push(one);
}

fn merge(into: &mut Value, value: &Value) -> Result<(), ScimError> {
    let named = value.as_object().ok_or_else(|| ScimError::value("The value is no object."))?;
    named.iter().for_each(|(name, value)| set(into, part_name(name), Verb::Replace, value));
    Ok(())
}

fn set(object: &mut Value, name: &str, verb: Verb, value: &Value) {
    if let Some(fields) = object.as_object_mut() {
        set_in(fields, name, verb, value);
    }
}

fn set_in(fields: &mut Map<String, Value>, name: &str, verb: Verb, value: &Value) {
    fields.retain(|key, _| !key.eq_ignore_ascii_case(name));
    if verb != Verb::Remove {
        fields.insert(name.to_owned(), value.clone());
    }
}

fn part_name(part: &str) -> &str {
    PARTS.into_iter().find(|known| known.eq_ignore_ascii_case(part)).unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::super::apply::operations;
    use super::*;
    use crate::http::scim::user::User;

    fn user() -> Value {
        User::read(&json!({
            "userName": "anna", "active": true, "name": { "givenName": "Anna", "familyName": "Maier" },
            "emails": [{ "type": "work", "primary": true, "value": "anna@uc.test" }, { "type": "home", "value": "a@b.test" }],
        }))
        .unwrap()
        .to_value()
    }

    /// The user after these operations.
    fn after(operations_of: &Value) -> User {
        let mut resource = user();
        for operation in operations(&json!({ "Operations": operations_of })).unwrap() {
            operation.apply(&mut resource).unwrap();
        }
        User::read(&resource).unwrap()
    }

    fn work(user: &User) -> Option<&str> {
        let work = user.emails.iter().find(|email| email.kind.as_deref() == Some("work"));
        work.and_then(|email| email.value.as_deref())
    }

    #[test]
    fn elements_of_lists_are_changed_added_and_removed() {
        let path = "emails[type eq \"work\"].value";
        assert_eq!(
            work(&after(&json!([{ "op": "Replace", "path": path, "value": "x@uc.test" }]))),
            Some("x@uc.test")
        );
        assert_eq!(work(&after(&json!([{ "op": "remove", "path": path }]))), None);
        let removed = after(&json!([{ "op": "Remove", "path": "emails[type eq \"work\"]" }]));
        assert_eq!(removed.emails.len(), 1);
        let phone =
            after(&json!([{ "op": "Add", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "1" }]));
        assert_eq!(
            (phone.phones[0].kind.as_deref(), phone.phones[0].value.as_deref()),
            (Some("mobile"), Some("1"))
        );
        let added = after(
            &json!([{ "op": "add", "path": "emails", "value": [{ "value": "n@uc.test", "primary": true }] }]),
        );
        let primary: Vec<_> = added.emails.iter().filter(|email| email.primary).collect();
        assert_eq!(
            (added.emails.len(), primary.len(), primary[0].value.as_deref()),
            (3, 1, Some("n@uc.test"))
        );
        assert_eq!(after(&json!([{ "op": "replace", "path": "emails", "value": [] }])).emails, []);
    }

    #[test]
    fn names_and_the_extension_are_changed_with_and_without_a_path() {
        for operation in [
            json!({ "op": "Replace", "path": "name.familyName", "value": "Huber" }),
            json!({ "op": "replace", "path": "name", "value": { "familyName": "Huber" } }),
            json!({ "op": "replace", "value": { "name": { "familyname": "Huber" } } }),
            json!({ "op": "add", "value": { "name.familyName": "Huber" } }),
        ] {
            let user = after(&json!([operation]));
            assert_eq!(
                (user.given.as_deref(), user.family.as_deref()),
                (Some("Anna"), Some("Huber")),
                "{operation}"
            );
        }
        let department = format!("{ENTERPRISE}:department");
        for operation in [
            json!({ "op": "Add", "path": department, "value": "Loans" }),
            json!({ "op": "replace", "value": { department.as_str(): "Loans" } }),
            json!({ "op": "replace", "value": { ENTERPRISE: { "department": "Loans" } } }),
            json!({ "op": "add", "path": ENTERPRISE, "value": { "department": "Loans" } }),
        ] {
            assert_eq!(after(&json!([operation])).department.as_deref(), Some("Loans"), "{operation}");
        }
        let removed = json!([{ "op": "add", "path": department, "value": "Loans" }, { "op": "remove", "path": department }]);
        assert_eq!(after(&removed).department, None);
    }

    #[test]
    fn what_is_not_kept_changes_nothing() {
        for operation in [
            json!({ "op": "replace", "path": "nickName", "value": "A" }),
            json!({ "op": "add", "path": format!("{ENTERPRISE}:manager"), "value": [{ "value": "7" }] }),
            json!({ "op": "add", "path": "urn:x:y:z", "value": "A" }),
            json!({ "op": "replace", "path": "id", "value": "7" }),
            json!({ "op": "remove", "path": "roles" }),
        ] {
            assert_eq!(after(&json!([operation])).to_value(), user(), "{operation}");
        }
    }
}
