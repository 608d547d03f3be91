//! A running `sip-expert/expert.py`: pidgin-sipe in libpurple, driven by lines of JSON.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::lab::Lab;

/// How long a test waits for what has to happen.
const LIMIT: Duration = Duration::from_secs(60);

/// See the module.
pub(crate) struct SipExpert {
    commands: ChildStdin,
    events: Lines<BufReader<ChildStdout>>,
    _program: Child,
}

impl SipExpert {
    /// Starts the program and signs in.
    pub(crate) async fn sign_in(lab: &Lab, address: &str) -> Self {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("sip-expert/expert.py");
        let mut child = Command::new("python3")
            .arg(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("python3 starts");
        let events = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut expert = Self { commands: child.stdin.take().unwrap(), events, _program: child };
        expert
            .until("the program (apt-get install pidgin-sipe libxml2-dev)", |e| e["event"] == "ready")
            .await;
        expert.tell(json!({"do": "sign_in", "uri": address, "server": lab.address("sip")})).await;
        expert.until("sign-in", |e| e["event"] == "signed_in").await;
        expert
    }

    /// Gives a command.
    pub(crate) async fn tell(&mut self, command: Value) {
        self.commands.write_all(format!("{command}\n").as_bytes()).await.unwrap();
    }

    /// Waits for an event that fits.
    pub(crate) async fn until(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let mut seen = Vec::new();
        let collect = async {
            while let Some(line) = self.events.next_line().await.unwrap() {
                let event: Value = serde_json::from_str(&line).unwrap();
                if fits(&event) {
                    return event;
                }
                seen.push(event);
            }
            panic!("the program ended")
        };
        match tokio::time::timeout(LIMIT, collect).await {
            Ok(event) => event,
            Err(_) => panic!("{what} did not come: {seen:#?}"),
        }
    }

    /// Waits for a message of this person; its text.
    pub(crate) async fn hears(&mut self, from: &str) -> String {
        let heard = self.until("a message", |e| e["event"] == "received" && e["peer"] == from).await;
        heard["text"].as_str().unwrap().to_owned()
    }
}
