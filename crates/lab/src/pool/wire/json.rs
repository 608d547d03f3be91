//! Resources and events as JSON, written straight into a string and in the key order of the real wire.

use super::event::Event;
use super::resource::{Embedded, Link, Links, Prop, Resource};
use crate::clock::skewed;

/// A resource as JSON on one line.
pub(crate) fn resource(resource: &Resource) -> String {
    let mut out = String::with_capacity(1024);
    write_resource(&mut out, resource);
    out
}

/// The body of a P-GET: links, and the senders of the events in order (ucwa.md §3).
pub(crate) fn events<'a>(
    links: &[(&'static str, String)],
    events: impl Iterator<Item = &'a Event>,
) -> String {
    let mut out = String::with_capacity(2048);
    out.push_str("{\"_links\":{");
    for (index, (rel, href)) in links.iter().enumerate() {
        comma(&mut out, index);
        write_key(&mut out, rel);
        out.push_str("{\"href\":");
        write_str(&mut out, href);
        out.push('}');
    }
    out.push('}');
    write_senders(&mut out, events);
    out.push('}');
    out
}

/// A JSON string literal.
pub(crate) fn write_str(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // .NET's serialiser writes & as an escape, which the search example of ucwa.md §4.1 shows.
            '&' => out.push_str("\\u0026"),
            c if u32::from(c) < 0x20 || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn write_senders<'a>(out: &mut String, events: impl Iterator<Item = &'a Event>) {
    out.push_str(",\"sender\":[");
    let mut current: Option<&super::event::Sender> = None;
    for event in events {
        if current == Some(&event.sender) {
            out.push(',');
        } else {
            if current.is_some() {
                out.push_str("]},");
            }
            out.push_str("{\"rel\":");
            write_str(out, event.sender.rel);
            out.push_str(",\"href\":");
            write_str(out, &event.sender.href);
            out.push_str(",\"events\":[");
            current = Some(&event.sender);
        }
        write_event(out, event);
    }
    if current.is_some() {
        out.push_str("]}");
    }
    out.push(']');
}

fn write_event(out: &mut String, event: &Event) {
    out.push_str("{\"link\":");
    write_event_link(out, &event.link);
    if let Some(inside) = &event.inside {
        out.push_str(",\"in\":");
        write_event_link(out, inside);
    }
    if let Some(success) = event.success {
        out.push_str(if success { ",\"status\":\"Success\"" } else { ",\"status\":\"Failure\"" });
    }
    if let Some(embedded) = &event.embedded {
        out.push_str(",\"_embedded\":{");
        write_key(out, event.link.rel);
        write_resource(out, embedded);
        out.push('}');
    }
    if let Some(reason) = &event.reason {
        out.push_str(",\"reason\":{\"code\":");
        write_str(out, &reason.code);
        out.push_str(",\"subcode\":");
        write_str(out, &reason.subcode);
        out.push_str(",\"message\":");
        write_str(out, &reason.message);
        out.push('}');
    }
    out.push_str(",\"type\":");
    write_str(out, event.kind.word());
    out.push('}');
}

fn write_event_link(out: &mut String, link: &Link) {
    out.push_str("{\"rel\":");
    write_str(out, link.rel);
    out.push_str(",\"href\":");
    write_str(out, &link.href);
    if let Some(title) = &link.title {
        out.push_str(",\"title\":");
        write_str(out, title);
    }
    out.push('}');
}

fn write_resource(out: &mut String, resource: &Resource) {
    out.push('{');
    let mut fields = 0;
    for (name, prop) in &resource.props {
        comma(out, fields);
        fields += 1;
        write_key(out, name);
        write_prop(out, prop);
    }
    if !resource.links.is_empty() {
        comma(out, fields);
        fields += 1;
        write_links(out, &resource.links);
    }
    if !resource.embedded.is_empty() {
        comma(out, fields);
        fields += 1;
        write_embedded(out, &resource.embedded);
    }
    if !resource.rel.is_empty() {
        comma(out, fields);
        fields += 1;
        write_key(out, "rel");
        write_str(out, resource.rel);
    }
    if resource.shows_etag {
        comma(out, fields);
        out.push_str(&format!("\"etag\":\"{}\"", resource.etag()));
    }
    out.push('}');
}

fn write_prop(out: &mut String, prop: &Prop) {
    match prop {
        Prop::Str(text) => write_str(out, text),
        Prop::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Prop::Int(value) => out.push_str(&value.to_string()),
        Prop::Date(at_ms) => out.push_str(&format!("\"\\/Date({})\\/\"", skewed(*at_ms))),
        Prop::List(values) => {
            out.push('[');
            for (index, value) in values.iter().enumerate() {
                comma(out, index);
                write_str(out, value);
            }
            out.push(']');
        }
    }
}

fn write_links(out: &mut String, links: &[Links]) {
    out.push_str("\"_links\":{");
    for (index, links) in links.iter().enumerate() {
        comma(out, index);
        match links {
            Links::One(link) => {
                write_key(out, link.rel);
                write_link(out, link);
            }
            Links::Many(rel, many) => {
                write_key(out, rel);
                out.push('[');
                for (index, link) in many.iter().enumerate() {
                    comma(out, index);
                    write_link(out, link);
                }
                out.push(']');
            }
        }
    }
    out.push('}');
}

fn write_link(out: &mut String, link: &Link) {
    out.push_str("{\"href\":");
    write_str(out, &link.href);
    if let Some(title) = &link.title {
        out.push_str(",\"title\":");
        write_str(out, title);
    }
    if let Some(revision) = link.revision {
        out.push_str(",\"revision\":");
        write_str(out, revision);
    }
    out.push('}');
}

fn write_embedded(out: &mut String, embedded: &[(&'static str, Embedded)]) {
    out.push_str("\"_embedded\":{");
    for (index, (rel, embedded)) in embedded.iter().enumerate() {
        comma(out, index);
        write_key(out, rel);
        match embedded {
            Embedded::One(resource) => write_resource(out, resource),
            Embedded::Many(many) => {
                out.push('[');
                for (index, resource) in many.iter().enumerate() {
                    comma(out, index);
                    write_resource(out, resource);
                }
                out.push(']');
            }
        }
    }
    out.push('}');
}

fn write_key(out: &mut String, key: &str) {
    write_str(out, key);
    out.push(':');
}

fn comma(out: &mut String, index: usize) {
    if index > 0 {
        out.push(',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_keeps_the_order_of_the_wire() {
        let inner = Resource::new("me").str("name", "A \"B\"\n");
        let outer = Resource::new("application")
            .str("culture", "en-US")
            .prop("at", Prop::Date(5))
            .link("self", "/a?x=1&y=2")
            .embed("me", inner);
        assert_eq!(
            resource(&outer),
            r#"{"culture":"en-US","at":"\/Date(5)\/","_links":{"self":{"href":"/a?x=1\u0026y=2"}},"_embedded":{"me":{"name":"A \"B\"\n","rel":"me"}},"rel":"application"}"#
        );
    }
}
