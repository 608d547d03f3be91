//! The Skype for Business connector against the stand-in pool, over TLS with the lab's authority.
//!
//! The pool is the program `hookflash-lab`: `HOOKFLASH_LAB_BIN` names it, otherwise it is built.

mod expert;
mod hostile;
mod load;
mod pool;
mod proxy;
mod stage;
mod suite;
mod trouble;
