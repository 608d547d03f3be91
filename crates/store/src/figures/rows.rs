//! Facts as rows, with the interval that each is counted in.

use hookflash_domain::figures::{
    Alert, ConsultFact, Fact, Handling, Interval, InvitationFact, Stay, Totals, Visit,
};
use hookflash_domain::{ConsultId, InteractionId, NetworkId, OfferId, QueueId, Timestamp, UserId};
use uuid::Uuid;

row! {
    pub(crate) struct VisitRow {
        pub(crate) interaction_id: InteractionId,
        pub(crate) no: i64,
        pub(crate) queue_id: QueueId,
        pub(crate) agent_id: UserId,
        pub(crate) entered_at: Timestamp,
        pub(crate) left_at: Timestamp,
        pub(crate) interval_at: Timestamp,
        pub(crate) outcome: String,
        pub(crate) wait_ms: i64,
        pub(crate) target_ms: i64,
        pub(crate) short_ms: i64,
    }
}

impl From<&Visit> for VisitRow {
    fn from(fact: &Visit) -> Self {
        Self {
            interaction_id: fact.interaction,
            no: fact.no,
            queue_id: fact.queue,
            agent_id: fact.agent,
            entered_at: fact.entered_at,
            left_at: fact.left_at,
            interval_at: Interval::of(fact.left_at).starts_at(),
            outcome: fact.outcome.word().to_owned(),
            wait_ms: fact.wait_ms(),
            target_ms: fact.target.within_ms,
            short_ms: fact.target.short_ms,
        }
    }
}

row! {
    pub(crate) struct HandlingRow {
        pub(crate) interaction_id: InteractionId,
        pub(crate) no: i64,
        pub(crate) queue_id: QueueId,
        pub(crate) agent_id: UserId,
        pub(crate) connected_at: Timestamp,
        pub(crate) completed_at: Timestamp,
        pub(crate) interval_at: Timestamp,
        pub(crate) talk_ms: i64,
        pub(crate) hold_ms: i64,
        pub(crate) wrap_up_ms: i64,
        pub(crate) dialling_ms: i64,
        pub(crate) contacting_ms: i64,
        pub(crate) transfer: Option<String>,
    }
}

impl From<&Handling> for HandlingRow {
    fn from(fact: &Handling) -> Self {
        Self {
            interaction_id: fact.interaction,
            no: fact.no,
            queue_id: fact.queue,
            agent_id: fact.agent,
            connected_at: fact.connected_at,
            completed_at: fact.completed_at,
            interval_at: Interval::of(fact.completed_at).starts_at(),
            talk_ms: fact.talk_ms,
            hold_ms: fact.hold_ms,
            wrap_up_ms: fact.wrap_up_ms,
            dialling_ms: fact.dialling_ms,
            contacting_ms: fact.contacting_ms,
            transfer: fact.transfer.map(|transfer| transfer.word().to_owned()),
        }
    }
}

row! {
    pub(crate) struct AlertRow {
        pub(crate) offer_id: OfferId,
        pub(crate) interaction_id: InteractionId,
        pub(crate) queue_id: QueueId,
        pub(crate) agent_id: UserId,
        pub(crate) offered_at: Timestamp,
        pub(crate) ended_at: Timestamp,
        pub(crate) interval_at: Timestamp,
        pub(crate) outcome: String,
    }
}

impl From<&Alert> for AlertRow {
    fn from(fact: &Alert) -> Self {
        Self {
            offer_id: fact.offer,
            interaction_id: fact.interaction,
            queue_id: fact.queue,
            agent_id: fact.agent,
            offered_at: fact.offered_at,
            ended_at: fact.ended_at,
            interval_at: Interval::of(fact.ended_at).starts_at(),
            outcome: fact.outcome.word().to_owned(),
        }
    }
}

row! {
    pub(crate) struct ConsultFactRow {
        pub(crate) consult_id: ConsultId,
        pub(crate) interaction_id: Option<InteractionId>,
        pub(crate) queue_id: QueueId,
        pub(crate) agent_id: UserId,
        pub(crate) asked_at: Timestamp,
        pub(crate) ended_at: Timestamp,
        pub(crate) interval_at: Timestamp,
        pub(crate) outcome: Option<String>,
        pub(crate) attempt_count: i64,
        pub(crate) expert_count: i64,
        pub(crate) hold_ms: i64,
    }
}

impl From<&ConsultFact> for ConsultFactRow {
    fn from(fact: &ConsultFact) -> Self {
        Self {
            consult_id: fact.consult,
            interaction_id: fact.interaction,
            queue_id: fact.queue,
            agent_id: fact.agent,
            asked_at: fact.asked_at,
            ended_at: fact.ended_at,
            interval_at: Interval::of(fact.ended_at).starts_at(),
            outcome: fact.outcome.map(|outcome| outcome.word().to_owned()),
            attempt_count: fact.attempt_count,
            expert_count: fact.expert_count,
            hold_ms: fact.hold_ms,
        }
    }
}

row! {
    pub(crate) struct InvitationFactRow {
        pub(crate) consult_id: ConsultId,
        pub(crate) no: i64,
        pub(crate) queue_id: QueueId,
        pub(crate) agent_id: UserId,
        pub(crate) network: NetworkId,
        pub(crate) expert_address: String,
        pub(crate) expert_name: String,
        pub(crate) asked_at: Timestamp,
        pub(crate) settled_at: Timestamp,
        pub(crate) replied_at: Option<Timestamp>,
        pub(crate) ended_at: Timestamp,
        pub(crate) interval_at: Timestamp,
        pub(crate) outcome: String,
        pub(crate) target_ms: i64,
    }
}

impl From<&InvitationFact> for InvitationFactRow {
    fn from(fact: &InvitationFact) -> Self {
        Self {
            consult_id: fact.consult,
            no: fact.no,
            queue_id: fact.queue,
            agent_id: fact.agent,
            network: fact.expert.network.clone(),
            expert_address: fact.expert.address.clone(),
            expert_name: fact.expert_name.clone(),
            asked_at: fact.asked_at,
            settled_at: fact.settled_at,
            replied_at: fact.replied_at,
            ended_at: fact.ended_at,
            interval_at: Interval::of(fact.ended_at).starts_at(),
            outcome: fact.outcome.word().to_owned(),
            target_ms: fact.target_ms,
        }
    }
}

row! {
    pub(crate) struct StayRow {
        pub(crate) agent_id: UserId,
        pub(crate) from_at: Timestamp,
        pub(crate) to_at: Timestamp,
        pub(crate) interval_at: Timestamp,
        pub(crate) state: String,
    }
}

impl From<&Stay> for StayRow {
    fn from(stay: &Stay) -> Self {
        Self {
            agent_id: stay.agent,
            from_at: stay.from_at,
            to_at: stay.to_at,
            interval_at: Interval::of(stay.from_at).starts_at(),
            state: stay.time.word().to_owned(),
        }
    }
}

row! {
    pub(crate) struct StaySumRow {
        pub(crate) interval_at: Timestamp,
        pub(crate) agent_id: UserId,
        pub(crate) state: String,
        pub(crate) ms: i64,
    }
}

/// A row of a fact of its kind.
macro_rules! of_kind {
    ($($row:ident: $kind:ident,)+) => {$(
        impl $row {
            pub(crate) fn of(fact: &Fact) -> Option<Self> {
                if let Fact::$kind(fact) = fact { Some(fact.into()) } else { None }
            }
        }
    )+};
}
of_kind! {
    VisitRow: Visit,
    HandlingRow: Handling,
    AlertRow: Alert,
    ConsultFactRow: Consult,
    InvitationFactRow: Invitation,
}

/// Totals to add to a roll-up: the interval, the ids of its key, and the sums.
pub(crate) struct RollUpRow {
    pub(crate) interval_at: Timestamp,
    pub(crate) key: Vec<Uuid>,
    pub(crate) totals: Totals,
}

/// An id on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id(pub(crate) Uuid);

/// A moment on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment(pub(crate) Timestamp);

macro_rules! add_to {
    ($($arguments:ty),+) => {$(
        impl crate::column::AddTo<$arguments> for RollUpRow {
            fn add_to(&self, arguments: &mut $arguments) -> Result<(), sqlx::error::BoxDynError> {
                use sqlx::Arguments as _;
                arguments.add(self.interval_at.0)?;
                self.key.iter().try_for_each(|id| arguments.add(*id))?;
                self.totals.values().into_iter().try_for_each(|value| arguments.add(value))
            }
        }
        impl crate::column::AddTo<$arguments> for Id {
            fn add_to(&self, arguments: &mut $arguments) -> Result<(), sqlx::error::BoxDynError> {
                use sqlx::Arguments as _;
                arguments.add(self.0)
            }
        }
        impl crate::column::AddTo<$arguments> for Moment {
            fn add_to(&self, arguments: &mut $arguments) -> Result<(), sqlx::error::BoxDynError> {
                use sqlx::Arguments as _;
                arguments.add(self.0.0)
            }
        }
    )+};
}
add_to!(sqlx::sqlite::SqliteArguments, sqlx::postgres::PgArguments);

sql! {
    PUT_VISIT = "insert into queue_visit (interaction_id, no, queue_id, agent_id, entered_at, left_at, \
        interval_at, outcome, wait_ms, target_ms, short_ms) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    PUT_HANDLING = "insert into handling (interaction_id, no, queue_id, agent_id, connected_at, completed_at, \
        interval_at, talk_ms, hold_ms, wrap_up_ms, dialling_ms, contacting_ms, transfer) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    PUT_ALERT = "insert into alert (offer_id, interaction_id, queue_id, agent_id, offered_at, ended_at, \
        interval_at, outcome) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    PUT_CONSULT_FACT = "insert into consult_fact (consult_id, interaction_id, queue_id, agent_id, asked_at, \
        ended_at, interval_at, outcome, attempt_count, expert_count, hold_ms) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    PUT_INVITATION_FACT = "insert into invitation_fact (consult_id, no, queue_id, agent_id, network, \
        expert_address, expert_name, asked_at, settled_at, replied_at, ended_at, interval_at, outcome, target_ms) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    TAKE_OFF_STAYS = "insert into agent_state_interval (interval_at, agent_id, state, ms) \
        select interval_at, agent_id, state, sum(from_at - to_at) from agent_stay \
        where agent_id = $1 and from_at in ($2) group by interval_at, agent_id, state \
        on conflict (interval_at, agent_id, state) do update set ms = agent_state_interval.ms + excluded.ms";
    DELETE_STAYS = "delete from agent_stay where agent_id = $1 and from_at in ($2)";
    PUT_STAY = "insert into agent_stay (agent_id, from_at, to_at, interval_at, state) values ($1, $2, $3, $4, $5)";
    PUT_STAY_SUM = "insert into agent_state_interval (interval_at, agent_id, state, ms) values ($1, $2, $3, $4) \
        on conflict (interval_at, agent_id, state) do update set ms = agent_state_interval.ms + excluded.ms";
}
