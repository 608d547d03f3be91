//! The connector passes the suite.

use crate::stage::PoolStage;
use hookflash_connectors::conformance::{self, Outcome};

/// One case of the suite may be chosen by `CONFORMANCE`, a part of its name.
#[tokio::test]
async fn the_connector_passes_the_suite() {
    let only = std::env::var("CONFORMANCE").unwrap_or_default();
    let stage = PoolStage::start(&[]).await;
    let outcome: Outcome = conformance::run(&stage, &only).await;
    let failed: Vec<String> = outcome.failed.iter().map(|(name, why)| format!("{name}: {why}")).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(outcome.left_out.is_empty(), "left out: {:?}", outcome.left_out);
    assert!(!outcome.passed.is_empty(), "no case is called {only:?}");
}
