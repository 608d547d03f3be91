//! The connector passes the suite.

use crate::{server::Site, stage::XmppStage};
use hookflash_connectors::conformance::{self, Outcome};

/// What users are told that is shown.
const DOCUMENT: &str = include_str!("../../../../docs/connectors.md");

/// Every row of the table has this outcome in the column for XMPP.
fn is_told(outcome: &Outcome) -> bool {
    let answer = |name: &str| if outcome.passed.contains(&name) { "yes" } else { "not claimed" };
    conformance::cases().into_iter().all(|case| {
        let row = DOCUMENT.lines().find(|line| line.starts_with(&format!("| {} |", case.name)));
        row.is_some_and(|row| row.ends_with(&format!("| {} |", answer(case.name))))
    })
}

/// One case of the suite may be chosen by `CONFORMANCE`, a part of its name.
async fn play(site: Site) -> Outcome {
    let only = std::env::var("CONFORMANCE").unwrap_or_default();
    let stage = XmppStage::start(site).await;
    let outcome = conformance::run(&stage, &only).await;
    let failed: Vec<String> = outcome.failed.iter().map(|(name, why)| format!("{name}: {why}")).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(!outcome.passed.is_empty(), "no case is called {only:?}");
    if only.is_empty() {
        assert!(is_told(&outcome), "docs/connectors.md is to tell of XMPP:\n{outcome:#?}");
    }
    outcome
}

#[tokio::test]
async fn the_connector_passes_the_suite_on_prosody() {
    play(Site::Prosody).await;
}

#[tokio::test]
async fn the_connector_passes_the_suite_on_prosody_with_a_watcher() {
    play(Site::ProsodyWatcher).await;
}

#[tokio::test]
async fn the_connector_passes_the_suite_on_ejabberd() {
    play(Site::Ejabberd).await;
}
