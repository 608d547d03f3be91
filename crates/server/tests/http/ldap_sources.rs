//! Sources that are LDAP directories, by the API: tried, made, changed and imported.

use crate::app::{Session, TestApp};
use hookflash_ldap::testing::{ACCOUNT, BASE, PASSWORD, Slapd};
use serde_json::{Value, json};
use std::time::Duration;

const PATH: &str = "/api/v1/people-sources/ldap";
/// Longest wait for the end of an import.
const LIMIT: Duration = Duration::from_secs(30);

fn people() -> String {
    ["Anna", "Jens"]
        .map(|name| format!("dn: uid={name},{BASE}\nobjectClass: inetOrgPerson\ncn: {name}\nsn: Berg\n\n"))
        .concat()
}

fn settings(port: u16) -> Value {
    let networks = json!([{ "network": "skype", "from": ["{uid}@uc.test"] }]);
    json!({
        "host": "127.0.0.1", "port": port, "protection": "plain", "account": ACCOUNT, "base": BASE,
        "attributes": { "networks": networks }, "every_minutes": 60,
    })
}

async fn last_import(app: &TestApp, admin: &Session, id: &str) -> Value {
    let ended = async {
        loop {
            let imports = app.get(admin, &format!("/api/v1/people-sources/{id}/imports")).await.json();
            let last = imports.as_array().and_then(|all| all.first()).cloned().unwrap_or_default();
            if last["state"] != "running" && !last.is_null() {
                return last;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(LIMIT, ended).await.unwrap()
}

#[tokio::test]
async fn a_directory_is_tried_made_and_imported() {
    let slapd = Slapd::start(&people());
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let trial = json!({ "settings": settings(slapd.port), "password": PASSWORD });
    let tried = app.call(&admin, "POST", &format!("{PATH}/try"), Some(&trial)).await.json();
    assert_eq!((&tried["entry_count"], &tried["people"][0]["name"]), (&json!(2), &json!("Anna")), "{tried}");
    assert_eq!(tried["people"][0]["addresses"], json!(["sip:anna@uc.test"]));
    let wrong = json!({ "settings": settings(slapd.port), "password": "wrong" });
    let refused = app.call(&admin, "POST", &format!("{PATH}/try"), Some(&wrong)).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["trouble_code"]),
        (200, &json!("ldap_wrong_account"))
    );

    let body = json!({ "name": "Directory", "settings": settings(slapd.port), "password": PASSWORD });
    let made = app.call(&admin, "POST", PATH, Some(&body)).await;
    assert_eq!((made.status.as_u16(), &made.json()["kind"]), (201, &json!("ldap")), "{made:?}");
    assert!(!made.text.contains(PASSWORD));
    let id = made.json()["source_id"].as_str().unwrap().to_owned();
    let begun = app.call(&admin, "POST", &format!("/api/v1/people-sources/{id}/ldap/imports"), None).await;
    assert!(matches!(begun.outcome(), (202, _) | (409, _)), "{begun:?}");
    let last = last_import(&app, &admin, &id).await;
    assert_eq!((&last["state"], &last["added_count"]), (&json!("completed"), &json!(2)), "{last}");
    app.stop().await;
}

#[tokio::test]
async fn the_password_stays_where_it_was_meant_for() {
    let slapd = Slapd::start(&people());
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let body = json!({ "name": "Directory", "settings": settings(slapd.port), "password": PASSWORD });
    let id =
        app.call(&admin, "POST", PATH, Some(&body)).await.json()["source_id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/people-sources/{id}/ldap");
    let shown = app.get(&admin, &path).await;
    assert_eq!((&shown.json()["has_password"], shown.text.contains(PASSWORD)), (&json!(true), false));
    assert_eq!(
        shown.json()["settings"]["attributes"]["given"],
        json!(["givenName"]),
        "what is not given is as usual"
    );

    let mut other = settings(slapd.port);
    other["filter"] = json!("(uid=Anna)");
    let kept = json!({ "settings": other, "source_id": id });
    let tried = app.call(&admin, "POST", &format!("{PATH}/try"), Some(&kept)).await;
    assert_eq!((tried.status.as_u16(), &tried.json()["entry_count"]), (200, &json!(1)), "{tried:?}");
    assert_eq!(app.call(&admin, "PUT", &path, Some(&json!({ "settings": other }))).await.status, 200);
    for (field, value) in [
        ("host", json!("localhost")),
        ("port", json!(slapd.tls_port)),
        ("account", json!("cn=x")),
        ("protection", json!("start_tls")),
    ] {
        let mut elsewhere = settings(slapd.port);
        elsewhere[field] = value;
        for (method, path, body) in [
            ("PUT", path.clone(), json!({ "settings": elsewhere })),
            ("POST", format!("{PATH}/try"), json!({ "settings": elsewhere, "source_id": id })),
        ] {
            let refused = app.call(&admin, method, &path, Some(&body)).await;
            assert_eq!(
                (refused.outcome().0, &refused.json()["errors"][0]["field"]),
                (422, &json!("password")),
                "{field}"
            );
        }
    }
    app.stop().await;
}

#[tokio::test]
async fn each_mistake_is_told_at_its_field() {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    for (field, value, told) in [
        ("host", json!("ldap://x"), "host"),
        ("port", json!(0), "port"),
        ("base", json!(" "), "base"),
        ("filter", json!("(cn="), "filter"),
        ("every_minutes", json!(1), "every_minutes"),
        ("attributes", json!({ "given": ["a b"] }), "given"),
        ("attributes", json!({ "networks": [{ "network": "icq", "from": ["uid"] }] }), "networks"),
        ("ca_pem", json!("x".repeat(140_000)), "ca_pem"),
    ] {
        let mut settings = settings(389);
        settings[field] = value;
        let body = json!({ "name": "Directory", "settings": settings, "password": PASSWORD });
        let refused = app.call(&admin, "POST", PATH, Some(&body)).await;
        assert_eq!(
            (refused.outcome(), &refused.json()["errors"][0]["field"]),
            ((422, "invalid".to_owned()), &json!(told)),
            "{field}"
        );
    }
    app.stop().await;
}
