//! Agents' parts by disposition.

use super::ReadError;
use super::names::Names;
use super::sums::stretch;
use hookflash_domain::DispositionId;
use hookflash_domain::figures::Totals;
use hookflash_reports::library::{Asked, CodePart};
use hookflash_store::Store;
use std::collections::BTreeMap;

pub(super) async fn codes(store: &Store, asked: &Asked, names: &Names) -> Result<Vec<CodePart>, ReadError> {
    let mut codes = BTreeMap::<Option<DispositionId>, Totals>::new();
    for sum in store.agent_code_sums(stretch(asked), &names.abilities.ids()).await? {
        let is_wanted = names.queues.wants(sum.queue_id)
            && names.agents.wants(sum.agent_id)
            && names.wants_code(sum.code.disposition_id);
        if is_wanted {
            codes.entry(sum.code.disposition_id).or_default().add(&sum.code.totals);
        }
    }
    let part = |(id, totals): (Option<_>, _)| CodePart {
        disposition: id.map(|id| names.dispositions.name(id)),
        totals,
    };
    Ok(codes.into_iter().map(part).collect())
}
