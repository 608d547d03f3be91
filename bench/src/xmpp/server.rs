//! The lab's real XMPP server as a process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::machine::folder;
use crate::programs::Programs;

/// ejabberd, keeping an archive; it ends with this value.
pub struct XmppServer {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    pub(super) place: Place,
    secret_file: PathBuf,
    _folder: TempDir,
}

/// Where and what it is: its ready line.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Place {
    pub(super) clients: u16,
    pub(super) components: u16,
    pub(super) second_components: u16,
    pub(super) domain: String,
    pub(super) component: String,
    pub(super) second_component: String,
    pub(super) secret: String,
    pub(super) password: String,
}

impl XmppServer {
    /// Starts it.
    ///
    /// # Errors
    /// It does not get ready: its words say which package is missing.
    pub fn start(programs: &Programs) -> anyhow::Result<Self> {
        let folder = folder()?;
        let mut command = Command::new(&programs.lab);
        command.args(["xmpp", "--server", "ejabberd"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("hookflash-lab cannot be started")?;
        let input = child.stdin.take().context("its input")?;
        let mut output = BufReader::new(child.stdout.take().context("its output")?);
        let place: Place = serde_json::from_value(read(&mut output)?).context("its ready line")?;
        let secret_file = folder.path().join("component-secret");
        std::fs::write(&secret_file, &place.secret)?;
        Ok(Self { child, input, output, place, secret_file, _folder: folder })
    }

    /// Adds an account.
    ///
    /// # Errors
    /// The server refuses.
    pub fn add(&mut self, user: &str) -> anyhow::Result<()> {
        writeln!(self.input, "{}", json!({ "do": "add", "user": user }))?;
        let answer = read(&mut self.output)?;
        anyhow::ensure!(answer == json!({}), "{user} was not added: {answer}");
        Ok(())
    }

    /// The address of somebody with an account.
    #[must_use]
    pub fn address(&self, user: &str) -> String {
        format!("{user}@{}", self.place.domain)
    }

    /// How a Hookflash's configuration names it.
    #[must_use]
    pub fn network(&self) -> String {
        let Place { components, component, domain, .. } = &self.place;
        format!(
            "[[network]]\nid = \"xmpp\"\nkind = \"xmpp\"\nname = \"Jabber\"\nserver = \"127.0.0.1:{components}\"\n\
             component = \"{component}\"\ncomponent_secret_file = \"{}\"\ndomain = \"{domain}\"\n",
            self.secret_file.display()
        )
    }
}

impl Drop for XmppServer {
    fn drop(&mut self) {
        // The server below ends with it, however it ends.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut BufReader<ChildStdout>) -> anyhow::Result<Value> {
    let mut line = String::new();
    output.read_line(&mut line)?;
    serde_json::from_str(&line).with_context(|| format!("hookflash-lab xmpp said {line:?}"))
}
