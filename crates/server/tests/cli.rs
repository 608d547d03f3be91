//! The commands as an administrator types them: words, exit codes, files.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the binary in a folder with this on standard input.
fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hookflash"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HOOKFLASH_")) {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(folder);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that asks for nothing may have ended before it read this.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn users_are_added_and_refused_with_words() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("password"), "correct horse battery\nmore\n").unwrap();
    let add = ["user", "add", "--name", "Ada Keller", "--role", "administrator", "admin"];
    let from_file = ["user", "add", "--role", "agent", "--password-file", "password", "dana"];
    for (arguments, input, code, words) in [
        (&add[..], "correct horse battery\n", 0, "Ada Keller may sign in as admin."),
        (&add[..], "correct horse battery\n", 1, "in use"),
        (&from_file[..], "", 0, "dana may sign in as dana."),
        (&["user", "add", "--role", "agent", "x"][..], "short\n", 1, "12 to 200 characters"),
        (&["user", "add", "--role", "owner", "x"][..], "", 2, "agent, supervisor or administrator"),
        (&["user", "add", "--role", "agent", "a b"][..], "", 1, "no spaces"),
        (&["user", "add", "--role", "agent", "--password", "x", "y"][..], "", 2, "--password"),
        (&["user", "password", "ADMIN"][..], "another password\n", 0, "all sessions were ended"),
        (&["user", "password", "nobody"][..], "another password\n", 1, "nobody signs in as nobody"),
    ] {
        let output = run(folder.path(), arguments, input);
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {}", told(&output));
        assert!(told(&output).contains(words), "{arguments:?} {}", told(&output));
    }
}

#[test]
fn mistakes_in_the_settings_are_all_listed_and_nothing_starts() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hookflash.toml"), "[http]\nlisten = \"x\"\nlistn = 1\n").unwrap();
    for command in ["check-config", "serve"] {
        let output = run(folder.path(), &[command], "");
        assert_eq!(output.status.code(), Some(78), "{}", told(&output));
        for words in ["2 mistakes", "http.listen = \"x\" in hookflash.toml", "did you mean http.listen?"] {
            assert!(told(&output).contains(words), "{}", told(&output));
        }
    }
    assert!(!folder.path().join("data").exists());
    let missing = run(folder.path(), &["check-config", "--config", "none.toml"], "");
    assert_eq!(missing.status.code(), Some(1));
    assert!(told(&missing).contains("none.toml"), "{}", told(&missing));
}

#[test]
fn a_backup_is_for_its_owner_alone_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["user", "add", "--role", "administrator", "admin"], "correct horse battery\n");
    let output = run(folder.path(), &["backup", "copy.db"], "");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let copy = folder.path().join("copy.db");
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(std::fs::read(&copy).unwrap().starts_with(b"SQLite format 3"));
    let again = run(folder.path(), &["backup", "copy.db"], "");
    assert_eq!(again.status.code(), Some(1));
    assert!(told(&again).contains("exists already"), "{}", told(&again));
    let names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn people_are_imported_and_refused_rows_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("latin.csv", b"id;name\n1;J\xFCrgen\n2;\n3;Anna\n");
    write("no-name.csv", b"id;phone\n1;2\n");
    write("less.csv", b"id,name\n1,J\xC3\xBCrgen\n");
    for (file, more, code, words) in [
        ("no-name.csv", &[][..], 1, "The column name (or given name, family name) is missing"),
        (
            "latin.csv",
            &[],
            0,
            "3 read, 2 added, 0 changed, 0 removed, 1 refused\nrow 3: there is no name (no_name)",
        ),
        ("latin.csv", &[], 0, "3 read, 0 added, 0 changed, 0 removed, 1 refused"),
        ("less.csv", &["--incremental"], 0, "1 read, 0 added, 0 changed, 0 removed, 0 refused"),
        ("less.csv", &[], 0, "1 read, 0 added, 0 changed, 1 removed, 0 refused"),
        ("missing.csv", &[], 1, "cannot read missing.csv"),
    ] {
        let arguments = [&["import-people", file, "--source", "HR"], more].concat();
        let output = run(folder.path(), &arguments, "");
        assert_eq!(output.status.code(), Some(code), "{file}: {}", told(&output));
        assert!(told(&output).contains(words), "{file}: {}", told(&output));
    }
}
