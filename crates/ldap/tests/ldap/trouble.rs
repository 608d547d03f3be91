//! What goes wrong with a real server, and with one that does nothing.

use crate::people::crowd;
use crate::{code, read};
use hookflash_ldap::testing::{ACCOUNT, PASSWORD, Slapd};
use hookflash_ldap::{Account, Config, Limits, Security, check};
use std::time::Duration;
use tokio::net::TcpListener;

fn account(name: &str, password: &str) -> Option<Account> {
    Some(Account { name: name.to_owned(), password: password.to_owned() })
}

#[tokio::test]
async fn each_mistake_in_the_settings_has_its_own_word() {
    let slapd = Slapd::start(&crowd(2));
    let sound = || slapd.config(&["cn"]);
    let tls = || Config { security: Security::Tls, port: slapd.tls_port, ..sound() };
    for (config, expected) in [
        (Config { account: account(ACCOUNT, "wrong"), ..sound() }, "wrong_account"),
        (Config { account: account(ACCOUNT, ""), ..sound() }, "wrong_account"),
        (Config { account: account("cn=nobody,dc=uc,dc=test", PASSWORD), ..sound() }, "wrong_account"),
        (Config { base: "ou=nowhere,dc=uc,dc=test".to_owned(), ..sound() }, "no_base"),
        (Config { base: "nonsense".to_owned(), ..sound() }, "refused"),
        (Config { filter: "(cn=".to_owned(), ..sound() }, "filter"),
        (Config { port: 1, ..sound() }, "unreachable"),
        (tls(), "tls"),
        (Config { ca_pem: Some("nothing".to_owned()), ..tls() }, "certificates"),
        (Config { security: Security::Plain, limits: soon(), ..tls() }, "broken_off"),
        (Config { security: Security::Tls, ..sound() }, "tls"),
    ] {
        assert_eq!(code(config.clone()).await, expected, "{config:?}");
    }
    assert_eq!(check(sound()).await.unwrap().entries.len(), 2);
    assert!(!format!("{:?}", sound()).contains(PASSWORD));
}

#[tokio::test]
async fn an_account_that_may_not_see_all_is_told_from_one_that_has() {
    let slapd = Slapd::start(&crowd(600));
    let (pages, end) = read(Config { account: None, page_size: 1000, ..slapd.config(&["cn"]) }).await;
    assert_eq!((pages.len(), end.unwrap_err().code()), (0, "limited"));
    let limits = Limits { entry_count: 120, ..Limits::default() };
    let (pages, end) = read(Config { limits, ..slapd.config(&["cn"]) }).await;
    assert_eq!((pages.len(), end.unwrap_err().code()), (2, "too_many"));
}

#[tokio::test]
async fn a_server_that_ends_in_the_middle_is_not_taken_for_an_end() {
    let mut slapd = Slapd::start(&crowd(500));
    let mut reading = hookflash_ldap::Reading::begin(slapd.config(&["cn"]));
    assert_eq!(reading.next().await.unwrap().unwrap().entries.len(), 50);
    slapd.end();
    let error = loop {
        match reading.next().await {
            Ok(page) => assert!(page.is_some(), "taken for the end"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), "broken_off");
}

/// Limits that are over soon.
fn soon() -> Limits {
    let wait = Duration::from_millis(300);
    Limits { connect: wait, answer: wait, whole: Duration::from_secs(20), ..Limits::default() }
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let slapd = Slapd::start("");
    for security in [Security::Plain, Security::StartTls, Security::Tls] {
        let config = Config { security, port, limits: soon(), ..slapd.config(&["cn"]) };
        assert_eq!(code(config).await, "no_answer", "{security:?}");
    }
}
