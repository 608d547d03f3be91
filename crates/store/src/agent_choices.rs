//! What agents choose for their work on chat networks.

use crate::column::BindTo as _;
use crate::queues::or_unknown;
use crate::{By, Store, StoreError};
use hookflash_domain::UserId;
use sqlx::{query, query_as};

row! {
    /// An agent's choices. Who has made none has none stored.
    pub struct AgentChoiceRow {
        /// Whose.
        pub user_id: UserId,
        /// The word of what is done with chats that experts begin; none to follow the network's setting.
        pub incoming: Option<String>,
        /// Whether the agent's own presence says "in a call" during calls.
        pub shows_calls: bool,
    }
}

impl Store {
    /// The choices of all agents who have made any.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn agent_choices(&self) -> Result<Vec<AgentChoiceRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }

    /// Sets an agent's choices. Gives the number of the event `agent_choices_changed`.
    ///
    /// # Errors
    /// `NotFound` for the user, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn set_agent_choice(&self, choice: &AgentChoiceRow, by: &By) -> Result<i64, StoreError> {
        choice.check()?;
        let mut tx = self.writing.begin().await?;
        let result = async {
            on!(tx.conn()?, conn => choice.bind_to(query(PUT)).execute(conn).await.map(drop))
                .map_err(|error| or_unknown(error, "user"))?;
            tx.audit("agent_choices_changed", by, format!(r#"{{"user_id":"{}"}}"#, choice.user_id)).await
        }
        .await;
        tx.settle(result).await
    }
}

sql! {
    ALL = "select user_id, incoming, shows_calls from agent_choice order by user_id";
    PUT = "insert into agent_choice (user_id, incoming, shows_calls) values ($1, $2, $3) \
        on conflict (user_id) do update set incoming = excluded.incoming, shows_calls = excluded.shows_calls";
}
