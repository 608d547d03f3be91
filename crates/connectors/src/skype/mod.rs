//! Skype for Business Server (2015, 2019, Subscription Edition) over UCWA 2.0.
//!
//! One [`SkypeConnector`] is a site; a session of it is one agent's UCWA application. Hrefs are
//! opaque: every address comes from a link of an earlier answer, and none leads off the hosts that
//! are trusted. "UCWA n.n" in comments is a section of the project's protocol reference.

mod activity;
mod adopting;
mod answering;
mod application;
mod batch;
mod channel;
mod chat;
mod chats;
mod codec;
mod config;
mod connector;
mod core;
mod fault;
mod favourites;
mod history;
mod http;
mod invitation;
mod leaving;
mod limits;
#[cfg(test)]
mod mutation;
mod news;
mod outcome;
mod own_presence;
mod pace;
mod people;
mod photo;
mod presence;
mod renewing;
mod resource;
mod resume;
mod ringing;
mod runner;
mod search;
mod sent;
mod session;
mod sign_in;
mod subscriptions;
mod tls;
mod unknown;
mod verdict;
mod watching;
mod wire;

pub use config::{SkypeConfig, SkypeGrant, SkypeLimits, SkypeTiming};
pub use connector::{ConfigError, SkypeConnector};
