//! New views.

use super::{SavedViewRow, about};
use crate::column::BindTo as _;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use sqlx::{query, query_scalar};

/// How many saved views there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewLimits {
    /// Of all users.
    pub all: i64,
    /// Of one user.
    pub one_user: i64,
}

impl Store {
    /// Adds a view. Gives the number of the event `saved_view_created`.
    ///
    /// # Errors
    /// `TooManyViews`, `NotFound` for the user, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn create_saved_view(
        &self,
        view: &SavedViewRow,
        limits: ViewLimits,
        by: &By,
    ) -> Result<i64, StoreError> {
        view.check()?;
        let mut tx = self.writing.begin().await?;
        let result = create(&mut tx, view, limits, by).await;
        tx.settle(result).await
    }
}

async fn create(
    tx: &mut Tx<'_>,
    view: &SavedViewRow,
    limits: ViewLimits,
    by: &By,
) -> Result<i64, StoreError> {
    // Numbering events is one node's at a time, so no two count before either adds.
    tx.lock_events().await?;
    let all: i64 = on!(tx.conn()?, conn => query_scalar(COUNT).fetch_one(conn).await)?;
    let own: i64 =
        on!(tx.conn()?, conn => query_scalar(COUNT_OF).bind(view.user_id.0).fetch_one(conn).await)?;
    if all >= limits.all || own >= limits.one_user {
        return Err(StoreError::TooManyViews);
    }
    on!(tx.conn()?, conn => view.bind_to(query(ADD)).execute(conn).await.map(drop))
        .map_err(|error| or_unknown(error, "user"))?;
    tx.audit("saved_view_created", by, about(view.view_id)).await
}

sql! {
    COUNT = "select count(*) from saved_view";
    COUNT_OF = "select count(*) from saved_view where user_id = $1";
    ADD = "insert into saved_view (view_id, user_id, page, name, shared, filters, layout, revision, created_at, \
        changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
}
