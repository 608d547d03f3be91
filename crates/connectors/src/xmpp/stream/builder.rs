//! Elements from parser events, within limits.

use minidom::Element;
use rxml::{AttrMap, Event, Namespace};

/// Largest stanza that is read, in bytes of XML. Servers allow clients 256 KiB (Prosody, ejabberd).
pub(in crate::xmpp) const LARGEST_STANZA: usize = 512 * 1024;
/// Deepest nesting within a stanza.
const DEEPEST: usize = 32;
/// Most elements in a stanza: a search may answer with a thousand people of a dozen elements each.
const MOST_ELEMENTS: usize = 20_000;

/// What a stream brings.
#[derive(Debug, PartialEq)]
pub(in crate::xmpp) enum Item {
    /// The server has opened its side; the stream's id.
    Opened(Option<String>),
    /// A whole element below the stream.
    Element(Element),
    /// An element was skipped for its size.
    Oversized,
    /// The server has closed its side.
    Closed,
}

/// Builds the elements directly below the stream's root.
#[derive(Default)]
pub(super) struct Builder {
    open: bool,
    /// The element being built and those around it, outermost first.
    parts: Vec<Element>,
    bytes: usize,
    elements: usize,
    /// How deep we are in an element that is skipped.
    skipping: usize,
    /// Something of the stanza was skipped: it is not handed on without.
    incomplete: bool,
}

impl Builder {
    pub(super) fn take(&mut self, event: Event) -> Option<Item> {
        self.bytes = self.bytes.saturating_add(event.metrics().len());
        match event {
            Event::XmlDeclaration(..) => None,
            Event::StartElement(_, _, attributes) if !self.open => {
                self.open = true;
                self.bytes = 0;
                Some(Item::Opened(attributes.get(&Namespace::NONE, "id").cloned()))
            }
            Event::StartElement(_, (namespace, name), attributes) => {
                self.start(&namespace, &name, attributes);
                None
            }
            Event::Text(_, text) => {
                self.text(text);
                None
            }
            Event::EndElement(_) => self.end(),
        }
    }

    fn start(&mut self, namespace: &Namespace<'static>, name: &str, attributes: AttrMap) {
        self.elements += 1;
        if self.skipping > 0 || self.is_too_much() {
            self.skipping += 1;
            self.incomplete = true;
            return;
        }
        let mut element = Element::bare(name, namespace.as_str());
        *element.attrs_mut() = attributes;
        self.parts.push(element);
    }

    fn text(&mut self, text: String) {
        if self.skipping > 0 || self.is_too_much() {
            self.incomplete = true;
            return;
        }
        if let Some(part) = self.parts.last_mut() {
            part.append_text(text);
        }
    }

    fn end(&mut self) -> Option<Item> {
        if self.skipping > 0 {
            self.skipping -= 1;
        } else {
            let Some(whole) = self.parts.pop() else {
                return Some(Item::Closed);
            };
            if let Some(around) = self.parts.last_mut() {
                around.append_child(whole);
                return None;
            }
            return Some(self.finish(whole));
        }
        if self.skipping > 0 || !self.parts.is_empty() {
            return None;
        }
        self.reset();
        Some(Item::Oversized)
    }

    fn finish(&mut self, whole: Element) -> Item {
        let is_oversized = self.incomplete || self.is_too_much();
        self.reset();
        if is_oversized { Item::Oversized } else { Item::Element(whole) }
    }

    fn reset(&mut self) {
        (self.bytes, self.elements, self.incomplete) = (0, 0, false);
    }

    /// What is beyond a limit is dropped, but read to its end: the stream goes on behind it.
    fn is_too_much(&self) -> bool {
        self.bytes > LARGEST_STANZA || self.parts.len() >= DEEPEST || self.elements > MOST_ELEMENTS
    }
}
