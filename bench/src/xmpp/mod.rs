//! A real XMPP server with experts who echo, and a bare component. Written from RFC 6120, XEP-0114 and XEP-0184.

mod component;
mod experts;
mod server;
mod stream;

pub use component::{Component, Ears};
pub use experts::Experts;
pub use server::XmppServer;

use minidom::Element;

const RECEIPTS: &str = "urn:xmpp:receipts";

/// What a message of a chat says.
struct Said {
    from: String,
    text: Option<String>,
    /// Its id, where its writer wants to hear that it has arrived.
    wants_receipt: Option<String>,
    /// It offers quick responses (XEP-0439): a question.
    is_question: bool,
}

impl Said {
    /// Reads a stanza; none when it is no message of a chat.
    fn read(stanza: &Element) -> Option<Self> {
        if stanza.name() != "message" || stanza.attr("type") != Some("chat") {
            return None;
        }
        let has = |name: &str, namespace: &str| stanza.get_child(name, namespace).is_some();
        let wants_receipt = stanza.attr("id").filter(|_| has("request", RECEIPTS));
        Some(Self {
            from: stanza.attr("from")?.to_owned(),
            text: stanza.children().find(|child| child.name() == "body").map(Element::text),
            wants_receipt: wants_receipt.map(str::to_owned),
            is_question: has("response", "urn:xmpp:tmp:quick-response"),
        })
    }
}

/// A message that says something and asks for a receipt; `from` where the server does not know who writes.
fn message(from: Option<&str>, to: &str, id: &str, text: &str) -> String {
    let (to, text) = (escaped(to), escaped(text));
    let from = from.map(|from| format!(" from='{}'", escaped(from))).unwrap_or_default();
    format!(
        "<message type='chat'{from} to='{to}' id='{id}'><body>{text}</body><request xmlns='{RECEIPTS}'/></message>"
    )
}

/// Says that a message has arrived.
fn receipt(from: Option<&str>, to: &str, of: &str) -> String {
    let (to, of) = (escaped(to), escaped(of));
    let from = from.map(|from| format!(" from='{}'", escaped(from))).unwrap_or_default();
    format!("<message type='chat'{from} to='{to}'><received xmlns='{RECEIPTS}' id='{of}'/></message>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&apos;")
}

#[cfg(test)]
mod tests {
    use super::{Said, message, receipt};
    use minidom::Element;

    fn read(stanza: &str) -> Said {
        let stanza = stanza.replacen("<message", "<message xmlns='jabber:client'", 1);
        Said::read(&stanza.parse::<Element>().unwrap()).unwrap()
    }

    #[test]
    fn what_is_written_is_read() {
        let said = read(&message(Some("a@x/'1'"), "b@y", "7", "1 < 2 & so on"));
        assert_eq!((said.from.as_str(), said.text.as_deref()), ("a@x/'1'", Some("1 < 2 & so on")));
        assert_eq!(said.wants_receipt.as_deref(), Some("7"));
        assert!(!said.is_question);
        let said = read(&receipt(Some("a@x"), "b@y", "7"));
        assert_eq!((said.text, said.wants_receipt), (None, None));
    }
}
