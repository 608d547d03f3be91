//! What a real server gives.

use crate::people::{crowd, entry, person};
use crate::read;
use hookflash_ldap::testing::{BASE, Slapd};
use hookflash_ldap::{Config, Page, Security};

const ATTRIBUTES: [&str; 4] = ["cn", "sn", "mail", "entryUUID"];

fn sizes(pages: &[Page]) -> Vec<usize> {
    pages.iter().map(|page| page.entries.len()).collect()
}

fn names(pages: &[Page]) -> Vec<String> {
    let entries = pages.iter().flat_map(|page| &page.entries);
    entries.flat_map(|entry| entry.texts("cn").map(ToOwned::to_owned)).collect()
}

#[tokio::test]
async fn everybody_comes_in_pages_however_the_connection_is_protected() {
    let slapd = Slapd::start(&crowd(123));
    for security in [Security::Plain, Security::StartTls, Security::Tls] {
        let port = if security == Security::Tls { slapd.tls_port } else { slapd.port };
        let ca_pem = (security != Security::Plain).then(|| slapd.ca_pem());
        let config = Config { security, port, ca_pem, ..slapd.config(&ATTRIBUTES) };
        let (pages, end) = read(config).await;
        assert_eq!((end, sizes(&pages)), (Ok(()), vec![50, 50, 23]), "{security:?}");
        let first = &pages[0].entries[0];
        assert_eq!(
            (first.dn.as_str(), first.texts("CN").next()),
            ("uid=p0,dc=uc,dc=test", Some("Jürgen Müller 0"))
        );
        assert_eq!(first.bytes("entryuuid").next().unwrap().len(), 36);
        let distinct = names(&pages).into_iter().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(distinct.len(), 123);
    }
}

#[tokio::test]
async fn a_later_reading_sees_what_has_changed() {
    let mut slapd = Slapd::start(&crowd(3));
    let config = slapd.config(&ATTRIBUTES);
    assert_eq!(read(config.clone()).await.0[0].entries.len(), 3);
    slapd.replace(&[person(0, "Müller"), person(1, "Öztürk")].concat());
    assert_eq!(names(&read(config.clone()).await.0), ["Jürgen Müller 0", "Jürgen Öztürk 1"]);
    slapd.replace("");
    assert_eq!(read(config).await, (vec![Page::default()], Ok(())));
}

/// Two pointers that lead back to the server itself.
#[tokio::test]
async fn referrals_are_counted_and_not_followed() {
    let slapd = Slapd::start(&crowd(2));
    let pointer = |name: &str, port: u16| {
        let to = format!("ldap://127.0.0.1:{port}/{BASE}");
        let classes = [("objectClass", "referral"), ("objectClass", "extensibleObject")];
        entry(&format!("ou={name},{BASE}"), &[&classes[..], &[("ou", name), ("ref", &to)]].concat())
    };
    let mut slapd = slapd;
    slapd.replace(&[crowd(2), pointer("north", slapd.port), pointer("south", slapd.port)].concat());
    let (pages, end) = read(slapd.config(&ATTRIBUTES)).await;
    assert_eq!((end, sizes(&pages), pages[0].referral_count), (Ok(()), vec![2], 2));

    let config = Config { base: format!("ou=north,{BASE}"), ..slapd.config(&ATTRIBUTES) };
    let error = read(config).await.1.unwrap_err();
    assert_eq!(error.code(), "elsewhere");
    assert!(error.to_string().contains(&format!("ldap://127.0.0.1:{}/{BASE}", slapd.port)), "{error}");
}
