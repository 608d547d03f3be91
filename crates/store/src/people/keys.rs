//! What the server signs in to a source with, and what a source signs in with here.

use crate::queues::or_unknown;
use crate::{Secret, Store, StoreError};
use hookflash_domain::Timestamp;
use sqlx::{query, query_as};
use uuid::Uuid;

row! {
    /// A source's secret, encrypted by the server.
    pub struct PeopleSourceSecretRow {
        /// Which source.
        pub source_id: Uuid,
        /// The record.
        pub secret: Secret<Vec<u8>>,
    }
}

row! {
    /// A token of a source. Only its hash is kept.
    pub struct PeopleSourceTokenRow {
        /// Which source.
        pub source_id: Uuid,
        /// The hash of the token.
        pub token_hash: Vec<u8>,
        /// When it was made.
        pub made_at: Timestamp,
    }
}

impl Store {
    /// The encrypted secrets of all sources.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn people_source_secrets(&self) -> Result<Vec<PeopleSourceSecretRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(SECRETS).fetch_all(pool).await)?)
    }

    /// The encrypted secret of a source.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn people_source_secret(
        &self,
        source_id: Uuid,
    ) -> Result<Option<PeopleSourceSecretRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(SECRET).bind(source_id).fetch_optional(pool).await)?)
    }

    /// Keeps the encrypted secret of a source in the place of another; without one, forgets it.
    ///
    /// # Errors
    /// `NotFound` for the source, `Unavailable`, `InDoubt`.
    pub async fn set_people_source_secret(
        &self,
        source_id: Uuid,
        secret: Option<&Secret<Vec<u8>>>,
    ) -> Result<(), StoreError> {
        let mut tx = self.writing.begin().await?;
        let done = match secret {
            Some(secret) => on!(tx.conn()?, conn => query(PUT_SECRET).bind(source_id).bind(&secret.0)
                .execute(conn).await.map(drop)),
            None => on!(tx.conn()?, conn => query(DROP_SECRET).bind(source_id).execute(conn).await.map(drop)),
        };
        tx.settle(done.map_err(|error| or_unknown(error, "people source"))).await
    }

    /// Puts `to` in place of the secret `from`; false where the source has another one by now.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn replace_people_source_secret(
        &self,
        source_id: Uuid,
        from: &Secret<Vec<u8>>,
        to: &Secret<Vec<u8>>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.writing.begin().await?;
        let done = on!(tx.conn()?, conn => query(REPLACE_SECRET).bind(source_id).bind(&from.0).bind(&to.0)
            .execute(conn).await.map(|done| done.rows_affected() > 0));
        tx.settle(done.map_err(StoreError::from)).await
    }

    /// Keeps a token of a source in the place of another one.
    ///
    /// # Errors
    /// `NotFound` for the source, `Unavailable`, `InDoubt`.
    pub async fn set_people_source_token(&self, token: &PeopleSourceTokenRow) -> Result<(), StoreError> {
        let mut tx = self.writing.begin().await?;
        let done = on!(tx.conn()?, conn => query(PUT_TOKEN).bind(token.source_id).bind(&token.token_hash)
            .bind(token.made_at.0).execute(conn).await.map(drop));
        tx.settle(done.map_err(|error| or_unknown(error, "people source"))).await
    }

    /// The token with this hash.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn people_source_token(
        &self,
        token_hash: &[u8],
    ) -> Result<Option<PeopleSourceTokenRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(TOKEN).bind(token_hash).fetch_optional(pool).await)?)
    }
}

sql! {
    SECRETS = "select source_id, secret from people_source_secret order by source_id";
    SECRET = "select source_id, secret from people_source_secret where source_id = $1";
    PUT_SECRET = "insert into people_source_secret (source_id, secret) values ($1, $2) \
        on conflict (source_id) do update set secret = excluded.secret";
    DROP_SECRET = "delete from people_source_secret where source_id = $1";
    REPLACE_SECRET = "update people_source_secret set secret = $3 where source_id = $1 and secret = $2";
    PUT_TOKEN = "insert into people_source_token (source_id, token_hash, made_at) values ($1, $2, $3) \
        on conflict (source_id) do update set token_hash = excluded.token_hash, made_at = excluded.made_at";
    TOKEN = "select source_id, token_hash, made_at from people_source_token where token_hash = $1";
}
