//! Settings as they are asked for, and what is wrong with them.

use crate::config::Config;
use crate::directory::ldap::{AttributesOf, LdapSettings};
use crate::http::problem::Problem;
use crate::http::valid::Checks;
use crate::secrets::Secret;
use hookflash_store::people::PeopleSourceRow;

/// Largest body: certificates may be in it.
pub(super) const BODY_BYTES: usize = 256 * 1024;
/// Largest certificates.
const PEM_BYTES: usize = 128 * 1024;
/// Most attributes for one thing.
const NAMES: usize = 10;
/// Minutes between two imports: five at least, a week at most.
const MINUTES: std::ops::RangeInclusive<i64> = 5..=10_080;

/// Checks settings that came from outside.
///
/// # Errors
/// `invalid`, with everything that is wrong.
pub(super) fn check(settings: &LdapSettings, config: &Config) -> Result<(), Problem> {
    let mut checks = Checks::default();
    let host = checks.text("host", &settings.host, 1..=253);
    if host != settings.host || host.contains(|sign: char| sign.is_whitespace() || "/@#?".contains(sign)) {
        checks.wrong("host", "must be the name of a server, without ldap:// and without a port");
    }
    checks.number("port", settings.port.into(), &(1..=65_535));
    if settings.ca_pem.as_deref().is_some_and(|pem| pem.len() > PEM_BYTES) {
        checks.wrong("ca_pem", format!("must have at most {PEM_BYTES} bytes"));
    }
    if let Some(account) = &settings.account {
        checks.text("account", account, 1..=500);
    }
    checks.text("base", &settings.base, 1..=500);
    checks.text("filter", &settings.filter, 1..=2_000);
    if !hookflash_ldap::is_filter(&settings.filter) {
        checks.wrong("filter", "must be a filter, such as (objectClass=person)");
    }
    if let Some(minutes) = settings.every_minutes {
        checks.number("every_minutes", minutes.into(), &MINUTES);
    }
    check_attributes(&settings.attributes, config, &mut checks);
    checks.finish()
}

fn check_attributes(attributes: &AttributesOf, config: &Config, checks: &mut Checks) {
    let lists = [
        ("key", &attributes.key),
        ("given", &attributes.given),
        ("family", &attributes.family),
        ("display", &attributes.display),
        ("company", &attributes.company),
        ("department", &attributes.department),
        ("title", &attributes.title),
        ("location", &attributes.location),
        ("email", &attributes.email),
        ("phones", &attributes.phones),
        ("skills", &attributes.skills),
    ];
    for (field, names) in lists {
        check_names(field, names, is_attribute, checks);
    }
    checks.count("networks", &attributes.networks, config.networks.len());
    for network in &attributes.networks {
        if !config.networks.iter().any(|known| known.id.0 == network.network) {
            checks.wrong("networks", format!("there is no network {:?}", network.network));
        }
        check_names("networks", &network.from, is_pattern, checks);
    }
}

fn check_names(field: &str, names: &[String], is_sound: fn(&str) -> bool, checks: &mut Checks) {
    checks.count(field, names, NAMES);
    if let Some(wrong) = names.iter().find(|name| !is_sound(name)) {
        checks.wrong(field, format!("{wrong:?} is no attribute"));
    }
}

/// A name or a number of an attribute (RFC 4512, section 2.5).
fn is_attribute(name: &str) -> bool {
    let sound = |sign: char| sign.is_ascii_alphanumeric() || "-._".contains(sign);
    (1..=100).contains(&name.len()) && name.chars().all(sound)
}

/// An attribute, or a text with one attribute in braces.
fn is_pattern(text: &str) -> bool {
    let Some((before, rest)) = text.split_once('{') else { return is_attribute(text) };
    let Some((name, after)) = rest.split_once('}') else { return false };
    let plain =
        |text: &str| text.len() <= 200 && !text.contains(['{', '}']) && !text.chars().any(char::is_control);
    is_attribute(name) && plain(before) && plain(after)
}

/// The password to use: the one that is given, or the kept one, which goes nowhere but where it was meant for.
pub(super) enum Password {
    /// This one.
    Given(Secret),
    /// The one that is kept.
    Kept,
    /// None: the directory is asked as nobody in particular.
    None,
}

/// Which password is meant.
///
/// # Errors
/// `invalid` where one is needed and none is given.
pub(super) fn password(
    settings: &LdapSettings,
    given: Option<String>,
    before: Option<&PeopleSourceRow>,
) -> Result<Password, Problem> {
    let given = given.filter(|password| !password.is_empty());
    if settings.account.is_none() {
        return Ok(Password::None);
    }
    let before = before.and_then(|row| serde_json::from_str::<LdapSettings>(&row.settings).ok());
    match given {
        Some(password) if password.len() > 1_000 => Err(Problem::field("password", "is too long")),
        Some(password) => Ok(Password::Given(Secret::new(password))),
        None if before.is_some_and(|before| before.takes_the_same_password(settings)) => Ok(Password::Kept),
        None => Err(Problem::field("password", "is needed for this server, account and protection")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_patterns() {
        for (text, attribute, pattern) in [
            ("cn", true, true),
            ("msRTCSIP-PrimaryUserSIPAddress", true, true),
            ("2.5.4.3", true, true),
            ("{uid}@uc.test", false, true),
            ("", false, false),
            ("a b", false, false),
            ("{uid", false, false),
            ("{uid}{cn}", false, false),
            ("{}@uc.test", false, false),
        ] {
            assert_eq!((is_attribute(text), is_pattern(text)), (attribute, pattern), "{text}");
        }
    }
}
