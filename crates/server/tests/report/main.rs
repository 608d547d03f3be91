//! `hookflash report` on a made history.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod counted;
mod forms;
mod refusals;
mod states;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The lab's history ends some time ago, at moments that it knows alone.
const ALWAYS: [&str; 4] = ["--from", "2000-01-01", "--to", "2100-01-01"];

fn hookflash(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hookflash"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HOOKFLASH_")) {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(folder).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The lab's program: named by `HOOKFLASH_LAB_BIN`, or beside ours after being built.
fn lab() -> PathBuf {
    if let Some(named) = std::env::var_os("HOOKFLASH_LAB_BIN") {
        return named.into();
    }
    let built = Command::new(env!("CARGO")).args(["build", "--workspace", "--bin", "hookflash-lab"]).status();
    assert!(built.unwrap().success(), "hookflash-lab is built");
    Path::new(env!("CARGO_BIN_EXE_hookflash")).with_file_name("hookflash-lab")
}

/// A folder with a database of a made history, and what the lab counted in it.
fn history() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(lab())
        .args(["history", "--days", "9", "--interactions", "2000", "--seed", "11"])
        .args(["--out", "history.ndjson", "--totals", "totals"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", told(&made));
    let output = hookflash(folder.path(), &["import-history", "history.ndjson"]);
    assert!(output.status.success(), "{}", told(&output));
    folder
}

/// Writes a report and gives its bytes.
fn report(folder: &Path, name: &str, format: &str, more: &[&str]) -> Vec<u8> {
    let mut arguments = vec!["report", name, "--format", format, "--out", "made"];
    arguments.extend(more);
    let output = hookflash(folder, &arguments);
    assert!(output.status.success(), "{}", told(&output));
    std::fs::read(folder.join("made")).unwrap()
}

/// The rows of a report by CSV, each value by its column.
fn rows(folder: &Path, name: &str, more: &[&str]) -> Vec<BTreeMap<String, String>> {
    let file = report(folder, name, "csv", more);
    let text = std::str::from_utf8(&file).unwrap().trim_start_matches('\u{feff}');
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}
