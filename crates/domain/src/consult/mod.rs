//! A consult: an agent asks experts, and chats with the one who comes.
//!
//! Invariants: at most one invitation is pending, but in a hunt that asks all at once; every invitation
//! that was given up on is taken back on the network; nothing is said outside a chat that is open; Ended
//! is final; news of one invitation never changes another, but that an acceptance settles those that
//! were asked at the same time. Random histories hold them against a small model.

mod answers;
mod apply;
mod asking;
mod ending;
mod hunt;
mod incoming;
mod message;
mod page;
mod talk;
#[cfg(test)]
mod tests;
mod which;

pub use hunt::{
    Awaited, CONSULTS_PER_EXPERT, HUNT_WITHIN_MS, Hunt, HuntEnd, HuntMode, HuntOrder, Look, MAX_HUNTED,
    SkipReason, Skipped,
};
pub use incoming::{IncomingChat, IncomingPolicy, RINGS_FOR_MS, Reception, Team};
pub use message::{MESSAGE_CHARS, Message, MessageState, Unsettled};
pub use page::{
    BETTER_CHARS, LINK_FOR_MS, Link, MAX_REMOVED, MAX_SKILLS, MAX_TOLD, MAX_VIEWS, PageAct, PageRefusal,
    REASON_CHARS, SKILL_CHARS,
};

use crate::attached::Handover;
use crate::{
    ConsultId, Importance, InteractionId, MessageId, NetworkId, Person, PersonId, Timestamp, UserId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long an expert may think before the answer counts as none.
pub const ANSWER_WITHIN_MS: i64 = 30_000;
/// Most invitations of one consult.
pub const MAX_INVITATIONS: usize = 100;

/// One consult, without the texts of its messages, which are stored one by one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consult {
    /// Its id.
    pub id: ConsultId,
    /// Who asks.
    pub agent: UserId,
    /// The agent's name as experts and the transcript see it.
    pub agent_name: String,
    /// The interaction beside which it runs, if any.
    pub interaction: Option<InteractionId>,
    /// The network of whoever was asked last; each invitation's own is [`Consult::network_of`].
    pub network: NetworkId,
    /// Where it stands.
    pub state: State,
    /// Who was asked, oldest first.
    pub invitations: Vec<Invitation>,
    /// What "ask another" starts from.
    pub question: String,
    /// The keys that were handed over last.
    pub shared: Vec<String>,
    /// Whether it helped.
    pub outcome: Option<SolvedState>,
    /// The expert's messages that the agent has not seen.
    pub unread_count: u32,
    /// The agent's messages that the network has not taken.
    pub unsettled: BTreeMap<MessageId, Unsettled>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The hunt for an expert that is on, or was the last.
    #[serde(default)]
    pub hunt: Option<Hunt>,
}

/// The place of an invitation in [`Consult::invitations`].
pub type InvitationNo = usize;

/// Where a consult stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "invitation")]
pub enum State {
    /// Nobody is asked right now.
    #[default]
    Choosing,
    /// An invitation is pending; where several are, the one sent last.
    Inviting(InvitationNo),
    /// An expert asks, and the agent has not answered.
    Ringing(InvitationNo),
    /// The chat is open.
    Talking(InvitationNo),
    /// Over.
    Ended,
}

/// Whether the consult helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SolvedState {
    /// Yes.
    Solved,
    /// In part.
    Partly,
    /// No.
    NotSolved,
}

/// One expert asked once, or one expert who came by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Who.
    pub expert: Person,
    /// Who began.
    pub by: Side,
    /// How it stands.
    pub state: InvitationState,
    /// The network's key of the chat, once it gave one.
    pub chat: Option<String>,
    /// The question it carried; where the expert began, the beginning of what they wrote.
    pub question: String,
    /// The keys it handed over.
    pub shared: Vec<String>,
    /// When it was sent.
    pub asked_at: Timestamp,
    /// Until when it waits for an answer.
    pub expires_at: Timestamp,
    /// When it was answered or given up.
    pub settled_at: Option<Timestamp>,
    /// When the expert left an open chat, or it was cut off.
    pub left_at: Option<Timestamp>,
    /// Why it was cut off, where the expert did not leave it.
    #[serde(default)]
    pub cut_off: Option<Unreachable>,
    /// When the expert first wrote in it.
    #[serde(default)]
    pub first_reply_at: Option<Timestamp>,
    /// What it is about, where the expert began and said so.
    #[serde(default)]
    pub subject: Option<String>,
    /// How urgent it is to whoever began.
    #[serde(default)]
    pub importance: Importance,
    /// It rings in the agent's other clients alone.
    #[serde(default)]
    pub quiet: bool,
    /// The team that the expert wrote to, where it was not the agent.
    #[serde(default)]
    pub team: Option<Team>,
    /// The network's own words on how it ended.
    #[serde(default)]
    pub words: Option<String>,
    /// The link that it carried in place of data.
    #[serde(default)]
    pub link: Option<Link>,
}

impl Invitation {
    /// An invitation that the agent is about to send.
    fn new(expert: Person, question: String, asked_at: Timestamp, expires_at: Timestamp) -> Self {
        Self {
            expert,
            by: Side::Agent,
            state: InvitationState::Sending,
            chat: None,
            question,
            shared: Vec::new(),
            asked_at,
            expires_at,
            settled_at: None,
            left_at: None,
            cut_off: None,
            first_reply_at: None,
            subject: None,
            importance: Importance::Normal,
            quiet: false,
            team: None,
            words: None,
            link: None,
        }
    }
}

/// Which end of a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The agent.
    Agent,
    /// The expert.
    Expert,
}

/// How an invitation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum InvitationState {
    /// On its way.
    Sending,
    /// The network has told the expert; silence from here on is "no answer".
    Alerting,
    /// The expert came.
    Accepted,
    /// The expert does not want to; `reason` is the network's words.
    Declined { reason: Option<String> },
    /// Silence until the time was up.
    NoAnswer,
    /// The network could not reach the expert.
    Unreachable { why: Unreachable },
    /// The agent took it back.
    Withdrawn,
    /// Another expert who was asked at the same time came first.
    Taken,
    /// An expert asked, and the agent did not answer.
    Missed,
    /// An expert asked, and the agent answered in another client, or another agent of the team took it.
    AnsweredElsewhere,
}

impl InvitationState {
    /// Whether an answer is still awaited.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Sending | Self::Alerting)
    }
}

/// Why an expert could not be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreachable {
    /// Signed out of the network.
    Offline,
    /// The network does not know the person.
    NotFound,
    /// Does not want to be disturbed.
    DoNotDisturb,
    /// The network said busy.
    Busy,
    /// Policy forbids it, or the person's client cannot chat.
    NotAllowed,
    /// The network itself was the trouble.
    NetworkTrouble,
    /// The agent's licence for the network was taken away.
    LicenceTaken,
    /// The agent has signed out of the network.
    SignedOut,
}

/// What an agent asks; may be refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Command {
    /// Invite an expert with a question and the data ticked; with `link_for_ms` the data is on the page of a
    /// link that lives so long.
    Ask {
        expert: Box<Person>,
        question: String,
        handover: Handover,
        importance: Importance,
        link_for_ms: Option<i64>,
    },
    /// Ask several experts until one comes.
    Hunt(Box<HuntOrder>),
    /// Stop the hunt and take back what is pending.
    StopHunt,
    /// Ask this one of the hunt now.
    Jump { to: PersonId },
    /// One more to the end of the hunt.
    AddToHunt { expert: Box<Person> },
    /// Take the chat that an expert asks for.
    Accept,
    /// Refuse the chat that an expert asks for; the reason is told where the network can.
    Decline { reason: Option<String> },
    /// Take what is pending back; a hunt stops.
    Withdraw,
    /// Say something; `shared` names the keys that the text hands over.
    Say { message: MessageId, text: String, shared: Vec<String> },
    /// Send a failed message again.
    Retry { message: MessageId },
    /// The agent has seen everything.
    Read,
    /// Take the link of an invitation back.
    RevokeLink { invitation: InvitationNo },
    /// Mark whether it helped; may be changed later.
    Judge { outcome: Option<SolvedState> },
    /// End it, with what came of it.
    End { outcome: Option<SolvedState> },
}

/// What happened outside; never refused. The number says which invitation it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum News {
    /// The network has a chat for the invitation.
    Placed { invitation: InvitationNo, chat: String },
    /// The expert's client is ringing.
    Reached(InvitationNo),
    /// The expert came.
    Accepted(InvitationNo),
    /// The expert does not want to.
    Declined(InvitationNo, Option<String>),
    /// The network gave up waiting.
    NoAnswer(InvitationNo),
    /// The network could not reach the expert.
    Unreachable(InvitationNo, Unreachable),
    /// Our own time for an answer is up.
    TimedOut(InvitationNo),
    /// An expert's chat will not come about: they gave up, or it was gone.
    Missed(InvitationNo),
    /// The agent answered an expert's chat in another client, or another agent of the team took it.
    AnsweredElsewhere(InvitationNo),
    /// The network's own words on the end of an invitation; they come before that news.
    Words(InvitationNo, String),
    /// The expert said something; `html` is the same as safe HTML where the sender used it.
    Said {
        invitation: InvitationNo,
        message: MessageId,
        network_message_id: String,
        text: String,
        html: Option<String>,
    },
    /// The expert left.
    Left(InvitationNo),
    /// The agent's session on the network has ended, and what was open on it.
    CutOff(InvitationNo, Unreachable),
    /// The network took a message of the agent.
    Sent(MessageId),
    /// The network delivered a message of the agent.
    Delivered(MessageId),
    /// The network did not take a message of the agent.
    SendFailed(MessageId, String),
    /// The network took a message of the agent, but could not deliver it.
    Undelivered { invitation: InvitationNo, message: MessageId, text: String, reason: String },
}

/// Why a command is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// An invitation is pending.
    #[error("you are asking {0}; withdraw that first")]
    AlreadyInviting(String),
    /// A chat is open.
    #[error("you are talking to {0}")]
    AlreadyTalking(String),
    /// Nothing to take back.
    #[error("nobody is being asked")]
    NobodyInvited,
    /// An expert waits for an answer.
    #[error("{0} is asking you; answer that first")]
    AnswerFirst(String),
    /// Nobody waits for an answer.
    #[error("nobody is asking you")]
    NobodyAsks,
    /// No chat is open.
    #[error("nobody is there to read it")]
    NobodyThere,
    /// Over.
    #[error("the consult has ended")]
    Ended,
    /// Empty or longer than [`MESSAGE_CHARS`].
    #[error("a message has 1 to 4,000 characters")]
    BadLength,
    /// The message is not one that failed.
    #[error("that message has not failed")]
    NotFailed,
    /// The message's id was used before.
    #[error("that message was sent before")]
    MessageExists,
    /// More than [`MAX_INVITATIONS`].
    #[error("too many people were asked; start a new consult")]
    TooManyInvitations,
    /// A hunt of nobody.
    #[error("choose whom to ask")]
    NobodyToAsk,
    /// Outside of [`HUNT_WITHIN_MS`].
    #[error("an expert has 5 to 120 seconds to answer")]
    BadTime,
    /// A hunt goes on by itself.
    #[error("several people are being asked; stop that first")]
    Hunting,
    /// No hunt is on.
    #[error("nobody is being hunted for")]
    NoHunt,
    /// The invitation has no link that opens something.
    #[error("there is no link to take back")]
    NoLink,
    /// Neither waits in the hunt nor was passed over.
    #[error("this person does not wait to be asked")]
    NotInHunt,
    /// Waits already or is being asked.
    #[error("{0} is among those to be asked already")]
    AlreadyInHunt(String),
}

/// What to do after the change is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Effect {
    /// Invite on the network with the opening text.
    Invite { invitation: InvitationNo, text: String },
    /// Wake when the time for an answer is up.
    WakeAt { invitation: InvitationNo, at: Timestamp },
    /// Hand a message to the network.
    Send { invitation: InvitationNo, message: MessageId, text: String },
    /// Take the chat that an expert asks for.
    Accept { invitation: InvitationNo },
    /// Refuse it.
    Decline { invitation: InvitationNo, reason: Option<String> },
    /// Open the chat for an expert who has said yes elsewhere.
    Open { invitation: InvitationNo },
    /// Leave the chat or take the invitation back.
    Leave { invitation: InvitationNo },
    /// Tell a latecomer kindly that somebody else helps, then leave.
    TurnAway { invitation: InvitationNo },
}

/// What has happened, for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum Event {
    /// The agent opened a consult, or an expert wrote first.
    Started { by: Side },
    /// An expert was asked.
    Asked { invitation: InvitationNo },
    /// A hunt began.
    HuntStarted,
    /// The agent put someone in front or at the end.
    HuntChanged,
    /// Someone of the hunt was passed over; the place in [`Hunt::skipped`].
    ExpertSkipped { skipped: usize },
    /// The hunt is over.
    HuntEnded { end: HuntEnd },
    /// The network has a chat for an invitation.
    Placed { invitation: InvitationNo },
    /// An invitation came to a new state.
    InvitationChanged { invitation: InvitationNo },
    /// An expert came after being given up on.
    LateAcceptance { invitation: InvitationNo },
    /// An expert left an open chat.
    ExpertLeft { invitation: InvitationNo },
    /// An open chat ended with the agent's session on the network.
    CutOff { invitation: InvitationNo },
    /// The page of a link was opened; `viewer` says from where.
    LinkOpened { invitation: InvitationNo, viewer: String },
    /// The expert told on the page of a link under which skills they are found and under which not; `viewer` says
    /// from where.
    SkillsTold { invitation: InvitationNo, kept: Vec<String>, removed: Vec<String>, viewer: String },
    /// The agent took a link back.
    LinkRevoked { invitation: InvitationNo },
    /// A message was said.
    MessageAdded(Message),
    /// A message of the agent came to a new state.
    MessageChanged { message: MessageId, state: MessageState },
    /// The agent has seen everything.
    Read,
    /// Whether it helped.
    Judged { outcome: Option<SolvedState> },
    /// Over.
    Ended,
}

/// What one input gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// To store.
    pub events: Vec<Event>,
    /// To do after that.
    pub effects: Vec<Effect>,
}

impl Outcome {
    /// This and then that.
    pub fn add(&mut self, later: Self) {
        self.events.extend(later.events);
        self.effects.extend(later.effects);
    }
}
