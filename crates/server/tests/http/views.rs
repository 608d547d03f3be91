//! Saved views over the API: whose they are, who sees, shares and changes them, and what is refused.

use crate::app::{Answer, Session, TestApp};
use serde_json::{Value, json};

const VIEWS: &str = "/api/v1/views";

fn mornings(page: &str) -> Value {
    json!({
        "page": page,
        "name": " Mornings ",
        "filters": "grain=day",
        "layout": { "order": ["offered", "asa"], "shown": { "aht": false }, "sort": { "key": "asa", "down": true } },
    })
}

fn with(page: &str, change: &Value) -> Value {
    let mut body = mornings(page);
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    body
}

async fn created(app: &TestApp, session: &Session, body: &Value) -> Value {
    let answer = app.call(session, "POST", VIEWS, Some(body)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()
}

async fn change(app: &TestApp, session: &Session, view: &Value, body: Value) -> Answer {
    app.call(session, "PATCH", &path(view), Some(&body)).await
}

fn path(view: &Value) -> String {
    format!("{VIEWS}/{}", view["view_id"].as_str().unwrap())
}

async fn names(app: &TestApp, session: &Session, page: &str) -> Vec<String> {
    let views = app.get(session, &format!("{VIEWS}?page={page}")).await.json();
    views.as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_view_is_saved_changed_and_removed() {
    let app = TestApp::start().await;
    let sara = app.sign_in("sara").await;
    let view = created(&app, &sara, &mornings("queues")).await;
    assert_eq!(
        (&view["name"], &view["shared"], &view["revision"]),
        (&json!("Mornings"), &json!(false), &json!(1))
    );
    assert_eq!((&view["own"], &view["may_change"]), (&json!(true), &json!(true)));
    assert_eq!(view["layout"], mornings("queues")["layout"]);
    assert_eq!(app.get(&sara, &format!("{VIEWS}?page=queues")).await.json(), json!([view]));
    assert_eq!(names(&app, &sara, "agents").await, Vec::<String>::new());
    let plain = json!({ "order": [], "shown": {}, "sort": null });
    let changed =
        change(&app, &sara, &view, json!({ "name": "Noons", "layout": plain, "revision": 1 })).await.json();
    assert_eq!((&changed["name"], &changed["filters"]), (&json!("Noons"), &json!("grain=day")));
    assert_eq!((&changed["layout"], &changed["revision"]), (&plain, &json!(2)));
    let late = change(&app, &sara, &view, json!({ "name": "Late", "revision": 1 })).await;
    assert_eq!(late.outcome(), (409, "view_changed".to_owned()));
    assert_eq!(app.get(&sara, &path(&view)).await.json(), changed);
    assert_eq!(app.call(&sara, "DELETE", &path(&view), None).await.status, 204);
    assert_eq!(app.get(&sara, &path(&view)).await.outcome(), (404, "unknown_saved_view".to_owned()));
    app.stop().await;
}

#[tokio::test]
async fn a_private_view_does_not_exist_for_others_and_a_shared_one_is_changed_by_few() {
    let app = TestApp::start().await;
    let (sara, admin, dana) =
        (app.sign_in("sara").await, app.sign_in("admin").await, app.sign_in("dana").await);
    let view = created(&app, &sara, &mornings("interactions")).await;
    for (session, method) in [(&admin, "GET"), (&admin, "PATCH"), (&dana, "GET"), (&dana, "DELETE")] {
        let answer = app.call(session, method, &path(&view), Some(&json!({}))).await;
        assert_eq!(answer.outcome(), (404, "unknown_saved_view".to_owned()), "{method}");
    }
    assert_eq!(change(&app, &sara, &view, json!({ "shared": true })).await.status, 200);
    for session in [&admin, &dana] {
        assert_eq!(names(&app, session, "interactions").await, ["Mornings"]);
    }
    let seen = app.get(&dana, &path(&view)).await.json();
    assert_eq!(
        (&seen["user_name"], &seen["own"], &seen["may_change"]),
        (&json!("sara of the test"), &json!(false), &json!(false))
    );
    for method in ["PATCH", "DELETE"] {
        let answer = app.call(&dana, method, &path(&view), Some(&json!({ "name": "Mine" }))).await;
        assert_eq!(answer.outcome(), (403, "not_permitted".to_owned()), "{method}");
    }
    let renamed = change(&app, &admin, &view, json!({ "name": "Everybody's" })).await.json();
    assert_eq!((&renamed["name"], &renamed["own"]), (&json!("Everybody's"), &json!(false)));
    assert_eq!(app.call(&admin, "DELETE", &path(&view), None).await.status, 204);
    app.stop().await;
}

#[tokio::test]
async fn agents_have_views_of_their_interactions_alone_and_share_none() {
    let app = TestApp::start().await;
    let (sara, dana) = (app.sign_in("sara").await, app.sign_in("dana").await);
    let own = created(&app, &dana, &mornings("interactions")).await;
    let shared = created(&app, &sara, &with("queues", &json!({ "shared": true }))).await;
    let refused = (403, "not_permitted".to_owned());
    for page in ["activity", "queues", "status", "agents", "wrap_up", "experts"] {
        assert_eq!(app.get(&dana, &format!("{VIEWS}?page={page}")).await.outcome(), refused, "{page}");
        assert_eq!(app.call(&dana, "POST", VIEWS, Some(&mornings(page))).await.outcome(), refused, "{page}");
        assert_eq!(app.call(&sara, "POST", VIEWS, Some(&mornings(page))).await.status, 201, "{page}");
    }
    assert_eq!(app.get(&dana, &path(&shared)).await.outcome(), refused, "a page that she may not open");
    assert_eq!(change(&app, &dana, &own, json!({ "shared": true })).await.outcome(), refused);
    let body = with("interactions", &json!({ "shared": true }));
    assert_eq!(app.call(&dana, "POST", VIEWS, Some(&body)).await.outcome(), refused);
    app.stop().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_view_is_refused_in_words() {
    let app = TestApp::start().await;
    let sara = app.sign_in("sara").await;
    let layout = |order: Vec<String>| json!({ "layout": { "order": order, "shown": {}, "sort": null } });
    for (change, code, words) in [
        (json!({ "name": " " }), "invalid", "name: must have 1 to 100 characters"),
        (json!({ "name": "x".repeat(101) }), "invalid", "name: must have 1 to 100 characters"),
        (json!({ "filters": "x".repeat(2_001) }), "invalid", "filters: must have 0 to 2000 characters"),
        (json!({ "filters": "a\nb" }), "invalid", "filters: must not hold control characters"),
        (layout(vec!["x".to_owned(); 201]), "invalid", "layout.order: must have at most 200 items"),
        (layout(vec![String::new()]), "invalid", "layout: must have keys of 1 to 64 characters"),
        (json!({ "layout": { "widths": [] } }), "bad_request", "widths"),
        (json!({ "page": "desk" }), "bad_request", "desk"),
    ] {
        let answer = app.call(&sara, "POST", VIEWS, Some(&with("queues", &change))).await;
        let problem = answer.json();
        assert_eq!(problem["code"], json!(code), "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
    }
    assert_eq!(
        app.get(&sara, &format!("{VIEWS}?page=desk")).await.outcome(),
        (400, "bad_request".to_owned())
    );
    for _ in 0..100 {
        created(&app, &sara, &mornings("queues")).await;
    }
    let full = app.call(&sara, "POST", VIEWS, Some(&mornings("queues"))).await;
    assert_eq!(full.outcome(), (409, "views_full".to_owned()));
    app.stop().await;
}
