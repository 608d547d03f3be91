//! People as LDIF (RFC 2849).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// An entry with these attributes.
pub(crate) fn entry(dn: &str, attributes: &[(&str, &str)]) -> String {
    let lines = attributes.iter().map(|(name, value)| line(name, value));
    format!("{}{}\n", line("dn", dn), lines.collect::<String>())
}

/// So many people of OpenLDAP's kind.
pub(crate) fn crowd(count: usize) -> String {
    (0..count).map(|no| person(no, "Müller")).collect()
}

/// The person of this number.
pub(crate) fn person(no: usize, family: &str) -> String {
    entry(
        &format!("uid=p{no},dc=uc,dc=test"),
        &[
            ("objectClass", "inetOrgPerson"),
            ("cn", &format!("Jürgen {family} {no}")),
            ("sn", family),
            ("mail", &format!("p{no}@uc.test")),
        ],
    )
}

/// What is not plain ASCII goes as base64.
fn line(name: &str, value: &str) -> String {
    match value.is_ascii() {
        true => format!("{name}: {value}\n"),
        false => format!("{name}:: {}\n", STANDARD.encode(value)),
    }
}
