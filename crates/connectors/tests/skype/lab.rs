//! The program of the crate `lab`.

use serde_json::Value;
use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

/// Where it is; built where it is not given.
pub(crate) fn program() -> PathBuf {
    if let Some(given) = env::var_os("HOOKFLASH_LAB_BIN") {
        return given.into();
    }
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "hookflash-lab", "--message-format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo runs");
    assert!(built.status.success(), "cargo build -p hookflash-lab failed");
    let executable = |line: &[u8]| -> Option<PathBuf> {
        let message: Value = serde_json::from_slice(line).ok()?;
        message.get("executable")?.as_str().map(PathBuf::from)
    };
    built
        .stdout
        .split(|&byte| byte == b'\n')
        .filter_map(executable)
        .next_back()
        .expect("hookflash-lab was built")
}
