//! The XMPP connector against real servers, Prosody and ejabberd, with experts on slixmpp: all are unrelated to us.
//!
//! The program `hookflash-lab` starts the servers: `HOOKFLASH_LAB_BIN` names it, otherwise it is built.

mod ejabberd;
mod events;
mod experts;
mod hostile;
#[path = "../skype/lab.rs"]
mod lab;
mod missing;
#[path = "../skype/proxy.rs"]
#[expect(dead_code, reason = "the other suite leads its line elsewhere, too")]
mod proxy;
mod restarts;
mod server;
mod shown;
mod stage;
mod suite;
mod teams;
mod terminal;
mod trouble;
