//! The handover page from outside: headers, limits, hostile input.

use crate::app::TestApp;

const TICKET: &str = "Handover bm90aGluZw";

#[tokio::test]
async fn the_page_is_neither_kept_nor_found_nor_framed() {
    let web = tempfile::tempdir().unwrap();
    std::fs::write(web.path().join("handover.html"), "<!doctype html>the page").unwrap();
    std::fs::write(web.path().join("index.html"), "<!doctype html>the desk").unwrap();
    let app = TestApp::with(&format!("[http]\nweb_dir = \"{}\"", web.path().display())).await;
    for path in ["/handover", "/handover.html"] {
        let page = app.send("GET", path, &[], None).await;
        assert_eq!(page.text, "<!doctype html>the page", "{path}");
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-robots-tag", "noindex, nofollow, noarchive"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(page.header(name), value, "{path}");
        }
        assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
    }
    assert_eq!(app.send("GET", "/", &[], None).await.text, "<!doctype html>the desk");
    app.stop().await;
}

#[tokio::test]
async fn without_a_good_link_there_is_nothing() {
    let app = TestApp::with("[http]\npublic_url = \"https://desk.example.com\"").await;
    let no_link = (404, "unknown_link".to_owned());
    for ticket in ["", "Handover ", TICKET, "Bearer x", &format!("Handover {}", "A".repeat(4_000))] {
        let headers = [("authorization", ticket), ("content-type", "application/json")];
        for (method, path, body) in [
            ("GET", "/api/v1/handover?after=x", None),
            ("POST", "/api/v1/handover/views", None),
            ("POST", "/api/v1/handover/acts", Some(r#"{"act":"leave"}"#.to_owned())),
            ("GET", "/api/v1/handover/skills", None),
            ("POST", "/api/v1/handover/skills", Some(r#"{"kept":["Tax"],"removed":[]}"#.to_owned())),
        ] {
            assert_eq!(
                app.send(method, path, &headers, body).await.outcome(),
                no_link,
                "{ticket:.20} {path}"
            );
        }
    }
    app.stop().await;
}

#[tokio::test]
async fn acts_are_checked_before_anything_else_is_done() {
    let app = TestApp::start().await;
    let headers = [("authorization", TICKET), ("content-type", "application/json")];
    let deep = "[".repeat(10_000);
    for (body, code) in [
        ("", 400),
        ("{}", 400),
        (r#"{"act":"dance"}"#, 400),
        (r#"{"act":"accept","and":"more"}"#, 400),
        (r#"{"act":"say","text":"x"}"#, 400),
        (deep.as_str(), 400),
    ] {
        let answer = app.send("POST", "/api/v1/handover/acts", &headers, Some(body.to_owned())).await;
        assert_eq!(answer.outcome(), (code, "bad_request".to_owned()), "{body:.40}");
    }
    let large = format!(r#"{{"act":"decline","reason":"{}"}}"#, "x".repeat(70_000));
    let answer = app.send("POST", "/api/v1/handover/acts", &headers, Some(large)).await;
    assert_eq!(answer.outcome(), (413, "too_large".to_owned()));
    app.stop().await;
}

#[tokio::test]
async fn who_asks_too_often_about_a_link_waits() {
    let app = TestApp::start().await;
    let headers = [("authorization", TICKET)];
    let mut last = app.send("GET", "/api/v1/handover", &headers, None).await;
    for _ in 0..600 {
        last = app.send("GET", "/api/v1/handover", &headers, None).await;
    }
    assert_eq!(last.outcome(), (429, "too_many_attempts".to_owned()));
    assert!(last.header("retry-after").parse::<u64>().unwrap() <= 301);
    let other = [("authorization", "Handover other")];
    assert_eq!(app.send("GET", "/api/v1/handover", &other, None).await.outcome().0, 404);
    app.stop().await;
}
