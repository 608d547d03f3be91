//! Which user may use which chat network. A licence takes one of the network's seats.

use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{Store, StoreError};
use hookflash_domain::{NetworkId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

row! {
    /// A user's licence for a network.
    pub struct LicenceRow {
        /// Whose.
        pub user_id: UserId,
        /// For which network.
        pub network: NetworkId,
        /// Since when.
        pub granted_at: Timestamp,
    }
}

/// A licence that a user is to have, with what the deployment allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceGrant {
    /// For which network.
    pub network: NetworkId,
    /// How many users may have one; none for any number.
    pub seat_count: Option<i64>,
}

impl Store {
    /// All licences, by network and user.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn licences(&self) -> Result<Vec<LicenceRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }
}

/// Makes these the licences of a user. A licence that the user has is kept even where more seats are
/// taken than the deployment allows by now.
pub(crate) async fn replace(
    tx: &mut Tx<'_>,
    user_id: UserId,
    grants: &[LicenceGrant],
    now: Timestamp,
) -> Result<(), StoreError> {
    let held: Vec<LicenceRow> =
        on!(tx.conn()?, conn => query_as(OF_USER).bind(user_id.0).fetch_all(conn).await)?;
    for row in held.iter().filter(|row| !grants.iter().any(|grant| grant.network == row.network)) {
        on!(tx.conn()?, conn => query(TAKE).bind(user_id.0).bind(&row.network.0).execute(conn).await.map(drop))?;
    }
    for grant in grants.iter().filter(|grant| !held.iter().any(|row| row.network == grant.network)) {
        give(tx, user_id, grant, now).await?;
    }
    Ok(())
}

async fn give(
    tx: &mut Tx<'_>,
    user_id: UserId,
    grant: &LicenceGrant,
    now: Timestamp,
) -> Result<(), StoreError> {
    crate::column::check_text("network", &grant.network.0)?;
    let taken: i64 =
        on!(tx.conn()?, conn => query_scalar(COUNT).bind(&grant.network.0).fetch_one(conn).await)?;
    if grant.seat_count.is_some_and(|seats| taken >= seats) {
        return Err(StoreError::NoSeatLeft(grant.network.0.clone()));
    }
    on!(tx.conn()?, conn => query(GIVE).bind(user_id.0).bind(&grant.network.0).bind(now.0)
        .execute(conn).await.map(drop))
    .map_err(|error| or_unknown(error, "user"))
}

sql! {
    ALL = "select user_id, network, granted_at from network_licence order by network, user_id";
    OF_USER = "select user_id, network, granted_at from network_licence where user_id = $1";
    COUNT = "select count(*) from network_licence where network = $1";
    GIVE = "insert into network_licence (user_id, network, granted_at) values ($1, $2, $3) on conflict do nothing";
    TAKE = "delete from network_licence where user_id = $1 and network = $2";
}
