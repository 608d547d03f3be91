//! Security headers, request ids, metrics and health.

use crate::app::TestApp;

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::start().await;
    for path in ["/", "/assets/none.js", "/api/v1/session", "/api/none", "/healthz"] {
        let answer = app.send("GET", path, &[], None).await;
        let policy = answer.header("content-security-policy");
        for part in
            ["default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert!(answer.header("permissions-policy").contains("microphone=(self)"), "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{path}");
        assert!(!answer.headers.contains_key("strict-transport-security"), "{path}");
        assert_eq!(answer.header("cache-control") == "no-store", path.starts_with("/api"), "{path}");
    }
    app.stop().await;
}

#[tokio::test]
async fn behind_an_https_proxy_cookies_are_secure_and_only_its_origin_counts() {
    let app = TestApp::with("[http]\npublic_url = \"https://desk.example.com\"").await;
    let answer = app.try_sign_in("dana", crate::app::PASSWORD).await;
    assert!(answer.header("set-cookie").contains("; Secure"));
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
    let own = app.url.clone();
    let headers = [("origin", own.as_str()), ("content-type", "application/json")];
    let body = r#"{"sign_in_name":"dana","password":"x"}"#.to_owned();
    let answer = app.send("POST", "/api/v1/session", &headers, Some(body)).await;
    assert_eq!(answer.outcome(), (403, "origin_refused".to_owned()));
    app.stop().await;
}

#[tokio::test]
async fn metrics_are_not_for_those_behind_a_proxy() {
    let app = TestApp::start().await;
    assert_eq!(app.send("GET", "/readyz", &[], None).await.text, "ok\n");
    let metrics = app.send("GET", "/metrics", &[], None).await;
    assert!(metrics.text.contains("hookflash_http_requests_total"), "{}", metrics.text);
    for header in ["x-forwarded-for", "forwarded", "x-real-ip"] {
        let answer = app.send("GET", "/metrics", &[(header, "127.0.0.1")], None).await;
        assert_eq!(answer.outcome(), (403, "not_permitted".to_owned()), "{header}");
    }
    app.stop().await;
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_ask() {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let headers = [("cookie", admin.cookie.as_str()), ("accept-encoding", "gzip")];
    let url = format!("{}/api/v1/users", app.url);
    let client = reqwest::Client::builder().no_gzip().build().unwrap();
    let request =
        headers.iter().fold(client.get(url), |request, (name, value)| request.header(*name, *value));
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    app.stop().await;
}

#[tokio::test]
async fn a_stopped_server_has_closed_its_port() {
    let app = TestApp::start().await;
    let address = app.app.address;
    assert_eq!(app.send("GET", "/healthz", &[], None).await.status, 200);
    app.stop().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}
