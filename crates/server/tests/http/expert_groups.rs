//! Groups of experts over the API.

use crate::app::TestApp;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/expert-groups";

fn member(address: &str) -> Value {
    json!({ "network": "skype", "address": address, "name": "Oskar", "consult_limit": null, "quiet_hours": null })
}

fn group(name: &str, members: &[Value]) -> Value {
    json!({ "name": name, "mode": "all_at_once", "within_ms": 20_000, "members": members })
}

#[tokio::test]
async fn a_supervisor_keeps_them_an_agent_reads_them_and_what_makes_no_sense_is_refused() {
    let app = TestApp::start().await;
    let (sara, dana) = (app.sign_in("sara").await, app.sign_in("dana").await);
    let mut priya = member("sip:priya@lab.test");
    (priya["consult_limit"], priya["quiet_hours"]) = (json!(2), json!("mon-fri 18:00-08:00"));
    let set = group("Mortgages", &[priya.clone(), member("sip:oskar@lab.test")]);
    let made = app.call(&sara, "POST", PATH, Some(&set)).await;
    assert_eq!(made.outcome(), (201, String::new()));
    let id = made.json()["group_id"].clone();
    let mut kept = set.clone();
    kept["group_id"] = id.clone();
    assert_eq!(app.get(&dana, PATH).await.json(), json!([kept]));

    let with = |key: &str, value: Value| {
        let mut one = member("sip:oskar@lab.test");
        one[key] = value;
        group("Cards", &[one])
    };
    let mut short = group("Cards", &[member("a")]);
    short["within_ms"] = json!(4_999);
    for (wrong, expected) in [
        (group(" ", &[member("a")]), (422, "invalid")),
        (group("Cards", &[]), (422, "invalid")),
        (group("Cards", &[member("a"), member("a")]), (422, "invalid")),
        (group("Cards", &vec![member("a"); 21]), (422, "invalid")),
        (short, (422, "invalid")),
        (with("network", json!("nowhere")), (422, "invalid")),
        (with("address", json!("")), (422, "invalid")),
        (with("name", json!("x".repeat(201))), (422, "invalid")),
        (with("consult_limit", json!(0)), (422, "invalid")),
        (with("quiet_hours", json!("tonight")), (422, "invalid")),
        (group("mortGAGES", &[member("a")]), (409, "name_taken")),
    ] {
        let answer = app.call(&sara, "POST", PATH, Some(&wrong)).await;
        assert_eq!(answer.outcome(), (expected.0, expected.1.to_owned()), "{wrong}");
    }
    assert_eq!(app.get(&dana, PATH).await.json(), json!([kept]), "what was refused changed nothing");

    let one = format!("{PATH}/{}", id.as_str().unwrap());
    let changed = group("Loans", &[member("sip:tom@lab.test"), priya]);
    let answer = app.call(&sara, "PUT", &one, Some(&changed)).await.json();
    assert_eq!((&answer["name"], &answer["members"]), (&changed["name"], &changed["members"]));
    assert_eq!(app.call(&sara, "DELETE", &one, None).await.outcome(), (204, String::new()));
    assert_eq!(app.get(&dana, PATH).await.json(), json!([]));
    app.stop().await;
}
