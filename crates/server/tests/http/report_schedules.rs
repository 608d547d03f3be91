//! Schedules of reports over the API: made, changed, fired at their time and by hand; refused; seen by all supervisors
//! and changed by who may.

use crate::app::{Answer, Session, TestApp};
use hookflash_domain::Timestamp;
use hookflash_store::By;
use hookflash_store::report_schedules::ReportScheduleRow;
use serde_json::{Value, json};
use std::time::Duration;

const SCHEDULES: &str = "/api/v1/reports/schedules";
const DAY_MS: i64 = 86_400_000;
/// Longer than any report of these tests takes.
const LIMIT: Duration = Duration::from_secs(60);

fn mornings() -> Value {
    json!({
        "name": " Mornings ",
        "when": { "kind": "daily", "at": "06:30" },
        "time_zone": "Europe/Berlin",
        "reports": [
            { "report": "queue-daily", "period": "last_week" },
            { "report": "agent-summary", "period": "yesterday" },
        ],
        "formats": ["csv", "pdf", "csv"],
        "language": "de",
    })
}

fn with(change: &Value) -> Value {
    let mut body = mornings();
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    body
}

async fn created(app: &TestApp, session: &Session, body: &Value) -> Value {
    let answer = app.call(session, "POST", SCHEDULES, Some(body)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()
}

fn path(schedule: &Value) -> String {
    format!("{SCHEDULES}/{}", schedule["schedule_id"].as_str().unwrap())
}

async fn change(app: &TestApp, session: &Session, schedule: &Value, body: Value) -> Answer {
    app.call(session, "PATCH", &path(schedule), Some(&body)).await
}

/// Waits until the reports of a schedule's last fire are over.
async fn made(app: &TestApp, session: &Session, schedule: &Value) -> Value {
    let made = async {
        loop {
            let schedule = app.get(session, &path(schedule)).await.json();
            let is_over = |run: &Value| !["queued", "running"].iter().any(|state| run["state"] == *state);
            if schedule["last_fire"]["runs"].as_array().is_some_and(|runs| runs.iter().all(is_over)) {
                return schedule;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(LIMIT, made).await.unwrap()
}

/// Makes a schedule due since a moment, as if the server had been stopped meanwhile.
async fn missed(app: &TestApp, schedule: &Value, since: i64) {
    let id = schedule["schedule_id"].as_str().unwrap().parse().unwrap();
    let row = app.store().report_schedule(id).await.unwrap().unwrap();
    let by = By { at: Timestamp(0), user_id: None, name: "the test".to_owned() };
    let row = ReportScheduleRow { next_fire_at: Some(Timestamp(since)), ..row };
    app.store().change_report_schedule(&row, &by).await.unwrap().unwrap();
}

async fn runs(app: &TestApp, session: &Session) -> Vec<Value> {
    app.get(session, "/api/v1/reports/runs").await.json()["rows"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_schedule_is_made_changed_run_and_removed() {
    let app = TestApp::start().await;
    let sara = app.sign_in("sara").await;
    let schedule = created(&app, &sara, &mornings()).await;
    assert_eq!((&schedule["name"], &schedule["formats"]), (&json!("Mornings"), &json!(["pdf", "csv"])));
    let next = schedule["next_fire_at"].as_i64().unwrap();
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    let clock = jiff::Timestamp::from_millisecond(next).unwrap().to_zoned(zone);
    assert_eq!(clock.strftime("%H:%M:%S").to_string(), "06:30:00");
    assert!((0..=DAY_MS + 3_600_000).contains(&(next - hookflash::clock::now().0)));
    assert_eq!(schedule["last_fire"], Value::Null);

    let fired = app.call(&sara, "POST", &format!("{}/run", path(&schedule)), None).await;
    assert_eq!((fired.status.as_u16(), &fired.json()["last_fire"]["by_hand"]), (200, &json!(true)));
    let schedule = made(&app, &sara, &schedule).await;
    assert_eq!(schedule["next_fire_at"], json!(next), "its next time stays");
    let fire = &schedule["last_fire"];
    let told: Vec<_> =
        fire["runs"].as_array().unwrap().iter().map(|run| (&run["report"], &run["state"])).collect();
    let done = json!("completed");
    assert_eq!(told, [(&json!("queue-daily"), &done), (&json!("agent-summary"), &done)]);
    let run = &runs(&app, &sara).await[0];
    assert_eq!(
        (&run["fire_id"], &run["language"], &run["formats"]),
        (&fire["fire_id"], &json!("de"), &json!(["pdf", "csv"]))
    );

    let off = change(&app, &sara, &schedule, json!({ "enabled": false, "name": "Off" })).await.json();
    assert_eq!(
        (&off["enabled"], &off["next_fire_at"], &off["name"]),
        (&json!(false), &Value::Null, &json!("Off"))
    );
    assert_eq!(off["reports"], schedule["reports"]);
    let noons =
        json!({ "enabled": true, "when": { "kind": "cron", "line": "0 12 * * 1-5" }, "time_zone": "UTC" });
    let on = change(&app, &sara, &schedule, noons).await.json();
    assert_eq!(on["next_fire_at"].as_i64().unwrap() % DAY_MS, DAY_MS / 2);
    assert_eq!(app.get(&sara, SCHEDULES).await.json(), json!([on]));
    assert_eq!(app.call(&sara, "DELETE", &path(&schedule), None).await.status, 204);
    assert_eq!(app.get(&sara, &path(&schedule)).await.outcome(), (404, "unknown_report_schedule".to_owned()));
    assert_eq!(runs(&app, &sara).await.len(), 2, "what was made stays");
    app.stop().await;
}

#[tokio::test]
async fn what_was_missed_is_made_up_for_once_about_the_days_before_its_time() {
    let app = TestApp::start().await;
    let sara = app.sign_in("sara").await;
    // Due at midnight, UTC: the last time that was missed is today's.
    let body = with(&json!({ "when": { "kind": "daily", "at": "00:00" }, "time_zone": "UTC" }));
    let schedule = created(&app, &sara, &body).await;
    let midnight = schedule["next_fire_at"].as_i64().unwrap() - DAY_MS;
    missed(&app, &schedule, midnight - 9 * DAY_MS).await;
    let schedule = made(&app, &sara, &schedule).await;
    let fire = &schedule["last_fire"];
    assert_eq!((&fire["due_at"], &fire["by_hand"]), (&json!(midnight), &json!(false)));
    assert_eq!(schedule["next_fire_at"], json!(midnight + DAY_MS));
    let runs = runs(&app, &sara).await;
    let yesterday =
        jiff::Timestamp::from_millisecond(midnight - DAY_MS).unwrap().strftime("%Y-%m-%d").to_string();
    assert_eq!(
        (runs.len(), &runs[0]["report"], &runs[0]["from"]),
        (2, &json!("agent-summary"), &json!(yesterday))
    );
    app.stop().await;
}

#[tokio::test]
async fn a_schedule_whose_owner_may_not_ask_any_more_is_switched_off() {
    let app = TestApp::start().await;
    let (sara, admin) = (app.sign_in("sara").await, app.sign_in("admin").await);
    let schedule = created(&app, &sara, &mornings()).await;
    let user = format!("/api/v1/users/{}", app.user_id("sara").await);
    assert_eq!(app.call(&admin, "PATCH", &user, Some(&json!({ "roles": ["agent"] }))).await.status, 200);
    missed(&app, &schedule, 1_000).await;
    let off = async {
        while app.get(&admin, &path(&schedule)).await.json()["enabled"] == json!(true) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(LIMIT, off).await.unwrap();
    let off = app.get(&admin, &path(&schedule)).await.json();
    assert_eq!((&off["last_fire"], &off["off_reason"]), (&Value::Null, &json!("owner")));
    let on = change(&app, &admin, &schedule, json!({ "enabled": true })).await.json();
    assert_eq!((&on["enabled"], &on["off_reason"]), (&json!(true), &Value::Null));
    app.stop().await;
}

#[tokio::test]
async fn all_supervisors_see_a_schedule_and_its_owner_and_administrators_change_it() {
    let app = TestApp::start().await;
    let (sara, admin) = (app.sign_in("sara").await, app.sign_in("admin").await);
    let of_sara = created(&app, &sara, &mornings()).await;
    let of_admin = created(&app, &admin, &mornings()).await;
    let seen = app.get(&sara, SCHEDULES).await.json();
    let told: Vec<_> =
        seen.as_array().unwrap().iter().map(|one| (&one["user_name"], &one["may_change"])).collect();
    assert_eq!(told, [(&of_sara["user_name"], &json!(true)), (&of_admin["user_name"], &json!(false))]);
    for (method, path, body) in [
        ("PATCH", path(&of_admin), Some(json!({ "enabled": false }))),
        ("DELETE", path(&of_admin), None),
        ("POST", format!("{}/run", path(&of_admin)), None),
    ] {
        let refused = app.call(&sara, method, &path, body.as_ref()).await;
        assert_eq!(refused.outcome(), (403, "not_permitted".to_owned()), "{method} {path}");
    }
    let changed = change(&app, &admin, &of_sara, json!({ "name": "Evenings" })).await.json();
    assert_eq!((&changed["name"], &changed["user_name"]), (&json!("Evenings"), &of_sara["user_name"]));
    app.stop().await;
}

#[tokio::test]
async fn what_is_wrong_is_refused_in_words() {
    let app = TestApp::start().await;
    let sara = app.sign_in("sara").await;
    let report = |change: Value| {
        let mut report = json!({ "report": "queue-daily", "period": "yesterday" });
        report.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({ "reports": [report] })
    };
    let nobody = "00000000-0000-0000-0000-000000000000";
    for (change, code, words) in [
        (json!({ "name": "" }), "invalid", "name: must have 1 to 100 characters"),
        (json!({ "name": "a\nb" }), "invalid", "name: must not hold control characters"),
        (
            json!({ "when": { "kind": "daily", "at": "7 o'clock" } }),
            "invalid",
            "when: must have a time such as 07:30",
        ),
        (
            json!({ "when": { "kind": "cron", "line": "0 0 31 2 *" } }),
            "invalid",
            "when: names a day that no month has",
        ),
        (json!({ "when": { "kind": "hourly" } }), "bad_request", "hourly"),
        (json!({ "time_zone": "Mars" }), "invalid", "time_zone: is not a name"),
        (json!({ "formats": [] }), "invalid", "formats: must have at least one"),
        (json!({ "reports": [] }), "invalid", "reports: must have at least one"),
        (
            json!({ "reports": vec![mornings()["reports"][0].clone(); 11] }),
            "invalid",
            "reports: must have at most 10",
        ),
        (report(json!({ "report": "queue-sumary" })), "invalid", "reports: must be reports that"),
        (report(json!({ "from": "2026-10-01" })), "bad_request", "from"),
        (report(json!({ "queue_ids": [nobody] })), "unknown_queue", "there is no queue of the id"),
        (report(json!({ "agent_ids": [nobody] })), "invalid", "agent_ids: queue-daily cannot be narrowed"),
        (json!({ "surprise": 1 }), "bad_request", "surprise"),
    ] {
        let answer = app.call(&sara, "POST", SCHEDULES, Some(&with(&change))).await;
        let problem = answer.json();
        assert_eq!(problem["code"], json!(code), "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
    }
    assert_eq!(app.get(&sara, SCHEDULES).await.json(), json!([]));
    let schedule = created(&app, &sara, &mornings()).await;
    let refused = change(&app, &sara, &schedule, json!({ "name": "x", "formats": [] })).await;
    assert_eq!(refused.outcome(), (422, "invalid".to_owned()));
    assert_eq!(app.get(&sara, &path(&schedule)).await.json(), schedule);
    app.stop().await;
}
