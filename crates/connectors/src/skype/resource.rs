//! Reading UCWA resources (UCWA 0): properties, `_links`, `_embedded`. Anything may be absent.

use serde_json::Value;

/// The href of the first link with this relation.
pub(super) fn link<'a>(resource: &'a Value, rel: &str) -> Option<&'a str> {
    let link = member(resource.get("_links")?, rel)?;
    let first = link.as_array().map_or(Some(link), |many| many.first())?;
    first.get("href")?.as_str()
}

/// The hrefs of all links with this relation.
pub(super) fn links<'a>(resource: &'a Value, rel: &str) -> Vec<&'a str> {
    let found = resource.get("_links").and_then(|links| member(links, rel));
    let href = |link: &'a Value| link.get("href").and_then(Value::as_str);
    match found {
        Some(Value::Array(many)) => many.iter().filter_map(href).collect(),
        Some(one) => href(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The first embedded resource with this relation.
pub(super) fn embedded<'a>(resource: &'a Value, rel: &str) -> Option<&'a Value> {
    let found = member(resource.get("_embedded")?, rel)?;
    found.as_array().map_or(Some(found), |many| many.first())
}

/// All embedded resources with this relation.
pub(super) fn embeddeds<'a>(resource: &'a Value, rel: &str) -> &'a [Value] {
    match resource.get("_embedded").and_then(|all| member(all, rel)) {
        Some(Value::Array(many)) => many,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

/// A text property that is not empty.
pub(super) fn text<'a>(resource: &'a Value, name: &str) -> Option<&'a str> {
    resource.get(name)?.as_str().filter(|text| !text.trim().is_empty())
}

/// A member by name, whatever its case.
fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let object = object.as_object()?;
    object
        .get(name)
        .or_else(|| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

#[cfg(test)]
mod tests {
    use super::{embedded, embeddeds, link, links, text};
    use serde_json::json;

    #[test]
    fn reads_single_and_repeated_members() {
        let resource = json!({
            "name": "Erika", "title": " ", "age": 3,
            "_links": {"self": {"href": "/a"}, "contact": [{"href": "/b"}, {"href": "/c"}, {}], "bad": 7},
            "_embedded": {"me": {"x": 1}, "contact": [{"y": 2}, {"y": 3}]}
        });
        assert_eq!(link(&resource, "self"), Some("/a"));
        assert_eq!(link(&resource, "contact"), Some("/b"));
        assert_eq!(link(&resource, "bad"), None);
        assert_eq!(links(&resource, "contact"), ["/b", "/c"]);
        assert_eq!(embedded(&resource, "contact"), Some(&json!({"y": 2})));
        assert_eq!(embeddeds(&resource, "me").len(), 1);
        assert_eq!(embeddeds(&json!([]), "me").len(), 0);
        assert_eq!(text(&resource, "name"), Some("Erika"));
        assert_eq!((text(&resource, "title"), text(&resource, "age")), (None, None));
    }
}
