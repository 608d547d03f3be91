//! Agents' parts by disposition, with names.

use super::ReadError;
use super::sums::{GONE, stretch};
use hookflash_reports::library::{Asked, CodePart};
use hookflash_store::Store;
use std::collections::BTreeMap;

pub(super) async fn codes(store: &Store, asked: &Asked) -> Result<Vec<CodePart>, ReadError> {
    let dispositions = store.dispositions().await?.into_iter();
    let names: BTreeMap<_, _> =
        dispositions.map(|disposition| (disposition.row.disposition_id, disposition.row.name)).collect();
    let part = |sum: hookflash_store::figures::CodeSum| CodePart {
        disposition: sum.disposition_id.map(|id| names.get(&id).cloned().unwrap_or_else(|| GONE.to_owned())),
        totals: sum.totals,
    };
    Ok(store.code_sums(stretch(asked)).await?.into_iter().map(part).collect())
}
