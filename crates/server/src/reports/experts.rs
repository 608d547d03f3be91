//! What experts were asked and did.

use super::ReadError;
use super::load::Load;
use super::names::Names;
use super::sums::stretch;
use hookflash_reports::library::{Asked, ExpertPart};
use hookflash_store::Store;
use std::collections::BTreeMap;

pub(super) async fn experts(
    store: &Store,
    asked: &Asked,
    names: &Names,
) -> Result<Vec<ExpertPart>, ReadError> {
    let mut people = BTreeMap::<(String, String), Load>::new();
    for part in store.invitations(stretch(asked)).await? {
        if names.queues.wants(part.queue_id) && names.agents.wants(part.agent_id) {
            people.entry((part.network.clone(), part.expert_address.clone())).or_default().add(&part);
        }
    }
    let part = |((network, address), load): ((String, String), Load)| ExpertPart {
        network,
        address,
        consult_ms: load.consult_ms(),
        peak_count: load.peak_count(),
        totals: load.totals,
        name: load.name,
    };
    Ok(people.into_iter().map(part).collect())
}
