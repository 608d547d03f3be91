//! Reports over the API: asked for, made, downloaded; refused, cancelled, removed; seen by whom they may be.

use crate::app::{Answer, Session, TestApp};
use hookflash_domain::figures::{
    Fact, InvitationFact, InvitationOutcome, NO_AGENT, Target, Visit, VisitOutcome,
};
use hookflash_domain::{ConsultId, InteractionId, NetworkId, PersonId, QueueId, Timestamp};
use hookflash_store::Write;
use serde_json::{Value, json};
use std::io::Read as _;
use std::time::Duration;

/// 20 October 2026, noon in UTC.
const NOON: i64 = 1_792_497_600_000;
const RUNS: &str = "/api/v1/reports/runs";

/// Longer than any report of these tests takes.
const LIMIT: Duration = Duration::from_secs(60);

async fn prepared() -> (TestApp, String) {
    let app = TestApp::start().await;
    let admin = app.sign_in("admin").await;
    let made = app.call(&admin, "POST", "/api/v1/queues", Some(&json!({ "name": "=Billing" }))).await;
    let queue_id = made.json()["queue_id"].as_str().unwrap().to_owned();
    let queue: QueueId = queue_id.parse().unwrap();
    let mut facts: Vec<_> = (0..3).map(|day| visit(queue, NOON + day * 86_400_000)).collect();
    facts.extend((0..4).map(|expert| invitation(queue, "skype", expert)));
    facts.extend((0..5).map(|expert| invitation(queue, "xmpp", expert)));
    app.store().commit(vec![Write::Facts(facts)]).await.unwrap();
    (app, queue_id)
}

fn visit(queue: QueueId, left_at: i64) -> Fact {
    Fact::Visit(Visit {
        interaction: InteractionId(hookflash::ids::new_id()),
        no: 0,
        queue,
        agent: NO_AGENT,
        entered_at: Timestamp(left_at - 9_000),
        left_at: Timestamp(left_at),
        outcome: VisitOutcome::Abandoned,
        target: Target::default(),
    })
}

fn invitation(queue: QueueId, network: &str, expert: i64) -> Fact {
    Fact::Invitation(InvitationFact {
        consult: ConsultId(hookflash::ids::new_id()),
        no: 0,
        queue,
        agent: NO_AGENT,
        expert: PersonId {
            network: NetworkId(network.to_owned()),
            address: format!("expert{expert}@{network}.test"),
        },
        expert_name: format!("Expert {expert}"),
        asked_at: Timestamp(NOON),
        settled_at: Timestamp(NOON + 5_000),
        replied_at: None,
        ended_at: Timestamp(NOON + 65_000),
        outcome: InvitationOutcome::Accepted,
        target_ms: 30_000,
    })
}

fn asked(formats: &[&str]) -> Value {
    json!({ "from": "2026-10-19", "to": "2026-10-25", "formats": formats, "time_zone": "UTC" })
}

async fn ask(app: &TestApp, session: &Session, report: &str, body: &Value) -> Answer {
    app.call(session, "POST", &format!("/api/v1/reports/{report}/runs"), Some(body)).await
}

/// Asks for a report and waits until it is over.
async fn made(app: &TestApp, session: &Session, report: &str, formats: &[&str]) -> Value {
    over(app, session, ask(app, session, report, &asked(formats)).await).await
}

/// Waits until a run is over.
async fn over(app: &TestApp, session: &Session, run: Answer) -> Value {
    assert_eq!(run.status, 201, "{run:?}");
    let path = format!("{RUNS}/{}", run.json()["run_id"].as_str().unwrap());
    let over = async {
        loop {
            let run = app.get(session, &path).await.json();
            if run["ended_at"].is_i64() {
                return run;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(LIMIT, over).await.unwrap()
}

/// The headers and the bytes of a file.
async fn bytes(app: &TestApp, session: &Session, path: &str) -> (Answer, Vec<u8>) {
    let request = app.client.get(format!("{}{path}", app.url)).header("cookie", &session.cookie);
    let answer = request.send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    (Answer { status, headers, text: String::new() }, answer.bytes().await.unwrap().to_vec())
}

fn id(run: &Value) -> &str {
    run["run_id"].as_str().unwrap()
}

#[tokio::test]
async fn a_report_is_asked_for_made_and_downloaded() {
    let (app, _) = prepared().await;
    let sara = app.sign_in("sara").await;
    let run = made(&app, &sara, "queue-daily", &["csv", "pdf", "xlsx", "csv"]).await;
    assert_eq!((&run["state"], &run["progress"]), (&json!("completed"), &json!(100)), "{run}");
    assert_eq!(run["formats"], json!(["pdf", "xlsx", "csv"]));
    let kept_ms = run["expires_at"].as_i64().unwrap() - run["ended_at"].as_i64().unwrap();
    assert_eq!(kept_ms, 30 * 86_400_000);
    for (format, begins, kind) in [
        ("pdf", "%PDF-", "application/pdf"),
        ("xlsx", "PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("csv", "\u{feff}From,Queue,", "text/csv; charset=utf-8"),
    ] {
        let (answer, file) = bytes(&app, &sara, &format!("{RUNS}/{}/files/{format}", id(&run))).await;
        let told = run["files"].as_array().unwrap().iter().find(|file| file["format"] == format).unwrap();
        let name = format!("queue-daily_2026-10-19_2026-10-25.{format}");
        assert_eq!((&told["name"], told["byte_count"].as_u64()), (&json!(name), Some(file.len() as u64)));
        assert!(file.starts_with(begins.as_bytes()), "{format}");
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{name}\""));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let (_, csv) = bytes(&app, &sara, &format!("{RUNS}/{}/files/csv", id(&run))).await;
    let text = String::from_utf8(csv).unwrap();
    assert_eq!(text.matches(",'=Billing,").count(), 3, "{text}");
    app.stop().await;
}

#[tokio::test]
async fn what_does_not_fit_is_told_beside_what_does() {
    let (app, _) = prepared().await;
    let admin = app.sign_in("admin").await;
    let mut queues = Vec::<QueueId>::new();
    for no in 0..12 {
        let body = json!({ "name": format!("Queue {no}") });
        let made = app.call(&admin, "POST", "/api/v1/queues", Some(&body)).await.json();
        queues.push(made["queue_id"].as_str().unwrap().parse().unwrap());
    }
    // More half hours of queues than a PDF has rows.
    let half_hours: Vec<_> =
        (0..1_700).flat_map(|back| queues.iter().map(move |queue| (queue, back))).collect();
    for part in half_hours.chunks(2_000) {
        let facts = part.iter().map(|(queue, back)| visit(**queue, NOON - back * 1_800_000)).collect();
        app.store().commit(vec![Write::Facts(facts)]).await.unwrap();
    }
    let sara = app.sign_in("sara").await;
    let mut body = asked(&["csv", "pdf"]);
    body["from"] = json!("2026-09-01");
    let part = over(&app, &sara, ask(&app, &sara, "queue-interval", &body).await).await;
    assert_eq!((&part["state"], &part["error_code"]), (&json!("completed_with_errors"), &Value::Null));
    let failures: Vec<_> = part["files"].as_array().unwrap().iter().map(|file| &file["error_code"]).collect();
    assert_eq!(failures, [&Value::Null, &json!("data_limit")], "csv and pdf");
    let none = app.get(&sara, &format!("{RUNS}/{}/files/pdf", id(&part))).await;
    assert_eq!(none.outcome(), (404, "no_report_file".to_owned()));
    let (_, csv) = bytes(&app, &sara, &format!("{RUNS}/{}/files/csv", id(&part))).await;
    assert!(String::from_utf8(csv).unwrap().lines().count() > 20_000);
    body["formats"] = json!(["pdf"]);
    let none = over(&app, &sara, ask(&app, &sara, "queue-interval", &body).await).await;
    assert_eq!((&none["state"], &none["error_code"]), (&json!("failed"), &json!("data_limit")));
    assert_eq!(none["files"], json!([]));
    app.stop().await;
}

#[tokio::test]
async fn several_runs_come_as_one_archive() {
    let (app, _) = prepared().await;
    let sara = app.sign_in("sara").await;
    let first = made(&app, &sara, "abandons", &["csv", "pdf"]).await;
    let second = made(&app, &sara, "abandons", &["csv"]).await;
    let path = format!("/api/v1/reports/archive?run_ids={},{}", id(&first), id(&second));
    let (answer, file) = bytes(&app, &sara, &path).await;
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"reports.zip\"");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let names: Vec<_> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let stem = "abandons_2026-10-19_2026-10-25";
    assert_eq!(names, [format!("{stem}.csv"), format!("{stem}.pdf"), format!("{stem}_2.csv")]);
    let mut csv = String::new();
    archive.by_name(&names[2]).unwrap().read_to_string(&mut csv).unwrap();
    assert_eq!(csv.matches("'=Billing").count(), 3);
    for (ids, code) in [("", "invalid"), ("x", "invalid"), (&format!("{},1", id(&first)), "invalid")] {
        let refused = app.get(&sara, &format!("/api/v1/reports/archive?run_ids={ids}")).await;
        assert_eq!(refused.outcome(), (422, code.to_owned()), "{ids}");
    }
    app.stop().await;
}

#[tokio::test]
async fn each_mistake_is_told_and_nothing_is_queued() {
    let (app, queue) = prepared().await;
    let sara = app.sign_in("sara").await;
    let nobody = "00000000-0000-0000-0000-000000000000";
    let with = |part: Value| {
        let mut body = asked(&["csv"]);
        body.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        body
    };
    for (report, body, expected) in [
        ("queue-dayly", asked(&["csv"]), (404, "unknown_report")),
        ("queue-daily", asked(&[]), (422, "invalid")),
        ("queue-daily", asked(&["docx"]), (400, "bad_request")),
        ("queue-daily", json!({ "formats": ["csv"] }), (422, "invalid")),
        ("queue-daily", with(json!({ "period": "yesterday" })), (422, "invalid")),
        ("queue-daily", with(json!({ "from": "2026-10-32" })), (400, "bad_request")),
        ("queue-daily", with(json!({ "from": "2026-10-26" })), (422, "invalid")),
        ("queue-daily", with(json!({ "from": "1989-12-31" })), (422, "invalid")),
        ("queue-daily", with(json!({ "from": "2023-10-01" })), (422, "invalid")),
        ("queue-interval", with(json!({ "from": "2026-07-25" })), (422, "invalid")),
        ("queue-daily", with(json!({ "time_zone": "Mars" })), (422, "invalid")),
        ("queue-daily", with(json!({ "queue_ids": [nobody] })), (404, "unknown_queue")),
        ("agent-summary", with(json!({ "agent_ids": [nobody] })), (404, "unknown_user")),
        ("agent-summary", with(json!({ "queue_ids": [queue] })), (422, "invalid")),
        ("queue-daily", with(json!({ "agent_ids": [nobody] })), (422, "invalid")),
        ("wrap-up-summary", with(json!({ "disposition_ids": [nobody] })), (404, "unknown_disposition")),
        ("wrap-up-summary", with(json!({ "ability_ids": [nobody] })), (404, "unknown_ability")),
        ("queue-daily", with(json!({ "disposition_ids": [nobody] })), (422, "invalid")),
        ("consults", with(json!({ "media": ["voice"] })), (422, "invalid")),
        ("queue-daily", with(json!({ "media": ["fax"] })), (400, "bad_request")),
        ("queue-daily", with(json!({ "grain": "hour" })), (422, "invalid")),
        ("service-level", with(json!({ "grain": "hour", "from": "2026-07-25" })), (422, "invalid")),
        ("queue-daily", with(json!({ "more": 1 })), (400, "bad_request")),
    ] {
        let answer = ask(&app, &sara, report, &body).await;
        assert_eq!(answer.outcome(), (expected.0, expected.1.to_owned()), "{report} {body} {}", answer.text);
    }
    assert_eq!(app.get(&sara, RUNS).await.json()["rows"], json!([]));
    let longest = ask(&app, &sara, "queue-interval", &with(json!({ "from": "2026-07-26" }))).await;
    assert_eq!(longest.status, 201);
    app.stop().await;
}

#[tokio::test]
async fn runs_are_seen_by_who_asked_and_by_administrators() {
    let (app, _) = prepared().await;
    let (sara, admin) = (app.sign_in("sara").await, app.sign_in("admin").await);
    let of_sara = made(&app, &sara, "expert-workload", &["csv"]).await;
    let of_admin = made(&app, &admin, "expert-workload", &["csv"]).await;
    let ids = async |session: &Session, query: &str| {
        let page = app.get(session, &format!("{RUNS}{query}")).await.json();
        page["rows"].as_array().unwrap().iter().map(|run| id(run).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&sara, "?all=true").await, [id(&of_sara)]);
    assert_eq!(ids(&admin, "").await, [id(&of_admin)]);
    assert_eq!(ids(&admin, "?all=true").await, [id(&of_admin), id(&of_sara)]);
    assert_eq!(ids(&admin, "?all=true&limit=1").await, [id(&of_admin)]);
    assert_eq!(ids(&admin, &format!("?all=true&before={}", id(&of_admin))).await, [id(&of_sara)]);
    let hidden = format!("{RUNS}/{}", id(&of_admin));
    for (method, path) in [
        ("GET", hidden.clone()),
        ("DELETE", hidden.clone()),
        ("POST", format!("{hidden}/cancel")),
        ("GET", format!("{hidden}/files/csv")),
        ("GET", format!("/api/v1/reports/archive?run_ids={},{}", id(&of_sara), id(&of_admin))),
    ] {
        let answer = app.call(&sara, method, &path, None).await;
        assert_eq!(answer.outcome(), (404, "unknown_report_run".to_owned()), "{method} {path}");
    }
    let text = async |session: &Session, run: &Value| {
        let (_, file) = bytes(&app, session, &format!("{RUNS}/{}/files/csv", id(run))).await;
        String::from_utf8(file).unwrap()
    };
    assert_eq!(text(&admin, &of_admin).await.matches("\r\nExpert ").count(), 9);
    // Four experts of one network are too few for their figures to be shown; nobody is named.
    let groups = text(&sara, &of_sara).await;
    let lines: Vec<_> = groups.lines().skip(1).collect();
    assert_eq!(lines[0].trim_end_matches(','), "skype,4", "{groups}");
    assert!(lines[1].starts_with("xmpp,5,300,1,5,"), "{groups}");
    assert_eq!(groups.matches("expert").count(), 0, "{groups}");
    app.stop().await;
}

#[tokio::test]
async fn what_waits_can_be_cancelled_and_removed_and_not_without_end() {
    let app = TestApp::with("[reports]\nwaiting_per_user = 3").await;
    let sara = app.sign_in("sara").await;
    // Another node is making one, so these wait.
    let first = ask(&app, &sara, "abandons", &asked(&["csv"])).await.json();
    let claimed = async {
        while app.get(&sara, &format!("{RUNS}/{}", id(&first))).await.json()["ended_at"].is_null() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(LIMIT, claimed).await.unwrap();
    let busy = hold_the_runner(&app).await;
    let mut waiting = Vec::new();
    for _ in 0..3 {
        waiting.push(ask(&app, &sara, "abandons", &asked(&["csv"])).await.json());
    }
    let refused = ask(&app, &sara, "abandons", &asked(&["csv"])).await;
    assert_eq!(refused.outcome(), (429, "reports_busy".to_owned()));
    let path = |run: &Value| format!("{RUNS}/{}", id(run));
    let cancelled = app.call(&sara, "POST", &format!("{}/cancel", path(&waiting[0])), None).await;
    assert_eq!(cancelled.json()["state"], json!("cancelled"));
    let again = app.call(&sara, "POST", &format!("{}/cancel", path(&first)), None).await;
    assert_eq!(again.json()["state"], json!("completed"), "what is over stays as it is");
    let none = app.get(&sara, &format!("{}/files/csv", path(&waiting[1]))).await;
    assert_eq!(none.outcome(), (404, "no_report_file".to_owned()));
    assert_eq!(app.call(&sara, "DELETE", &path(&waiting[1]), None).await.status, 204);
    assert_eq!(app.get(&sara, &path(&waiting[1])).await.outcome(), (404, "unknown_report_run".to_owned()));
    let admin = app.sign_in("admin").await;
    assert_eq!(app.call(&admin, "DELETE", &path(&busy), None).await.status, 204);
    assert_eq!(made(&app, &sara, "abandons", &["csv"]).await["state"], json!("completed"));
    assert_eq!(app.get(&sara, &path(&waiting[2])).await.json()["state"], json!("completed"));
    app.stop().await;
}

/// Takes a run for a node that never finishes it, and gives it.
async fn hold_the_runner(app: &TestApp) -> Value {
    use hookflash_store::By;
    use hookflash_store::report_runs::{ReportRunRow, RunLimits};
    let user_id = app.user_id("admin").await;
    let run = ReportRunRow {
        run_id: hookflash::ids::new_id(),
        user_id,
        report: "abandons".to_owned(),
        parameters: "{}".to_owned(),
        shows_people: false,
        state: "running".to_owned(),
        attempt: 1,
        progress: 0,
        error_code: None,
        requested_at: Timestamp(0),
        started_at: Some(Timestamp(0)),
        ended_at: None,
        expires_at: None,
        lease_until: Some(Timestamp(i64::MAX)),
        fire_id: None,
    };
    let by = By { at: Timestamp(0), user_id: Some(user_id), name: "the test".to_owned() };
    app.store().ask_for_report(&run, RunLimits { all: 9, one_user: 9 }, &by).await.unwrap();
    json!({ "run_id": run.run_id })
}

#[tokio::test]
async fn the_library_says_what_can_be_asked_for() {
    let app = TestApp::start().await;
    let sara = app.sign_in("sara").await;
    let library = app.get(&sara, "/api/v1/reports?language=de").await.json();
    assert_eq!(library.as_array().map(Vec::len), Some(13));
    let daily = library.as_array().unwrap().iter().find(|one| one["name"] == "queue-daily").unwrap();
    assert_eq!(daily["title"], json!("Warteschlangen nach Tagen"));
    assert_eq!(daily["formats"], json!(["pdf", "xlsx", "csv"]));
    let names: Vec<_> = daily["parameters"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    let wanted = ["period", "grain", "queue_ids", "media", "formats", "time_zone", "language", "paper"];
    assert_eq!(names, wanted);
    assert_eq!((&daily["grains"], &daily["media"]), (&json!(["day", "week", "month"]), &json!(["voice"])));
    app.stop().await;
}
