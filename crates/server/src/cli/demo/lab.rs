//! The lab's programs as children of the demo.
//!
//! Each runs under a small shell that waits on a pipe from this process and ends the program when the
//! pipe closes. So the programs end with the demo even when it is killed.

use anyhow::Context as _;
use serde_json::Value;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, ChildStdout, Command};

/// How long a program may take to be ready, or to end.
const WITHIN: Duration = Duration::from_secs(20);
/// Longest ready line.
const LINE_BYTES: u64 = 64 * 1024;
/// Starts the program, waits for the pipe to close, ends the program by its id.
const KEEPER: &str =
    r#""$@" </dev/null & program=$!; exec >&-; cat >/dev/null; kill "$program" 2>/dev/null; wait"#;

/// A program of the lab.
pub(super) enum Program<'a> {
    /// The stand-in pool; writes its authority's certificate.
    Pool { ca_file: &'a Path },
    /// The caller with its page; calls this address.
    Caller { sip: SocketAddr },
}

/// The programs that run.
pub(super) struct Lab {
    binary: PathBuf,
    running: Vec<Running>,
}

struct Running {
    keeper: Child,
    out: BufReader<ChildStdout>,
    name: &'static str,
}

impl Lab {
    /// None runs yet.
    pub(super) fn new(binary: PathBuf) -> Self {
        Self { binary, running: Vec::new() }
    }

    /// Starts a program and gives the address that it serves.
    pub(super) async fn start(&mut self, program: Program<'_>) -> anyhow::Result<String> {
        let (name, key, arguments) = match program {
            Program::Pool { ca_file } => {
                ("pool", "https", vec!["--ca-out".to_owned(), ca_file.display().to_string()])
            }
            Program::Caller { sip } => {
                let arguments = ["--serve", "127.0.0.1:0", "--to", &format!("sip:billing@{sip}")];
                ("caller", "caller", arguments.map(str::to_owned).to_vec())
            }
        };
        let mut command = Command::new("/bin/sh");
        command.args(["-c", KEEPER, "sh"]).arg(&self.binary).arg(name).args(arguments);
        // In a group of its own, Ctrl+C in the terminal reaches this process alone, which then ends the
        // programs in order.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0);
        let mut keeper = command.spawn().context("cannot start /bin/sh")?;
        let out = keeper.stdout.take().context("the program has no output")?;
        self.running.push(Running { keeper, out: BufReader::new(out), name });
        let running = self.running.last_mut().context("the program is gone")?;
        let ready = tokio::time::timeout(WITHIN, ready_line(&mut running.out)).await;
        let ready = ready.map_err(anyhow::Error::from).and_then(|line| line);
        let ready = ready.with_context(|| format!("{} {name} did not start", self.binary.display()))?;
        let address = ready.get(key).and_then(Value::as_str).map(str::to_owned);
        address.with_context(|| format!("{} {name} did not say where it serves", self.binary.display()))
    }

    /// Waits until one of the programs ends by itself, and says which.
    pub(super) async fn ended(&mut self) -> String {
        let ends = self.running.iter_mut().map(|running| Box::pin(silence(running)));
        let (name, ..) = futures_util::future::select_all(ends).await;
        format!("the lab's {name} has ended")
    }

    /// Ends all programs.
    pub(super) async fn stop(self) {
        for mut running in self.running {
            drop(running.keeper.stdin.take());
            if tokio::time::timeout(WITHIN, running.keeper.wait()).await.is_err() {
                tracing::warn!(name = running.name, "a program of the lab does not end");
            }
        }
    }
}

/// Reads until the program closes its output, which it does by ending.
async fn silence(running: &mut Running) -> &'static str {
    let mut rest = [0; 1024];
    while running.out.read(&mut rest).await.is_ok_and(|count| count > 0) {}
    running.name
}

/// The first line, in JSON.
async fn ready_line(out: &mut BufReader<ChildStdout>) -> anyhow::Result<Value> {
    let mut line = String::new();
    out.take(LINE_BYTES).read_line(&mut line).await?;
    anyhow::ensure!(!line.is_empty(), "the program ended at once");
    Ok(serde_json::from_str(&line)?)
}
