//! Team addresses of queues over the API.

use crate::app::TestApp;
use serde_json::{Value, json};

/// A network whose server listens nowhere.
fn settings(secret: &std::path::Path) -> String {
    format!(
        "[[network]]\nid = \"xmpp\"\nkind = \"xmpp\"\nname = \"Jabber\"\nserver = \"127.0.0.1:1\"\nwatcher = \"watch\"\n\
         component = \"assist.uc.test\"\ncomponent_secret_file = {secret:?}\ndomain = \"uc.test\"\n"
    )
}

#[tokio::test]
async fn an_administrator_sets_them_and_what_cannot_be_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, "component secret\n").unwrap();
    let app = TestApp::with(&settings(&secret)).await;
    let (admin, sara) = (app.sign_in("admin").await, app.sign_in("sara").await);
    let networks = app.get(&admin, "/api/v1/networks").await.json();
    assert_eq!(networks[0]["team_domain"], json!("assist.uc.test"));

    let new = |name: &str, address: Value| json!({ "name": name, "team_address": address });
    let made = app.call(&admin, "POST", "/api/v1/queues", Some(&new("Mortgages", json!("Mortgages")))).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let queue = made.json();
    assert_eq!(queue["team_address"], json!("mortgages"));
    let path = format!("/api/v1/queues/{}", queue["queue_id"].as_str().unwrap());
    let put = async |address: Value| {
        app.call(&admin, "PATCH", &path, Some(&json!({ "team_address": address }))).await
    };
    for (address, expected) in [
        (json!("a@assist.uc.test"), (422, "invalid")),
        (json!("a/b"), (422, "invalid")),
        (json!("x".repeat(65)), (422, "invalid")),
        (json!("dana"), (409, "team_address_taken")),
        (json!("watch"), (409, "team_address_taken")),
        (json!(7), (400, "bad_request")),
    ] {
        assert_eq!(put(address.clone()).await.outcome(), (expected.0, expected.1.to_owned()), "{address}");
    }
    let again = app.call(&admin, "POST", "/api/v1/queues", Some(&new("Loans", json!("mortgages")))).await;
    assert_eq!(again.outcome(), (409, "team_address_taken".to_owned()));
    let user = json!({
        "sign_in_name": "Mortgages", "name": "M", "password": "a long enough password", "roles": ["agent"],
    });
    let refused = app.call(&admin, "POST", "/api/v1/users", Some(&user)).await;
    assert_eq!(refused.outcome(), (409, "team_address_taken".to_owned()));
    let dana = format!("/api/v1/users/{}", app.user_id("dana").await);
    let renamed = app.call(&admin, "PATCH", &dana, Some(&json!({ "sign_in_name": "mortgages" }))).await;
    assert_eq!(renamed.outcome(), (409, "team_address_taken".to_owned()));

    let forbidden = app.call(&sara, "PATCH", &path, Some(&json!({ "team_address": "other" }))).await;
    assert_eq!(forbidden.status, 403);
    let kept = app.call(&admin, "PATCH", &path, Some(&json!({ "name": "Home loans" }))).await.json();
    assert_eq!(kept["team_address"], json!("mortgages"), "an absent field stays");
    for none in [json!(""), Value::Null] {
        assert_eq!(put(json!("mortgages")).await.json()["team_address"], json!("mortgages"));
        assert_eq!(put(none).await.json()["team_address"], Value::Null);
    }
    let loans = app.call(&admin, "POST", "/api/v1/queues", Some(&new("Loans", json!("mortgages")))).await;
    assert_eq!(loans.status, 201, "the address is free again");
    app.stop().await;
}
