//! What experts were asked and did.

use super::ReadError;
use super::load::Load;
use super::names::Names;
use super::sums::stretch;
use hookflash_reports::library::{Asked, ExpertGroup, ExpertPart, expert_groups, expert_workload};
use hookflash_reports::{Report, Row};
use hookflash_store::Store;
use std::collections::BTreeMap;

/// By network and address.
type People = BTreeMap<(String, String), Load>;

/// Single experts for who may see them, otherwise what groups of them did.
pub(super) async fn experts(
    store: &Store,
    asked: &Asked,
    names: &Names,
    sees_people: bool,
) -> Result<(Report, Vec<Row>), ReadError> {
    let people = people(store, asked, names).await?;
    if sees_people {
        let parts = people.into_iter().map(|((network, address), load)| part(network, address, load));
        return Ok(expert_workload(asked, &parts.collect::<Vec<_>>()));
    }
    let (mut networks, mut all) = (BTreeMap::<String, Load>::new(), Load::default());
    for ((network, _), load) in &people {
        networks.entry(network.clone()).or_default().join(load);
        all.join(load);
    }
    let groups = networks.into_iter().map(|(network, load)| group(network, load));
    Ok(expert_groups(asked, &groups.collect::<Vec<_>>(), &group(String::new(), all)))
}

async fn people(store: &Store, asked: &Asked, names: &Names) -> Result<People, ReadError> {
    let mut people = People::new();
    for part in store.invitations(stretch(asked)).await? {
        if names.queues.wants(part.queue_id) && names.agents.wants(part.agent_id) {
            people.entry((part.network.clone(), part.expert_address.clone())).or_default().add(&part);
        }
    }
    Ok(people)
}

fn group(network: String, load: Load) -> ExpertGroup {
    ExpertGroup {
        network: network.clone(),
        people_count: load.people_count,
        part: load.is_group().then(|| part(network, String::new(), load)),
    }
}

fn part(network: String, address: String, load: Load) -> ExpertPart {
    ExpertPart {
        network,
        address,
        consult_ms: load.consult_ms(),
        peak_count: load.peak_count(),
        totals: load.totals,
        name: load.name,
    }
}
