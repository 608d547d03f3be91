//! Namespaces, named after what they are for.

pub(super) const COMPONENT: &str = "jabber:component:accept"; // XEP-0114
pub(super) const STREAM: &str = "http://etherx.jabber.org/streams"; // RFC 6120 4.8.1
pub(super) const STREAM_ERRORS: &str = "urn:ietf:params:xml:ns:xmpp-streams"; // RFC 6120 4.9.2
pub(super) const STANZA_ERRORS: &str = "urn:ietf:params:xml:ns:xmpp-stanzas"; // RFC 6120 8.3.2
pub(super) const CARBONS: &str = "urn:xmpp:carbons:2"; // XEP-0280
pub(super) const CHAT_STATES: &str = "http://jabber.org/protocol/chatstates"; // XEP-0085
pub(super) const DATA: &str = "jabber:x:data"; // XEP-0004
pub(super) const DISCO: &str = "http://jabber.org/protocol/disco#info"; // XEP-0030
pub(super) const FALLBACK: &str = "urn:xmpp:fallback:0"; // XEP-0428
pub(super) const HINTS: &str = "urn:xmpp:hints"; // XEP-0334
pub(super) const NICK: &str = "http://jabber.org/protocol/nick"; // XEP-0172
pub(super) const PING: &str = "urn:xmpp:ping"; // XEP-0199
pub(super) const PRIVILEGE: [&str; 2] = ["urn:xmpp:privilege:1", "urn:xmpp:privilege:2"]; // XEP-0356
pub(super) const QUICK_RESPONSE: &str = "urn:xmpp:tmp:quick-response"; // XEP-0439
pub(super) const RECEIPTS: &str = "urn:xmpp:receipts"; // XEP-0184
pub(super) const SEARCH: &str = "jabber:iq:search"; // XEP-0055
pub(super) const VCARD: &str = "vcard-temp"; // XEP-0054
pub(super) const VERSION: &str = "jabber:iq:version"; // XEP-0092
