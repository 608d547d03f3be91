//! The messages of consults.

use crate::{MessageRow, Store, StoreError};
use hookflash_domain::{ConsultId, InteractionId};
use sqlx::query_as;

/// Most messages of one read; the oldest are kept.
pub const MAX_MESSAGES: u32 = 20_000;

impl Store {
    /// A consult's messages by time.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn messages(&self, consult_id: ConsultId) -> Result<Vec<MessageRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(OF_CONSULT)
            .bind(consult_id.0).bind(i64::from(MAX_MESSAGES)).fetch_all(pool).await)?)
    }

    /// The messages of all consults of an interaction, by consult and time.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn messages_of_interaction(&self, id: InteractionId) -> Result<Vec<MessageRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(OF_INTERACTION)
            .bind(id.0).bind(i64::from(MAX_MESSAGES)).fetch_all(pool).await)?)
    }
}

sql! {
    OF_CONSULT = "select message_id, consult_id, by_role, author_name, text, at, state, reason, shared, \
        network_message_id, html from message where consult_id = $1 order by at, message_id limit $2";
    OF_INTERACTION = "select m.message_id, m.consult_id, m.by_role, m.author_name, m.text, m.at, m.state, \
        m.reason, m.shared, m.network_message_id, m.html from consult c join message m on m.consult_id = c.consult_id \
        where c.interaction_id = $1 order by m.consult_id, m.at, m.message_id limit $2";
}
