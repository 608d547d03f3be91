//! The program that plays the experts.

use crate::missing::need;
use hookflash_connectors::conformance::Failure;
use serde_json::Value;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    sync::Mutex,
};

/// Debian's own Python: python3-slixmpp belongs to it.
const PYTHON: &str = "/usr/bin/python3";
const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../lab/xmpp-expert");

/// A running program with any number of experts; it ends with this value.
pub(crate) struct Experts {
    pipe: Mutex<(ChildStdin, Lines<BufReader<ChildStdout>>)>,
    _child: Child,
    _home: TempDir,
}

impl Experts {
    /// Starts it for the server whose clients' port this is.
    pub(crate) fn start(port: u64) -> Self {
        need("/usr/lib/python3/dist-packages/slixmpp", "python3-slixmpp");
        Self::run("expert.py", &[&port.to_string()])
    }

    /// One person at profanity, who signs in.
    pub(crate) fn at_a_terminal(port: u64, address: &str, password: &str) -> Self {
        need("/usr/bin/profanity", "profanity");
        Self::run("terminal.py", &[&port.to_string(), address, password])
    }

    fn run(script: &str, args: &[&str]) -> Self {
        need(PYTHON, "python3");
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut child = Command::new(PYTHON)
            .arg(format!("{SCRIPTS}/{script}"))
            .args(args)
            .env("HOME", home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("Python starts");
        let input = child.stdin.take().expect("its input");
        let output = BufReader::new(child.stdout.take().expect("its output")).lines();
        Self { pipe: Mutex::new((input, output)), _child: child, _home: home }
    }

    /// Has a command done.
    pub(crate) async fn tell(&self, command: &Value) -> Result<Value, Failure> {
        let failed = |error: std::io::Error| Failure(format!("the experts' program: {error}"));
        let mut pipe = self.pipe.lock().await;
        pipe.0.write_all(format!("{command}\n").as_bytes()).await.map_err(failed)?;
        let line = pipe.1.next_line().await.map_err(failed)?;
        let line = line.ok_or_else(|| Failure("the experts' program has ended".to_owned()))?;
        let answer: Value = serde_json::from_str(&line).map_err(|error| Failure(error.to_string()))?;
        match answer.get("error") {
            Some(error) => Err(Failure(format!("{command}: {error}"))),
            None => Ok(answer),
        }
    }
}
