//! Reads entries from an LDAP directory (RFC 4511), a page at a time, and changes nothing in it.
//!
//! Invariants: no message of the server is taken that is larger or deeper than the limits; no referral is
//! followed; a reading that did not end well says so, so that nobody takes its entries for all there are.

mod ber;
mod config;
mod connect;
mod entry;
mod error;
mod guard;
mod page;
mod read;
#[cfg(feature = "testing")]
pub mod testing;

pub use config::{Account, Config, Limits, Security};
pub use entry::Entry;
pub use error::ReadError;
pub use page::Page;
pub use read::{Reading, check};

/// Whether this is a search filter (RFC 4515).
#[must_use]
pub fn is_filter(text: &str) -> bool {
    ldap3::parse_filter(text).is_ok()
}
