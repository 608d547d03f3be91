//! Skills and languages: what is set is what is read, and what cannot be is refused whole.

use crate::app::{Session, TestApp};
use serde_json::{Value, json};

const NOBODY: &str = "01890000-0000-7000-8000-000000000000";

/// A centre with a skill, a language and a queue.
struct Set {
    app: TestApp,
    admin: Session,
    billing: Value,
    german: Value,
    queue: String,
}

impl Set {
    async fn up() -> Self {
        let app = TestApp::start().await;
        let admin = app.sign_in("admin").await;
        let created = async |path: &str, body: Value, id: &str| {
            let answer = app.call(&admin, "POST", path, Some(&body)).await;
            assert_eq!(answer.status, 201, "{answer:?}");
            answer.json()[id].clone()
        };
        let skill = json!({ "kind": "skill", "name": " Billing " });
        let language = json!({ "kind": "language", "name": "German", "tag": "DE-de" });
        let billing = created("/api/v1/abilities", skill, "ability_id").await;
        let german = created("/api/v1/abilities", language, "ability_id").await;
        let queue = created("/api/v1/queues", json!({ "name": "Help" }), "queue_id").await;
        let queue = queue.as_str().unwrap().to_owned();
        Self { app, admin, billing, german, queue }
    }

    async fn outcome(&self, method: &'static str, path: &str, body: Value) -> (u16, String) {
        let answer = self.app.call(&self.admin, method, &format!("/api/v1/{path}"), Some(&body)).await;
        let (status, code) = answer.outcome();
        (status, code.to_owned())
    }

    /// What is put is what is got.
    async fn is_kept(&self, path: &str, body: &Value) {
        let path = format!("/api/v1/{path}");
        let put = self.app.call(&self.admin, "PUT", &path, Some(body)).await;
        assert_eq!((put.status.as_u16(), &put.json()), (200, body));
        assert_eq!(&self.app.get(&self.admin, &path).await.json(), body);
    }
}

#[tokio::test]
async fn skills_and_languages_are_named_and_switched_off() {
    let set = Set::up().await;
    let list = set.app.get(&set.admin, "/api/v1/abilities").await.json();
    assert_eq!(
        list,
        json!([
            { "ability_id": set.german, "kind": "language", "name": "German", "tag": "de-DE", "active": true },
            { "ability_id": set.billing, "kind": "skill", "name": "Billing", "tag": null, "active": true },
        ])
    );
    let invalid = (422, "invalid".to_owned());
    let taken = (409, "name_taken".to_owned());
    for (body, expected) in [
        (json!({ "kind": "skill", "name": "BILLING" }), &taken),
        (json!({ "kind": "language", "name": "Deutsch", "tag": "de-de" }), &taken),
        (json!({ "kind": "skill", "name": "" }), &invalid),
        (json!({ "kind": "skill", "name": "Sales", "tag": "de" }), &invalid),
        (json!({ "kind": "language", "name": "French" }), &invalid),
        (json!({ "kind": "language", "name": "French", "tag": "french!" }), &invalid),
        (json!({ "kind": "language", "name": "French", "tag": "und" }), &invalid),
    ] {
        assert_eq!(&set.outcome("POST", "abilities", body.clone()).await, expected, "{body}");
    }
    let path = format!("abilities/{}", set.billing.as_str().unwrap());
    assert_eq!(set.outcome("PATCH", &path, json!({ "tag": "de" })).await, invalid);
    let nothing = set.outcome("PATCH", &format!("abilities/{NOBODY}"), json!({})).await;
    assert_eq!(nothing, (404, "unknown_ability".to_owned()));
    let change = json!({ "name": "Invoices", "active": false });
    let changed = set.app.call(&set.admin, "PATCH", &format!("/api/v1/{path}"), Some(&change)).await.json();
    assert_eq!((&changed["name"], &changed["active"]), (&json!("Invoices"), &json!(false)));
    let directory = set.app.get(&set.admin, "/api/v1/directory").await.json();
    assert_eq!(directory["abilities"].as_array().map(Vec::len), Some(2), "names of the past stay");
    set.app.stop().await;
}

#[tokio::test]
async fn what_a_user_can_do() {
    let set = Set::up().await;
    let path = format!("users/{}/abilities", set.app.user_id("dana").await);
    let of = |ability: &Value, level: i64| json!({ "ability_id": ability, "proficiency": level });
    let mut both = [of(&set.billing, 2), of(&set.german, 5)];
    both.sort_by_key(|one| one["ability_id"].to_string());
    set.is_kept(&path, &json!({ "abilities": both })).await;
    for wrong in [of(&set.billing, 0), of(&set.billing, 6), of(&json!(NOBODY), 1)] {
        let refused = set.outcome("PUT", &path, json!({ "abilities": [wrong] })).await;
        assert_eq!(refused, (422, "invalid".to_owned()));
    }
    let twice = json!({ "abilities": [of(&set.billing, 1), of(&set.billing, 2)] });
    assert_eq!(set.outcome("PUT", &path, twice).await, (422, "invalid".to_owned()));
    let nobody = set.outcome("PUT", &format!("users/{NOBODY}/abilities"), json!({ "abilities": [] })).await;
    assert_eq!(nobody, (404, "unknown_user".to_owned()));
    assert_eq!(set.app.get(&set.admin, &format!("/api/v1/{path}")).await.json()["abilities"], json!(both));
    set.app.stop().await;
}

#[tokio::test]
async fn how_a_queue_chooses() {
    let set = Set::up().await;
    let path = format!("queues/{}/routing", set.queue);
    let untouched = set.app.get(&set.admin, &format!("/api/v1/{path}")).await.json();
    let usual =
        json!({ "evaluation": "none", "scoring": "conversation", "priority": 0, "asks": [], "rings": [] });
    assert_eq!(untouched, usual);
    let ring = |stay_ms: i64, drops: &[&Value]| json!({ "stay_ms": stay_ms, "drops": drops });
    let routing = json!({
        "evaluation": "best", "scoring": "priority", "priority": 10, "asks": [set.billing, set.german],
        "rings": [ring(20_000, &[&set.billing])],
    });
    set.is_kept(&path, &routing).await;
    let with = |field: &str, value: Value| {
        let mut body = routing.clone();
        body[field] = value;
        body
    };
    for wrong in [
        with("priority", json!(1_001)),
        with("asks", json!([NOBODY])),
        with("rings", json!(vec![ring(1_000, &[]); 7])),
        with("rings", json!([ring(999, &[])])),
        with("rings", json!([ring(1_000, &[&set.german])])),
    ] {
        assert_eq!(set.outcome("PUT", &path, wrong.clone()).await, (422, "invalid".to_owned()), "{wrong}");
    }
    let bad = set.outcome("PUT", &path, with("evaluation", json!("some"))).await;
    assert_eq!(bad, (400, "bad_request".to_owned()));
    let nowhere = set.outcome("PUT", &format!("queues/{NOBODY}/routing"), routing.clone()).await;
    assert_eq!(nowhere, (404, "unknown_queue".to_owned()));
    assert_eq!(set.app.get(&set.admin, &format!("/api/v1/{path}")).await.json(), routing);
    set.app.stop().await;
}

#[tokio::test]
async fn by_which_rules_interactions_ask() {
    let set = Set::up().await;
    let path = "settings/demand-rules";
    let rule = |source: &str, key: &str, value: &str, ability: &Value| json!({ "source": source, "key": key, "value": value, "ability_id": ability });
    let rules = json!({ "rules": [
        rule("dialled", "", "0800100", &set.german),
        rule("attached", "topic", "invoice", &set.billing),
    ] });
    set.is_kept(path, &rules).await;
    for wrong in [
        rule("dialled", "topic", "0800100", &set.german),
        rule("attached", "", "invoice", &set.billing),
        rule("attached", "topic", "", &set.billing),
        rule("attached", "topic", "x", &json!(NOBODY)),
    ] {
        let refused = set.outcome("PUT", path, json!({ "rules": [wrong] })).await;
        assert_eq!(refused, (422, "invalid".to_owned()));
    }
    let many = vec![rule("dialled", "", "1", &set.german); 501];
    assert_eq!(set.outcome("PUT", path, json!({ "rules": many })).await, (422, "invalid".to_owned()));
    assert_eq!(set.app.get(&set.admin, &format!("/api/v1/{path}")).await.json(), rules);
    set.app.stop().await;
}
