//! Finding a view, and who may change it.

use super::page::{Page, sees_figures};
use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use crate::http::state::AppState;
use hookflash_store::saved_views::{NamedView, SavedViewRow};
use hookflash_store::users::Role;
use uuid::Uuid;

/// Its owner changes a view; a shared one, administrators too.
pub(super) fn may_change(user: &SignedIn, view: &SavedViewRow) -> bool {
    view.user_id == user.user_id || view.shared && user.has(Role::Administrator)
}

/// The view where the user may see it: 404 for another's that is private, 403 where the page may not be opened.
pub(super) async fn found(state: &AppState, user: &SignedIn, id: Uuid) -> Result<NamedView, Problem> {
    check_role(user)?;
    let named = state.store.saved_view(id).await?.ok_or_else(unknown)?;
    if !named.view.shared && named.view.user_id != user.user_id {
        return Err(unknown());
    }
    Page::of_word(&named.view.page).ok_or_else(unknown)?.check(user)?;
    Ok(named)
}

/// The view where the user may change it, or 403.
pub(super) async fn changeable(state: &AppState, user: &SignedIn, id: Uuid) -> Result<NamedView, Problem> {
    let named = found(state, user, id).await?;
    if !may_change(user, &named.view) {
        let words = "Only its owner and administrators change a shared view. Save it as one of your own.";
        return Err(Problem::new(Code::NotPermitted, words));
    }
    Ok(named)
}

pub(super) fn unknown() -> Problem {
    Problem::new(Code::UnknownSavedView, "It was removed, or is not shared any more.")
}

/// Who has no role opens no page.
fn check_role(user: &SignedIn) -> Result<(), Problem> {
    if sees_figures(user) || user.has(Role::Agent) {
        return Ok(());
    }
    Err(Problem::new(Code::NotPermitted, "This is for agents, supervisors and administrators."))
}
