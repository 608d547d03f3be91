//! Checks of what is said with skills and languages.

use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::http::valid::Checks;
use hookflash_domain::routing::Ability;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Skills and languages by id.
pub(in crate::http) struct Known(BTreeMap<Uuid, Ability>);

impl Known {
    /// Reads them.
    ///
    /// # Errors
    /// The store is not available.
    pub(in crate::http) async fn read(state: &AppState) -> Result<Self, Problem> {
        let rows = state.store.abilities().await?.into_iter();
        Ok(Self(rows.map(|row| (row.ability_id, row.kind.ability(row.ability_id))).collect()))
    }

    /// At most so many of them.
    pub(in crate::http) fn check(
        &self,
        checks: &mut Checks,
        field: &str,
        ids: &[Uuid],
        most: usize,
    ) -> BTreeSet<Ability> {
        checks.count(field, ids, most);
        let mut found = BTreeSet::new();
        for id in ids.iter().take(most) {
            match self.0.get(id) {
                Some(ability) => drop(found.insert(*ability)),
                None => checks.wrong(field, format!("{id} is no skill or language")),
            }
        }
        found
    }
}
