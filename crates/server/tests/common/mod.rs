//! The built programs, run by tests in a folder of their own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs our program to its end, without what the environment says of it.
pub(crate) fn hookflash(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hookflash"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HOOKFLASH_")) {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(folder).output().unwrap()
}

/// All that a program said.
pub(crate) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A folder with nine days of the lab's history in `history.ndjson`, and what the lab counted in `totals`.
pub(crate) fn made_history(interactions: &str, seed: &str, more: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(lab())
        .args(["history", "--days", "9", "--interactions", interactions, "--seed", seed])
        .args(["--out", "history.ndjson", "--totals", "totals"])
        .args(more)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", told(&made));
    folder
}

/// The lab's program: named by `HOOKFLASH_LAB_BIN`, or beside ours after being built.
pub(crate) fn lab() -> PathBuf {
    if let Some(named) = std::env::var_os("HOOKFLASH_LAB_BIN") {
        return named.into();
    }
    let built = Command::new(env!("CARGO")).args(["build", "--workspace", "--bin", "hookflash-lab"]).status();
    assert!(built.unwrap().success(), "hookflash-lab is built");
    Path::new(env!("CARGO_BIN_EXE_hookflash")).with_file_name("hookflash-lab")
}
