//! A running `hookflash-lab`; it ends when it is dropped.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::bare_client::BareClient;

/// A child process and its ready line.
pub(crate) struct Lab {
    child: Child,
    pub(crate) ready: Value,
    folder: tempfile::TempDir,
}

impl Lab {
    /// A pool with more switches; delays are short so that tests need not wait.
    pub(crate) fn pool(more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ca = folder.path().join("ca.pem");
        let ca = ca.to_str().unwrap().to_owned();
        let mut args = vec!["pool", "--ca-out", ca.as_str(), "--min-delay-seconds", "1"];
        args.extend(more);
        if !more.contains(&"--min-poll-seconds") {
            args.extend(["--min-poll-seconds", "1"]);
        }
        Self::start(&args, folder)
    }

    /// Any command that prints a ready line.
    pub(crate) fn start(args: &[&str], folder: tempfile::TempDir) -> Self {
        // For reqwest; it fails only when another test of the process was first.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let mut child = Command::new(env!("CARGO_BIN_EXE_hookflash-lab"))
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .expect("hookflash-lab starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no ready line: {line:?}"));
        Self { child, ready, folder }
    }

    /// An address of the ready line.
    pub(crate) fn address(&self, name: &str) -> String {
        self.ready[name].as_str().expect("an address").to_owned()
    }

    /// The file of the lab's certificate authority.
    pub(crate) fn authority_file(&self) -> std::path::PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// The lab's certificate authority.
    pub(crate) fn authority(&self) -> reqwest::Certificate {
        let pem = std::fs::read(self.authority_file()).unwrap();
        reqwest::Certificate::from_pem(&pem).unwrap()
    }

    /// A signed-in, available client with password `demo`.
    pub(crate) async fn client(&self, user: &str) -> BareClient {
        let mut client = BareClient::sign_in(self, user, "demo").await;
        client.make_available().await;
        client
    }

    /// Another endpoint of a user, available with these message formats.
    pub(crate) async fn client_of(&self, user: &str, endpoint: &str, formats: &[&str]) -> BareClient {
        let mut client = BareClient::sign_in_at(self, user, endpoint).await;
        client.make_available_with(formats).await;
        client
    }

    /// A request to the control API that has to succeed.
    pub(crate) async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let url = format!("{}{path}", self.address("control"));
        let request = reqwest::Client::new().request(method.parse().unwrap(), url);
        let request = if method == "GET" { request } else { request.json(&body) };
        let response = request.send().await.unwrap();
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{method} {path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
