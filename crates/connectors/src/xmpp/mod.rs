//! XMPP: one external component (XEP-0114) speaks for all agents.
//!
//! `link` keeps the one connection; `hub` is what all agents share and where stanzas are sorted;
//! `agent` is one agent's chats and news. An agent is `anna@assist.example.com`, each chat of hers
//! a resource of that address. Decision: `docs/decisions/0014-xmpp-component.md`.

mod adopting;
mod agent;
mod answering;
mod asking;
mod board;
mod chat;
mod chats;
mod config;
mod connector;
mod handshake;
mod hearing;
mod hub;
mod invitation;
mod leaving;
mod line;
mod link;
mod message;
mod ns;
mod presence;
mod pump;
mod requests;
mod ringing;
mod search;
mod sending;
mod session;
mod stanza;
mod stream;
mod teams;
mod unsettled;
mod vcard;
mod words;

pub use config::{XmppConfig, XmppTiming};
pub use connector::{ConfigError, XmppConnector};
