//! Requests that another site makes a browser send.

use crate::app::{PASSWORD, TestApp};
use hookflash::http::openapi;
use serde_json::{Value, json};

#[tokio::test]
async fn every_change_needs_the_token_of_its_own_session() {
    let app = TestApp::start().await;
    let (admin, dana) = (app.sign_in("admin").await, app.sign_in("dana").await);
    let other = app.sign_in("admin").await;
    let document: Value = serde_json::from_str(&openapi::text().unwrap()).unwrap();
    let mut count = 0;
    for (template, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if method == "get" || operation["security"][0].get("session").is_none() {
                continue;
            }
            count += 1;
            let path = template
                .replace("{network}", "skype")
                .replace("{id}", "00000000-0000-0000-0000-000000000000");
            let session = if template.contains("/me/") { &dana } else { &admin };
            for token in ["", "nonsense", other.csrf.as_str()] {
                let headers = [
                    ("cookie", session.cookie.as_str()),
                    ("x-hookflash-csrf", token),
                    ("content-type", "application/json"),
                ];
                let answer = app.send(&method.to_uppercase(), &path, &headers, Some("{}".to_owned())).await;
                assert_eq!(
                    answer.outcome(),
                    (403, "csrf_refused".to_owned()),
                    "{method} {template} {token:?}"
                );
            }
        }
    }
    assert!(count >= 13, "{count}");
    assert_eq!(app.get(&admin, "/api/v1/session").await.status, 200, "no request had an effect");
    app.stop().await;
}

#[tokio::test]
async fn another_site_cannot_sign_a_browser_in() {
    let app = TestApp::start().await;
    let body = json!({ "sign_in_name": "dana", "password": PASSWORD }).to_string();
    let own = app.url.clone();
    for (headers, expected) in [
        (vec![("origin", "https://evil.example")], (403, "origin_refused".to_owned())),
        (vec![("origin", "null")], (403, "origin_refused".to_owned())),
        (vec![("sec-fetch-site", "cross-site")], (403, "origin_refused".to_owned())),
        (vec![("sec-fetch-site", "same-site")], (403, "origin_refused".to_owned())),
        (vec![("origin", own.as_str()), ("sec-fetch-site", "same-origin")], (200, String::new())),
        (vec![], (200, String::new())),
    ] {
        let all: Vec<_> = headers.iter().copied().chain([("content-type", "application/json")]).collect();
        let answer = app.send("POST", "/api/v1/session", &all, Some(body.clone())).await;
        assert_eq!(answer.outcome(), expected, "{headers:?}");
        assert_eq!(answer.headers.contains_key("set-cookie"), expected.0 == 200, "{headers:?}");
    }
    // A form of another site can send only these types.
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let answer = app.send("POST", "/api/v1/session", &[("content-type", kind)], Some(body.clone())).await;
        assert_eq!(answer.outcome(), (415, "not_json".to_owned()), "{kind}");
    }
    app.stop().await;
}
