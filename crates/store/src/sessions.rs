//! Who is signed in. Only the hash of a session's token is kept.

use crate::column::BindTo as _;
use crate::queues::or_unknown;
use crate::users::UserRow;
use crate::{Secret, Store, StoreError};
use hookflash_domain::{Timestamp, UserId};
use sqlx::{query, query_as};

row! {
    /// A signed-in session.
    pub struct SessionRow {
        /// The hash of the token that the browser holds.
        pub token_hash: Vec<u8>,
        /// Who signed in.
        pub user_id: UserId,
        /// The token that changes must carry.
        pub csrf: Secret<String>,
        /// When it began.
        pub created_at: Timestamp,
        /// When it was used last, as far as kept.
        pub seen_at: Timestamp,
        /// When it ends by itself.
        pub expires_at: Timestamp,
        /// What the browser says it is.
        pub user_agent: String,
    }
}

/// A session with its user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: SessionRow,
    /// Its user.
    pub user: UserRow,
}

impl Store {
    /// Adds a session.
    ///
    /// # Errors
    /// `NotFound` for the user, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn create_session(&self, session: &SessionRow) -> Result<(), StoreError> {
        session.check()?;
        let mut tx = self.writing.begin().await?;
        let added = on!(tx.conn()?, conn => session.bind_to(query(ADD)).execute(conn).await.map(drop));
        tx.settle(added.map_err(|error| or_unknown(error, "user"))).await
    }

    /// The session of a token's hash with its user, unless it has ended or the user is not active.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn signed_in(&self, token_hash: &[u8], now: Timestamp) -> Result<Option<SignedIn>, StoreError> {
        let found: Option<SessionRow> = on!(&self.db, pool => query_as(VALID)
            .bind(token_hash).bind(now.0).fetch_optional(pool).await)?;
        let Some(session) = found else { return Ok(None) };
        let user = self.user(session.user_id).await?.filter(|user| user.active);
        Ok(user.map(|user| SignedIn { session, user }))
    }

    /// Notes that a session was used and moves its end.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn touch_session(
        &self,
        token_hash: &[u8],
        seen_at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.writing.begin().await?;
        let touched = on!(tx.conn()?, conn => query(TOUCH).bind(token_hash).bind(seen_at.0).bind(expires_at.0)
            .execute(conn).await.map(drop));
        tx.settle(touched.map_err(StoreError::from)).await
    }

    /// Ends a session; nothing happens if it is gone.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn end_session(&self, token_hash: &[u8]) -> Result<(), StoreError> {
        let mut tx = self.writing.begin().await?;
        let ended = on!(tx.conn()?, conn => query(END).bind(token_hash).execute(conn).await.map(drop));
        tx.settle(ended.map_err(StoreError::from)).await
    }

    /// Ends all sessions of a user, and says how many.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn end_sessions_of(&self, user_id: UserId) -> Result<u64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let ended = on!(tx.conn()?, conn => query(END_ALL).bind(user_id.0)
            .execute(conn).await.map(|done| done.rows_affected()));
        tx.settle(ended.map_err(StoreError::from)).await
    }

    /// Forgets sessions that ended by themselves, and says how many.
    ///
    /// # Errors
    /// `Unavailable`, `InDoubt`.
    pub async fn forget_expired_sessions(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let ended = on!(tx.conn()?, conn => query(FORGET).bind(now.0)
            .execute(conn).await.map(|done| done.rows_affected()));
        tx.settle(ended.map_err(StoreError::from)).await
    }
}

sql! {
    ADD = "insert into session (token_hash, user_id, csrf, created_at, seen_at, expires_at, user_agent) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    VALID = "select token_hash, user_id, csrf, created_at, seen_at, expires_at, user_agent from session \
        where token_hash = $1 and expires_at > $2";
    TOUCH = "update session set seen_at = $2, expires_at = $3 where token_hash = $1";
    END = "delete from session where token_hash = $1";
    END_ALL = "delete from session where user_id = $1";
    FORGET = "delete from session where expires_at <= $1";
}
