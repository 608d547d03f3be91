//! Consults, past and present.

use crate::{ConsultRow, Store, StoreError};
use hookflash_domain::{ConsultId, InteractionId, UserId};
use sqlx::query_as;

/// Most consults of one read.
pub const MAX_CONSULTS: u32 = 1_000;

joined! {
    /// A consult with the name of the agent who asked.
    pub struct NamedConsult {
        /// The consult.
        pub consult: ConsultRow,
        /// The agent's name; none when the user is gone.
        pub agent_name: Option<String>,
    }
}

impl Store {
    /// One consult.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn consult(&self, id: ConsultId) -> Result<Option<ConsultRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(BY_ID).bind(id.0).fetch_optional(pool).await)?)
    }

    /// An agent's consults, newest first, in one state or in any; at most `limit`
    /// (up to [`MAX_CONSULTS`]).
    ///
    /// # Errors
    /// `Unavailable`, `NulCharacter`.
    pub async fn consults_of_agent(
        &self,
        agent_id: UserId,
        state: Option<&str>,
        limit: u32,
    ) -> Result<Vec<ConsultRow>, StoreError> {
        crate::column::check_text("state", state.unwrap_or_default())?;
        let limit = i64::from(limit.min(MAX_CONSULTS));
        Ok(on!(&self.db, pool => query_as(OF_AGENT)
            .bind(agent_id.0).bind(state).bind(limit).fetch_all(pool).await)?)
    }

    /// The consults of an interaction, oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn consults_of_interaction(&self, id: InteractionId) -> Result<Vec<NamedConsult>, StoreError> {
        let limit = i64::from(MAX_CONSULTS);
        Ok(on!(&self.db, pool => query_as(OF_INTERACTION).bind(id.0).bind(limit).fetch_all(pool).await)?)
    }
}

sql! {
    BY_ID = "select consult_id, interaction_id, agent_id, network, state, outcome, started_at, ended_at, \
        expert_name, last_text, body from consult where consult_id = $1";
    OF_AGENT = "select consult_id, interaction_id, agent_id, network, state, outcome, started_at, ended_at, \
        expert_name, last_text, body from consult \
        where agent_id = $1 and (cast($2 as text) is null or state = $2) \
        order by started_at desc, consult_id desc limit $3";
    OF_INTERACTION = "select c.consult_id, c.interaction_id, c.agent_id, c.network, c.state, c.outcome, \
        c.started_at, c.ended_at, c.expert_name, c.last_text, c.body, u.name as agent_name \
        from consult c left join user_account u on u.user_id = c.agent_id \
        where c.interaction_id = $1 order by c.started_at, c.consult_id limit $2";
}
