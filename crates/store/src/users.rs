//! Accounts that sign in.

use crate::column::{BindTo as _, Column, check_text};
use crate::error::is_taken;
use crate::licences::{self, LicenceGrant};
use crate::members::join_queues;
use crate::tx::Tx;
use crate::{By, Secret, Store, StoreError};
use hookflash_domain::{QueueId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};
use std::collections::BTreeSet;

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Takes interactions.
    Agent,
    /// Sees what others do.
    Supervisor,
    /// Changes users, queues and settings.
    Administrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Agent, Self::Supervisor, Self::Administrator];

    /// The word of the API and of the database.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A user's roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles(pub BTreeSet<Role>);

impl Roles {
    /// Whether the role is among them.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }
}

impl<const N: usize> From<[Role; N]> for Roles {
    fn from(roles: [Role; N]) -> Self {
        Self(roles.into())
    }
}

/// Words with commas between them. A word of a later version gives no right in this one.
impl Column for Roles {
    type Raw = String;
    type Bound<'a> = String;
    fn from_raw(raw: String) -> Self {
        Self(raw.split(',').filter_map(Role::of_word).collect())
    }
    fn bound(&self) -> String {
        self.0.iter().map(|role| role.word()).collect::<Vec<_>>().join(",")
    }
}

row! {
    /// An account that signs in.
    pub struct UserRow {
        /// Which user.
        pub user_id: UserId,
        /// The name to sign in with; unique, case does not count.
        pub sign_in_name: String,
        /// The name shown to people.
        pub name: String,
        /// The password's hash, in PHC form.
        pub password_hash: Secret<String>,
        /// What the user may do.
        pub roles: Roles,
        /// The desk's language; none to follow the browser.
        pub language: Option<String>,
        /// Whether the user may sign in.
        pub active: bool,
        /// Since when there is this account.
        pub created_at: Timestamp,
    }
}

/// What to change of a user; an absent field stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserChange {
    /// The name to sign in with.
    pub sign_in_name: Option<String>,
    /// The name shown to people.
    pub name: Option<String>,
    /// The password's hash. Ends the user's sessions.
    pub password_hash: Option<Secret<String>>,
    /// What the user may do.
    pub roles: Option<Roles>,
    /// The desk's language.
    pub language: Option<Option<String>>,
    /// Whether the user may sign in. When not, the sessions end.
    pub active: Option<bool>,
    /// The queues that the user serves.
    pub queue_ids: Option<Vec<QueueId>>,
    /// The networks that the user may use.
    pub licences: Option<Vec<LicenceGrant>>,
}

/// How names are compared: without case and without space around them.
pub(crate) fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}

impl Store {
    /// All users, by name.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn users(&self) -> Result<Vec<UserRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }

    /// One user.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn user(&self, id: UserId) -> Result<Option<UserRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(BY_ID).bind(id.0).fetch_optional(pool).await)?)
    }

    /// The user who signs in with this name, whatever its case.
    ///
    /// # Errors
    /// `Unavailable`, `NulCharacter`.
    pub async fn user_by_sign_in_name(&self, name: &str) -> Result<Option<UserRow>, StoreError> {
        check_text("sign_in_name", name)?;
        Ok(on!(&self.db, pool => query_as(BY_NAME).bind(name_key(name)).fetch_optional(pool).await)?)
    }

    /// Adds a user. Gives the number of the event `user_created`.
    ///
    /// # Errors
    /// `NameTaken`, `NoSeatLeft`, `NotFound` for a queue, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn create_user(
        &self,
        user: &UserRow,
        queue_ids: &[QueueId],
        licences: &[LicenceGrant],
        by: &By,
    ) -> Result<i64, StoreError> {
        user.check()?;
        let mut tx = self.writing.begin().await?;
        let result = create(&mut tx, user, queue_ids, licences, by).await;
        tx.settle(result).await
    }

    /// Changes a user. Gives the number of the event `user_changed`.
    ///
    /// # Errors
    /// `NotFound`, `NameTaken`, `NoSeatLeft`, `LastAdministrator`, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn change_user(&self, id: UserId, change: UserChange, by: &By) -> Result<i64, StoreError> {
        let mut tx = self.writing.begin().await?;
        let result = self::change(&mut tx, id, change, by).await;
        tx.settle(result).await
    }

    /// Sets a user's own password and ends all sessions but the one kept. Gives the number of the
    /// event `password_changed`.
    ///
    /// # Errors
    /// `NotFound`, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn set_password(
        &self,
        id: UserId,
        password_hash: &Secret<String>,
        keep_token_hash: Option<&[u8]>,
        by: &By,
    ) -> Result<i64, StoreError> {
        check_text("password_hash", &password_hash.0)?;
        let mut tx = self.writing.begin().await?;
        let result = replace_password(&mut tx, id, password_hash, keep_token_hash, by).await;
        tx.settle(result).await
    }

    /// Sets the language of a user's desk.
    ///
    /// # Errors
    /// `NotFound`, `NulCharacter`, `Unavailable`, `InDoubt`.
    pub async fn set_language(&self, id: UserId, language: Option<&str>, by: &By) -> Result<i64, StoreError> {
        let change = UserChange { language: Some(language.map(str::to_owned)), ..UserChange::default() };
        self.change_user(id, change, by).await
    }
}

async fn create(
    tx: &mut Tx<'_>,
    user: &UserRow,
    queue_ids: &[QueueId],
    licences: &[LicenceGrant],
    by: &By,
) -> Result<i64, StoreError> {
    on!(tx.conn()?, conn => user.bind_to(query(ADD)).bind(name_key(&user.sign_in_name)).execute(conn).await.map(drop))
        .map_err(|error| or_taken(error, &user.sign_in_name))?;
    join_queues(tx, user.user_id, queue_ids).await?;
    licences::replace(tx, user.user_id, licences, by.at).await?;
    tx.audit("user_created", by, about(user.user_id)).await
}

async fn change(tx: &mut Tx<'_>, id: UserId, change: UserChange, by: &By) -> Result<i64, StoreError> {
    let found: Option<UserRow> =
        on!(tx.conn()?, conn => query_as(BY_ID).bind(id.0).fetch_optional(conn).await)?;
    let before = found.ok_or(StoreError::NotFound("user"))?;
    let signs_out = change.password_hash.is_some() || change.active == Some(false);
    let (queue_ids, licences) = (change.queue_ids.clone(), change.licences.clone());
    let after = apply(before.clone(), change);
    after.check()?;
    if is_administrator(&before) && !is_administrator(&after) {
        let others: i64 =
            on!(tx.conn()?, conn => query_scalar(OTHER_ADMINISTRATORS).bind(id.0).fetch_one(conn).await)?;
        if others == 0 {
            return Err(StoreError::LastAdministrator);
        }
    }
    on!(tx.conn()?, conn => after.bind_to(query(REPLACE)).bind(name_key(&after.sign_in_name))
        .execute(conn).await.map(drop))
    .map_err(|error| or_taken(error, &after.sign_in_name))?;
    if let Some(queue_ids) = queue_ids {
        join_queues(tx, id, &queue_ids).await?;
    }
    if let Some(licences) = licences {
        licences::replace(tx, id, &licences, by.at).await?;
    }
    if signs_out {
        end_sessions(tx, id, None).await?;
    }
    tx.audit("user_changed", by, about(id)).await
}

fn apply(user: UserRow, change: UserChange) -> UserRow {
    UserRow {
        sign_in_name: change.sign_in_name.unwrap_or(user.sign_in_name),
        name: change.name.unwrap_or(user.name),
        password_hash: change.password_hash.unwrap_or(user.password_hash),
        roles: change.roles.unwrap_or(user.roles),
        language: change.language.unwrap_or(user.language),
        active: change.active.unwrap_or(user.active),
        ..user
    }
}

fn is_administrator(user: &UserRow) -> bool {
    user.active && user.roles.has(Role::Administrator)
}

async fn replace_password(
    tx: &mut Tx<'_>,
    id: UserId,
    password_hash: &Secret<String>,
    keep_token_hash: Option<&[u8]>,
    by: &By,
) -> Result<i64, StoreError> {
    let count = on!(tx.conn()?, conn => query(SET_PASSWORD).bind(id.0).bind(&password_hash.0)
        .execute(conn).await.map(|done| done.rows_affected()))?;
    if count == 0 {
        return Err(StoreError::NotFound("user"));
    }
    end_sessions(tx, id, keep_token_hash).await?;
    tx.audit("password_changed", by, about(id)).await
}

async fn end_sessions(tx: &mut Tx<'_>, id: UserId, keep: Option<&[u8]>) -> Result<(), StoreError> {
    on!(tx.conn()?, conn => query(END_SESSIONS).bind(id.0).bind(keep.unwrap_or_default())
        .execute(conn).await.map(drop))?;
    Ok(())
}

fn or_taken(error: sqlx::Error, name: &str) -> StoreError {
    if is_taken(&error) { StoreError::NameTaken(name.to_owned()) } else { error.into() }
}

fn about(id: UserId) -> String {
    format!(r#"{{"user_id":"{id}"}}"#)
}

sql! {
    ALL = "select user_id, sign_in_name, name, password_hash, roles, language, active, created_at \
        from user_account order by name, user_id";
    BY_ID = "select user_id, sign_in_name, name, password_hash, roles, language, active, created_at \
        from user_account where user_id = $1";
    BY_NAME = "select user_id, sign_in_name, name, password_hash, roles, language, active, created_at \
        from user_account where sign_in_key = $1";
    ADD = "insert into user_account (user_id, sign_in_name, name, password_hash, roles, language, active, \
        created_at, sign_in_key) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    REPLACE = "update user_account set sign_in_name = $2, name = $3, password_hash = $4, roles = $5, \
        language = $6, active = $7, created_at = $8, sign_in_key = $9 where user_id = $1";
    SET_PASSWORD = "update user_account set password_hash = $2 where user_id = $1";
    END_SESSIONS = "delete from session where user_id = $1 and token_hash <> $2";
    OTHER_ADMINISTRATORS = "select count(*) from user_account \
        where active and roles like '%administrator%' and user_id <> $1";
}
