//! Changing and removing views.

use super::{SavedViewRow, about};
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use sqlx::query;
use uuid::Uuid;

impl Store {
    /// Replaces name, filters, layout and whether it is shared, of the revision given; that grows by one. Gives the
    /// number of the event `saved_view_changed`; none where it was changed or removed meanwhile, and then nothing is
    /// done.
    ///
    /// # Errors
    /// `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn change_saved_view(&self, view: &SavedViewRow, by: &By) -> Result<Option<i64>, StoreError> {
        view.check()?;
        let mut tx = self.writing.begin().await?;
        let result = change(&mut tx, view, by).await;
        tx.settle(result).await
    }

    /// Removes a view. Gives the number of the event `saved_view_removed`.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`, `InDoubt`.
    pub async fn remove_saved_view(&self, view_id: Uuid, by: &By) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = remove(&mut tx, view_id, by).await;
        tx.settle(result).await
    }
}

async fn change(tx: &mut Tx<'_>, view: &SavedViewRow, by: &By) -> Result<Option<i64>, StoreError> {
    let changed = on!(tx.conn()?, conn => query(REPLACE).bind(view.view_id).bind(view.revision).bind(&view.name)
        .bind(view.shared).bind(&view.filters).bind(&view.layout).bind(view.changed_at.0).execute(conn).await
        .map(|done| done.rows_affected()))?;
    if changed == 0 {
        return Ok(None);
    }
    tx.audit("saved_view_changed", by, about(view.view_id)).await.map(Some)
}

async fn remove(tx: &mut Tx<'_>, view_id: Uuid, by: &By) -> Result<i64, StoreError> {
    let removed = on!(tx.conn()?, conn => query(DROP).bind(view_id).execute(conn).await
        .map(|done| done.rows_affected()))?;
    if removed == 0 {
        return Err(StoreError::NotFound("saved view"));
    }
    tx.audit("saved_view_removed", by, about(view_id)).await
}

sql! {
    REPLACE = "update saved_view set name = $3, shared = $4, filters = $5, layout = $6, changed_at = $7, \
        revision = revision + 1 where view_id = $1 and revision = $2";
    DROP = "delete from saved_view where view_id = $1";
}
