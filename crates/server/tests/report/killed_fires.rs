//! The server is killed while schedules fire: each time fires once, with all of its reports.

use super::history;
use super::process::Server;
use hookflash_domain::Timestamp;
use hookflash_store::report_schedules::ReportScheduleRow;
use hookflash_store::{By, Options, Store};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Fewer than the tries that a run has.
const KILLS: u64 = 4;
const REPORTS: [&str; 3] = ["agent-summary", "queue-summary", "abandons"];
/// Longer than all of it takes.
const LIMIT: Duration = Duration::from_secs(300);

#[tokio::test]
async fn fires_outlive_the_process_and_are_made_once() {
    tokio::time::timeout(LIMIT, killed()).await.unwrap();
}

async fn killed() {
    let folder = history();
    let folder = folder.path();
    let mut server = Server::start(folder).await;
    let mut schedules = Vec::new();
    for _ in 0..KILLS {
        schedules.push(create(&server).await);
    }
    server.kill();
    for (kill, schedule) in (0..).zip(&schedules) {
        miss_a_time(folder, schedule).await;
        server.start_again(folder).await;
        // At different places: before the fire, in it, after it, in the midst of its reports.
        tokio::time::sleep(Duration::from_millis(7 * kill * kill)).await;
        server.kill();
    }
    server.start_again(folder).await;
    while !is_over(&server).await {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut made = BTreeMap::<String, Vec<String>>::new();
    for run in server.runs().await {
        assert_eq!(run["state"], "completed", "{run:#}");
        let fire = run["fire_id"].as_str().unwrap().to_owned();
        made.entry(fire).or_default().push(run["report"].as_str().unwrap().to_owned());
    }
    let wanted = REPORTS.into_iter().rev().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(made.into_values().collect::<Vec<_>>(), vec![wanted; schedules.len()]);
}

/// A schedule that is not due by itself as long as this test runs.
async fn create(server: &Server) -> String {
    let month = (hookflash::clock::now().0 / 2_629_746_000 + 6) % 12 + 1;
    let reports: Vec<_> =
        REPORTS.iter().map(|report| json!({ "report": report, "period": "last_month" })).collect();
    let body = json!({
        "name": "Killed",
        "when": { "kind": "cron", "line": format!("0 0 1 {month} *") },
        "reports": reports,
        "formats": ["csv"],
    });
    let schedule = server.post("schedules", &body).await;
    schedule["schedule_id"].as_str().unwrap_or_else(|| panic!("{schedule}")).to_owned()
}

/// Makes a schedule due a minute ago, while the server is down.
async fn miss_a_time(folder: &Path, schedule: &str) {
    let url = format!("sqlite:{}", folder.join("data/hookflash.db").display());
    let store = Store::open(&url, Options::default()).await.unwrap();
    let row = store.report_schedule(schedule.parse().unwrap()).await.unwrap().unwrap();
    let now = hookflash::clock::now();
    let by = By { at: now, user_id: None, name: "the test".to_owned() };
    let row = ReportScheduleRow { next_fire_at: Some(Timestamp(now.0 - 60_000)), ..row };
    store.change_report_schedule(&row, &by).await.unwrap().unwrap();
    store.close().await;
}

/// Whether each schedule has fired and its reports are over.
async fn is_over(server: &Server) -> bool {
    let schedules: Value = server.get("schedules").await.json().await.unwrap();
    let is_over = |run: &Value| run["state"] != "queued" && run["state"] != "running";
    let fires = schedules.as_array().unwrap().iter().map(|schedule| schedule["last_fire"]["runs"].as_array());
    fires.into_iter().all(|runs| runs.is_some_and(|runs| runs.iter().all(is_over)))
}
