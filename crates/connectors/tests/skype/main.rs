//! The Skype for Business connector against the stand-in pool, over TLS with the lab's authority.
//!
//! The pool is the program `hookflash-lab`: `HOOKFLASH_LAB_BIN` names it, otherwise it is built.

mod authorising;
mod certificates;
mod chats;
mod crossings;
mod crowd;
mod cuts;
mod discovery;
mod expert;
mod hostile;
mod lab;
mod lab_sign_in;
mod links;
mod load;
mod people;
mod pool;
mod proxy;
mod restarts;
mod secrecy;
mod site;
mod slow;
mod stage;
mod stub;
mod suite;
mod tickets;
mod trouble;
mod walk;
mod windows;
