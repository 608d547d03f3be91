//! The pool and the caller as a process, driven by a bare HTTP client and bare sockets.
#![allow(clippy::unwrap_used, reason = "tests")]

mod bare_client;
mod caller;
mod channel;
mod contact;
mod contact_list;
mod endings;
mod faults;
mod fidelity;
mod grants;
mod invitations;
mod lab;
mod presence;
mod sign_in;
mod sip;
mod sip_expert;
mod trace;
mod trouble;
