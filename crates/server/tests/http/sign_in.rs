//! Signing in and out, and what ends a session.

use crate::app::{PASSWORD, TestApp};
use hookflash_domain::Timestamp;
use serde_json::json;
use sha2::{Digest as _, Sha256};

#[tokio::test]
async fn a_sign_in_gives_a_strict_cookie_and_the_view() {
    let app = TestApp::start().await;
    let answer = app.try_sign_in(" DANA ", PASSWORD).await;
    assert_eq!(answer.status, 200);
    let cookie = answer.header("set-cookie");
    for part in ["hookflash_session=", "; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=604800"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");
    let view = answer.json();
    assert_eq!(view["user"]["sign_in_name"], "dana");
    assert_eq!(view["user"]["roles"], json!(["agent"]));
    assert_eq!(view["user"]["language"], json!(null));
    assert!(view["csrf"].as_str().is_some_and(|token| token.len() == 43));
    app.stop().await;
}

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_told_alike() {
    let app = TestApp::start().await;
    let mut texts = Vec::new();
    for (name, password) in
        [("dana", "wrong"), ("nobody", PASSWORD), ("", ""), ("da\u{0}na", "x"), ("dana", "")]
    {
        let answer = app.try_sign_in(name, password).await;
        assert_eq!(answer.outcome(), (401, "wrong_password".to_owned()), "{name:?}");
        assert!(!answer.headers.contains_key("set-cookie"));
        texts.push(answer.text);
    }
    assert!(texts.windows(2).all(|pair| pair[0] == pair[1]), "{texts:?}");
    app.stop().await;
}

#[tokio::test]
async fn too_many_wrong_passwords_make_a_name_wait_but_no_other() {
    let app = TestApp::with("[limits]\nsign_in_per_name = 3").await;
    for _ in 0..3 {
        assert_eq!(app.try_sign_in("dana", "wrong").await.status, 401);
    }
    for password in ["wrong", PASSWORD] {
        let answer = app.try_sign_in("Dana", password).await;
        assert_eq!(answer.outcome(), (429, "too_many_attempts".to_owned()));
        let wait: u64 = answer.header("retry-after").parse().unwrap();
        assert!((1..=301).contains(&wait), "{wait}");
    }
    assert_eq!(app.try_sign_in("ben", PASSWORD).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn too_many_wrong_passwords_make_an_address_wait_and_a_header_does_not_help() {
    let app = TestApp::with("[limits]\nsign_in_per_address = 2").await;
    for name in ["a", "b"] {
        assert_eq!(app.try_sign_in(name, "wrong").await.status, 401);
    }
    let body = json!({ "sign_in_name": "dana", "password": PASSWORD }).to_string();
    let headers = [("x-forwarded-for", "203.0.113.9"), ("content-type", "application/json")];
    let answer = app.send("POST", "/api/v1/session", &headers, Some(body)).await;
    assert_eq!(answer.outcome(), (429, "too_many_attempts".to_owned()));
    app.stop().await;
}

#[tokio::test]
async fn a_planted_cookie_never_becomes_a_session() {
    let app = TestApp::start().await;
    let planted = format!("hookflash_session={}", "A".repeat(43));
    let body = json!({ "sign_in_name": "dana", "password": PASSWORD }).to_string();
    let headers = [("cookie", planted.as_str()), ("content-type", "application/json")];
    let answer = app.send("POST", "/api/v1/session", &headers, Some(body)).await;
    assert_eq!(answer.status, 200);
    assert!(!answer.header("set-cookie").starts_with(&planted));
    let as_planted = app.send("GET", "/api/v1/session", &headers[..1], None).await;
    assert_eq!(as_planted.outcome(), (401, "not_signed_in".to_owned()));
    app.stop().await;
}

#[tokio::test]
async fn signing_out_ends_one_session_and_signing_out_everywhere_all() {
    let app = TestApp::start().await;
    let (first, second, third) =
        (app.sign_in("dana").await, app.sign_in("dana").await, app.sign_in("dana").await);
    let out = app.call(&first, "DELETE", "/api/v1/session", None).await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    let alive = async || [&first, &second, &third].map(|one| app.get(one, "/api/v1/session"));
    let mut statuses = Vec::new();
    for answer in alive().await {
        statuses.push(answer.await.status.as_u16());
    }
    assert_eq!(statuses, [401, 200, 200]);
    assert_eq!(app.call(&second, "DELETE", "/api/v1/sessions", None).await.status, 204);
    for session in [&second, &third] {
        assert_eq!(app.get(session, "/api/v1/session").await.outcome(), (401, "not_signed_in".to_owned()));
    }
    app.stop().await;
}

#[tokio::test]
async fn a_session_past_its_end_is_none() {
    let app = TestApp::start().await;
    let session = app.sign_in("dana").await;
    let token = session.cookie.split_once('=').unwrap().1;
    let hash = Sha256::digest(token.as_bytes());
    app.store().touch_session(&hash, Timestamp(0), Timestamp(1)).await.unwrap();
    assert_eq!(app.get(&session, "/api/v1/session").await.outcome(), (401, "not_signed_in".to_owned()));
    app.stop().await;
}

#[tokio::test]
async fn the_end_moves_with_use_and_stays_within_a_week() {
    let app = TestApp::start().await;
    let session = app.sign_in("dana").await;
    let hash = Sha256::digest(session.cookie.split_once('=').unwrap().1.as_bytes());
    let now = hookflash::clock::now();
    let soon = now.plus_ms(60_000);
    app.store().touch_session(&hash, now.plus_ms(-3_600_000), soon).await.unwrap();
    assert_eq!(app.get(&session, "/api/v1/session").await.status, 200);
    let stored = app.store().signed_in(&hash, now).await.unwrap().unwrap().session;
    let left_ms = stored.expires_at.since_ms(now);
    assert!((43_000_000..=43_300_000).contains(&left_ms), "12 hours: {left_ms}");
    app.stop().await;
}

#[tokio::test]
async fn a_deactivated_user_is_out_at_once_and_cannot_come_back() {
    let app = TestApp::start().await;
    let (admin, dana) = (app.sign_in("admin").await, app.sign_in("dana").await);
    let path = format!("/api/v1/users/{}", app.user_id("dana").await);
    assert_eq!(app.call(&admin, "PATCH", &path, Some(&json!({ "active": false }))).await.status, 200);
    assert_eq!(app.get(&dana, "/api/v1/session").await.status, 401);
    assert_eq!(app.try_sign_in("dana", PASSWORD).await.outcome(), (401, "wrong_password".to_owned()));
    app.stop().await;
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_keeps_this_one() {
    let app = TestApp::start().await;
    let (here, there) = (app.sign_in("dana").await, app.sign_in("dana").await);
    let change = async |old: &str, new: &str| {
        app.call(&here, "PUT", "/api/v1/me/password", Some(&json!({ "old": old, "new": new })))
            .await
            .outcome()
    };
    assert_eq!(change("wrong", "a new password").await, (401, "wrong_password".to_owned()));
    assert_eq!(change(PASSWORD, "short").await, (422, "password_too_short".to_owned()));
    assert_eq!(change(PASSWORD, &"x".repeat(201)).await, (422, "password_too_short".to_owned()));
    assert_eq!(app.get(&there, "/api/v1/session").await.status, 200);
    assert_eq!(change(PASSWORD, "a new password").await, (204, String::new()));
    assert_eq!(app.get(&here, "/api/v1/session").await.status, 200);
    assert_eq!(app.get(&there, "/api/v1/session").await.status, 401);
    assert_eq!(app.try_sign_in("dana", "a new password").await.status, 200);
    assert_eq!(app.try_sign_in("dana", PASSWORD).await.status, 401);
    app.stop().await;
}
