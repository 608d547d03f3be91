//! Thresholds of queues' figures over the API.

use crate::app::TestApp;
use serde_json::{Value, json};

const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
const PATH: &str = "/api/v1/settings/thresholds";

fn of(figure: &str, queue_id: &Value, warning: Option<i64>, critical: Option<i64>) -> Value {
    json!({ "figure": figure, "queue_id": queue_id, "warning": warning, "critical": critical })
}

#[tokio::test]
async fn a_supervisor_sets_them_and_what_makes_no_sense_is_refused() {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let made = app.call(&admin, "POST", "/api/v1/queues", Some(&json!({ "name": "Billing" }))).await;
    let billing = made.json()["queue_id"].clone();
    let sara = app.sign_in("sara").await;
    let set = json!([
        of("waiting", &Value::Null, Some(5), Some(10)),
        of("waiting", &billing, Some(1), None),
        of("service_level", &Value::Null, Some(80), Some(60)),
    ]);
    let put = async |thresholds: &Value| {
        app.call(&sara, "PUT", PATH, Some(&json!({ "thresholds": thresholds }))).await
    };
    assert_eq!(put(&set).await.json()["thresholds"], set);
    let shown = app.get(&sara, PATH).await.json();
    assert_eq!(shown["thresholds"], set);
    let level = json!({ "figure": "service_level", "unit": "percent", "bad": "low", "most": 100 });
    assert!(shown["figures"].as_array().unwrap().contains(&level), "{shown}");

    let all = &Value::Null;
    for (wrong, expected) in [
        (json!([of("weather", all, Some(1), None)]), (400, "bad_request")),
        (json!([of("asa", all, None, None)]), (422, "invalid")),
        (json!([of("asa", all, Some(0), None)]), (422, "invalid")),
        (json!([of("service_level", all, Some(101), None)]), (422, "invalid")),
        (json!([of("waiting", all, Some(5), Some(5))]), (422, "invalid")),
        (json!([of("service_level", all, Some(60), Some(80))]), (422, "invalid")),
        (json!([of("asa", all, Some(1), None), of("asa", all, Some(2), None)]), (422, "invalid")),
        (json!(vec![of("asa", all, Some(1), None); 501]), (422, "invalid")),
        (json!([of("asa", &json!(NOBODY), Some(1), None)]), (404, "unknown_queue")),
    ] {
        assert_eq!(put(&wrong).await.outcome(), (expected.0, expected.1.to_owned()), "{wrong}");
    }
    assert_eq!(app.get(&sara, PATH).await.json()["thresholds"], set, "what was refused changed nothing");
    app.stop().await;
}
