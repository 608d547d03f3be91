//! Administration from end to end: what is set is what is read.

use crate::app::{PASSWORD, TestApp};
use serde_json::json;

#[tokio::test]
async fn a_queue_with_its_members_and_dispositions() {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let dana = app.user_id("dana").await.to_string();
    let body = json!({
        "name": " Billing ", "numbers": ["billing", "0800", "0800"], "member_ids": [dana, dana],
        "wrap_up_mode": "mandatory_timeout", "wrap_up_timeout_ms": 30_000,
    });
    let created = app.call(&admin, "POST", "/api/v1/queues", Some(&body)).await;
    let queue = created.json();
    assert_eq!((created.status.as_u16(), &queue["name"]), (201, &json!("Billing")));
    assert_eq!(queue["numbers"], json!(["0800", "billing"]));
    assert_eq!(queue["member_ids"], json!([dana]));
    assert_eq!((&queue["offer_timeout_ms"], &queue["active"]), (&json!(20_000), &json!(true)));

    let again = json!({ "name": "billing" });
    assert_eq!(app.call(&admin, "POST", "/api/v1/queues", Some(&again)).await.outcome().1, "name_taken");
    let number = json!({ "name": "Cards", "numbers": ["0800"] });
    assert_eq!(app.call(&admin, "POST", "/api/v1/queues", Some(&number)).await.outcome().1, "number_taken");

    let path = format!("/api/v1/queues/{}", queue["queue_id"].as_str().unwrap());
    let without = json!({ "wrap_up_timeout_ms": null });
    assert_eq!(app.call(&admin, "PATCH", &path, Some(&without)).await.outcome().1, "invalid");
    let change =
        json!({ "wrap_up_mode": "optional", "wrap_up_timeout_ms": null, "member_ids": [], "active": false });
    let changed = app.call(&admin, "PATCH", &path, Some(&change)).await.json();
    assert_eq!((&changed["wrap_up_timeout_ms"], &changed["member_ids"]), (&json!(null), &json!([])));
    assert_eq!((&changed["active"], &changed["numbers"]), (&json!(false), &json!(["0800", "billing"])));

    let code = json!({ "name": "Sold", "queue_ids": [queue["queue_id"]] });
    assert_eq!(app.call(&admin, "POST", "/api/v1/dispositions", Some(&code)).await.status, 201);
    let directory = app.get(&admin, "/api/v1/directory").await.json();
    assert_eq!(directory["dispositions"][0]["name"], json!("Sold"));
    assert_eq!(directory["agents"].as_array().map(Vec::len), Some(2));
    app.stop().await;
}

#[tokio::test]
async fn a_new_user_can_sign_in_and_is_changed_by_the_administrator() {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let body = json!({ "sign_in_name": "eve", "name": "Eve", "password": PASSWORD, "roles": ["agent", "supervisor"] });
    let user = app.call(&admin, "POST", "/api/v1/users", Some(&body)).await.json();
    assert_eq!(user["roles"], json!(["agent", "supervisor"]));
    let eve = app.sign_in("eve").await;
    assert_eq!(
        app.call(&eve, "PUT", "/api/v1/me/language", Some(&json!({ "language": "de" }))).await.status,
        204
    );
    assert_eq!(app.get(&eve, "/api/v1/session").await.json()["user"]["language"], json!("de"));

    let path = format!("/api/v1/users/{}", user["user_id"].as_str().unwrap());
    let kept = app.call(&admin, "PATCH", &path, Some(&json!({ "name": "Eve B." }))).await.json();
    assert_eq!((&kept["name"], &kept["language"]), (&json!("Eve B."), &json!("de")));
    let cleared = app.call(&admin, "PATCH", &path, Some(&json!({ "language": null }))).await.json();
    assert_eq!(cleared["language"], json!(null));
    assert_eq!(app.get(&eve, "/api/v1/session").await.status, 200);
    let reset = json!({ "password": "another password" });
    assert_eq!(app.call(&admin, "PATCH", &path, Some(&reset)).await.status, 200);
    assert_eq!(app.get(&eve, "/api/v1/session").await.status, 401);
    assert_eq!(app.try_sign_in("eve", "another password").await.status, 200);
    app.stop().await;
}
