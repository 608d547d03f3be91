//! Messages as experts' clients write and read them.

use super::{
    ns,
    stanza::{self, Refusal, flag},
    stream::{element, printable},
    words::{self, Answer, Language},
};
use jid::Jid;
use minidom::{Element, element::ElementBuilder};
use sha1::{Digest, Sha1};
use uuid::Uuid;

/// What came from an expert.
#[derive(Debug, PartialEq)]
pub(super) struct Said {
    pub(super) from: Jid,
    /// The resource of the agent's address that was written to: a chat.
    pub(super) chat: Option<String>,
    pub(super) id: Option<String>,
    pub(super) body: Option<String>,
    pub(super) answer: Option<Answer>,
    pub(super) state: Option<ChatState>,
    /// The id of a message of ours that has arrived.
    pub(super) receipt: Option<String>,
    pub(super) wants_receipt: bool,
    /// This is a message of ours that came back.
    pub(super) refusal: Option<Refusal>,
    pub(super) language: Option<Language>,
    pub(super) nick: Option<String>,
}

/// What the other side does (XEP-0085).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChatState {
    Composing,
    /// There, and not typing.
    Idle,
    Gone,
}

impl Said {
    /// Reads a message; none when it is no part of a chat between two.
    pub(super) fn read(message: &Element) -> Option<Self> {
        let kind = message.attr("type").unwrap_or("normal");
        let is_chat = matches!(kind, "chat" | "normal" | "error");
        // A copy of a message comes from the reader's own server only; a component gets none.
        let is_copy = message.children().any(|child| child.has_ns(ns::CARBONS));
        if !is_chat || is_copy {
            return None;
        }
        let from = stanza::address(message, "from")?;
        let to = stanza::address(message, "to")?;
        let body = stanza::child_text(message, "body").filter(|body| !body.is_empty());
        let receipts = |name: &str| message.get_child(name, ns::RECEIPTS);
        Some(Self {
            from,
            chat: to.resource().map(|chat| chat.as_str().to_owned()),
            id: stanza::id(message).map(str::to_owned),
            answer: read_answer(message, body.as_deref()),
            body,
            state: read_state(message),
            receipt: receipts("received").and_then(|received| stanza::id(received)).map(str::to_owned),
            wants_receipt: receipts("request").is_some(),
            refusal: (kind == "error").then(|| Refusal::read(message)),
            language: stanza::language(message).as_deref().and_then(Language::of),
            nick: message.get_child("nick", ns::NICK).map(|nick| nick.text().chars().take(100).collect()),
        })
    }

    /// An id that is the same when the message comes again, and another one for another message even
    /// of a client that counts from one at every start.
    pub(super) fn network_id(&self) -> String {
        let text = self.body.as_deref().unwrap_or_default();
        let digest = Sha1::digest(text.as_bytes());
        let short: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let id =
            self.id.clone().unwrap_or_else(|| Uuid::from_bytes(crate::clock::random_bytes()).to_string());
        let id: String = id.chars().take(100).collect();
        format!("{id}/{short}")
    }
}

/// A choice among quick responses is the message itself, or said beside it (XEP-0439).
fn read_answer(message: &Element, body: Option<&str>) -> Option<Answer> {
    let chosen = message.get_child("response", ns::QUICK_RESPONSE).and_then(|chosen| chosen.attr("value"));
    words::answer(chosen.or(body)?)
}

fn read_state(message: &Element) -> Option<ChatState> {
    let state = message.children().find(|child| child.has_ns(ns::CHAT_STATES))?;
    match state.name() {
        "composing" => Some(ChatState::Composing),
        "gone" => Some(ChatState::Gone),
        _ => Some(ChatState::Idle),
    }
}

/// Who writes to whom, in which chat.
pub(super) struct Envelope<'a> {
    /// The agent's address, or their team's.
    pub(super) from: String,
    /// Whose words they are, where the address does not say.
    pub(super) nick: Option<&'a str>,
    pub(super) chat: &'a str,
    pub(super) to: &'a str,
}

impl Envelope<'_> {
    fn begin(&self, id: Option<&str>) -> ElementBuilder {
        let from = format!("{}/{}", self.from, self.chat);
        let attributes = [("type", Some("chat")), ("from", Some(&*from)), ("to", Some(self.to)), ("id", id)];
        element("message", ns::COMPONENT, &attributes)
    }

    /// Something that is said; a receipt is asked for.
    pub(super) fn say(&self, id: &str, text: &str) -> Element {
        let thread = element("thread", ns::COMPONENT, &[]).append(self.chat.to_owned()).build();
        self.begin(Some(id))
            .append(body(text))
            .append(thread)
            .append(flag("request", ns::RECEIPTS))
            .append(flag("active", ns::CHAT_STATES))
            .append_all(self.nick.map(nick))
            .build()
    }

    /// A sign that the agent types.
    pub(super) fn typing(&self) -> Element {
        self.begin(None)
            .append(flag("composing", ns::CHAT_STATES))
            .append(flag("no-store", ns::HINTS))
            .build()
    }

    /// The end of the chat, perhaps with words.
    pub(super) fn gone(&self, id: &str, text: Option<&str>) -> Element {
        self.begin(Some(id)).append_all(text.map(body)).append(flag("gone", ns::CHAT_STATES)).build()
    }

    /// Says that a message of the expert has arrived.
    pub(super) fn receipt(&self, of: &str) -> Element {
        self.begin(None).append(element("received", ns::RECEIPTS, &[("id", Some(of))]).build()).build()
    }
}

/// A question with its answers: buttons where the client has them, and words for all others, marked as
/// such (XEP-0428).
pub(super) struct Question<'a> {
    pub(super) id: &'a str,
    pub(super) nick: &'a str,
    pub(super) subject: &'a str,
    pub(super) text: &'a str,
    pub(super) language: Language,
    /// Not to be kept for an expert who is away.
    pub(super) not_later: bool,
}

impl Question<'_> {
    pub(super) fn write(&self, envelope: &Envelope<'_>) -> Element {
        let text = printable(self.text);
        let whole = format!("{text}\n\n{}", self.language.how_to_answer());
        let mut message = envelope.say(self.id, &whole);
        message.append_child(nick(self.nick));
        if !self.subject.is_empty() {
            let subject = element("subject", ns::COMPONENT, &[]).append(printable(self.subject)).build();
            message.append_child(subject);
        }
        for (value, label) in ["accept", "decline"].into_iter().zip(self.language.labels()) {
            let attributes = [("value", Some(value)), ("label", Some(label))];
            message.append_child(element("response", ns::QUICK_RESPONSE, &attributes).build());
        }
        message.append_child(fallback(text.chars().count(), whole.chars().count()));
        if self.not_later {
            message.append_child(flag("no-store", ns::HINTS));
        }
        message
    }
}

fn fallback(start: usize, end: usize) -> Element {
    let (start, end) = (start.to_string(), end.to_string());
    let part = element("body", ns::FALLBACK, &[("start", Some(&*start)), ("end", Some(&*end))]).build();
    element("fallback", ns::FALLBACK, &[("for", Some(ns::QUICK_RESPONSE))]).append(part).build()
}

fn nick(name: &str) -> Element {
    element("nick", ns::NICK, &[]).append(printable(name)).build()
}

fn body(text: &str) -> Element {
    element("body", ns::COMPONENT, &[]).append(printable(text)).build()
}
