//! The connector passes the suite.

use crate::stage::PoolStage;
use hookflash_connectors::conformance::{self, Outcome};

/// What users are told that is shown.
const DOCUMENT: &str = include_str!("../../../../docs/connectors.md");

/// The rows of the table for this network, as far as its column.
fn rows(outcome: &Outcome) -> Vec<String> {
    let answer = |name: &str| if outcome.passed.contains(&name) { "yes" } else { "not claimed" };
    conformance::cases()
        .into_iter()
        .map(|case| format!("\n| {} | {} |", case.name, answer(case.name)))
        .collect()
}

/// One case of the suite may be chosen by `CONFORMANCE`, a part of its name.
#[tokio::test]
async fn the_connector_passes_the_suite() {
    let only = std::env::var("CONFORMANCE").unwrap_or_default();
    let stage = PoolStage::start(&["--history"]).await;
    let outcome: Outcome = conformance::run(&stage, &only).await;
    let failed: Vec<String> = outcome.failed.iter().map(|(name, why)| format!("{name}: {why}")).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    if only.is_empty() {
        let missing: String = rows(&outcome).into_iter().filter(|row| !DOCUMENT.contains(row)).collect();
        assert!(missing.is_empty(), "docs/connectors.md is to have:{missing}");
    }
    assert!(!outcome.passed.is_empty(), "no case is called {only:?}");
}
