//! Imports from a real slapd into a store.

use super::{AttributesOf, KIND, LdapImports, LdapSettings, NetworkAttributes, NotStarted, Protection};
use crate::config::NetworkKind;
use crate::directory::{Addresses, People, entries};
use crate::secrets::{Secret, Vault};
use hookflash_domain::{NetworkId, Timestamp};
use hookflash_ldap::testing::{ACCOUNT, BASE, PASSWORD, Slapd};
use hookflash_store::people::{PeopleImportRow, PeopleSourceRow};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{By, Store};
use std::fmt::Write as _;
use std::time::Duration;
use uuid::Uuid;

/// Longest wait for the end of an import.
const LIMIT: Duration = Duration::from_secs(30);
const STEP: Duration = Duration::from_millis(10);

/// A store with one source, and what imports it.
struct Stage {
    imports: LdapImports,
    source: PeopleSourceRow,
    _database: TestDatabase,
}

impl Stage {
    async fn of(settings: &LdapSettings, password: &str) -> Self {
        let database = TestDatabase::sqlite();
        let store = database.store().await;
        let vault = Vault::with_keys(&[7; 32], None);
        let source = PeopleSourceRow {
            source_id: crate::ids::new_id(),
            kind: KIND.to_owned(),
            name: "Active Directory".to_owned(),
            active: true,
            place: 1,
            settings: serde_json::to_string(settings).unwrap(),
            created_at: Timestamp(1),
            changed_at: Timestamp(1),
        };
        let by = By { at: Timestamp(1), user_id: None, name: "test".to_owned() };
        store.create_people_source(&source, 10, &by).await.unwrap();
        let sealed =
            hookflash_store::Secret(vault.seal_of_source(Secret::new(password), source.source_id).unwrap());
        store.set_people_source_secret(source.source_id, Some(&sealed)).await.unwrap();
        let addresses = Addresses::of([(NetworkId("skype".to_owned()), NetworkKind::Skype)]);
        Self {
            imports: LdapImports::new(store, vault, People::default(), addresses),
            source,
            _database: database,
        }
    }

    fn store(&self) -> &Store {
        self.imports.store()
    }

    async fn last(&self) -> PeopleImportRow {
        self.store().people_imports(self.source.source_id).await.unwrap().remove(0)
    }

    /// Imports, and waits for the end.
    async fn import(&self) -> PeopleImportRow {
        let id = self.imports.start(&self.source, "test").await.unwrap().import_id;
        let ended = async {
            loop {
                let row = self.last().await;
                assert_eq!(row.import_id, id);
                if row.state != "running" {
                    return row;
                }
                tokio::time::sleep(STEP).await;
            }
        };
        tokio::time::timeout(LIMIT, ended).await.unwrap()
    }

    async fn names(&self) -> Vec<String> {
        let rows = self.store().people_after(Uuid::nil(), 1_000).await.unwrap();
        let mut names: Vec<_> = entries(rows).into_iter().map(|entry| entry.display).collect();
        names.sort();
        names
    }
}

fn settings(port: u16) -> LdapSettings {
    let skype = NetworkAttributes::of_skype(&NetworkId("skype".to_owned()));
    LdapSettings {
        host: "127.0.0.1".to_owned(),
        port,
        protection: Protection::Plain,
        ca_pem: None,
        account: Some(ACCOUNT.to_owned()),
        base: BASE.to_owned(),
        filter: "(|(objectClass=person)(objectClass=account))".to_owned(),
        attributes: AttributesOf { networks: vec![skype], ..AttributesOf::default() },
        every_minutes: Some(60),
    }
}

/// An account of Active Directory. The id is `no` as a byte and fifteen others.
fn account(no: usize, name: &str, flags: u32) -> String {
    let id = format!("{}AAECAwQFBgcICQoLDA0O", ["AA", "AQ", "Ag", "Aw"][no]);
    format!(
        "dn: cn=p{no},{BASE}\nobjectClass: user\nobjectClass: uccUser\ninstanceType: 4\n\
         nTSecurityDescriptor: x\nobjectCategory: cn=Person,{BASE}\ncn: p{no}\nsn: {name}\ndisplayName: {name}\n\
         objectGUID:: {id}\nuserAccountControl: {flags}\nmail: p{no}@uc.test\n\
         msRTCSIP-PrimaryUserSIPAddress: sip:p{no}@uc.test\n\n"
    )
}

/// So many people of OpenLDAP's kind.
fn crowd(count: usize) -> String {
    (0..count).fold(String::new(), |mut ldif, no| {
        let _ =
            write!(ldif, "dn: uid=c{no},{BASE}\nobjectClass: inetOrgPerson\ncn: Clerk {no}\nsn: Clerk\n\n");
        ldif
    })
}

fn counts(row: &PeopleImportRow) -> [i64; 5] {
    [row.read_count, row.added_count, row.changed_count, row.removed_count, row.refused_count]
}

#[tokio::test]
async fn people_come_change_and_go_with_the_directory() {
    let nameless = format!("dn: uid=robot,{BASE}\nobjectClass: account\nuid: robot\n\n");
    let first =
        [account(0, "Anna", 512), account(1, "Bernd", 512), account(2, "Carla", 514), nameless].concat();
    let mut slapd = Slapd::start(&first);
    let stage = Stage::of(&settings(slapd.port), PASSWORD).await;
    let row = stage.import().await;
    assert_eq!((row.state.as_str(), counts(&row)), ("completed", [3, 2, 0, 0, 1]), "{row:?}");
    assert_eq!(stage.names().await, ["Anna", "Bernd"]);
    let refused = stage.store().refused_people(row.import_id).await.unwrap();
    assert_eq!(
        (refused[0].place.as_str(), refused[0].reason.as_str()),
        ("uid=robot,dc=uc,dc=test", "no_name")
    );
    let found = entries(stage.store().people_after(Uuid::nil(), 10).await.unwrap());
    assert_eq!(found[0].networks[0].address, format!("sip:{}", found[0].email.as_deref().unwrap()));

    slapd.replace(
        &[account(0, "Anna Maria", 512), account(1, "Bernd", 514), account(2, "Carla", 512)].concat(),
    );
    let row = stage.import().await;
    assert_eq!(
        (counts(&row), stage.names().await),
        ([2, 1, 1, 1, 0], vec!["Anna Maria".to_owned(), "Carla".to_owned()])
    );

    slapd.replace("");
    let row = stage.import().await;
    assert_eq!((row.state.as_str(), row.error_code.as_deref()), ("failed", Some("nobody_named")));
    slapd.end();
    let row = stage.import().await;
    assert_eq!((row.state.as_str(), row.error_code.as_deref()), ("failed", Some("ldap_unreachable")));
    assert_eq!(stage.names().await, ["Anna Maria", "Carla"], "nobody is removed");
}

#[tokio::test]
async fn all_pages_are_imported_and_a_wrong_password_removes_nobody() {
    let slapd = Slapd::start(&crowd(1_203));
    let stage = Stage::of(&settings(slapd.port), PASSWORD).await;
    assert_eq!(counts(&stage.import().await), [1_203, 1_203, 0, 0, 0]);
    assert_eq!(counts(&stage.import().await), [1_203, 0, 0, 0, 0]);
    let wrong = Vault::with_keys(&[7; 32], None);
    let id = stage.source.source_id;
    let sealed = hookflash_store::Secret(wrong.seal_of_source(Secret::new("wrong"), id).unwrap());
    stage.store().set_people_source_secret(id, Some(&sealed)).await.unwrap();
    let row = stage.import().await;
    assert_eq!((row.error_code.as_deref(), counts(&row)), (Some("ldap_wrong_account"), [0; 5]));
    assert_eq!(stage.store().known_people(id, "", 5_000).await.unwrap().len(), 1_203);
}

#[tokio::test]
async fn what_is_due_starts_once_and_a_stop_ends_it() {
    // Listens, and never answers.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stage = Stage::of(&settings(silent.local_addr().unwrap().port()), PASSWORD).await;
    let now = crate::clock::now();
    stage.imports.start_due(now).await.unwrap();
    let first = stage.last().await;
    assert_eq!((first.by_name.as_str(), first.state.as_str()), ("schedule", "running"));
    stage.imports.start_due(now.plus_ms(59 * 60_000)).await.unwrap();
    stage.imports.start_due(now.plus_ms(61 * 60_000)).await.unwrap();
    assert_eq!(stage.last().await.import_id, first.import_id, "one at a time");
    let again = stage.imports.start(&stage.source, "test").await;
    assert!(matches!(again, Err(NotStarted::Running)));
    stage.imports.stop().await;
    assert_eq!(stage.last().await.error_code.as_deref(), Some("server_stopped"));
    stage.imports.start_due(now.plus_ms(61 * 60_000)).await.unwrap();
    assert_ne!(stage.last().await.import_id, first.import_id);
}
