//! The server's half of the stream.

use super::{Item, builder::Builder};
use rxml::{Options, Parse, Parser, WithOptions, error::EndOrError};

/// Longest attribute or name. Longer ones end the stream, so it is beyond what servers pass on.
const LONGEST_TOKEN: usize = 4 * 1024 * 1024;

/// Reads items from bytes as they come. The parser knows no document types, entities, comments or
/// processing instructions: each of them ends the stream (RFC 6120 11.1).
pub(in crate::xmpp) struct Reader {
    parser: Parser,
    builder: Builder,
}

impl Reader {
    pub(in crate::xmpp) fn new() -> Self {
        let options = Options { max_token_length: LONGEST_TOKEN, ..Options::default() };
        Self { parser: Parser::with_options(options), builder: Builder::default() }
    }

    /// The next item; `None`: more bytes are needed. `bytes` is moved on behind what was read.
    pub(in crate::xmpp) fn next(&mut self, bytes: &mut &[u8]) -> Result<Option<Item>, String> {
        loop {
            match self.parser.parse(bytes, false) {
                Ok(Some(event)) => {
                    if let Some(item) = self.builder.take(event) {
                        return Ok(Some(item));
                    }
                }
                Ok(None) => return Ok(Some(Item::Closed)),
                Err(EndOrError::NeedMoreData) => return Ok(None),
                Err(EndOrError::Error(error)) => return Err(error.to_string()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, Reader};

    const OPEN: &str = "<?xml version='1.0'?><stream:stream xmlns:stream='http://etherx.jabber.org/streams' \
                        xmlns='jabber:component:accept' id='s1' from='a.test'>";

    fn read(text: &str) -> (Vec<Item>, Option<String>) {
        let mut reader = Reader::new();
        let (mut items, mut bytes) = (Vec::new(), text.as_bytes());
        loop {
            match reader.next(&mut bytes) {
                Ok(Some(Item::Closed)) => return (items, None),
                Ok(Some(item)) => items.push(item),
                Ok(None) => return (items, None),
                Err(words) => return (items, Some(words)),
            }
        }
    }

    fn bodies(items: &[Item]) -> Vec<String> {
        let each = items.iter().map(|item| match item {
            Item::Element(element) => element
                .get_child("body", "jabber:component:accept")
                .map(minidom::Element::text)
                .unwrap_or_default(),
            other => format!("{other:?}"),
        });
        each.collect()
    }

    #[test]
    fn stanzas_are_read_whole() {
        let text = format!(
            "{OPEN}<message to='x'><body>a &lt; b</body></message> <message><body>2</body></message>"
        );
        let (items, error) = read(&text);
        assert_eq!(error, None);
        assert_eq!(bodies(&items), ["Opened(Some(\"s1\"))", "a < b", "2"]);
    }

    #[test]
    fn an_oversized_stanza_is_skipped_and_the_next_is_read() {
        let large = "x".repeat(10 * 1024 * 1024);
        let deep = format!("{}{}", "<a>".repeat(5_000), "</a>".repeat(5_000));
        let wide = "<a/>".repeat(50_000);
        for bad in [large, deep, wide] {
            let text =
                format!("{OPEN}<message><body>{bad}</body></message><message><body>next</body></message>");
            let (items, error) = read(&text);
            assert_eq!(error, None);
            assert_eq!(bodies(&items), ["Opened(Some(\"s1\"))", "Oversized", "next"]);
        }
    }

    #[test]
    fn document_types_entities_and_comments_end_the_stream() {
        for bad in [
            "<!DOCTYPE a [<!ENTITY l 'lol'>]>",
            "<message><body>&l;</body></message>",
            "<!-- c -->",
            "<?p i?>",
        ] {
            let (items, error) = read(&format!("{OPEN}{bad}"));
            assert_eq!(items.len(), 1, "{bad}");
            assert!(error.is_some(), "{bad}");
        }
    }
}
