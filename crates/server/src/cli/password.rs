//! Where a new password comes from: a file, the terminal, or a pipe. Never the command line, which
//! every user of the machine can read.

use anyhow::Context as _;
use hookflash_connectors::Secret;
use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

/// Longest line that is read, in bytes.
const LONGEST: u64 = 4_096;

/// Where the password comes from.
#[derive(Debug, clap::Args)]
pub(super) struct PasswordFrom {
    /// Read the password from the first line of this file; otherwise from the terminal, or from
    /// standard input.
    #[arg(long)]
    password_file: Option<PathBuf>,
}

impl PasswordFrom {
    /// Reads it.
    pub(super) fn read(&self) -> anyhow::Result<Secret> {
        match &self.password_file {
            Some(path) => of_file(path),
            None if std::io::stdin().is_terminal() => of_terminal(),
            None => first_line(std::io::stdin().lock()),
        }
    }
}

fn of_file(path: &Path) -> anyhow::Result<Secret> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    first_line(std::io::BufReader::new(file))
}

fn of_terminal() -> anyhow::Result<Secret> {
    let once = rpassword::prompt_password("Password: ")?;
    let again = rpassword::prompt_password("Once more: ")?;
    anyhow::ensure!(once == again, "the two passwords differ; nothing was changed");
    Ok(Secret::new(once))
}

fn first_line(from: impl std::io::BufRead) -> anyhow::Result<Secret> {
    let mut line = String::new();
    from.take(LONGEST).read_line(&mut line)?;
    Ok(Secret::new(line.trim_end_matches(['\r', '\n'])))
}
