//! Answers always carry all their fields: an absent value is null. The description says so, for
//! every schema that no request body uses, be it within another one.

use serde_json::Value;
use std::collections::BTreeSet;
use utoipa::openapi::OpenApi;

/// The description with all fields of answers required.
///
/// # Errors
/// It cannot be written as JSON.
pub(super) fn with_all_fields(document: &OpenApi) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(document)?;
    let bodies = used_in("requestBody", &value["paths"]);
    let asked = with_parts(bodies.clone(), &value["components"]["schemas"]);
    let answered = with_parts(used_in("responses", &value["paths"]), &value["components"]["schemas"]);
    let schemas = value["components"]["schemas"].as_object_mut();
    for (name, schema) in schemas.into_iter().flatten() {
        if !bodies.contains(name) && (answered.contains(name) || !asked.contains(name)) {
            require_all(schema);
        }
    }
    Ok(value)
}

/// The schemas that these parts of the routes name.
fn used_in(part_name: &str, paths: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    each(paths, &mut |part| {
        if let Some(found) = part.get(part_name) {
            collect_refs(found, &mut names);
        }
    });
    names
}

/// The schemas with those that they are made of.
fn with_parts(mut names: BTreeSet<String>, schemas: &Value) -> BTreeSet<String> {
    let mut waiting: Vec<_> = names.iter().cloned().collect();
    while let Some(name) = waiting.pop() {
        let mut parts = BTreeSet::new();
        collect_refs(&schemas[&name], &mut parts);
        waiting.extend(parts.into_iter().filter(|part| names.insert(part.clone())));
    }
    names
}

fn require_all(schema: &mut Value) {
    for part in schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
        require_all(part);
    }
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    schema["required"] = properties.keys().cloned().collect();
}

fn collect_refs(value: &Value, names: &mut BTreeSet<String>) {
    each(value, &mut |part| {
        let name = part.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
        names.extend(name.map(str::to_owned));
    });
}

/// Visits a value and everything in it.
fn each(value: &Value, visit: &mut impl FnMut(&Value)) {
    visit(value);
    match value {
        Value::Array(items) => items.iter().for_each(|item| each(item, visit)),
        Value::Object(fields) => fields.values().for_each(|field| each(field, visit)),
        _ => {}
    }
}
