//! The administrator's table of nicknames, read and replaced as a whole.

use crate::column::BindTo as _;
use crate::error::is_taken;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use sqlx::{query, query_as, query_scalar};

/// Most names.
pub const MAX_NICKNAMES: usize = 500;

row! {
    /// The nicknames of a name.
    pub struct NicknameRow {
        /// The name, as it is shown.
        pub name: String,
        /// The name, as names are compared; no two have the same.
        pub name_key: String,
        /// Its nicknames, as a JSON list.
        pub nicknames: String,
    }
}

impl Store {
    /// The table in the order in which it was given, and its revision.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn nicknames(&self) -> Result<(i64, Vec<NicknameRow>), StoreError> {
        // The revision first: who changes the table of an older one is told.
        let revision = on!(&self.db, pool => query_scalar(REVISION).fetch_one(pool).await)?;
        let rows = on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?;
        Ok((revision, rows))
    }

    /// Makes this the table, in the place of the one of that revision; the revision grows by one. Gives the number of
    /// the event `nicknames_changed`; none where the table was changed meanwhile, and then nothing is done.
    ///
    /// # Errors
    /// `NameTaken` for a name that is there twice, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn replace_nicknames(
        &self,
        rows: &[NicknameRow],
        revision: i64,
        by: &By,
    ) -> Result<Option<i64>, StoreError> {
        if rows.len() > MAX_NICKNAMES {
            return Err(StoreError::TooLong("the list of names"));
        }
        rows.iter().try_for_each(NicknameRow::check)?;
        let mut tx = self.writing.begin().await?;
        let result = replace(&mut tx, rows, revision, by).await;
        tx.settle(result).await
    }
}

async fn replace(
    tx: &mut Tx<'_>,
    rows: &[NicknameRow],
    revision: i64,
    by: &By,
) -> Result<Option<i64>, StoreError> {
    let changed = on!(tx.conn()?, conn => query(NEXT).bind(revision).execute(conn).await
        .map(|done| done.rows_affected()))?;
    if changed == 0 {
        return Ok(None);
    }
    on!(tx.conn()?, conn => query(CLEAR).execute(conn).await.map(drop))?;
    for (place, row) in (0_i64..).zip(rows) {
        on!(tx.conn()?, conn => row.bind_to(query(ADD)).bind(place).execute(conn).await.map(drop)).map_err(
            |error| {
                if is_taken(&error) { StoreError::NameTaken(row.name.clone()) } else { error.into() }
            },
        )?;
    }
    tx.audit("nicknames_changed", by, "{}".to_owned()).await.map(Some)
}

sql! {
    REVISION = "select nicknames_revision from people_clock";
    ALL = "select name, name_key, nicknames from nickname order by place";
    NEXT = "update people_clock set nicknames_revision = nicknames_revision + 1 where nicknames_revision = $1";
    CLEAR = "delete from nickname";
    ADD = "insert into nickname (name, name_key, nicknames, place) values ($1, $2, $3, $4)";
}
