//! The server as a process: configured, started, killed, started again on the same data.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::database::Database;
use crate::desk::Session;
use crate::http;
use crate::machine::{folder, free_port};
use crate::process::Running;
use crate::programs::Programs;
use crate::wait::until;

/// Longest start.
const START_WITHIN: Duration = Duration::from_secs(60);
/// The first administrator.
pub const ADMINISTRATOR: (&str, &str) = ("root", "an administrator's password");

/// A server with its folder.
pub struct Server {
    program: PathBuf,
    process: Option<Running>,
    /// Where it is, such as `http://127.0.0.1:8080`.
    pub base: String,
    /// Where it takes calls over UDP.
    pub sip: String,
    /// For whoever asks it.
    pub http: reqwest::Client,
    database: Database,
    folder: TempDir,
}

impl Server {
    /// Writes its configuration with this `[[network]]`, or none, makes the administrator, starts it.
    ///
    /// # Errors
    /// It does not get ready; the error has its last words.
    pub async fn start(programs: &Programs, network: &str, database: Database) -> anyhow::Result<Self> {
        let folder = folder()?;
        let (port, sip) = (free_port()?, free_port()?);
        let mut server = Self {
            program: programs.hookflash.clone(),
            process: None,
            base: format!("http://127.0.0.1:{port}"),
            sip: format!("127.0.0.1:{sip}"),
            http: http::client(None)?,
            database,
            folder,
        };
        std::fs::write(server.config_file(), server.configuration(network))?;
        server.add_administrator()?;
        server.spawn()?;
        server.ready().await?;
        Ok(server)
    }

    /// Its folder, with a database in a file.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its process id; 0 while it is down.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.as_ref().map_or(0, Running::id)
    }

    /// Kills it with SIGKILL.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// Starts it again; see [`Self::ready`].
    ///
    /// # Errors
    /// It cannot be started.
    pub fn spawn(&mut self) -> anyhow::Result<()> {
        let mut command = self.command(&["serve"]);
        self.process = Some(Running::start(&mut command, &self.folder.path().join("server.log"))?);
        Ok(())
    }

    /// Waits until it takes requests.
    ///
    /// # Errors
    /// It ended, or takes longer than a minute.
    pub async fn ready(&mut self) -> anyhow::Result<()> {
        let (url, http) = (format!("{}/readyz", self.base), self.http.clone());
        let process = self.process.as_mut();
        let process = process.ok_or_else(|| anyhow::anyhow!("the server was not started"))?;
        let answers = until(START_WITHIN, "the server gets ready", async || {
            let answer = http.get(&url).timeout(Duration::from_secs(5)).send().await;
            let is_ready = answer.is_ok_and(|answer| answer.status().is_success());
            is_ready.then_some(true).or_else(|| process.has_ended().then_some(false))
        });
        let answers = answers.await;
        let words = || self.process.as_ref().map(Running::last_words).unwrap_or_default();
        match answers {
            Ok(true) => Ok(()),
            Ok(false) => anyhow::bail!("the server ended:\n{}", words()),
            Err(error) => Err(error.context(words())),
        }
    }

    /// What it wrote to its log since the first start.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default()
    }

    /// Signs in as the administrator.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn administrator(&self) -> anyhow::Result<Session> {
        Session::sign_in(&self.http, &self.base, ADMINISTRATOR.0, ADMINISTRATOR.1).await
    }

    /// Its database's address.
    #[must_use]
    pub fn database_url(&self) -> String {
        self.database.url(self.folder.path())
    }

    /// Runs another command of the program on its database to the end.
    ///
    /// # Errors
    /// It ends with an error; its words are in it.
    pub fn run(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let out = self.command(arguments).output()?;
        let words = String::from_utf8_lossy(&out.stderr);
        anyhow::ensure!(out.status.success(), "{arguments:?} ended with {}: {words}", out.status);
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    }

    fn config_file(&self) -> PathBuf {
        self.folder.path().join("hookflash.toml")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg("--config").arg(self.config_file()).current_dir(self.folder.path());
        command
    }

    fn add_administrator(&self) -> anyhow::Result<()> {
        use std::io::Write as _;
        use std::process::Stdio;
        let (name, password) = ADMINISTRATOR;
        let mut command = self.command(&["user", "add"]);
        command.arg(name).args(["--name", "Root", "--role", "administrator"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            writeln!(stdin, "{password}")?;
        }
        let out = child.wait_with_output()?;
        let words = String::from_utf8_lossy(&out.stderr);
        anyhow::ensure!(out.status.success(), "the administrator could not be added: {words}");
        Ok(())
    }

    fn configuration(&self, network: &str) -> String {
        let listen = self.base.trim_start_matches("http://");
        let level = std::env::var("HOOKFLASH_LOG_LEVEL").unwrap_or_else(|_| "warn".to_owned());
        format!(
            "[http]\nlisten = \"{listen}\"\n\n[store]\nurl = \"{}\"\n\n[secrets]\nkey_file = \"secrets.key\"\n\n\
             [log]\nlevel = \"{level}\"\n\n[voice]\nsip_udp = \"{}\"\nmedia_ip = \"127.0.0.1\"\ntrunks = [\"127.0.0.1\"]\n\n\
             {network}",
            self.database_url(),
            self.sip,
        )
    }
}
