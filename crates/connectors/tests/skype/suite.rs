//! The connector passes the suite.

use crate::stage::PoolStage;
use hookflash_connectors::conformance::{self, Outcome};

/// Cases of what the connector does not claim.
const NOT_CLAIMED: [&str; 8] = [
    "a message that is not delivered is told",
    "a watched person's note is told",
    "favourites are told with their groups",
    "favourites are added and taken off",
    "a photo is given where there is one",
    "a call is shown and what was before comes back",
    "a call is not shown over a chosen do not disturb",
    "what was said before is told",
];

/// One case of the suite may be chosen by `CONFORMANCE`, a part of its name.
#[tokio::test]
async fn the_connector_passes_the_suite() {
    let only = std::env::var("CONFORMANCE").unwrap_or_default();
    let stage = PoolStage::start(&[]).await;
    let outcome: Outcome = conformance::run(&stage, &only).await;
    let failed: Vec<String> = outcome.failed.iter().map(|(name, why)| format!("{name}: {why}")).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    let unclaimed = |name: &&&str| !NOT_CLAIMED.contains(*name);
    let left_out: Vec<_> = outcome.left_out.iter().filter(unclaimed).collect();
    assert!(left_out.is_empty(), "left out: {left_out:?}");
    assert!(!outcome.passed.is_empty(), "no case is called {only:?}");
}
