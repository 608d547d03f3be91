//! Our half of the stream.

use crate::xmpp::ns;
use minidom::{Element, element::ElementBuilder};
use rxml::NcName;

/// What opens our side (XEP-0114 3).
pub(in crate::xmpp) fn header(component: &str) -> Vec<u8> {
    let mut to = String::new();
    for letter in component.chars() {
        match letter {
            '&' | '<' | '>' | '\'' | '"' => {}
            letter => to.push(letter),
        }
    }
    let (stream, component) = (ns::STREAM, ns::COMPONENT);
    format!("<?xml version='1.0'?><stream:stream xmlns:stream='{stream}' xmlns='{component}' to='{to}'>")
        .into_bytes()
}

/// Appends an element's XML; nothing when it cannot be written.
pub(in crate::xmpp) fn write(element: &Element, bytes: &mut Vec<u8>) {
    let before = bytes.len();
    if let Err(error) = element.write_to(bytes) {
        bytes.truncate(before);
        tracing::warn!(%error, element = element.name(), "an XMPP stanza cannot be written and is left out");
    }
}

/// Begins an element with attributes; those without a value are left out.
pub(in crate::xmpp) fn element(
    name: &'static str,
    namespace: &str,
    attributes: &[(&'static str, Option<&str>)],
) -> ElementBuilder {
    let mut builder = Element::builder(name, namespace);
    for (name, value) in attributes {
        let name = NcName::try_from(*name);
        if let (Ok(name), Some(value)) = (name, value) {
            builder = builder.attr(name, printable(value));
        }
    }
    builder
}

/// Text without the characters that XML cannot carry (XML 1.0 2.2).
pub(in crate::xmpp) fn printable(text: &str) -> String {
    let is_carried = |letter: &char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_carried).collect()
}

#[cfg(test)]
mod tests {
    use super::{element, printable, write};

    #[test]
    fn what_xml_cannot_carry_is_left_out() {
        assert_eq!(printable("a\u{0}b\u{b}\u{ffff}c\n😀"), "abc\n😀");
        let stanza =
            element("message", "n", &[("to", Some("a\u{1}b")), ("from", None)]).append("x<y").build();
        let mut bytes = Vec::new();
        write(&stanza, &mut bytes);
        assert_eq!(String::from_utf8_lossy(&bytes), "<message xmlns='n' to='ab'>x&lt;y</message>");
    }
}
