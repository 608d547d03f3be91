//! `hookflash report` on a made history.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
mod compared;
mod forms;
mod killed;
mod killed_fires;
mod killed_mails;
#[path = "../http/mail_server.rs"]
#[expect(dead_code, reason = "what the tests of mails need besides")]
mod mail_server;
mod narrowed;
mod process;
mod refusals;
mod states;

use common::{hookflash, lab, made_history, told};
use std::collections::BTreeMap;
use std::path::Path;

/// The lab's history ends some time ago, at moments that it knows alone.
const ALWAYS: [&str; 4] = ["--from", "2000-01-01", "--to", "2100-01-01"];

/// A folder with a database of a made history, and what the lab counted in it.
fn history() -> tempfile::TempDir {
    let folder = made_history("2000", "11", &["--states"]);
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
