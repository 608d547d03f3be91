//! What the engine needs to go on after a restart.

use crate::{AgentRow, ConsultRow, InteractionRow, MessageRow, OutboxRow, ResumePointRow, Store, StoreError};
use hookflash_domain::{NetworkId, UserId};
use sqlx::{query_as, query_scalar};

/// Everything that is not finished, as of one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// All agents.
    pub agents: Vec<AgentRow>,
    /// Interactions that are not completed, oldest first.
    pub interactions: Vec<InteractionRow>,
    /// Consults that have not ended or belong to those interactions, oldest first.
    pub consults: Vec<ConsultRow>,
    /// Their messages, by consult and time.
    pub messages: Vec<MessageRow>,
    /// Effects to carry out, oldest first.
    pub outbox: Vec<OutboxRow>,
    /// Where network sessions go on.
    pub resume_points: Vec<ResumePointRow>,
    /// The number of the last event, 0 before the first.
    pub last_seq: i64,
}

impl Store {
    /// Reads everything that is not finished, as of one moment.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn live(&self) -> Result<Live, StoreError> {
        on!(&self.db, pool => {
            let mut tx = pool.begin_with(crate::db::snapshot(&self.db)).await?;
            let live = Live {
                agents: query_as(AGENTS).fetch_all(&mut *tx).await?,
                interactions: query_as(INTERACTIONS).fetch_all(&mut *tx).await?,
                consults: query_as(CONSULTS).fetch_all(&mut *tx).await?,
                messages: query_as(MESSAGES).fetch_all(&mut *tx).await?,
                outbox: query_as(OUTBOX).fetch_all(&mut *tx).await?,
                resume_points: query_as(RESUME_POINTS).fetch_all(&mut *tx).await?,
                last_seq: query_scalar(LAST_SEQ).fetch_one(&mut *tx).await?,
            };
            tx.rollback().await?;
            Ok(live)
        })
    }
}

impl Store {
    /// All agents with the state that each is in.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn agents(&self) -> Result<Vec<AgentRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(AGENTS).fetch_all(pool).await)?)
    }

    /// Where a user's session on a network goes on.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn resume_point(
        &self,
        user_id: UserId,
        network: &NetworkId,
    ) -> Result<Option<String>, StoreError> {
        Ok(
            on!(&self.db, pool => query_scalar(RESUME_POINT).bind(user_id.0).bind(&network.0).fetch_optional(pool).await)?,
        )
    }
}

sql! {
    RESUME_POINT = "select value from network_resume where user_id = $1 and network = $2";
    AGENTS = "select user_id, state, since_at, body from agent order by user_id";
    INTERACTIONS = "select interaction_id, queue_id, agent_id, state, caller_number, caller_name, \
        dialled_number, started_at, answered_at, call_ended_at, completed_at, end_reason, disposition_id, note, \
        wait_ms, talk_ms, hold_ms, wrap_up_ms, consult_count, attached, body from interaction \
        where state <> 'completed' order by started_at, interaction_id";
    CONSULTS = "select consult_id, interaction_id, agent_id, network, state, outcome, started_at, ended_at, \
        expert_name, last_text, body from consult where state <> 'ended' or interaction_id in \
        (select interaction_id from interaction where state <> 'completed') order by started_at, consult_id";
    MESSAGES = "select message_id, consult_id, by_role, author_name, text, at, state, reason, shared, \
        network_message_id, html from message where consult_id in (select consult_id from consult \
        where state <> 'ended' or interaction_id in \
        (select interaction_id from interaction where state <> 'completed')) order by consult_id, at, message_id";
    OUTBOX = "select outbox_id, consult_id, kind, payload, created_at from outbox order by created_at, outbox_id";
    RESUME_POINTS = "select user_id, network, value from network_resume order by user_id, network";
    LAST_SEQ = "select coalesce(max(seq), 0) from event";
}
