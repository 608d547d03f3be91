//! The server is killed in the midst of runs: each is made once, and no half file is ever offered.

use super::history;
use super::process::Server;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::time::Duration;

/// Fewer than the tries that a run has.
const KILLS: u64 = 4;
/// Longer than all of it takes.
const LIMIT: Duration = Duration::from_secs(300);

#[tokio::test]
async fn runs_outlive_the_process_and_are_made_once() {
    tokio::time::timeout(LIMIT, killed()).await.unwrap();
}

async fn killed() {
    let folder = history();
    let folder = folder.path();
    let mut server = Server::start(folder).await;
    let mut asked = BTreeSet::new();
    for report in ["interaction-details", "queue-summary", "interaction-details", "abandons"] {
        asked.insert(ask(&server, report).await);
    }
    let mut tries = 0;
    for kill in 0..KILLS {
        if !is_making(&server).await {
            break;
        }
        // At different places: reading, writing, keeping.
        tokio::time::sleep(Duration::from_millis(40 + 170 * kill)).await;
        server.kill_and_start(folder).await;
        tries += 1;
        whole(&server, &server.runs().await).await;
    }
    assert!(tries > 1, "it was killed in the midst of runs");
    while server.runs().await.iter().any(|run| run["ended_at"].is_null()) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let runs = server.runs().await;
    let ended: Vec<_> = runs.iter().map(|run| run["run_id"].as_str().unwrap().to_owned()).collect();
    assert_eq!((ended.len(), ended.into_iter().collect()), (asked.len(), asked));
    assert!(runs.iter().all(|run| run["state"] == "completed"), "{runs:#?}");
    assert_eq!(whole(&server, &runs).await, 3 * runs.len());
}

async fn ask(server: &Server, report: &str) -> String {
    let body = json!({ "from": "2025-01-01", "to": "2027-12-31", "formats": ["pdf", "xlsx", "csv"] });
    let run = server.post(&format!("{report}/runs"), &body).await;
    run["run_id"].as_str().unwrap_or_else(|| panic!("{run}")).to_owned()
}

/// Waits until a run is being made, or all are over.
async fn is_making(server: &Server) -> bool {
    loop {
        let runs = server.runs().await;
        if runs.iter().any(|run| run["state"] == "running") {
            return true;
        }
        if runs.iter().all(|run| run["ended_at"].is_i64()) {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Reads all files that are offered to their ends, and says how many.
async fn whole(server: &Server, runs: &[Value]) -> usize {
    let mut count = 0;
    for run in runs {
        for file in run["files"].as_array().unwrap() {
            let format = file["format"].as_str().unwrap();
            let path = format!("runs/{}/files/{format}", run["run_id"].as_str().unwrap());
            let bytes = server.get(&path).await.bytes().await.unwrap();
            assert_eq!(Some(bytes.len() as u64), file["byte_count"].as_u64(), "{run}");
            match format {
                "pdf" => assert!(bytes.starts_with(b"%PDF-") && bytes.trim_ascii_end().ends_with(b"%%EOF")),
                "xlsx" => unpack(&bytes),
                _ => assert!(
                    rows(&bytes) > 0 && (run["report"] != "interaction-details" || rows(&bytes) == 2_000)
                ),
            }
            count += 1;
        }
    }
    count
}

/// Reads everything in a ZIP, which checks its sums.
fn unpack(bytes: &[u8]) {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    assert!(archive.len() > 5);
    for place in 0..archive.len() {
        std::io::copy(&mut archive.by_index(place).unwrap().by_ref(), &mut std::io::sink()).unwrap();
    }
}

fn rows(bytes: &[u8]) -> usize {
    let text = std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}');
    assert!(text.ends_with("\r\n"));
    csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).count()
}
