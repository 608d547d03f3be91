//! What a desk may ask of the engine, and how it is refused.

use hookflash_domain::agent::NotReadyReason;
use hookflash_domain::consult::{HuntMode, SolvedState};
use hookflash_domain::{
    ConsultId, DispositionId, Importance, InteractionId, MessageId, OfferId, PersonId, UserId,
};
use serde_json::Value;
use uuid::Uuid;

/// One command of an agent; the operations of `docs/integrators/desk-socket.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the operation")]
pub enum Command {
    /// `agent.ready`
    Ready,
    /// `agent.not_ready`
    NotReady { reason: NotReadyReason },
    /// `offer.accept`
    AcceptOffer { offer: OfferId },
    /// `offer.decline`
    DeclineOffer { offer: OfferId },
    /// Everything about an interaction.
    Interaction { interaction: InteractionId, command: InteractionCommand },
    /// `consult.start`
    StartConsult { interaction: Option<InteractionId>, question: Question },
    /// `consult.hunt` without a consult
    StartHunt { interaction: Option<InteractionId>, hunt: Hunt },
    /// Everything about a consult.
    Consult { consult: ConsultId, command: ConsultCommand },
}

/// What an agent may ask about an interaction.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the operation")]
pub enum InteractionCommand {
    /// `call.hold`
    Hold,
    /// `call.resume`
    Resume,
    /// `call.mute`
    Mute { muted: bool },
    /// `call.digit`
    Digit { digit: char },
    /// `call.hang_up`
    HangUp,
    /// `wrap_up.save`
    SaveWrapUp { disposition: Option<DispositionId>, note: String },
    /// `wrap_up.request`
    RequestWrapUp { requested: bool },
    /// `wrap_up.done`
    FinishWrapUp,
}

/// What an agent may ask about a consult.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the operation")]
pub enum ConsultCommand {
    /// `consult.ask`
    Ask(Question),
    /// `consult.hunt`
    Hunt(Hunt),
    /// `consult.hunt_stop`
    StopHunt,
    /// `consult.hunt_jump`
    Jump { person: PersonId },
    /// `consult.hunt_add`
    AddToHunt { person: PersonId },
    /// `consult.accept`
    Accept,
    /// `consult.decline`
    Decline { reason: Option<String> },
    /// `consult.withdraw`
    Withdraw,
    /// `consult.say`
    Say { message: MessageId, text: String },
    /// `consult.share`
    Share { message: MessageId, keys: Vec<String> },
    /// `consult.revoke_link`
    RevokeLink { invitation: usize },
    /// `consult.retry`
    Retry { message: MessageId },
    /// `consult.read`
    Read,
    /// `consult.outcome`
    Judge { outcome: Option<SolvedState> },
    /// `consult.end`
    End { outcome: Option<SolvedState> },
}

/// Whom to ask what, with which data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The expert.
    pub person: PersonId,
    /// The question, 1 to 4,000 characters.
    pub text: String,
    /// Keys of attached data to hand over.
    pub share: Vec<String>,
    /// On the page of a link in place of in the text.
    pub as_link: bool,
    /// How urgent it is.
    pub importance: Importance,
}

/// Several people to ask what, in which way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunt {
    /// The experts, in order.
    pub people: Vec<PersonId>,
    /// One by one or all at once.
    pub mode: HuntMode,
    /// How long each may think, in milliseconds.
    pub within_ms: i64,
    /// The question, 1 to 4,000 characters.
    pub text: String,
    /// Keys of attached data to hand over.
    pub share: Vec<String>,
    /// On the pages of links in place of in the text.
    pub as_link: bool,
    /// How urgent it is.
    pub importance: Importance,
}

/// A refusal: a stable code and words for logs and tools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The stable code.
    pub code: &'static str,
    /// English words.
    pub message: String,
}

impl Refused {
    /// A refusal with its code and words.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// What a command is answered with; `Ok` means committed.
pub type Answer = Result<Value, Refused>;

/// A command under way: who asks, its idempotency key, and where the answer goes.
#[derive(Debug)]
pub(crate) struct Asked<C> {
    pub(crate) user: UserId,
    pub(crate) command_id: Uuid,
    pub(crate) command: C,
    pub(crate) answer: tokio::sync::oneshot::Sender<Answer>,
}

impl<C> Asked<C> {
    /// Answers; a desk that has gone meanwhile asks again with the same key.
    pub(crate) fn reply(self, answer: Answer) {
        let _ = self.answer.send(answer);
    }
}
