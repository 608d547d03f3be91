//! The server is killed in the midst of runs: each is made once, and no half file is ever offered.

use super::{history, hookflash, told};
use reqwest::Client;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const PASSWORD: &str = "correct horse battery";
/// Fewer than the tries that a run has.
const KILLS: u64 = 4;
/// Longer than all of it takes.
const LIMIT: Duration = Duration::from_secs(300);

/// The server as a process of its own; it is killed when dropped.
struct Server {
    child: Child,
    url: String,
    client: Client,
    cookie: String,
    csrf: String,
}

impl Server {
    fn begin(folder: &Path, port: u16) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hookflash"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HOOKFLASH_")) {
            command.env_remove(name);
        }
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]).current_dir(folder);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    async fn start(folder: &Path) -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = Self {
            child: Self::begin(folder, port),
            url: format!("http://127.0.0.1:{port}"),
            client: Client::new(),
            cookie: String::new(),
            csrf: String::new(),
        };
        server.is_up().await;
        let body = json!({ "sign_in_name": "admin", "password": PASSWORD });
        let request = server.client.post(format!("{}/api/v1/session", server.url)).json(&body);
        let answer = request.send().await.unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let session: Value = answer.json().await.unwrap();
        (server.cookie, server.csrf) = (cookie, session["csrf"].as_str().unwrap().to_owned());
        server
    }

    async fn kill_and_start(&mut self, folder: &Path) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let port = self.url.rsplit(':').next().unwrap().parse().unwrap();
        self.child = Self::begin(folder, port);
        // Connections to the dead one are of no use.
        self.client = Client::new();
        self.is_up().await;
    }

    async fn is_up(&self) {
        while self.client.get(format!("{}/readyz", self.url)).send().await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn ask(&self, report: &str) -> String {
        let body = json!({ "from": "2025-01-01", "to": "2027-12-31", "formats": ["pdf", "xlsx", "csv"] });
        let request = self.client.post(format!("{}/api/v1/reports/{report}/runs", self.url)).json(&body);
        let request = request.header("cookie", &self.cookie).header("x-hookflash-csrf", &self.csrf);
        let run: Value = request.send().await.unwrap().json().await.unwrap();
        run["run_id"].as_str().unwrap_or_else(|| panic!("{run}")).to_owned()
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        let request = self.client.get(format!("{}/api/v1/reports/{path}", self.url));
        request.header("cookie", &self.cookie).send().await.unwrap()
    }

    async fn runs(&self) -> Vec<Value> {
        let page: Value = self.get("runs").await.json().await.unwrap();
        page["rows"].as_array().unwrap().clone()
    }

    /// Waits until a run is being made, or all are over.
    async fn is_making(&self) -> bool {
        loop {
            let runs = self.runs().await;
            if runs.iter().any(|run| run["state"] == "running") {
                return true;
            }
            if runs.iter().all(|run| run["ended_at"].is_i64()) {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn runs_outlive_the_process_and_are_made_once() {
    tokio::time::timeout(LIMIT, killed()).await.unwrap();
}

async fn killed() {
    let folder = history();
    let folder = folder.path();
    std::fs::write(folder.join("password"), PASSWORD).unwrap();
    let add = ["user", "add", "--role", "administrator", "--password-file", "password", "admin"];
    let added = hookflash(folder, &add);
    assert!(added.status.success(), "{}", told(&added));
    let mut server = Server::start(folder).await;
    let mut asked = BTreeSet::new();
    for report in ["interaction-details", "queue-summary", "interaction-details", "abandons"] {
        asked.insert(server.ask(report).await);
    }
    let mut tries = 0;
    for kill in 0..KILLS {
        if !server.is_making().await {
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
