//! Chat networks. [`contract`] says what a network must offer; [`conformance`] is the suite that
//! every connector passes; [`fake`] is a scripted network for tests; [`skype`] speaks UCWA to
//! Skype for Business Server; [`xmpp`] is a component of an XMPP server.

mod clock;
pub mod conformance;
pub mod contract;
pub mod fake;
pub mod skype;
pub mod xmpp;

pub use contract::*;
