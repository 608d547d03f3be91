//! Resources, events and input as XML (ucwa.md §0).

use serde_json::{Map, Value};

use super::event::{Event, Reason};
use super::resource::{Embedded, Link, Links, Prop, Resource};
use crate::clock::{civil, skewed};

const NAMESPACE: &str = "http://schemas.microsoft.com/rtc/2012/03/ucwa";

/// A resource as an XML document.
pub(crate) fn resource(resource: &Resource) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    write_resource(&mut out, resource, true);
    out
}

/// The body of a P-GET.
pub(crate) fn events<'a>(
    links: &[(&'static str, String)],
    events: impl Iterator<Item = &'a Event>,
) -> String {
    let own = links.iter().find(|(rel, _)| *rel == "self").map_or("", |(_, href)| href.as_str());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><events href=\"{}\" xmlns=\"{NAMESPACE}\">",
        escape(own)
    );
    for (rel, href) in links.iter().filter(|(rel, _)| *rel != "self") {
        write_link(&mut out, &Link::new(rel, href.clone()));
    }
    let mut current: Option<&super::event::Sender> = None;
    for event in events {
        if current != Some(&event.sender) {
            if current.is_some() {
                out.push_str("</sender>");
            }
            let (rel, href) = (event.sender.rel, escape(&event.sender.href));
            out.push_str(&format!("<sender rel=\"{rel}\" href=\"{href}\">"));
            current = Some(&event.sender);
        }
        write_event(&mut out, event);
    }
    if current.is_some() {
        out.push_str("</sender>");
    }
    out.push_str("</events>");
    out
}

/// An error body.
pub(crate) fn reason(code: &str, subcode: &str, message: &str) -> String {
    let mut out = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?><reason xmlns=\"{NAMESPACE}\">");
    write_reason_fields(&mut out, code, subcode, message);
    out.push_str("</reason>");
    out
}

/// Reads an `<input>` document: `property`, `propertyList` and `link` elements.
pub(crate) fn input(text: &str) -> Option<Value> {
    let mut values = Map::new();
    let mut links = Map::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..)?;
        let (tag, after) = rest.split_once('>')?;
        rest = after;
        if let Some(attributes) = tag.strip_prefix("propertyList") {
            let (inner, after) = rest.split_once("</propertyList>")?;
            rest = after;
            values.insert(attribute(attributes, "name")?, items(inner));
        } else if let Some(attributes) = tag.strip_prefix("property") {
            let name = attribute(attributes, "name")?;
            if tag.ends_with('/') {
                values.insert(name, Value::String(String::new()));
                continue;
            }
            let (inner, after) = rest.split_once("</property>")?;
            rest = after;
            values.insert(name, Value::String(unescape(inner)));
        } else if let Some(attributes) = tag.strip_prefix("link") {
            let href = Value::String(attribute(attributes, "href")?);
            links.insert(
                attribute(attributes, "rel")?,
                Value::Object(Map::from_iter([("href".to_owned(), href)])),
            );
        }
    }
    if !links.is_empty() {
        values.insert("_links".to_owned(), Value::Object(links));
    }
    Some(Value::Object(values))
}

fn items(inner: &str) -> Value {
    let texts = inner.split("<item>").skip(1).filter_map(|part| part.split("</item>").next());
    Value::Array(texts.map(|text| Value::String(unescape(text))).collect())
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let at = attributes.find(&format!("{name}="))?;
    let rest = attributes.get(at + name.len() + 1..)?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split(quote).next().map(unescape)
}

fn write_resource(out: &mut String, resource: &Resource, root: bool) {
    out.push_str("<resource");
    if !resource.rel.is_empty() {
        out.push_str(&format!(" rel=\"{}\"", resource.rel));
    }
    let own = resource.links.iter().find_map(|links| match links {
        Links::One(link) if link.rel == "self" => Some(link.href.as_str()),
        _ => None,
    });
    if let Some(own) = own {
        out.push_str(&format!(" href=\"{}\"", escape(own)));
    }
    if root {
        out.push_str(&format!(" xmlns=\"{NAMESPACE}\""));
    }
    out.push('>');
    for links in &resource.links {
        match links {
            Links::One(link) if link.rel == "self" => {}
            Links::One(link) => write_link(out, link),
            Links::Many(_, many) => many.iter().for_each(|link| write_link(out, link)),
        }
    }
    if !resource.rel.is_empty() {
        write_prop(out, "rel", &Prop::Str(resource.rel.to_owned()));
    }
    for (name, prop) in &resource.props {
        write_prop(out, name, prop);
    }
    if resource.shows_etag {
        write_prop(out, "etag", &Prop::Str(resource.etag().to_string()));
    }
    for (_, embedded) in &resource.embedded {
        match embedded {
            Embedded::One(resource) => write_resource(out, resource, false),
            Embedded::Many(many) => many.iter().for_each(|resource| write_resource(out, resource, false)),
        }
    }
    out.push_str("</resource>");
}

fn write_prop(out: &mut String, name: &str, prop: &Prop) {
    let name = escape(name);
    let value = match prop {
        Prop::Str(text) => escape(text),
        Prop::Bool(value) => if *value { "True" } else { "False" }.to_owned(),
        Prop::Int(value) => value.to_string(),
        Prop::Date(at_ms) => iso_8601(skewed(*at_ms)),
        Prop::List(values) => {
            out.push_str(&format!("<propertyList name=\"{name}\">"));
            for value in values {
                out.push_str(&format!("<item>{}</item>", escape(value)));
            }
            out.push_str("</propertyList>");
            return;
        }
    };
    out.push_str(&format!("<property name=\"{name}\">{value}</property>"));
}

fn write_link(out: &mut String, link: &Link) {
    out.push_str(&format!("<link rel=\"{}\" href=\"{}\"", link.rel, escape(&link.href)));
    if let Some(title) = &link.title {
        out.push_str(&format!(" title=\"{}\"", escape(title)));
    }
    if let Some(revision) = link.revision {
        out.push_str(&format!(" revision=\"{revision}\""));
    }
    out.push_str("/>");
}

fn write_event(out: &mut String, event: &Event) {
    let word = event.kind.word();
    out.push_str(&format!("<{word} rel=\"{}\" href=\"{}\"", event.link.rel, escape(&event.link.href)));
    if let Some(title) = &event.link.title {
        out.push_str(&format!(" title=\"{}\"", escape(title)));
    }
    if let Some(success) = event.success {
        out.push_str(if success { " status=\"Success\"" } else { " status=\"Failure\"" });
    }
    out.push('>');
    if let Some(inside) = &event.inside {
        out.push_str(&format!("<in rel=\"{}\" href=\"{}\"/>", inside.rel, escape(&inside.href)));
    }
    if let Some(embedded) = &event.embedded {
        write_resource(out, embedded, false);
    }
    if let Some(Reason { code, subcode, message }) = &event.reason {
        out.push_str("<reason>");
        write_reason_fields(out, code, subcode, message);
        out.push_str("</reason>");
    }
    out.push_str(&format!("</{word}>"));
}

fn write_reason_fields(out: &mut String, code: &str, subcode: &str, message: &str) {
    out.push_str(&format!("<code>{}</code>", escape(code)));
    if !subcode.is_empty() {
        out.push_str(&format!("<subcode>{}</subcode>", escape(subcode)));
    }
    out.push_str(&format!("<message>{}</message>", escape(message)));
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML 1.0 has no other control characters, not even escaped.
            c if c < ' ' && !matches!(c, '\n' | '\r' | '\t') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

fn iso_8601(at_ms: u64) -> String {
    let (year, month, day) = civil(at_ms);
    let ms = at_ms % 86_400_000;
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{:03}Z", ms % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_input_and_writes_moments() {
        let read = input(
            "<?xml version=\"1.0\"?><input xmlns=\"x\"><property name=\"To\">sip:a&amp;b@c</property>\
             <propertyList name=\"uris\"><item>1</item><item>2</item></propertyList>\
             <link rel=\"message\" href=\"data:,x\"/></input>",
        );
        let expected = serde_json::json!({
            "To": "sip:a&b@c", "uris": ["1", "2"], "_links": {"message": {"href": "data:,x"}}
        });
        assert_eq!(read, Some(expected));
        assert_eq!(iso_8601(1_383_784_870_271), "2013-11-07T00:41:10.271Z");
        assert_eq!(iso_8601(951_782_400_000), "2000-02-29T00:00:00.000Z");
    }

    #[test]
    fn writes_a_resource() {
        let tree = Resource::new("a").str("n", "<&\">").link("self", "/a").link("b", "/b?x&y");
        assert!(resource(&tree).ends_with(
            "<resource rel=\"a\" href=\"/a\" xmlns=\"http://schemas.microsoft.com/rtc/2012/03/ucwa\">\
             <link rel=\"b\" href=\"/b?x&amp;y\"/><property name=\"rel\">a</property><property name=\"n\">&lt;&amp;&quot;&gt;</property></resource>"
        ));
    }
}
