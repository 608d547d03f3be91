//! The server as a process that can be killed.

use super::{hookflash, told};
use reqwest::Client;
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const PASSWORD: &str = "correct horse battery";

/// The server as a process of its own; it is killed when dropped.
pub(super) struct Server {
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

    /// Starts it on a database with an administrator, who signs in.
    pub(super) async fn start(folder: &Path) -> Self {
        std::fs::write(folder.join("password"), PASSWORD).unwrap();
        let add = ["user", "add", "--role", "administrator", "--password-file", "password", "admin"];
        let added = hookflash(folder, &add);
        assert!(added.status.success(), "{}", told(&added));
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

    pub(super) async fn kill_and_start(&mut self, folder: &Path) {
        self.kill();
        self.start_again(folder).await;
    }

    pub(super) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(super) async fn start_again(&mut self, folder: &Path) {
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

    /// Sends a body to a path below `/api/v1/reports`.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.client.post(format!("{}/api/v1/reports/{path}", self.url)).json(body);
        let request = request.header("cookie", &self.cookie).header("x-hookflash-csrf", &self.csrf);
        request.send().await.unwrap().json().await.unwrap()
    }

    pub(super) async fn get(&self, path: &str) -> reqwest::Response {
        let request = self.client.get(format!("{}/api/v1/reports/{path}", self.url));
        request.header("cookie", &self.cookie).send().await.unwrap()
    }

    pub(super) async fn runs(&self) -> Vec<Value> {
        let page: Value = self.get("runs").await.json().await.unwrap();
        page["rows"].as_array().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
