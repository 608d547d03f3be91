//! A program that ends with the value that holds it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;

use crate::wait::until;

/// A started program; it is killed when dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    log: PathBuf,
}

impl Running {
    /// Starts it; what it prints goes to the end of `log`.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start(command: &mut Command, log: &Path) -> anyhow::Result<Self> {
        let out = File::options().create(true).append(true).open(log).context("the log")?;
        let error = out.try_clone().context("the log")?;
        let child = command.stdin(Stdio::null()).stdout(out).stderr(error).spawn();
        let child = child.with_context(|| format!("cannot start {command:?}"))?;
        Ok(Self { child, log: log.to_owned() })
    }

    /// Its process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Kills it (SIGKILL) and waits for its end.
    pub fn kill(&mut self) {
        // One that has ended already needs no killing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The end of what it printed.
    #[must_use]
    pub fn last_words(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = text.lines().rev().take(30).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    /// Waits for the file in which it says that it is ready.
    ///
    /// # Errors
    /// It ended, or did not get ready in 30 s.
    pub async fn ready(&mut self, file: &Path) -> anyhow::Result<serde_json::Value> {
        let ready = until(Duration::from_secs(30), "the program's ready file", async || {
            let text = std::fs::read_to_string(file).ok();
            text.map(Ok).or_else(|| self.has_ended().then_some(Err(())))
        });
        match ready.await? {
            Ok(text) => Ok(serde_json::from_str(&text)?),
            Err(()) => anyhow::bail!("the program ended:\n{}", self.last_words()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}
