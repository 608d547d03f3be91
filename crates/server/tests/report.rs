//! `hookflash report` on a made history: the files' totals are what the lab counted by code of its own.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

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
    arguments.extend(ALWAYS);
    arguments.extend(more);
    let output = hookflash(folder, &arguments);
    assert!(output.status.success(), "{}", told(&output));
    std::fs::read(folder.join("made")).unwrap()
}

/// Sums of columns by the value of another.
fn sums(text: &str, key: &str, columns: &[&str]) -> BTreeMap<String, Vec<i64>> {
    let mut lines =
        text.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let place = |name: &str| head.iter().position(|one| *one == name).unwrap();
    let mut found = BTreeMap::<String, Vec<i64>>::new();
    for line in lines {
        let sums = found.entry(line[place(key)].to_owned()).or_insert_with(|| vec![0; columns.len()]);
        for (sum, column) in sums.iter_mut().zip(columns) {
            *sum += line[place(column)].parse::<i64>().unwrap();
        }
    }
    found
}

#[test]
fn totals_are_what_the_lab_counted() {
    let folder = history();
    let counted = |file: &str, key: &str, columns: &[&str]| {
        sums(&std::fs::read_to_string(folder.path().join("totals").join(file)).unwrap(), key, columns)
    };
    let reported = |name: &str, key: &str, columns: &[&str]| {
        sums(&String::from_utf8(report(folder.path(), name, "csv", &[])).unwrap(), key, columns)
    };
    let wanted =
        counted("queues.csv", "queue", &["offered", "answered", "abandoned", "flowed_out", "handled"]);
    assert!(wanted.len() > 1);
    for name in ["queue-summary", "queue-interval", "queue-daily"] {
        let columns = ["Offered", "Answered", "Abandoned", "Flow-out", "Handled"];
        assert_eq!(reported(name, "Queue", &columns), wanted, "{name}");
    }
    // The lab counts by sign-in name, the paper has the names of people.
    let wanted =
        counted("agents.csv", "agent", &["alerts", "not_responding", "answered", "handled", "consults"]);
    let columns = ["Offers", "Not responding", "Answered", "Handled", "Consults"];
    let sorted = |sums: BTreeMap<String, Vec<i64>>| {
        let mut values: Vec<_> = sums.into_values().collect();
        values.sort_unstable();
        values
    };
    assert_eq!(sorted(reported("agent-summary", "Agent", &columns)), sorted(wanted));
}

#[test]
fn every_report_comes_in_every_format_and_language() {
    let folder = history();
    for name in [
        "queue-summary",
        "queue-interval",
        "queue-daily",
        "service-level",
        "abandons",
        "agent-summary",
        "agent-status-summary",
    ] {
        for (format, begins) in [("pdf", "%PDF-"), ("xlsx", "PK"), ("csv", "\u{feff}")] {
            let file =
                report(folder.path(), name, format, &["--language", "de", "--time-zone", "Europe/Berlin"]);
            assert!(file.starts_with(begins.as_bytes()) && file.len() > 100, "{name} {format}");
        }
    }
}

#[test]
fn what_cannot_be_made_is_said_and_what_is_there_stays() {
    let folder = history();
    std::fs::write(folder.path().join("made"), "kept").unwrap();
    let refused = |arguments: &[&str]| {
        let mut all = vec!["report"];
        all.extend(arguments);
        all.extend(["--format", "csv", "--out", "made"]);
        let output = hookflash(folder.path(), &all);
        assert!(!output.status.success());
        told(&output)
    };
    let always = |more: &[&'static str]| [&ALWAYS[..], more].concat();
    assert!(refused(&[&["queue-sumary"], &ALWAYS[..]].concat()).contains("queue-summary, queue-interval"));
    let nobody = refused(&[&["queue-summary"], &always(&["--queue", "Nobody"])[..]].concat());
    assert!(nobody.contains("there is no queue of the name Nobody"), "{nobody}");
    assert!(refused(&["queue-summary"]).contains("--from"));
    let agent = refused(&[&["queue-summary"], &always(&["--agent", "Dana"])[..]].concat());
    assert!(agent.contains("queue-summary cannot be narrowed down to agents"), "{agent}");
    let zone = refused(&[&["queue-summary"], &always(&["--time-zone", "Mars"])[..]].concat());
    assert!(zone.contains("Mars is not a name of the time-zone database"), "{zone}");
    assert_eq!(std::fs::read_to_string(folder.path().join("made")).unwrap(), "kept");
    let left = std::fs::read_dir(folder.path()).unwrap();
    assert!(left.flatten().all(|file| !file.file_name().to_string_lossy().starts_with(".hookflash")));
}
