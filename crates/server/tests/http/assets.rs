//! The desk's files.

use crate::app::{TestApp, raw};
use std::fs;

async fn with_desk() -> (TestApp, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let desk = folder.path().join("dist");
    fs::create_dir_all(desk.join("assets")).unwrap();
    fs::write(desk.join("index.html"), "<!doctype html>desk").unwrap();
    fs::write(desk.join("assets/app-1a2b.js"), "desk()").unwrap();
    fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret.txt"), desk.join("link.txt")).unwrap();
    let settings = format!("[http]\nweb_dir = \"{}\"", desk.display());
    (TestApp::with(&settings).await, folder)
}

#[tokio::test]
async fn files_pages_and_what_is_not_there() {
    let (app, _folder) = with_desk().await;
    let (immutable, again) = ("public, max-age=31536000, immutable", "no-cache");
    for (path, status, kind, kept, text) in [
        ("/", 200, "text/html", again, "<!doctype html>desk"),
        ("/interactions/5?x=1", 200, "text/html", again, "<!doctype html>desk"),
        ("/assets/app-1a2b.js", 200, "text/javascript", immutable, "desk()"),
        ("/assets/none.js", 404, "", "", ""),
    ] {
        let answer = app.send("GET", path, &[], None).await;
        let found = (answer.status.as_u16(), answer.header("content-type"), answer.header("cache-control"));
        assert_eq!((found, answer.text.as_str()), ((status, kind, kept), text), "{path}");
    }
    app.stop().await;
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let (app, _folder) = with_desk().await;
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/../../secret.txt",
        "/link.txt",
        "//etc/passwd",
        "/assets/%00",
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let answer = raw(&app, &request).await;
        assert!(
            !answer.contains("secret\n") && !answer.ends_with("secret") && !answer.contains("root:"),
            "{path}: {answer}"
        );
        assert!(answer.starts_with("HTTP/1.1 "), "{path}: {answer}");
    }
    app.stop().await;
}

#[tokio::test]
async fn a_known_file_is_not_sent_again() {
    let (app, _folder) = with_desk().await;
    let tag = app.send("GET", "/", &[], None).await.header("etag").to_owned();
    assert!(tag.len() > 10);
    for (asked, status) in [(tag.clone(), 304), (format!("\"x\", W/{tag}"), 304), ("\"x\"".to_owned(), 200)] {
        let answer = app.send("GET", "/", &[("if-none-match", &asked)], None).await;
        assert_eq!(answer.status, status, "{asked}");
    }
    assert_eq!(app.send("POST", "/", &[], None).await.status, 405);
    assert_eq!(app.send("HEAD", "/", &[], None).await.text, "");
    app.stop().await;
}

#[tokio::test]
async fn without_a_desk_the_page_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::with(&format!("[http]\nweb_dir = \"{}\"", folder.path().display())).await;
    let answer = app.send("GET", "/", &[], None).await;
    assert_eq!(answer.status, 503);
    assert!(answer.text.contains("not built"), "{}", answer.text);
    app.stop().await;
}
