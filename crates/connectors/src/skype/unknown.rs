//! Counts what a pool says and we do not know: a new kind of pool shows itself there first.

use hookflash_domain::NetworkId;
use parking_lot::Mutex;
use std::collections::BTreeSet;

/// Most different names that get a counter of their own; a pool cannot fill the memory.
const MOST_NAMES: usize = 100;
/// Longest name shown.
const LONGEST_NAME: usize = 40;

/// Relations in events that are known and mean nothing to us.
const IGNORED: [&str; 26] = [
    "applicationSharing",
    "audioVideo",
    "communication",
    "contact",
    "contactLocation",
    "contactPrivacyRelationship",
    "contactSupportedModalities",
    "dataCollaboration",
    "defaultGroup",
    "delegatesGroup",
    "distributionGroup",
    "group",
    "localParticipant",
    "location",
    "me",
    "missedItems",
    "myContactsAndGroupsSubscription",
    "note",
    "participant",
    "participantMessaging",
    "participantApplicationSharing",
    "participantAudio",
    "participantVideo",
    "phoneAudio",
    "pinnedGroup",
    "presence",
];

static NAMES: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Counts a relation of an event that nothing was done with, unless that is as it should be.
pub(super) fn relation(network: &NetworkId, rel: &str) {
    if !IGNORED.contains(&rel) {
        count(network, "relation", rel);
    }
}

/// Counts a reason's subcode that has no meaning of its own to us.
pub(super) fn subcode(network: &NetworkId, subcode: &str) {
    count(network, "subcode", subcode);
}

fn count(network: &NetworkId, kind: &'static str, name: &str) {
    let name = bounded(name);
    tracing::debug!(network = network.0, kind, name, "the pool said something unknown");
    metrics::counter!("hookflash_skype_unknown_total", "network" => network.0.clone(), "kind" => kind, "name" => name)
        .increment(1);
}

/// The name as a label: short, plain, and one of a bounded number.
fn bounded(name: &str) -> String {
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-' || *letter == '.';
    let name: String = name.chars().filter(plain).take(LONGEST_NAME).collect();
    let mut names = NAMES.lock();
    if !names.contains(&name) {
        if name.is_empty() || names.len() >= MOST_NAMES {
            return "other".to_owned();
        }
        names.insert(name.clone());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::bounded;

    #[test]
    fn names_are_plain_short_and_few() {
        assert_eq!(bounded("brand\nNew\"Rel"), "brandNewRel");
        assert_eq!(bounded(&"x".repeat(1_000)).len(), 40);
        let many: std::collections::BTreeSet<_> =
            (0..1_000).map(|number| bounded(&format!("n{number}"))).collect();
        assert!(many.len() <= 101 && many.contains("other"), "{}", many.len());
        assert_eq!(bounded("brandNewRel"), "brandNewRel", "known ones stay");
    }
}
