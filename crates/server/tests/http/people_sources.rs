//! Sources of people over the API: a file is read, its people are found, and what is wrong is told.

use crate::app::{Answer, Session, TestApp};
use hookflash_directory::index::Search;
use serde_json::{Value, json};
use std::time::Duration;

const SOURCES: &str = "/api/v1/people-sources";

pub(crate) async fn source(app: &TestApp, admin: &Session, name: &str) -> String {
    let made = app.call(admin, "POST", SOURCES, Some(&json!({ "name": name }))).await;
    assert_eq!(made.status, 201, "{made:?}");
    format!("{SOURCES}/{}", made.json()["source_id"].as_str().unwrap())
}

pub(crate) async fn upload(app: &TestApp, admin: &Session, source: &str, query: &str, file: &str) -> Answer {
    let headers = [
        ("cookie", admin.cookie.as_str()),
        ("x-hookflash-csrf", admin.csrf.as_str()),
        ("content-type", "text/csv"),
    ];
    app.send("POST", &format!("{source}/imports{query}"), &headers, Some(file.to_owned())).await
}

/// The newest import of a source, once it is over.
async fn over(app: &TestApp, admin: &Session, source: &str) -> Value {
    for _ in 0..400 {
        let imports = app.get(admin, &format!("{source}/imports")).await.json();
        if imports[0]["state"] != "running" {
            return imports[0].clone();
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the import does not end");
}

/// Waits until a search finds exactly these.
pub(crate) async fn found(app: &TestApp, text: &str, names: &[&str]) {
    let mut last = Vec::new();
    for _ in 0..400 {
        let search = Search { text, limit: 10, ..Search::default() };
        last = app.app.state.people.search(&search).into_iter().map(|entry| entry.display).collect();
        if last == names {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{text:?} finds {last:?}, not {names:?}");
}

#[tokio::test]
async fn a_file_is_read_and_its_people_are_found_until_the_source_is_switched_off() {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let hr = source(&app, &admin, "HR").await;
    let file = "id;name;email\n1;Jürgen Großmann;j@x.example\n2;;b@x.example\n3;Anna Maier;a@x.example\n";
    let begun = upload(&app, &admin, &hr, "", file).await;
    assert_eq!(begun.status, 202, "{begun:?}");
    let done = over(&app, &admin, &hr).await;
    assert_eq!(
        json!([done["state"], done["read_count"], done["added_count"], done["refused_count"], done["full"]]),
        json!(["completed", 3, 2, 1, true])
    );
    let refused = format!("/api/v1/people-imports/{}/refused", done["import_id"].as_str().unwrap());
    let refused = app.get(&admin, &refused).await.json();
    assert_eq!(refused, json!([{ "place": "3", "reason": "no_name", "words": "there is no name" }]));
    found(&app, "grosman jurgen", &["Jürgen Großmann"]).await;
    let listed = app.get(&admin, SOURCES).await.json();
    assert_eq!(
        (&listed[0]["people_count"], &listed[0]["last_import"]["added_count"]),
        (&json!(2), &json!(2))
    );

    let incremental = upload(&app, &admin, &hr, "?full=false", "id,name\n3,Anna Weber\n").await;
    assert_eq!(incremental.status, 202);
    found(&app, "anna", &["Anna Weber"]).await;
    found(&app, "jürgen", &["Jürgen Großmann"]).await;

    app.call(&admin, "PATCH", &hr, Some(&json!({ "active": false }))).await;
    found(&app, "anna", &[]).await;
    app.call(&admin, "PATCH", &hr, Some(&json!({ "active": true }))).await;
    found(&app, "anna", &["Anna Weber"]).await;
    assert_eq!(app.call(&admin, "DELETE", &hr, None).await.status, 204);
    found(&app, "anna", &[]).await;
    assert_eq!(app.get(&admin, SOURCES).await.json(), json!([]));
    app.stop().await;
}

#[tokio::test]
async fn a_file_that_cannot_be_read_changes_nothing() {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let hr = source(&app, &admin, "HR").await;
    upload(&app, &admin, &hr, "", "id,name\n1,Anna\n").await;
    found(&app, "anna", &["Anna"]).await;
    for (file, code, column) in [
        ("", "empty_file", None),
        ("id,phone\n1,2\n", "missing_name_column", None),
        ("name,phone\n1,2\n", "missing_key_column", None),
        ("id,name,Full Name\n1,Bernd,b\n", "column_twice", Some("Full Name")),
        ("id,name,chat:teams\n1,Bernd,b\n", "unknown_network_column", Some("chat:teams")),
    ] {
        let refused = upload(&app, &admin, &hr, "", file).await;
        assert_eq!(refused.outcome(), (422, code.to_owned()));
        assert_eq!(refused.json()["errors"][0]["field"].as_str(), column, "{code}");
    }
    let imports = app.get(&admin, &format!("{hr}/imports")).await.json();
    assert_eq!(imports.as_array().unwrap().len(), 1, "no import was begun");
    upload(&app, &admin, &hr, "", "id,name\n,\n7,\n").await;
    let done = over(&app, &admin, &hr).await;
    assert_eq!((&done["state"], &done["error_code"]), (&json!("failed"), &json!("nobody_named")));
    found(&app, "anna", &["Anna"]).await;
    let taken = app.call(&admin, "POST", SOURCES, Some(&json!({ "name": "hr" }))).await;
    assert_eq!(taken.outcome(), (409, "name_taken".to_owned()));
    app.stop().await;
}
