//! Answers always carry all their fields: an absent value is null. The description says so, for
//! every schema that no request body uses.

use serde_json::Value;
use std::collections::BTreeSet;
use utoipa::openapi::OpenApi;

/// The description with all fields of answers required.
///
/// # Errors
/// It cannot be written as JSON.
pub(super) fn with_all_fields(document: &OpenApi) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(document)?;
    let mut asked = BTreeSet::new();
    each(&value["paths"], &mut |part| {
        if let Some(body) = part.get("requestBody") {
            collect_refs(body, &mut asked);
        }
    });
    let schemas = value["components"]["schemas"].as_object_mut();
    for (name, schema) in schemas.into_iter().flatten() {
        if !asked.contains(name.as_str()) {
            require_all(schema);
        }
    }
    Ok(value)
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
