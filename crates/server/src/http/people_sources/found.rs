//! The source that a path names.

use super::view::PeopleSourceView;
use crate::http::problem::{Code, Problem};
use crate::http::state::AppState;
use hookflash_store::people::{EXPERTS, PeopleSourceRow};
use uuid::Uuid;

/// The source of an id.
///
/// # Errors
/// `unknown_people_source`, or what the store could not do.
pub(super) async fn found(state: &AppState, id: Uuid) -> Result<PeopleSourceRow, Problem> {
    let unknown = || Problem::new(Code::UnknownPeopleSource, "It may have been removed meanwhile.");
    state.store.people_source(id).await?.ok_or_else(unknown)
}

/// The source with its last import, as it is now.
///
/// # Errors
/// As [`found`].
pub(super) async fn shown(state: &AppState, id: Uuid) -> Result<PeopleSourceView, Problem> {
    let source = found(state, id).await?;
    let last = state.store.people_imports(id).await?.into_iter().next();
    let count = state.store.count_people_of_source(id).await?;
    Ok(PeopleSourceView::of(source, count, last))
}

/// Refuses to change more of a source that is built in than whether its people are found.
///
/// # Errors
/// `source_built_in`.
pub(super) fn check_not_built_in(source: &PeopleSourceRow) -> Result<(), Problem> {
    if source.kind == EXPERTS {
        return Err(Problem::new(Code::SourceBuiltIn, "It can be switched off. Nothing was changed."));
    }
    Ok(())
}
