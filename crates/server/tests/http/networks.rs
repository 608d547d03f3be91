//! The agents' accounts on chat networks.

use crate::app::TestApp;
use hookflash_connectors::{Credential, Secret};
use hookflash_domain::NetworkId;
use hookflash_store::{ResumePointRow, Write};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/me/networks/skype";

#[tokio::test]
async fn an_account_is_stored_encrypted_shown_without_password_and_erased() {
    let app = TestApp::start().await;
    let dana = app.sign_in("dana").await;
    let body = json!({ "sign_in_name": "sip:dana@lab.test", "user_name": "LAB\\dana", "password": "hunter2hunter2" });
    assert_eq!(app.call(&dana, "PUT", PATH, Some(&body)).await.status, 204);
    let user = app.user_id("dana").await;
    let row = app.store().network_accounts_of(user).await.unwrap().remove(0);
    assert_eq!((row.sign_in_name.as_str(), row.user_name.as_deref()), ("dana@lab.test", Some("LAB\\dana")));
    assert!(!row.secret.0.windows(7).any(|part| part == b"hunter2"));
    let opened = app.app.state.vault.open_sealed(&row.secret.0, user, &NetworkId("skype".into())).unwrap();
    assert_eq!(opened, Credential::Password(Secret::new("hunter2hunter2")));

    let shown = app.get(&dana, "/api/v1/me/networks").await;
    assert!(!shown.text.contains("hunter2"));
    assert_eq!(shown.json()[0]["connected"], json!(true));
    assert_eq!(shown.json()[0]["sign_in_name"], json!("dana@lab.test"));
    assert_eq!(shown.json()[0]["kind"], json!("skype"));
    let of_ben = app.get(&app.sign_in("ben").await, "/api/v1/me/networks").await.json();
    assert_eq!(of_ben[0]["connected"], json!(false));

    let point = ResumePointRow { user_id: user, network: NetworkId("skype".into()), value: "a place".into() };
    app.store().commit(vec![Write::ResumePoint(point)]).await.unwrap();
    for _ in 0..2 {
        assert_eq!(app.call(&dana, "DELETE", PATH, None).await.status, 204);
    }
    assert!(app.store().network_accounts_of(user).await.unwrap().is_empty());
    assert_eq!(app.store().resume_point(user, &NetworkId("skype".into())).await.unwrap(), None);
    app.stop().await;
}

#[tokio::test]
async fn what_cannot_be_an_account_is_refused() {
    let app = TestApp::start().await;
    let dana = app.sign_in("dana").await;
    let account = |name: &str, password: &str, address: Value| json!({ "sign_in_name": name, "password": password, "address": address });
    let invalid = (422, "invalid".to_owned());
    for (path, body, expected) in [
        (PATH, account("dana", "demo", Value::Null), invalid.clone()),
        (PATH, account("dana@lab.test@x", "demo", Value::Null), invalid.clone()),
        (PATH, account("@lab.test", "demo", Value::Null), invalid.clone()),
        (PATH, account("dana@lab.test", "", Value::Null), invalid.clone()),
        (PATH, account("dana@lab.test", &"x".repeat(501), Value::Null), invalid.clone()),
        (PATH, account("dana@lab.test", "demo", json!("https://evil.example/")), invalid),
        (PATH, account("dana@lab.test", "demo", json!("https://127.0.0.1:1")), (204, String::new())),
        (
            "/api/v1/me/networks/icq",
            account("d@x.test", "demo", Value::Null),
            (404, "unknown_network".to_owned()),
        ),
    ] {
        assert_eq!(app.call(&dana, "PUT", path, Some(&body)).await.outcome(), expected, "{body}");
    }
    app.stop().await;
}
