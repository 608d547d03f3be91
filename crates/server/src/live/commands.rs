//! Commands of the desk's socket as they come over the wire, and where each goes.

use super::directory;
use super::hunt::HuntFields;
use super::views::{PersonView, person_view};
use crate::engine::Engine;
use crate::engine::command::{Answer, Command, ConsultCommand, InteractionCommand, Question, Refused};
use crate::engine::people::NextPage;
use hookflash_domain::agent::NotReadyReason;
use hookflash_domain::consult::SolvedState;
use hookflash_domain::{
    ConsultId, DispositionId, Importance, InteractionId, MessageId, NetworkId, OfferId, Person, PersonId,
    Presence, QueueId, UserId,
};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Longest search text, in characters.
const SEARCH_CHARS: usize = 256;

/// The lanes of what is slow on the network and about nothing that has an id.
const FAVOURITES: Uuid = Uuid::from_u128(1);
const DIRECTORY: Uuid = Uuid::from_u128(4);
const HISTORY: Uuid = Uuid::from_u128(2);
/// Watching and leaving keep their order.
const FLOOR: Uuid = Uuid::from_u128(3);
const HELPED: Uuid = Uuid::from_u128(4);

/// Longest reason for a refusal, in characters.
const REASON_CHARS: usize = 200;

/// A frame that asks for something.
#[derive(Debug, Deserialize)]
pub(super) struct Frame {
    /// The idempotency key; not needed for what is not answered.
    pub(super) id: Option<Uuid>,
    /// What is asked.
    #[serde(flatten)]
    pub(super) op: Op,
}

/// The operations of `docs/integrators/desk-socket.md`.
#[derive(Debug, Deserialize)]
#[serde(tag = "op")]
pub(super) enum Op {
    #[serde(rename = "agent.ready")]
    Ready,
    #[serde(rename = "agent.not_ready")]
    NotReady { reason: String },
    #[serde(rename = "offer.accept")]
    AcceptOffer { offer_id: OfferId },
    #[serde(rename = "offer.decline")]
    DeclineOffer { offer_id: OfferId },
    #[serde(rename = "call.hold")]
    Hold { interaction_id: InteractionId },
    #[serde(rename = "call.resume")]
    Resume { interaction_id: InteractionId },
    #[serde(rename = "call.mute")]
    Mute { interaction_id: InteractionId, muted: bool },
    #[serde(rename = "call.digit")]
    Digit { interaction_id: InteractionId, digit: char },
    #[serde(rename = "call.hang_up")]
    HangUp { interaction_id: InteractionId },
    #[serde(rename = "wrap_up.save")]
    SaveWrapUp { interaction_id: InteractionId, disposition_id: Option<DispositionId>, note: String },
    #[serde(rename = "wrap_up.request")]
    RequestWrapUp { interaction_id: InteractionId, requested: bool },
    #[serde(rename = "wrap_up.done")]
    FinishWrapUp { interaction_id: InteractionId },
    #[serde(rename = "experts.search")]
    Search { text: String, network: Option<NetworkId>, after: Option<NextPage> },
    #[serde(rename = "experts.directory")]
    Directory {
        text: String,
        #[serde(default)]
        skills: Vec<String>,
    },
    #[serde(rename = "experts.favourites")]
    Favourites,
    #[serde(rename = "experts.set_favourite")]
    SetFavourite { person: PersonId, favourite: bool },
    #[serde(rename = "experts.history")]
    History { person: PersonId },
    #[serde(rename = "experts.helped")]
    Helped { interaction_id: InteractionId },
    #[serde(rename = "experts.reach")]
    Reach { people: Vec<PersonId> },
    #[serde(rename = "experts.watch")]
    Watch { people: Vec<PersonId> },
    #[serde(rename = "consult.start")]
    StartConsult {
        interaction_id: Option<InteractionId>,
        person: PersonId,
        question: String,
        #[serde(default)]
        share: Vec<String>,
        #[serde(default)]
        as_link: bool,
        #[serde(default)]
        importance: Importance,
    },
    #[serde(rename = "consult.ask")]
    Ask {
        consult_id: ConsultId,
        person: PersonId,
        question: String,
        #[serde(default)]
        share: Vec<String>,
        #[serde(default)]
        as_link: bool,
        #[serde(default)]
        importance: Importance,
    },
    #[serde(rename = "consult.hunt")]
    Hunt(HuntFields),
    #[serde(rename = "consult.hunt_stop")]
    StopHunt { consult_id: ConsultId },
    #[serde(rename = "consult.hunt_jump")]
    Jump { consult_id: ConsultId, person: PersonId },
    #[serde(rename = "consult.hunt_add")]
    AddToHunt { consult_id: ConsultId, person: PersonId },
    #[serde(rename = "consult.accept")]
    Accept { consult_id: ConsultId },
    #[serde(rename = "consult.decline")]
    Decline { consult_id: ConsultId, reason: Option<String> },
    #[serde(rename = "consult.withdraw")]
    Withdraw { consult_id: ConsultId },
    #[serde(rename = "consult.say")]
    Say { consult_id: ConsultId, message_id: MessageId, text: String },
    #[serde(rename = "consult.revoke_link")]
    RevokeLink { consult_id: ConsultId, invitation: usize },
    #[serde(rename = "consult.retry")]
    Retry { consult_id: ConsultId, message_id: MessageId },
    #[serde(rename = "consult.share")]
    Share { consult_id: ConsultId, message_id: MessageId, keys: Vec<String> },
    #[serde(rename = "consult.typing")]
    Typing { consult_id: ConsultId },
    #[serde(rename = "consult.read")]
    Read { consult_id: ConsultId },
    #[serde(rename = "consult.end")]
    End { consult_id: ConsultId, outcome: Option<SolvedState> },
    #[serde(rename = "consult.outcome")]
    Judge { consult_id: ConsultId, outcome: Option<SolvedState> },
    #[serde(rename = "line.offer")]
    OfferLine { sdp: String },
    #[serde(rename = "line.close")]
    CloseLine,
    #[serde(rename = "floor.watch")]
    WatchFloor,
    #[serde(rename = "floor.leave")]
    LeaveFloor,
    #[serde(rename = "floor.assign")]
    Assign { interaction_id: InteractionId, agent_id: UserId },
    #[serde(rename = "floor.set_priority")]
    SetPriority { interaction_id: InteractionId, priority: i32 },
    #[serde(rename = "floor.set_member")]
    SetMember { queue_id: QueueId, agent_id: UserId, active: bool },
    #[serde(rename = "floor.log_out")]
    LogOut { agent_id: UserId },
}

impl Op {
    /// Whether the window waits for an answer.
    #[must_use]
    pub(super) fn is_answered(&self) -> bool {
        !matches!(self, Self::Typing { .. })
    }

    /// Whether it is for supervisors and administrators; the others are for agents.
    #[must_use]
    pub(super) fn is_for_supervisors(&self) -> bool {
        matches!(
            self,
            Self::WatchFloor
                | Self::LeaveFloor
                | Self::Assign { .. }
                | Self::SetPriority { .. }
                | Self::SetMember { .. }
                | Self::LogOut { .. }
        )
    }

    /// What it is about: operations on one thing keep their order.
    #[must_use]
    pub(super) fn about(&self) -> Uuid {
        match self {
            Self::Hold { interaction_id }
            | Self::Resume { interaction_id }
            | Self::HangUp { interaction_id } => interaction_id.0,
            Self::Mute { interaction_id, .. } | Self::Digit { interaction_id, .. } => interaction_id.0,
            Self::SaveWrapUp { interaction_id, .. } | Self::RequestWrapUp { interaction_id, .. } => {
                interaction_id.0
            }
            Self::FinishWrapUp { interaction_id } => interaction_id.0,
            Self::Ask { consult_id, .. } | Self::Say { consult_id, .. } | Self::Retry { consult_id, .. } => {
                consult_id.0
            }
            Self::Share { consult_id, .. }
            | Self::RevokeLink { consult_id, .. }
            | Self::End { consult_id, .. }
            | Self::Judge { consult_id, .. }
            | Self::Decline { consult_id, .. } => consult_id.0,
            Self::Accept { consult_id } | Self::Withdraw { consult_id } => consult_id.0,
            Self::Hunt(HuntFields { consult_id: Some(consult_id), .. }) => consult_id.0,
            Self::StopHunt { consult_id }
            | Self::Jump { consult_id, .. }
            | Self::AddToHunt { consult_id, .. } => consult_id.0,
            Self::Typing { consult_id } | Self::Read { consult_id } => consult_id.0,
            Self::Search { .. } => Uuid::max(),
            Self::Directory { .. } => DIRECTORY,
            Self::Assign { interaction_id, .. } | Self::SetPriority { interaction_id, .. } => {
                interaction_id.0
            }
            Self::SetMember { agent_id, .. } | Self::LogOut { agent_id } => agent_id.0,
            Self::WatchFloor | Self::LeaveFloor => FLOOR,
            Self::Favourites | Self::SetFavourite { .. } => FAVOURITES,
            Self::History { .. } => HISTORY,
            Self::Helped { .. } => HELPED,
            _ => Uuid::nil(),
        }
    }
}

/// The window that asks.
pub(super) struct Window<'a> {
    /// The engine.
    pub(super) engine: &'a Engine,
    /// Who sits there.
    pub(super) user: UserId,
    /// Which window of the user's.
    pub(super) number: u64,
}

impl Window<'_> {
    /// Carries an operation out; none where nothing is answered.
    pub(super) async fn carry_out(&self, id: Uuid, op: Op) -> Option<Answer> {
        match op {
            Op::Typing { consult_id } => {
                self.engine.typing(self.user, consult_id).await;
                None
            }
            Op::Search { text, network, after } => Some(self.search(&text, network, after.as_ref()).await),
            Op::Directory { text, skills } => {
                Some(directory::search(self.engine, self.user, &text, &skills).await)
            }
            Op::Favourites => Some(self.favourites().await),
            Op::SetFavourite { person, favourite } => {
                Some(self.engine.set_favourite(self.user, &person, favourite).await.map(|()| json!({})))
            }
            Op::History { person } => Some(self.history(&person).await),
            Op::Helped { interaction_id } => Some(self.helped(interaction_id).await),
            Op::Reach { people } => Some(self.reach(&people)),
            Op::Watch { people } => Some(self.watch(people).await),
            Op::OfferLine { sdp } => Some(
                self.engine.offer_line(self.user, self.number, &sdp).await.map(|sdp| json!({ "sdp": sdp })),
            ),
            Op::CloseLine => {
                self.engine.close_line(self.user, self.number);
                Some(Ok(json!({})))
            }
            op if op.is_for_supervisors() => Some(self.supervise(id, op).await),
            op => match to_command(op) {
                Ok(command) => Some(self.engine.command(self.user, id, command).await),
                Err(refused) => Some(Err(refused)),
            },
        }
    }

    async fn search(&self, text: &str, network: Option<NetworkId>, after: Option<&NextPage>) -> Answer {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > SEARCH_CHARS {
            return Err(Refused::new("bad_request", "A search has 1 to 256 characters."));
        }
        let mut found = self.engine.search(self.user, network, text, after).await?;
        // Reachable people first; among equals the networks' own order stays.
        found.people.sort_by_cached_key(|one| {
            let known = self.engine.presence(&one.id).map_or(Presence::Unknown, |report| report.presence);
            known.reach_rank()
        });
        let shown: Vec<_> = found.people.iter().map(|one| self.person(one)).collect();
        let next = Some(found.next).filter(|next| !next.is_empty());
        Ok(json!({ "people": shown, "more": found.more, "next": next, "silent": found.silent }))
    }

    async fn favourites(&self) -> Answer {
        let favourites = self.engine.favourites(self.user).await?;
        let shown: Vec<_> = favourites
            .iter()
            .map(|one| json!({ "person": self.person(&one.person), "groups": one.groups }))
            .collect();
        Ok(json!({ "favourites": shown }))
    }

    async fn history(&self, person: &PersonId) -> Answer {
        let messages = self.engine.history(self.user, person).await?;
        let shown: Vec<_> = messages
            .iter()
            .map(|one| json!({ "own": one.own, "text": one.text, "subject": one.subject, "at": one.at }))
            .collect();
        Ok(json!({ "messages": shown }))
    }

    pub(super) fn person(&self, one: &Person) -> PersonView {
        person_view(one, self.engine.presence(&one.id))
    }

    async fn watch(&self, people: Vec<PersonId>) -> Answer {
        let people: BTreeSet<_> = people.into_iter().collect();
        self.engine.watch(self.user, self.number, &people).await?;
        Ok(json!({}))
    }
}

fn to_command(op: Op) -> Result<Command, Refused> {
    let interaction = |interaction, command| Command::Interaction { interaction, command };
    let consult = |consult, command| Command::Consult { consult, command };
    Ok(match op {
        Op::Ready => Command::Ready,
        Op::NotReady { reason } => Command::NotReady { reason: reason_of(&reason)? },
        Op::AcceptOffer { offer_id } => Command::AcceptOffer { offer: offer_id },
        Op::DeclineOffer { offer_id } => Command::DeclineOffer { offer: offer_id },
        Op::Hold { interaction_id } => interaction(interaction_id, InteractionCommand::Hold),
        Op::Resume { interaction_id } => interaction(interaction_id, InteractionCommand::Resume),
        Op::Mute { interaction_id, muted } => interaction(interaction_id, InteractionCommand::Mute { muted }),
        Op::Digit { interaction_id, digit } => {
            interaction(interaction_id, InteractionCommand::Digit { digit })
        }
        Op::HangUp { interaction_id } => interaction(interaction_id, InteractionCommand::HangUp),
        Op::SaveWrapUp { interaction_id, disposition_id, note } => {
            interaction(interaction_id, InteractionCommand::SaveWrapUp { disposition: disposition_id, note })
        }
        Op::RequestWrapUp { interaction_id, requested } => {
            interaction(interaction_id, InteractionCommand::RequestWrapUp { requested })
        }
        Op::FinishWrapUp { interaction_id } => interaction(interaction_id, InteractionCommand::FinishWrapUp),
        Op::StartConsult { interaction_id, person, question, share, as_link, importance } => {
            Command::StartConsult {
                interaction: interaction_id,
                question: Question { person, text: question, share, as_link, importance },
            }
        }
        Op::Ask { consult_id, person, question, share, as_link, importance } => consult(
            consult_id,
            ConsultCommand::Ask(Question { person, text: question, share, as_link, importance }),
        ),
        Op::Hunt(fields) => fields.command(),
        Op::StopHunt { consult_id } => consult(consult_id, ConsultCommand::StopHunt),
        Op::Jump { consult_id, person } => consult(consult_id, ConsultCommand::Jump { person }),
        Op::AddToHunt { consult_id, person } => consult(consult_id, ConsultCommand::AddToHunt { person }),
        Op::Accept { consult_id } => consult(consult_id, ConsultCommand::Accept),
        Op::Decline { consult_id, reason } => {
            let reason = reason.filter(|reason| !reason.trim().is_empty());
            if reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_CHARS) {
                return Err(Refused::new("text_too_long", "A reason has at most 200 characters."));
            }
            consult(consult_id, ConsultCommand::Decline { reason })
        }
        Op::Withdraw { consult_id } => consult(consult_id, ConsultCommand::Withdraw),
        Op::Say { consult_id, message_id, text } => {
            consult(consult_id, ConsultCommand::Say { message: message_id, text })
        }
        Op::Retry { consult_id, message_id } => {
            consult(consult_id, ConsultCommand::Retry { message: message_id })
        }
        Op::RevokeLink { consult_id, invitation } => {
            consult(consult_id, ConsultCommand::RevokeLink { invitation })
        }
        Op::Share { consult_id, message_id, keys } => {
            consult(consult_id, ConsultCommand::Share { message: message_id, keys })
        }
        Op::Read { consult_id } => consult(consult_id, ConsultCommand::Read),
        Op::End { consult_id, outcome } => consult(consult_id, ConsultCommand::End { outcome }),
        Op::Judge { consult_id, outcome } => consult(consult_id, ConsultCommand::Judge { outcome }),
        _ => {
            return Err(Refused::new("bad_request", "This operation is no command."));
        }
    })
}

fn reason_of(word: &str) -> Result<NotReadyReason, Refused> {
    let unknown = || Refused::new("unknown_reason", "That reason cannot be chosen.");
    serde_json::from_value(word.into()).map_err(|_| unknown())
}
