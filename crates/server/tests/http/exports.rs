//! What pages show, as files: tables that are sent, and interactions that a filter finds.

use crate::app::{Answer, Session, TestApp};
use crate::interactions::add;
use hookflash_domain::QueueId;
use serde_json::{Value, json};
use uuid::Uuid;

const TABLES: &str = "/api/v1/exports";
const INTERACTIONS: &str = "/api/v1/interactions/export";

fn file(format: &str) -> Value {
    json!({
        "title": "Queues performance",
        "about": [{ "name": "Period", "value": "01/11/2026" }],
        "format": format,
        "time_zone": "Europe/Berlin",
        "language": "en",
    })
}

fn table(format: &str) -> Value {
    json!({
        "file": file(format),
        "columns": [
            { "name": "Time", "kind": "minute" },
            { "name": "Queue", "kind": "text" },
            { "name": "AHT", "kind": "duration" },
            { "name": "Service level", "kind": "percent" },
        ],
        "rows": [[1_793_000_000_000_i64, "=Billing", 61_000, 66.7], [1_793_000_000_000_i64, "Sales", null, null]],
        "summary": ["All", null, 61_000, 66.7],
    })
}

async fn export(app: &TestApp, session: &Session, path: &str, body: &Value) -> Answer {
    app.call(session, "POST", path, Some(body)).await
}

#[tokio::test]
async fn a_table_becomes_a_file_of_each_format() {
    let app = TestApp::start().await;
    let sara = app.sign_in("sara").await;
    let csv = export(&app, &sara, TABLES, &table("csv")).await;
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"export.csv\"");
    assert_eq!(
        csv.text.trim_start_matches('\u{feff}'),
        "Time,Queue,AHT (s),Service level\r\n2026-10-26T08:33:20+01:00,'=Billing,61,66.7\r\n\
         2026-10-26T08:33:20+01:00,Sales,,\r\n"
    );
    for (format, start, kind) in [
        ("xlsx", "PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("pdf", "%PDF-", "application/pdf"),
    ] {
        let made = export(&app, &sara, TABLES, &table(format)).await;
        assert_eq!((made.status.as_u16(), made.header("content-type")), (200, kind));
        assert!(made.text.starts_with(start), "{format}");
    }
    app.stop().await;
}

#[tokio::test]
async fn a_table_that_is_wrong_or_too_large_is_refused_in_words() {
    let app = TestApp::start().await;
    let sara = app.sign_in("sara").await;
    let with = |field: &str, value: Value| {
        let mut body = table("csv");
        body[field] = value;
        body
    };
    let filed = |field: &str, value: Value| {
        let mut body = table("csv");
        body["file"][field] = value;
        body
    };
    let row = json!([0, "x", 0, 0]);
    let mut long_pdf = table("pdf");
    long_pdf["rows"] = json!(vec![row.clone(); 5_001]);
    for (body, code, words) in [
        (with("columns", json!([])), "invalid", "columns: must have at least one"),
        (with("rows", json!([["x"]])), "invalid", "rows: must have a value for each column"),
        (with("rows", json!([[0, "x".repeat(1_001), 0, 0]])), "invalid", "of at most 1000 characters"),
        (with("rows", json!(vec![row; 10_001])), "export_too_large", "at most 10000 rows"),
        (long_pdf, "export_too_large", "A PDF has at most 5000 rows"),
        (with("summary", json!([])), "invalid", "rows: must have a value for each column"),
        (filed("title", json!(" ")), "invalid", "file.title: must have 1 to 200 characters"),
        (filed("time_zone", json!("Mars")), "invalid", "file.time_zone: is not a name"),
        (filed("format", json!("docx")), "bad_request", "docx"),
        (with("rows", json!([["x".repeat(9 << 20)]])), "too_large", "A body has at most 8388608 bytes"),
    ] {
        let answer = export(&app, &sara, TABLES, &body).await;
        let problem = answer.json();
        assert_eq!(problem["code"], json!(code), "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
    }
    app.stop().await;
}

#[tokio::test]
async fn interactions_that_a_filter_finds_are_exported_within_the_rights_of_who_asks() {
    let app = TestApp::start().await;
    let queue = QueueId(Uuid::from_u128(7));
    let (dana, ben) = (app.user_id("dana").await, app.user_id("ben").await);
    for at in 0..1_100 {
        add(&app, if at % 2 == 0 { dana } else { ben }, queue, 1_772_409_600_000 + at * 60_000).await;
    }
    let asked = |filters: Value| json!({ "file": file("csv"), "columns": ["agent", "started", "talk", "note"], "filters": filters });
    let lines = async |name: &str, filters: Value| {
        let session = app.sign_in(name).await;
        let answer = export(&app, &session, INTERACTIONS, &asked(filters)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = lines("sara", json!({})).await;
    assert_eq!((all[0].as_str(), all.len()), ("Agent,Started,Talk (s),Note", 1_101));
    assert!(all[1].starts_with("ben of the test,2026-03-02T"), "the newest first: {}", all[1]);
    assert_eq!(lines("sara", json!({ "to_at": 1_772_409_600_000_i64 + 60_000 })).await.len(), 2);
    let own = lines("dana", json!({})).await;
    assert_eq!(own.len(), 551);
    assert!(own[1..].iter().all(|line| line.starts_with("dana of the test,")));
    assert_eq!(lines("dana", json!({ "agent_id": ben.0 })).await.len(), 1, "another's are not there");
    app.stop().await;
}

#[tokio::test]
async fn an_export_of_interactions_that_is_wrong_is_refused() {
    let app = TestApp::start().await;
    let sara = app.sign_in("sara").await;
    for (columns, filters, code, words) in [
        (json!([]), json!({}), "invalid", "columns: must be keys"),
        (json!(["colour"]), json!({}), "invalid", "columns: must be keys"),
        (json!(["agent", "agent"]), json!({}), "invalid", "columns: must be keys"),
        (json!(["agent"]), json!({ "limit": 5 }), "invalid", "filters: must not have cursor or limit"),
        (json!(["agent"]), json!({ "from_at": 2, "to_at": 1 }), "bad_request", "from_at"),
        (json!(["agent"]), json!({ "colour": "red" }), "bad_request", "colour"),
    ] {
        let body = json!({ "file": file("csv"), "columns": columns, "filters": filters });
        let answer = export(&app, &sara, INTERACTIONS, &body).await;
        let problem = answer.json();
        assert_eq!(problem["code"], json!(code), "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
    }
    app.stop().await;
}
