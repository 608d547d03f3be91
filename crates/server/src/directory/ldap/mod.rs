//! People from an LDAP directory: what is set for such a source, what its entries mean, and its imports.

mod import;
mod mapping;
mod schedule;
mod settings;
#[cfg(test)]
mod tests;

pub use import::{LdapImports, NotStarted, trouble_code, try_out};
pub use mapping::told_of;
pub use settings::{AttributesOf, LdapSettings, NetworkAttributes, Protection};

/// The kind of such a source.
pub const KIND: &str = "ldap";
