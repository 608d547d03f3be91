//! How the keys of attached data are shown, and which may be handed over.

use crate::column::BindTo as _;
use crate::error::is_taken;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use sqlx::{query, query_as};

/// Most keys.
const MAX_KEYS: usize = 500;

row! {
    /// A key of attached data.
    pub struct AttachedKeyRow {
        /// The key, as the call brings it.
        pub key: String,
        /// What people read.
        pub label: String,
        /// Whether it may not be handed over to an expert.
        pub private: bool,
        /// Whether the value is kept from the desk.
        pub hidden: bool,
    }
}

impl Store {
    /// All keys in the administrator's order.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn attached_keys(&self) -> Result<Vec<AttachedKeyRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }

    /// Makes these the keys. Gives the number of the event `attached_keys_changed`.
    ///
    /// # Errors
    /// `NameTaken` for a key given twice, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn replace_attached_keys(&self, keys: &[AttachedKeyRow], by: &By) -> Result<i64, StoreError> {
        if keys.len() > MAX_KEYS {
            return Err(StoreError::TooLong("the list of keys"));
        }
        keys.iter().try_for_each(AttachedKeyRow::check)?;
        let mut tx = self.writing.begin().await?;
        let result = replace(&mut tx, keys, by).await;
        tx.settle(result).await
    }
}

async fn replace(tx: &mut Tx<'_>, keys: &[AttachedKeyRow], by: &By) -> Result<i64, StoreError> {
    on!(tx.conn()?, conn => query(CLEAR).execute(conn).await.map(drop))?;
    for (place, key) in (0_i64..).zip(keys) {
        on!(tx.conn()?, conn => key.bind_to(query(ADD)).bind(place).execute(conn).await.map(drop)).map_err(
            |error| if is_taken(&error) { StoreError::NameTaken(key.key.clone()) } else { error.into() },
        )?;
    }
    tx.audit("attached_keys_changed", by, "{}".to_owned()).await
}

sql! {
    ALL = "select key, label, private, hidden from attached_key order by place";
    CLEAR = "delete from attached_key";
    ADD = "insert into attached_key (key, label, private, hidden, place) values ($1, $2, $3, $4, $5)";
}
