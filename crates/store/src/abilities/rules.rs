//! By which rules interactions ask for something.

use crate::column::BindTo as _;
use crate::queues::or_unknown;
use crate::tx::Tx;
use crate::{By, Store, StoreError};
use hookflash_domain::routing::MAX_DEMAND_RULES;
use sqlx::{query, query_as};
use uuid::Uuid;

row! {
    /// An interaction that comes like this asks for that.
    pub struct DemandRuleRow {
        /// `attached` or `dialled`.
        pub source: String,
        /// The key of attached data; empty for a dialled number.
        pub key: String,
        /// The value of that key, or the number.
        pub value: String,
        /// What is asked for.
        pub ability_id: Uuid,
    }
}

impl Store {
    /// All rules in the administrator's order.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn demand_rules(&self) -> Result<Vec<DemandRuleRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(ALL).fetch_all(pool).await)?)
    }

    /// Makes these the rules. Gives the number of the event `demand_rules_changed`.
    ///
    /// # Errors
    /// `NotFound` for an ability, `NulCharacter`, `TooLong`, `Unavailable`, `InDoubt`.
    pub async fn replace_demand_rules(&self, rules: &[DemandRuleRow], by: &By) -> Result<i64, StoreError> {
        if rules.len() > MAX_DEMAND_RULES {
            return Err(StoreError::TooLong("the list of rules"));
        }
        rules.iter().try_for_each(DemandRuleRow::check)?;
        let mut tx = self.writing.begin().await?;
        let result = replace(&mut tx, rules, by).await;
        tx.settle(result).await
    }
}

async fn replace(tx: &mut Tx<'_>, rules: &[DemandRuleRow], by: &By) -> Result<i64, StoreError> {
    on!(tx.conn()?, conn => query(CLEAR).execute(conn).await.map(drop))?;
    for (place, rule) in (0_i64..).zip(rules) {
        on!(tx.conn()?, conn => rule.bind_to(query(ADD)).bind(place).execute(conn).await.map(drop))
            .map_err(|error| or_unknown(error, "ability"))?;
    }
    tx.audit("demand_rules_changed", by, "{}".to_owned()).await
}

sql! {
    ALL = "select source, key, value, ability_id from demand_rule order by place";
    CLEAR = "delete from demand_rule";
    ADD = "insert into demand_rule (source, key, value, ability_id, place) values ($1, $2, $3, $4, $5)";
}
