//! The administrator's nicknames over the API: people are found by them, and what is wrong is told.

use crate::app::TestApp;
use crate::people_sources::{found, source, upload};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/nicknames";

fn of(name: &str, nicknames: &[&str]) -> Value {
    json!({ "name": name, "nicknames": nicknames })
}

#[tokio::test]
async fn a_person_is_found_by_a_new_nickname_until_it_is_taken_away() {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let hr = source(&app, &admin, "HR").await;
    upload(&app, &admin, &hr, "", "id,name\n1,Ignatius Pell\n2,Robert Pell\n").await;
    found(&app, "ignatius", &["Ignatius Pell"]).await;
    found(&app, "iggy", &[]).await;
    let before = app.get(&admin, PATH).await.json();
    assert_eq!((&before["revision"], &before["names"]), (&json!(0), &json!([])));
    assert!(before["built_in"].as_array().unwrap().iter().any(|one| one["name"] == "Robert"), "{before}");
    let put = async |revision: i64, names: Value| {
        let body = json!({ "revision": revision, "names": names });
        app.call(&admin, "PUT", PATH, Some(&body)).await
    };
    let table = json!([of("Ignatius", &["Iggy", "Nacho"])]);
    let changed = put(0, table.clone()).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!((&changed.json()["revision"], &changed.json()["names"]), (&json!(1), &table));
    found(&app, "iggy pell", &["Ignatius Pell"]).await;
    found(&app, "bob", &["Robert Pell"]).await;
    assert_eq!(put(0, json!([])).await.outcome(), (409, "nicknames_changed".to_owned()));
    assert_eq!(put(1, json!([])).await.status, 200);
    found(&app, "iggy", &[]).await;
    app.stop().await;
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let many: Vec<_> = (0..501).map(|_| of("Ada", &["Addi"])).collect();
    let letter = |n: u8| char::from(b'a' + n);
    let common: Vec<_> = (0..17).map(|n| of(&format!("Name{}", letter(n)), &["Bo"])).collect();
    let full: Vec<_> = (0..17).map(|n| format!("Nick{}", letter(n))).collect();
    for (why, names) in [
        ("no name", json!([of(" ", &["Bo"])])),
        ("no nickname", json!([of("Robert", &[])])),
        ("an empty one", json!([of("Robert", &[""])])),
        ("two words", json!([of("Robert", &["Bo Bo"])])),
        ("no letters", json!([of("Robert", &["007"])])),
        ("searched letter by letter", json!([of("山田", &["Yama"])])),
        ("too long", json!([of("Robert", &["a".repeat(33).as_str()])])),
        ("the name itself", json!([of("Jörg", &["JORG"])])),
        ("a nickname twice", json!([of("Robert", &["Bo", "bo"])])),
        ("a name twice", json!([of("Robert", &["Bo"]), of("robert", &["Rob"])])),
        ("too many names", json!(many)),
        ("too many nicknames", json!([{ "name": "Robert", "nicknames": full }])),
        ("too many names of a nickname", json!(common)),
    ] {
        let refused = app.call(&admin, "PUT", PATH, Some(&json!({ "revision": 0, "names": names }))).await;
        assert_eq!(refused.outcome(), (422, "invalid".to_owned()), "{why}");
    }
    assert_eq!(app.get(&admin, PATH).await.json()["revision"], 0);
    app.stop().await;
}
