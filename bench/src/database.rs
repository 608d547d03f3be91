//! What a server keeps its facts in: a file, or a PostgreSQL of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use tempfile::TempDir;

use crate::machine::{folder, free_port};
use crate::process::Running;
use crate::wait::until;

/// A database.
pub enum Database {
    /// A SQLite file in the server's folder.
    Sqlite,
    /// A throw-away PostgreSQL server.
    Postgres(Box<Cluster>),
}

/// A PostgreSQL server on a free port of the loopback interface, in a temporary folder.
pub struct Cluster {
    port: u16,
    // Ended before its folder goes.
    _process: Running,
    _folder: TempDir,
}

impl Database {
    /// The one that `HOOKFLASH_E2E_DATABASE` names: `sqlite` (also when it is not set) or `postgres`.
    ///
    /// # Errors
    /// The name is another, or PostgreSQL does not start.
    pub async fn wanted() -> anyhow::Result<Self> {
        match std::env::var("HOOKFLASH_E2E_DATABASE").as_deref() {
            Err(_) | Ok("" | "sqlite") => Ok(Self::Sqlite),
            Ok("postgres") => Ok(Self::Postgres(Box::new(Cluster::start().await?))),
            Ok(other) => anyhow::bail!("HOOKFLASH_E2E_DATABASE is sqlite or postgres, not {other:?}"),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Its address for a server in this folder.
    #[must_use]
    pub fn url(&self, folder: &Path) -> String {
        match self {
            Self::Sqlite => format!("sqlite:{}", folder.join("hookflash.db").display()),
            Self::Postgres(cluster) => format!("postgres://hookflash@127.0.0.1:{}/postgres", cluster.port),
        }
    }
}

impl Cluster {
    /// Starts one.
    ///
    /// # Errors
    /// PostgreSQL is not installed or does not start.
    pub async fn start() -> anyhow::Result<Self> {
        let (bin, port) = (programs()?, free_port()?);
        let folder = folder()?;
        let (facts, log) = (folder.path().join("facts"), folder.path().join("postgres.log"));
        std::fs::create_dir(&facts)?;
        let is_root =
            std::fs::metadata(&facts).is_ok_and(|made| std::os::unix::fs::MetadataExt::uid(&made) == 0);
        let command = |program: &str| {
            // PostgreSQL refuses to run as root; util-linux lends it the rights of Debian's user.
            let mut command = Command::new(if is_root { "setpriv" } else { "env" });
            if is_root {
                command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
            }
            command.arg(bin.join(program)).arg("-D").arg(&facts).current_dir("/");
            command
        };
        if is_root {
            let owned = Command::new("chown").args(["-R", "postgres"]).arg(folder.path()).status()?;
            anyhow::ensure!(owned.success(), "chown postgres: {owned}");
        }
        let made = command("initdb")
            .args(["-U", "hookflash", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"])
            .output()?;
        anyhow::ensure!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let mut server = command("postgres");
        server.args(["-h", "127.0.0.1", "-p", &port.to_string(), "-k", ""]);
        let process = Running::start(&mut server, &log)?;
        until(Duration::from_secs(30), "PostgreSQL answers", async || {
            let mut probe = Command::new(bin.join("pg_isready"));
            probe.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
            probe.status().is_ok_and(|status| status.success()).then_some(())
        })
        .await?;
        Ok(Self { port, _process: process, _folder: folder })
    }
}

/// Debian keeps the server's programs out of the path.
fn programs() -> anyhow::Result<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let bins = versions.map(|version| version.path().join("bin"));
    bins.filter(|bin| bin.join("initdb").is_file()).max().context("install it: apt-get install postgresql")
}
