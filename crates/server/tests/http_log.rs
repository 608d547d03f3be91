//! No secret reaches the log, whatever its level: a full sign-in and network connect run.

#[path = "http/app.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "a test uses a part of it, and fails by panicking")]
mod app;

use app::{PASSWORD, TestApp};
use parking_lot::Mutex;
use serde_json::json;
use std::io;
use std::sync::Arc;

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_password_cookie_or_token_is_logged() {
    let kept = Kept::default();
    let writer = kept.clone();
    let log =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone());
    log.init();

    let app = TestApp::start().await;
    let (wrong, network, new) = ("a wrong password", "network hunter2", "a new password!");
    app.try_sign_in("dana", wrong).await;
    let dana = app.sign_in("dana").await;
    let account = json!({ "sign_in_name": "dana@lab.test", "password": network });
    assert_eq!(app.call(&dana, "PUT", "/api/v1/me/networks/skype", Some(&account)).await.status, 204);
    let change = json!({ "old": PASSWORD, "new": new });
    assert_eq!(app.call(&dana, "PUT", "/api/v1/me/password", Some(&change)).await.status, 204);
    app.get(&dana, "/api/v1/interactions?text=customersname").await;
    let broken = format!("{{\"password\":\"{new}\"");
    let headers = [("cookie", dana.cookie.as_str()), ("content-type", "application/json")];
    app.send("POST", "/api/v1/session", &headers, Some(broken)).await;
    let (cookie, csrf) = (dana.cookie.clone(), dana.csrf.clone());
    let token = cookie.split_once('=').unwrap().1.to_owned();
    app.stop().await;

    let log = String::from_utf8_lossy(&kept.0.lock()).into_owned();
    // The client of the test runs in this process too, and is not what is tested.
    let ours: String =
        log.lines().filter(|line| !line.contains("reqwest") && !line.contains("hyper_util")).collect();
    assert!(ours.contains("signed in") && ours.contains("sign-in refused"), "the log was not kept");
    for secret in [PASSWORD, wrong, network, new, token.as_str(), csrf.as_str(), "customersname", "argon2id"]
    {
        assert!(!ours.contains(secret), "{secret:?} is in the log");
    }
}
