//! Who is signed in, and the verbs of `/api/v1/session`.
//!
//! A session is an opaque token of 256 random bits in a cookie; the store keeps its SHA-256 alone.
//! It ends 12 hours after its last use and 7 days after sign-in, whichever comes first. Each sign-in
//! makes a new token, so a token planted in a browser never becomes a session.

pub(super) mod cookie;
pub(super) mod end;
pub(super) mod end_all;
mod roles;
pub(super) mod show;
pub(super) mod sign_in;
mod signed_in;
pub(super) mod token;
mod view;

pub(in crate::http) use token::new_token;

pub use roles::{Administrator, Agent, SupervisorOrAbove};
pub use signed_in::{SessionKey, SignedIn, is_valid};
