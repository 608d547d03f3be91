//! Views as users see them.

use super::found::may_change;
use super::page::Page;
use crate::http::problem::{Code, Problem};
use crate::http::session::SignedIn;
use hookflash_store::saved_views::NamedView;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// A saved view.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct SavedViewView {
    view_id: Uuid,
    page: Page,
    name: String,
    /// Whether all who may open the page see it.
    shared: bool,
    /// Whose.
    user_id: Uuid,
    user_name: String,
    /// Whether it is the one of who asks.
    own: bool,
    /// Whether who asks may change it.
    may_change: bool,
    /// The query of the page's address, such as `grain=day&from=2026-10-01`.
    filters: String,
    layout: ViewLayout,
    /// Grows with each change.
    revision: i64,
    created_at: i64,
    changed_at: i64,
}

/// How a page's columns are arranged. Columns that the page does not have are passed over.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ViewLayout {
    /// Keys of columns in their order; others come behind them.
    pub(super) order: Vec<String>,
    /// Columns that are shown, or not, where that differs from what is usual.
    pub(super) shown: BTreeMap<String, bool>,
    /// What is sorted by.
    #[schema(required = true)]
    pub(super) sort: Option<ViewSort>,
}

/// What is sorted by.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ViewSort {
    /// The key of a column.
    pub(super) key: String,
    /// From the greatest.
    pub(super) down: bool,
}

impl SavedViewView {
    /// The view as the user sees it; none of one that a later version has stored.
    pub(super) fn of(named: NamedView, user: &SignedIn) -> Option<Self> {
        let may_change = may_change(user, &named.view);
        let row = named.view;
        Some(Self {
            view_id: row.view_id,
            page: Page::of_word(&row.page)?,
            name: row.name,
            shared: row.shared,
            user_id: row.user_id.0,
            user_name: named.user_name,
            own: row.user_id == user.user_id,
            may_change,
            filters: row.filters,
            layout: serde_json::from_str(&row.layout).ok()?,
            revision: row.revision,
            created_at: row.created_at.0,
            changed_at: row.changed_at.0,
        })
    }
}

impl ViewLayout {
    /// As it is stored.
    pub(super) fn text(&self) -> Result<String, Problem> {
        serde_json::to_string(self).map_err(|_| Problem::new(Code::Internal, "Nothing was changed."))
    }
}
