//! Reading saved views.

use super::NamedView;
use crate::{Store, StoreError};
use hookflash_domain::UserId;
use sqlx::query_as;
use uuid::Uuid;

impl Store {
    /// The views of a page that a user sees, by name: first the own, then the shared ones of others; at most 1,000.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn saved_views(&self, page: &str, user_id: UserId) -> Result<Vec<NamedView>, StoreError> {
        Ok(on!(&self.db, pool => query_as(SEEN).bind(page).bind(user_id.0).fetch_all(pool).await)?)
    }

    /// A view, whoever's it is.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn saved_view(&self, view_id: Uuid) -> Result<Option<NamedView>, StoreError> {
        Ok(on!(&self.db, pool => query_as(BY_ID).bind(view_id).fetch_optional(pool).await)?)
    }
}

sql! {
    SEEN = "select v.view_id, v.user_id, v.page, v.name, v.shared, v.filters, v.layout, v.revision, v.created_at, \
        v.changed_at, u.name as user_name from saved_view v join user_account u on u.user_id = v.user_id \
        where v.page = $1 and (v.shared or v.user_id = $2) \
        order by case when v.user_id = $2 then 0 else 1 end, v.name, v.view_id limit 1000";
    BY_ID = "select v.view_id, v.user_id, v.page, v.name, v.shared, v.filters, v.layout, v.revision, v.created_at, \
        v.changed_at, u.name as user_name from saved_view v join user_account u on u.user_id = v.user_id \
        where v.view_id = $1";
}
