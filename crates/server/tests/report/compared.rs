//! All reports say what the lab counted by code of its own, on both databases.

use super::{history, hookflash, lab, made_history, told};
use hookflash_store::testing::TestDatabase;
use std::path::Path;
use std::process::Command;

/// Runs the comparison that is run by hand on a large history, too.
fn compare(folder: &Path) {
    let done = Command::new(lab())
        .args(["compare-reports", "--program", env!("CARGO_BIN_EXE_hookflash")])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", told(&done));
    assert_eq!(told(&done).matches("all equal").count(), 13, "{}", told(&done));
}

#[test]
fn all_reports_are_what_the_lab_counted_on_sqlite() {
    compare(history().path());
}

#[tokio::test]
async fn all_reports_are_what_the_lab_counted_on_postgres() {
    let database = TestDatabase::postgres().await;
    let folder = made_history("2000", "12", &["--states"]);
    let settings = format!("[store]\nurl = \"{}\"\n", database.url());
    std::fs::write(folder.path().join("hookflash.toml"), settings).unwrap();
    let output = hookflash(folder.path(), &["import-history", "history.ndjson"]);
    assert!(output.status.success(), "{}", told(&output));
    compare(folder.path());
}
