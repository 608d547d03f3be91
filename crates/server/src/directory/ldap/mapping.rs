//! What an entry of a directory tells of a person.

use super::settings::AttributesOf;
use crate::directory::{Addresses, SourceRecord, Told};
use hookflash_domain::{NetworkId, PersonId};
use hookflash_ldap::Entry;
use std::fmt::Write as _;

/// Flags of an account of Active Directory.
pub(super) const ACCOUNT_CONTROL: &str = "userAccountControl";
/// The flag of a disabled account (MS-ADTS, section 2.2.16).
const DISABLED: i64 = 0x2;
/// A binary id of 16 bytes.
const GUID: &str = "objectGUID";

/// What an entry tells; nothing where its account is disabled.
#[must_use]
pub fn told_of(entry: &Entry, attributes: &AttributesOf, addresses: &Addresses) -> Option<Told> {
    if is_disabled(entry) {
        return None;
    }
    // A distinguished name tells people where to look; a key does not.
    Some(Told::Person { place: entry.dn.clone(), record: Box::new(record(entry, attributes, addresses)) })
}

fn is_disabled(entry: &Entry) -> bool {
    let flags = entry.texts(ACCOUNT_CONTROL).next().and_then(|flags| flags.parse::<i64>().ok());
    flags.is_some_and(|flags| flags & DISABLED != 0)
}

fn record(entry: &Entry, attributes: &AttributesOf, addresses: &Addresses) -> SourceRecord {
    let one = |names: &[String]| all(entry, names).next();
    let networks = attributes.networks.iter().filter_map(|of| {
        let found = of.from.iter().find_map(|from| address(entry, from));
        let network = NetworkId(of.network.clone());
        found.map(|address| PersonId { address: addresses.normal(&network, &address), network })
    });
    SourceRecord {
        denied_skills: Vec::new(),
        key: key(entry, &attributes.key),
        given: one(&attributes.given),
        family: one(&attributes.family),
        display: one(&attributes.display),
        company: one(&attributes.company),
        department: one(&attributes.department),
        title: one(&attributes.title),
        location: one(&attributes.location),
        email: one(&attributes.email),
        phones: all(entry, &attributes.phones).collect(),
        skills: all(entry, &attributes.skills).collect(),
        networks: networks.collect(),
    }
}

/// All values of all these attributes, in their order, without those that are blank.
fn all(entry: &Entry, names: &[String]) -> impl Iterator<Item = String> {
    let values =
        names.iter().flat_map(|name| entry.texts(name)).map(str::trim).filter(|value| !value.is_empty());
    values.map(ToOwned::to_owned)
}

/// The first of the keys that the entry has, or its distinguished name.
fn key(entry: &Entry, names: &[String]) -> String {
    let found = names.iter().find_map(|name| match name.eq_ignore_ascii_case(GUID) {
        true => entry.bytes(name).next().map(hex),
        false => entry.texts(name).map(str::trim).find(|value| !value.is_empty()).map(ToOwned::to_owned),
    });
    found.unwrap_or_else(|| entry.dn.to_lowercase())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The address that an attribute or a pattern gives. Of an attribute that holds addresses of several kinds, such
/// as `proxyAddresses`, only those count that are for chat.
fn address(entry: &Entry, from: &str) -> Option<String> {
    let Some(name) = named(from).filter(|name| name != from) else {
        return entry.texts(from).find_map(chat_address);
    };
    let value = entry.texts(&name).map(str::trim).find(|value| !value.is_empty())?;
    chat_address(&from.replace(&format!("{{{name}}}"), value))
}

/// Addresses of other kinds than `sip:` and `xmpp:`, such as `smtp:`, are none for chat.
fn chat_address(value: &str) -> Option<String> {
    let value = value.trim();
    match value.split_once(':') {
        Some((kind, _)) if ["sip", "xmpp"].iter().all(|chat| !kind.eq_ignore_ascii_case(chat)) => None,
        Some(_) => Some(value.to_owned()),
        None => value.contains('@').then(|| value.to_owned()),
    }
}

/// The attribute that is meant: the one in braces, or all of it.
pub(super) fn named(from: &str) -> Option<String> {
    match from.split_once('{') {
        Some((_, rest)) => rest.split_once('}').map(|(name, _)| name.to_owned()),
        None => Some(from.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings::NetworkAttributes;
    use super::*;
    use crate::config::NetworkKind;

    fn attributes() -> AttributesOf {
        let xmpp = NetworkAttributes { network: "xmpp".to_owned(), from: vec!["{uid}@uc.test".to_owned()] };
        let skype = NetworkAttributes::of_skype(&NetworkId("skype".to_owned()));
        AttributesOf { networks: vec![skype, xmpp], ..AttributesOf::default() }
    }

    fn addresses() -> Addresses {
        let networks = [("skype", NetworkKind::Skype), ("xmpp", NetworkKind::Xmpp)];
        Addresses::of(networks.map(|(id, kind)| (NetworkId(id.to_owned()), kind)))
    }

    fn told(given: &[(&str, &str)]) -> Option<Told> {
        let given: Vec<_> = given.iter().map(|(name, value)| (*name, value.as_bytes())).collect();
        told_of(&Entry::new("CN=Ä,DC=x", &given), &attributes(), &addresses())
    }

    fn person(given: &[(&str, &str)]) -> SourceRecord {
        match told(given) {
            Some(Told::Person { record, .. }) => *record,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_account_of_active_directory_becomes_a_person() {
        let found = person(&[
            ("objectGUID", "\u{1}\u{2}"),
            ("displayName", "Müller, Jürgen"),
            ("cn", "jm"),
            ("givenName", "Jürgen"),
            ("sn", "Müller"),
            ("userAccountControl", "512"),
            ("telephoneNumber", " "),
            ("mobile", "+49 170 1"),
            ("physicalDeliveryOfficeName", "Bonn 3"),
            ("l", "Bonn"),
            ("proxyAddresses", "SMTP:jm@uc.test"),
            ("proxyAddresses", "SIP:jm@uc.test"),
            ("uid", "jm"),
        ]);
        assert_eq!((found.key.as_str(), found.display.as_deref()), ("0102", Some("Müller, Jürgen")));
        assert_eq!((found.phones, found.location.as_deref()), (vec!["+49 170 1".to_owned()], Some("Bonn 3")));
        let addresses: Vec<_> = found.networks.iter().map(|one| one.address.as_str()).collect();
        assert_eq!(addresses, ["sip:jm@uc.test", "jm@uc.test"]);
    }

    #[test]
    fn whoever_is_disabled_is_left_out() {
        assert_eq!(told(&[("cn", "A"), ("userAccountControl", "514")]), None);
        let there = told(&[("cn", "A"), ("userAccountControl", "66048")]);
        assert!(matches!(&there, Some(Told::Person { place, .. }) if place == "CN=Ä,DC=x"), "{there:?}");
    }

    #[test]
    fn addresses_of_other_kinds_are_none_for_chat() {
        for (value, expected) in [
            ("sip:a@x.test", Some("sip:a@x.test")),
            ("xmpp:a@x.test", Some("xmpp:a@x.test")),
            ("a@x.test", Some("a@x.test")),
            ("smtp:a@x.test", None),
            ("x500:/o=X", None),
            ("a", None),
        ] {
            assert_eq!(chat_address(value).as_deref(), expected, "{value}");
        }
        assert_eq!(person(&[("cn", "A")]).networks, []);
        assert_eq!(person(&[("cn", "A")]).key, "cn=ä,dc=x");
    }
}
