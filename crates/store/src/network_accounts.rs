//! With which account a user signs in to a chat network. The secret comes in encrypted.

use crate::column::BindTo as _;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{By, Secret, Store, StoreError};
use hookflash_domain::{NetworkId, Timestamp, UserId};
use sqlx::{query, query_as};

row! {
    /// A user's account on a network.
    pub struct NetworkAccountRow {
        /// Whose.
        pub user_id: UserId,
        /// On which network.
        pub network: NetworkId,
        /// The name to sign in with there.
        pub sign_in_name: String,
        /// Another user name, where the network wants one.
        pub user_name: Option<String>,
        /// The network's address, where it is not discovered.
        pub address: Option<String>,
        /// The password, encrypted by the server.
        pub secret: Secret<Vec<u8>>,
        /// When the user connected it.
        pub connected_at: Timestamp,
    }
}

impl Store {
    /// All accounts of all users: who is to be signed in after a restart.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn network_accounts(&self) -> Result<Vec<NetworkAccountRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }

    /// A user's accounts.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn network_accounts_of(&self, user_id: UserId) -> Result<Vec<NetworkAccountRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(OF_USER).bind(user_id.0).fetch_all(pool).await)?)
    }

    /// Adds an account or replaces it; where the former session was is forgotten. Gives the number
    /// of the event `network_connected`.
    ///
    /// # Errors
    /// `NotFound` for the user, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn connect_network(&self, account: &NetworkAccountRow, by: &By) -> Result<i64, StoreError> {
        account.check()?;
        let mut tx = self.writing.begin().await?;
        let result = connect(&mut tx, account, by).await;
        tx.settle(result).await
    }

    /// Puts `to` in place of the secret `from`; false, and nothing is changed, where the account has
    /// another secret by now or is gone. No event: to people nothing changes.
    ///
    /// # Errors
    /// `NulCharacter`, `Unavailable`, `InDoubt`.
    pub async fn replace_network_secret(
        &self,
        user_id: UserId,
        network: &NetworkId,
        from: &Secret<Vec<u8>>,
        to: &Secret<Vec<u8>>,
    ) -> Result<bool, StoreError> {
        crate::column::check_text("network", &network.0)?;
        let mut tx = self.writing.begin().await?;
        let result = replace(&mut tx, (user_id, network), from, to).await;
        tx.settle(result).await
    }

    /// Erases an account with its secret. Gives the number of the event `network_disconnected`.
    ///
    /// # Errors
    /// `NotFound`, `NulCharacter`, `Unavailable`, `InDoubt`.
    pub async fn disconnect_network(
        &self,
        user_id: UserId,
        network: &NetworkId,
        by: &By,
    ) -> Result<i64, StoreError> {
        crate::column::check_text("network", &network.0)?;
        let mut tx = self.writing.begin().await?;
        let result = disconnect(&mut tx, user_id, network, by).await;
        tx.settle(result).await
    }
}

async fn connect(tx: &mut Tx<'_>, account: &NetworkAccountRow, by: &By) -> Result<i64, StoreError> {
    forget_resume(tx, account.user_id, &account.network).await?;
    on!(tx.conn()?, conn => account.bind_to(query(PUT)).execute(conn).await.map(drop))
        .map_err(|error| or_unknown(error, "user"))?;
    tx.audit("network_connected", by, about(account.user_id)).await
}

async fn replace(
    tx: &mut Tx<'_>,
    (user_id, network): (UserId, &NetworkId),
    from: &Secret<Vec<u8>>,
    to: &Secret<Vec<u8>>,
) -> Result<bool, StoreError> {
    let count = on!(tx.conn()?, conn => query(REPLACE).bind(user_id.0).bind(&network.0).bind(&from.0).bind(&to.0)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    Ok(count > 0)
}

async fn disconnect(
    tx: &mut Tx<'_>,
    user_id: UserId,
    network: &NetworkId,
    by: &By,
) -> Result<i64, StoreError> {
    forget_resume(tx, user_id, network).await?;
    let count = on!(tx.conn()?, conn => query(ERASE).bind(user_id.0).bind(&network.0)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if count == 0 {
        return Err(StoreError::NotFound("network account"));
    }
    tx.audit("network_disconnected", by, about(user_id)).await
}

async fn forget_resume(tx: &mut Tx<'_>, user_id: UserId, network: &NetworkId) -> Result<(), StoreError> {
    on!(tx.conn()?, conn => query(FORGET_RESUME).bind(user_id.0).bind(&network.0).execute(conn).await.map(drop))?;
    Ok(())
}

fn about(id: UserId) -> String {
    format!(r#"{{"user_id":"{id}"}}"#)
}

sql! {
    ALL = "select user_id, network, sign_in_name, user_name, address, secret, connected_at \
        from network_account order by user_id, network";
    OF_USER = "select user_id, network, sign_in_name, user_name, address, secret, connected_at \
        from network_account where user_id = $1 order by network";
    PUT = "insert into network_account (user_id, network, sign_in_name, user_name, address, secret, connected_at) \
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (user_id, network) do update set \
        sign_in_name = excluded.sign_in_name, user_name = excluded.user_name, address = excluded.address, \
        secret = excluded.secret, connected_at = excluded.connected_at";
    REPLACE = "update network_account set secret = $4 where user_id = $1 and network = $2 and secret = $3";
    ERASE = "delete from network_account where user_id = $1 and network = $2";
    FORGET_RESUME = "delete from network_resume where user_id = $1 and network = $2";
}
