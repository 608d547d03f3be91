//! Licences for chat networks: counted, refused, taken away.

use crate::app::TestApp;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/me/networks/skype";

/// Gives a user these licences.
async fn license(app: &TestApp, name: &str, licences: Value) -> (u16, String) {
    let admin = app.sign_in("admin").await;
    let path = format!("/api/v1/users/{}", app.user_id(name).await);
    app.call(&admin, "PATCH", &path, Some(&json!({ "licences": licences }))).await.outcome()
}

fn done() -> (u16, String) {
    (200, String::new())
}

#[tokio::test]
async fn seats_are_counted_and_no_more_are_given_than_there_are() {
    let app = TestApp::with_network("seats = 2").await;
    let admin = app.sign_in("admin").await;
    let full = (409, "no_seat_left".to_owned());
    let user = |name: &str| {
        json!({ "sign_in_name": name, "name": name, "password": "correct horse battery", "roles": ["agent"],
            "licences": ["skype"] })
    };
    let seats = app.get(&admin, "/api/v1/networks").await.json();
    assert_eq!((&seats[0]["seat_count"], &seats[0]["seats_taken_count"]), (&json!(2), &json!(2)));
    assert_eq!(app.call(&admin, "POST", "/api/v1/users", Some(&user("eva"))).await.outcome(), full);
    assert_eq!(license(&app, "sara", json!(["skype"])).await, full);
    assert_eq!(license(&app, "sara", json!(["icq"])).await, (422, "invalid".to_owned()));
    assert_eq!(license(&app, "ben", json!([])).await, done());
    let made = app.call(&admin, "POST", "/api/v1/users", Some(&user("eva"))).await;
    assert_eq!((made.status.as_u16(), &made.json()["licences"]), (201, &json!(["skype"])));
    app.stop().await;
}

#[tokio::test]
async fn without_a_licence_an_account_is_neither_connected_nor_used() {
    let app = TestApp::start().await;
    let dana = app.sign_in("dana").await;
    let body = json!({ "sign_in_name": "dana@lab.test", "password": "demo" });
    assert_eq!(app.call(&dana, "PUT", PATH, Some(&body)).await.status, 204);
    assert_eq!(license(&app, "dana", json!([])).await, done());
    let refused = (403, "licence_required".to_owned());
    assert_eq!(app.call(&dana, "PUT", PATH, Some(&body)).await.outcome(), refused);
    assert_eq!(app.get(&dana, "/api/v1/me/networks").await.json()[0]["state"], json!("not_licensed"));
    // What is stored of it may still be erased.
    assert_eq!(app.call(&dana, "DELETE", PATH, None).await.status, 204);
    assert_eq!(license(&app, "dana", json!(["skype"])).await, done());
    assert_eq!(app.call(&dana, "PUT", PATH, Some(&body)).await.status, 204);
    app.stop().await;
}
