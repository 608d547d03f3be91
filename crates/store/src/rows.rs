//! The rows that the engine writes. `state`, `outcome` and the like hold the words of the desk's
//! socket; `body` is the aggregate's JSON, which only the engine reads inside.

use hookflash_domain::{
    ConsultId, DispositionId, InteractionId, MessageId, NetworkId, QueueId, Timestamp, UserId,
};
use uuid::Uuid;

row! {
    /// An agent: what routing sees.
    pub struct AgentRow {
        /// Which user.
        pub user_id: UserId,
        /// The agent state's word.
        pub state: String,
        /// Since when.
        pub since_at: Timestamp,
        /// The aggregate as JSON.
        pub body: String,
    }
}

row! {
    /// One customer's contact from arrival to disposition.
    pub struct InteractionRow {
        /// Which interaction.
        pub interaction_id: InteractionId,
        /// Where it waited.
        pub queue_id: QueueId,
        /// Who took it, if anybody did.
        pub agent_id: Option<UserId>,
        /// The state's word; `completed` takes it out of what is live.
        pub state: String,
        /// The caller's number, empty when withheld.
        pub caller_number: String,
        /// The caller's name, if the network told one.
        pub caller_name: Option<String>,
        /// The number that was dialled.
        pub dialled_number: String,
        /// When it arrived.
        pub started_at: Timestamp,
        /// When the agent answered.
        pub answered_at: Option<Timestamp>,
        /// When the call ended.
        pub call_ended_at: Option<Timestamp>,
        /// When the wrap-up was done.
        pub completed_at: Option<Timestamp>,
        /// Why the call ended.
        pub end_reason: Option<String>,
        /// The code that the agent chose.
        pub disposition_id: Option<DispositionId>,
        /// The agent's note.
        pub note: String,
        /// Time in the queue, offers included.
        pub wait_ms: i64,
        /// Time connected, hold excluded.
        pub talk_ms: i64,
        /// Time on hold.
        pub hold_ms: i64,
        /// Time from the call's end to completion.
        pub wrap_up_ms: i64,
        /// How many consults belong to it.
        pub consult_count: i64,
        /// The attached data as JSON.
        pub attached: String,
        /// The aggregate as JSON.
        pub body: String,
    }
}

row! {
    /// An agent asking experts.
    pub struct ConsultRow {
        /// Which consult.
        pub consult_id: ConsultId,
        /// The interaction beside which it runs, if any.
        pub interaction_id: Option<InteractionId>,
        /// Who asks.
        pub agent_id: UserId,
        /// On which network.
        pub network: NetworkId,
        /// The state's word; `ended` takes it out of what is live.
        pub state: String,
        /// What came of it.
        pub outcome: Option<String>,
        /// When it began.
        pub started_at: Timestamp,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
        /// The expert asked last.
        pub expert_name: String,
        /// The text said last.
        pub last_text: String,
        /// The aggregate as JSON.
        pub body: String,
    }
}

row! {
    /// One message of a consult's chat.
    pub struct MessageRow {
        /// Which message.
        pub message_id: MessageId,
        /// Of which consult.
        pub consult_id: ConsultId,
        /// `agent` or `expert`.
        pub by_role: String,
        /// The author's name as shown.
        pub author_name: String,
        /// What was said.
        pub text: String,
        /// When.
        pub at: Timestamp,
        /// The state's word: `sending`, `sent`, `delivered`, `failed`.
        pub state: String,
        /// Why it failed.
        pub reason: Option<String>,
        /// The keys of attached data handed over with it, as JSON.
        pub shared: String,
        /// The network's own id, by which repeated news is known.
        pub network_message_id: Option<String>,
        /// An expert's message as safe HTML, where their client used it.
        pub html: Option<String>,
    }
}

row! {
    /// Something that happened. The number is given by the commit.
    pub struct EventRow {
        /// When.
        pub at: Timestamp,
        /// What, as a word.
        pub kind: String,
        /// To which interaction.
        pub interaction_id: Option<InteractionId>,
        /// To which consult.
        pub consult_id: Option<ConsultId>,
        /// Whom it is about, or who did it.
        pub user_id: Option<UserId>,
        /// Who did it, as shown.
        pub by_name: Option<String>,
        /// The rest as JSON.
        pub payload: String,
    }
}

joined! {
    /// An event with its number.
    pub struct NumberedEvent {
        /// What happened.
        pub event: EventRow,
        /// Its place in the commit order, from 1, without gaps.
        pub seq: i64,
    }
}

row! {
    /// An effect that must happen although the process may die before it does.
    pub struct OutboxRow {
        /// Which effect.
        pub outbox_id: Uuid,
        /// For which consult.
        pub consult_id: ConsultId,
        /// What, as a word.
        pub kind: String,
        /// The rest as JSON.
        pub payload: String,
        /// When it was asked for.
        pub created_at: Timestamp,
    }
}

row! {
    /// The answer that a command got, so that the same command again gets the same.
    pub struct CommandRow {
        /// Who commanded.
        pub user_id: UserId,
        /// The id that the desk made.
        pub command_id: Uuid,
        /// When it was answered.
        pub at: Timestamp,
        /// The answer as JSON.
        pub answer: String,
    }
}

row! {
    /// From where a user's session on a network goes on after a restart.
    pub struct ResumePointRow {
        /// Whose session.
        pub user_id: UserId,
        /// On which network.
        pub network: NetworkId,
        /// The connector's own words.
        pub value: String,
    }
}
