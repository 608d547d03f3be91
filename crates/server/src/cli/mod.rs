//! The command line. One file a command.
//!
//! Exit codes: 0 done; 1 it failed, the words say why; 2 the command line is not understood;
//! 78 (`EX_CONFIG`) the settings have mistakes, all of which are listed.

mod backup;
mod check_config;
mod demo;
mod import_history;
mod import_people;
mod openapi;
mod password;
mod report;
mod serve;
mod signals;
mod user;

use crate::config::{Config, Mistakes, Sources};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// `EX_CONFIG` of sysexits.h.
const MISTAKES: u8 = 78;

/// Hookflash: the contact centre in which an agent asks an expert.
#[derive(Debug, Parser)]
#[command(name = "hookflash", version)]
struct CommandLine {
    /// The configuration file; `hookflash.toml` in the working folder where none is named.
    #[arg(long, global = true, env = "HOOKFLASH_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the server until it is told to stop.
    Serve(serve::Args),
    /// Runs the server with made-up people, a stand-in Skype for Business pool and a caller.
    Demo(demo::Args),
    /// Adds users and sets passwords.
    #[command(subcommand)]
    User(user::Command),
    /// Checks the settings and lists all mistakes.
    CheckConfig(check_config::Args),
    /// Copies a SQLite database to a file while the server runs.
    Backup(backup::Args),
    /// Brings in the history of another system, or made history, from a file.
    ImportHistory(import_history::Args),
    /// Reads people who can be asked from a CSV file.
    ImportPeople(import_people::Args),
    /// Writes a report as PDF, XLSX or CSV.
    Report(report::Args),
    /// Prints the description of the HTTP API (OpenAPI 3.1).
    Openapi,
}

/// Reads the command line, does what it says, and tells how it went.
#[must_use]
pub fn main() -> ExitCode {
    let line = CommandLine::parse();
    // Two providers may be linked; say which one is meant. It fails only when one is installed already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let done = tokio::runtime::Runtime::new()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(Box::pin(run(line))));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hookflash: {error:#}");
            ExitCode::from(if error.is::<Mistakes>() { MISTAKES } else { 1 })
        }
    }
}

async fn run(line: CommandLine) -> anyhow::Result<()> {
    let config = line.config.as_deref();
    match line.command {
        Command::Serve(args) => serve::run(config, args).await,
        Command::Demo(args) => demo::run(args).await,
        Command::User(command) => user::run(&load(config, Vec::new())?, command).await,
        Command::CheckConfig(args) => check_config::run(config, &args),
        Command::Backup(args) => backup::run(&load(config, Vec::new())?, &args).await,
        Command::ImportHistory(args) => import_history::run(&load(config, Vec::new())?, &args).await,
        Command::ImportPeople(args) => import_people::run(&load(config, Vec::new())?, &args).await,
        Command::Report(args) => report::run(&load(config, Vec::new())?, args).await,
        Command::Openapi => openapi::run(),
    }
}

/// The settings of the file, the environment and these flags.
fn load(file: Option<&Path>, flags: Vec<(&'static str, String)>) -> anyhow::Result<Config> {
    Ok(Config::load(&Sources::gather(file, flags)?)?)
}
