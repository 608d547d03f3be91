//! Agents' parts by disposition.

use super::ReadError;
use super::names::{GONE, Names};
use super::sums::stretch;
use hookflash_domain::DispositionId;
use hookflash_domain::figures::Totals;
use hookflash_reports::library::{Asked, CodePart};
use hookflash_store::Store;
use std::collections::BTreeMap;

pub(super) async fn codes(store: &Store, asked: &Asked, names: &Names) -> Result<Vec<CodePart>, ReadError> {
    let mut codes = BTreeMap::<Option<DispositionId>, Totals>::new();
    for sum in store.agent_code_sums(stretch(asked)).await? {
        if names.queues.wants(sum.queue_id) && names.agents.wants(sum.agent_id) {
            codes.entry(sum.code.disposition_id).or_default().add(&sum.code.totals);
        }
    }
    let dispositions = store.dispositions().await?.into_iter();
    let known: BTreeMap<_, _> =
        dispositions.map(|disposition| (disposition.row.disposition_id, disposition.row.name)).collect();
    let name = |id| known.get(&id).cloned().unwrap_or_else(|| GONE.to_owned());
    let part = |(id, totals): (Option<_>, _)| CodePart { disposition: id.map(name), totals };
    Ok(codes.into_iter().map(part).collect())
}
