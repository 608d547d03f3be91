//! Who helped before: experts of solved consults, by what those were about.
//!
//! Invariant: however much there is, a question reads the newest [`LOOKED_AT`] alone, along an index.

use crate::{Store, StoreError};
use hookflash_domain::{ConsultId, DispositionId, InteractionId, NetworkId, Timestamp};
use sqlx::query_as;

/// How many of the newest interactions or consults are looked at.
pub const LOOKED_AT: i64 = 200;
/// Most experts of an answer.
const MOST: i64 = 10;

row! {
    /// A value of attached data of a solved consult's interaction.
    pub struct ConsultTopicRow {
        /// The key.
        pub key: String,
        /// The value; the caller keeps it short, since it is part of an index.
        pub value: String,
        /// When the consult began.
        pub started_at: Timestamp,
        /// The consult.
        pub consult_id: ConsultId,
    }
}

row! {
    /// An expert who helped.
    pub struct HelpedRow {
        /// On which network.
        pub network: NetworkId,
        /// Their key there.
        pub address: String,
        /// Their name, as it was.
        pub name: String,
        /// In how many consults.
        pub count: i64,
        /// When the last of them began.
        pub last_at: Timestamp,
    }
}

impl Store {
    /// Who was talked to last in solved consults beside interactions with a disposition, but for one interaction;
    /// most often first, then the newest.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn helped_with_disposition(
        &self,
        disposition: DispositionId,
        but: InteractionId,
    ) -> Result<Vec<HelpedRow>, StoreError> {
        Ok(
            on!(&self.db, pool => query_as(WITH_DISPOSITION).bind(disposition.0).bind(but.0).bind(LOOKED_AT).bind(MOST)
            .fetch_all(pool).await)?,
        )
    }

    /// The same for a value of attached data.
    ///
    /// # Errors
    /// `NulCharacter`, `TooLong`, `Unavailable`.
    pub async fn helped_with_data(
        &self,
        key: &str,
        value: &str,
        but: InteractionId,
    ) -> Result<Vec<HelpedRow>, StoreError> {
        crate::column::check_text("key", key)?;
        crate::column::check_text("value", value)?;
        Ok(
            on!(&self.db, pool => query_as(WITH_DATA).bind(key).bind(value).bind(but.0).bind(LOOKED_AT).bind(MOST)
            .fetch_all(pool).await)?,
        )
    }
}

/// Who was talked to last in each consult `c`, counted.
macro_rules! experts_of {
    () => {
        "join invitation_fact f on f.consult_id = c.consult_id and f.outcome = 'accepted' \
            and f.no = (select max(l.no) from invitation_fact l where l.consult_id = c.consult_id \
            and l.outcome = 'accepted') \
        group by f.network, f.expert_address \
        order by count desc, last_at desc, f.network, f.expert_address limit "
    };
}

/// What is told of each.
macro_rules! told {
    () => {
        "select f.network, f.expert_address as address, max(f.expert_name) as name, count(*) as count, \
        max(c.started_at) as last_at from "
    };
}

sql! {
    WITH_DISPOSITION = concat!(told!(), "(select interaction_id from interaction where disposition_id = $1 \
        and consult_count > 0 and interaction_id <> $2 order by started_at desc limit $3) i \
        join consult c on c.interaction_id = i.interaction_id and c.outcome = 'solved' ", experts_of!(), "$4");
    WITH_DATA = concat!(told!(), "(select consult_id from consult_topic where key = $1 and value = $2 \
        order by started_at desc limit $4) t \
        join consult c on c.consult_id = t.consult_id and c.outcome = 'solved' and c.interaction_id <> $3 ",
        experts_of!(), "$5");
    PUT_TOPIC = "insert into consult_topic (key, value, started_at, consult_id) values ($1, $2, $3, $4) \
        on conflict (key, value, started_at, consult_id) do nothing";
}
