//! The XMPP connector against a real Prosody, with experts on slixmpp: both are unrelated to us.

mod events;
mod experts;
mod hostile;
mod missing;
mod prosody;
#[path = "../skype/proxy.rs"]
#[expect(dead_code, reason = "the other suite leads its line elsewhere, too")]
mod proxy;
mod restarts;
mod shown;
mod stage;
mod suite;
mod trouble;
