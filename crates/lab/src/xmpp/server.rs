//! A server as a process.

use super::place::Place;
use super::{COMPONENT, DOMAIN, Kind, PASSWORD, Presence, SECOND_COMPONENT, SECRET, ejabberd, prosody};
use anyhow::{Context as _, bail};
use serde_json::{Value, json};
use std::fs;
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// How often, and in which distance, it is looked whether the server listens: a minute.
const LOOKS: usize = 6_000;
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);
/// The file with everything that the server says.
const LOG: &str = "server.log";

/// A running server; it ends with this value.
pub(super) struct Server {
    kind: Kind,
    place: Place,
    child: Child,
    _folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing left to do about a failure here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts one and waits until it listens.
    pub(super) fn start(kind: Kind, presence: Presence) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let place = Place::new(folder.path(), presence)?;
        match kind {
            Kind::Prosody => prosody::prepare(&place)?,
            Kind::Ejabberd => ejabberd::prepare(&place)?,
        }
        let child = spawn(kind, &place)?;
        let mut server = Self { kind, place, child, _folder: folder };
        server.wait()?;
        Ok(server)
    }

    /// What whoever connects has to know.
    pub(super) fn ready(&self) -> Value {
        json!({
            "ready": true,
            "clients": self.place.clients,
            "components": self.place.components,
            "second_components": self.place.second_components,
            "domain": DOMAIN,
            "component": COMPONENT,
            "second_component": SECOND_COMPONENT,
            "secret": SECRET,
            "password": PASSWORD,
        })
    }

    /// Adds an account.
    pub(super) async fn add(&self, user: &str) -> anyhow::Result<()> {
        match self.kind {
            Kind::Prosody => prosody::add(&self.place, user),
            Kind::Ejabberd => ejabberd::add(&self.place, user).await,
        }
    }

    /// Ends it and starts it again on the same ports.
    pub(super) fn restart(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        self.child = spawn(self.kind, &self.place)?;
        self.wait()
    }

    /// Has it stand still.
    pub(super) fn freeze(&self) -> anyhow::Result<()> {
        let status = Command::new("kill").arg("-STOP").arg(self.child.id().to_string()).status()?;
        anyhow::ensure!(status.success(), "the server cannot be stopped");
        Ok(())
    }

    fn wait(&mut self) -> anyhow::Result<()> {
        let ports = [Some(self.place.clients), Some(self.place.components), self.control()];
        for port in ports.into_iter().flatten() {
            let mut looks = 0;
            while TcpStream::connect(("127.0.0.1", port)).is_err() {
                looks += 1;
                if looks > LOOKS || self.child.try_wait()?.is_some() {
                    bail!("the server did not start:\n{}", self.log());
                }
                std::thread::sleep(BETWEEN_LOOKS);
            }
        }
        Ok(())
    }

    fn control(&self) -> Option<u16> {
        matches!(self.kind, Kind::Ejabberd).then_some(self.place.control)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.place.file(LOG)).unwrap_or_default()
    }
}

/// The server must not outlive whoever started it, not even one that was killed: the kernel sees to that.
fn spawn(kind: Kind, place: &Place) -> anyhow::Result<Child> {
    let log = fs::File::options().create(true).append(true).open(place.file(LOG))?;
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]);
    match kind {
        Kind::Prosody => prosody::command(place, &mut command),
        Kind::Ejabberd => ejabberd::command(place, &mut command)?,
    }
    command
        .current_dir(&place.folder)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .context("setpriv cannot be started; it is in Debian's package util-linux")
}

/// Says which package is missing.
pub(super) fn need(path: &str, package: &str) -> anyhow::Result<()> {
    let is_there = std::path::Path::new(path).exists();
    anyhow::ensure!(is_there, "{path} is missing. As root, run: apt-get install {package}");
    Ok(())
}
