//! What no client should send over SCIM.

use crate::app::{TestApp, raw};
use crate::scim::{Source, told};
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_no_sound_request_is_refused_and_changes_nothing() {
    let app = TestApp::start().await;
    let source = Source::make(&app, "HR").await;
    let user = json!({ "userName": "anna", "displayName": "Anna" });
    let id = source.add(&app, &user).await;
    let path = format!("Users/{id}");
    let operations = |operations: Value| json!({ "Operations": operations });
    let one = |operation: Value| json!({ "Operations": [operation] });
    let many: Vec<_> = (0..101).map(|_| json!({ "op": "replace", "path": "title", "value": "x" })).collect();
    for (method, path, body, expected) in [
        ("POST", "Users", json!({}), (400, "invalidValue")),
        ("POST", "Users", json!([]), (400, "invalidSyntax")),
        ("POST", "Users", json!({ "userName": "a\u{0}b" }), (400, "invalidValue")),
        (
            "POST",
            "Users",
            json!({ "userName": "b", "displayName": "x".repeat(1_001) }),
            (400, "invalidValue"),
        ),
        ("PUT", &path, json!({ "displayName": "Eve" }), (400, "invalidValue")),
        ("PATCH", &path, json!({}), (400, "invalidSyntax")),
        ("PATCH", &path, operations(json!([])), (400, "invalidSyntax")),
        ("PATCH", &path, operations(json!(many)), (400, "invalidSyntax")),
        ("PATCH", &path, one(json!({ "op": "copy", "path": "title" })), (400, "invalidSyntax")),
        ("PATCH", &path, one(json!({ "op": "remove" })), (400, "noTarget")),
        ("PATCH", &path, one(json!({ "op": "replace", "value": "x" })), (400, "invalidValue")),
        (
            "PATCH",
            &path,
            one(json!({ "op": "replace", "path": "emails[", "value": "x" })),
            (400, "invalidPath"),
        ),
        (
            "PATCH",
            &path,
            one(json!({ "op": "replace", "path": "emails[a or b]", "value": "x" })),
            (400, "invalidFilter"),
        ),
        ("PATCH", &path, one(json!({ "op": "remove", "path": "userName" })), (400, "invalidValue")),
        (
            "PATCH",
            &path,
            one(json!({ "op": "replace", "path": "active", "value": "perhaps" })),
            (400, "invalidValue"),
        ),
        ("PATCH", "Users/7", one(json!({ "op": "remove", "path": "title" })), (404, "")),
    ] {
        let answer = source.send(&app, method, path, Some(&body)).await;
        assert_eq!(told(&answer), (expected.0, expected.1.to_owned()), "{method} {body}");
    }
    for query in [
        "filter=userName%20co%20%22a%22",
        "filter=password%20eq%20%22a%22",
        "filter=id%20eq%207",
        "filter=%28%28%28",
    ] {
        let answer = source.send(&app, "GET", &format!("Users?{query}"), None).await;
        assert_eq!(told(&answer), (400, "invalidFilter".to_owned()), "{query}");
    }
    assert_eq!(
        told(&source.send(&app, "GET", "Users?count=x", None).await),
        (400, "invalidValue".to_owned())
    );
    let kept = source.send(&app, "GET", &path, None).await;
    assert_eq!((&kept.json()["displayName"], kept.header("etag")), (&json!("Anna"), "W/\"1\""));
    assert_eq!(source.people(&app).await, ["Anna"]);
    app.stop().await;
}

#[tokio::test]
async fn bodies_that_are_too_large_too_deep_or_no_json_are_refused() {
    let app = TestApp::start().await;
    let source = Source::make(&app, "HR").await;
    let authorization = format!("Bearer {}", source.token);
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    for (body, expected) in [
        (deep, (400, "invalidSyntax")),
        ("{".to_owned(), (400, "invalidSyntax")),
        (String::new(), (400, "invalidSyntax")),
        ("\u{feff}{}".to_owned(), (400, "invalidSyntax")),
    ] {
        let headers = [("authorization", authorization.as_str()), ("content-type", "application/scim+json")];
        let size = body.len();
        let answer = app.send("POST", "/scim/v2/Users", &headers, Some(body)).await;
        assert_eq!(told(&answer), (expected.0, expected.1.to_owned()), "{size} bytes");
    }
    let body = "x".repeat(10 << 20);
    let request = format!(
        "POST /scim/v2/Users HTTP/1.1\r\nhost: desk.test\r\nconnection: close\r\nauthorization: {authorization}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = raw(&app, &request).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert_eq!(source.people(&app).await, Vec::<String>::new());
    app.stop().await;
}
