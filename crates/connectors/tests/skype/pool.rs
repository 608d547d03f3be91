//! The pool as a process, and its control interface.

use crate::lab;
use hookflash_connectors::conformance::Failure;
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::Once,
};
use tempfile::TempDir;

/// A running pool; it ends with this value.
pub(crate) struct Pool {
    child: Child,
    control: String,
    /// `host:port` of the front end.
    pub(crate) address: String,
    pub(crate) ca_pem: String,
    http: reqwest::Client,
    _folder: TempDir,
}

impl Drop for Pool {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing left to do about a failure here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Pool {
    /// Starts a pool with made-up experts and agents.
    pub(crate) fn start(more: &[&str]) -> Self {
        provide_crypto();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ca = folder.path().join("ca.pem");
        let mut child = Command::new(lab::program())
            .arg("pool")
            .args(["--listen", "127.0.0.1:0", "--generate", "80", "--generate-agents", "200"])
            .args(["--min-poll-seconds", "1", "--min-delay-seconds", "1"])
            .arg("--ca-out")
            .arg(&ca)
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("hookflash-lab starts");
        let stdout = child.stdout.take().expect("its output");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("its ready line");
        let ready: Value = serde_json::from_str(&line).expect("its ready line is JSON");
        let own = |name: &str| ready.get(name).and_then(Value::as_str).expect("an address").to_owned();
        Self {
            child,
            control: own("control"),
            address: own("https").trim_start_matches("https://").to_owned(),
            ca_pem: fs::read_to_string(ca).expect("the lab's certificate"),
            http: reqwest::Client::builder().no_proxy().build().expect("a client"),
            _folder: folder,
        }
    }

    /// Posts to the control interface.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        let request = self.http.post(format!("{}{path}", self.control)).json(body);
        answer(path, request.send().await).await
    }

    /// Reads from the control interface.
    pub(crate) async fn get(&self, path: &str) -> Result<Value, Failure> {
        answer(path, self.http.get(format!("{}{path}", self.control)).send().await).await
    }

    /// Ends what `trouble` began.
    pub(crate) async fn well(&self) -> Result<Value, Failure> {
        answer("/trouble", self.http.delete(format!("{}/trouble", self.control)).send().await).await
    }

    /// Forgets what an expert was told and said.
    pub(crate) async fn forget_inbox(&self, uri: &str) -> Result<(), Failure> {
        let path = format!("/experts/{uri}/inbox");
        let answered = self.http.delete(format!("{}{path}", self.control)).send().await;
        answer(&path, answered).await.map(|_| ())
    }

    /// Counts requests from nothing again.
    pub(crate) async fn forget_load(&self) -> Result<(), Failure> {
        answer("/stats", self.http.delete(format!("{}/stats", self.control)).send().await).await.map(|_| ())
    }

    /// Ends what `/events` began.
    pub(crate) async fn events_well(&self) -> Result<Value, Failure> {
        answer("/events", self.http.delete(format!("{}/events", self.control)).send().await).await
    }

    /// Gives a person a persona.
    pub(crate) async fn persona(&self, uri: &str, kind: &str) -> Result<(), Failure> {
        self.post(&format!("/people/{uri}/persona"), &json!({ "kind": kind })).await.map(|_| ())
    }
}

async fn answer(path: &str, answer: reqwest::Result<reqwest::Response>) -> Result<Value, Failure> {
    let answer = answer.map_err(|error| Failure(format!("control {path}: {error}")))?;
    let status = answer.status();
    let text = answer.text().await.map_err(|error| Failure(format!("control {path}: {error}")))?;
    if !status.is_success() {
        return Err(Failure(format!("control {path}: {status} {text}")));
    }
    serde_json::from_str(&text).map_err(|error| Failure(format!("control {path}: {error} in {text}")))
}

/// rustls' provider for all servers and clients of the tests.
pub(crate) fn provide_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        rustls::crypto::aws_lc_rs::default_provider().install_default().expect("the only provider");
    });
}
