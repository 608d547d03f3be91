//! Frames of the desk's socket: what comes in, what goes out.

use super::snapshot::{NetworkView, Snapshot, TodayView, network_view, today_view};
use super::views::{
    AgentView, ConsultView, InteractionView, MessageView, OfferView, PresenceView, QueueView, agent_view,
    consult_view, floor_frame, interaction_view, message_view, offer_view, presence_view, queue_views,
};
use crate::engine::Engine;
use crate::engine::command::{Answer, Refused};
use crate::engine::feed::{Change, LineState, Notice, Volatile};
use hookflash_domain::acd::OfferOutcome;
use hookflash_domain::{ConsultId, PersonId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// The first frame of a window.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Hello {
    /// Must be `hello`.
    pub(super) op: String,
    /// What the window has seen.
    pub(super) resume_from: Option<ResumeFrom>,
}

/// The epoch and number that a window has seen.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct ResumeFrom {
    /// The epoch.
    pub(super) epoch: Uuid,
    /// The number.
    pub(super) seq: i64,
}

/// The answer to a first connection.
#[must_use]
pub(super) fn snapshot_frame(engine: &Engine, snapshot: &Snapshot) -> String {
    json!({ "type": "snapshot", "epoch": engine.epoch(), "snapshot": snapshot }).to_string()
}

/// The answer to a window that came back in time.
#[must_use]
pub(super) fn resumed_frame(engine: &Engine, seq: i64) -> String {
    json!({ "type": "resumed", "epoch": engine.epoch(), "seq": seq }).to_string()
}

/// The answer to a command.
#[must_use]
pub(super) fn answer_frame(id: Uuid, answer: Answer) -> String {
    match answer {
        Ok(result) => json!({ "type": "done", "re": id, "result": result }),
        Err(refused) => refusal(Some(id), &refused),
    }
    .to_string()
}

/// The answer to a frame that is no command.
#[must_use]
pub(super) fn bad_frame(id: Option<Uuid>, words: &str) -> String {
    refusal(id, &Refused::new("bad_request", words)).to_string()
}

fn refusal(re: Option<Uuid>, refused: &Refused) -> Value {
    json!({ "type": "refused", "re": re, "code": refused.code, "message": refused.message })
}

/// A numbered event.
#[must_use]
pub(super) fn event_frame(engine: &Engine, seq: i64, change: &Change) -> String {
    let shown = match change {
        Change::Agent(seat) => Shown::Agent { agent: agent_view(seat) },
        Change::Offer { offer, outcome } => {
            let offer = offer.as_ref().map(|offer| offer_view(engine, offer));
            Shown::Offer { offer, outcome: *outcome }
        }
        Change::Interaction(one) => {
            Shown::Interaction { interaction: interaction_view(one, &engine.rules()) }
        }
        Change::Consult(one) => {
            Shown::Consult { consult: consult_view(one, |person| engine.presence(person)) }
        }
        Change::ConsultClosed(id) => Shown::ConsultClosed { consult_id: *id },
        Change::Message(consult, message) => Shown::Message { message: message_view(*consult, message) },
        Change::Today(today) => Shown::Today { today: today_view(today) },
        Change::Network { network, state, since } => {
            Shown::Network { network: network_view(engine, network.clone(), state.clone(), *since) }
        }
        Change::Notice(notice) => Shown::Notice { notice: notice_view(notice) },
    };
    written(&EventFrame { kind: "event", seq, shown })
}

/// Written straight from the views: a desk is told most of what there is by events, many a second.
#[derive(Serialize)]
struct EventFrame {
    #[serde(rename = "type")]
    kind: &'static str,
    seq: i64,
    #[serde(flatten)]
    shown: Shown,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Shown {
    Agent { agent: AgentView },
    Offer { offer: Option<OfferView>, outcome: Option<OfferOutcome> },
    Interaction { interaction: InteractionView },
    Consult { consult: ConsultView },
    ConsultClosed { consult_id: ConsultId },
    Message { message: MessageView },
    Today { today: TodayView },
    Network { network: NetworkView },
    Notice { notice: Value },
}

#[derive(Serialize)]
struct PresenceFrame<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    people: [PersonPresence<'a>; 1],
}

#[derive(Serialize)]
struct PersonPresence<'a> {
    person: &'a PersonId,
    presence: PresenceView,
}

#[derive(Serialize)]
struct QueuesFrame {
    #[serde(rename = "type")]
    kind: &'static str,
    queues: Vec<QueueView>,
}

/// Views are structures of texts and numbers, which can always be written.
fn written(frame: &impl Serialize) -> String {
    serde_json::to_string(frame).unwrap_or_default()
}

/// Volatile news.
#[must_use]
pub(super) fn volatile_frame(user: UserId, news: &Volatile) -> String {
    match news {
        Volatile::Presence { person, report } => {
            let one = PersonPresence { person, presence: presence_view(Some(report.clone())) };
            return written(&PresenceFrame { kind: "presence", people: [one] });
        }
        Volatile::Typing { consult, typing } => {
            json!({ "type": "typing", "consult_id": consult, "typing": typing })
        }
        Volatile::Favourites => json!({ "type": "favourites" }),
        Volatile::Queues(figures) => {
            return written(&QueuesFrame { kind: "queues", queues: queue_views(figures, user) });
        }
        Volatile::Floor(news) => return written(&floor_frame(news)),
        Volatile::Trouble { words } => json!({ "type": "trouble", "words": words }),
        Volatile::Line(state) => json!({ "type": "line", "state": line_word(*state) }),
    }
    .to_string()
}

fn line_word(state: LineState) -> &'static str {
    match state {
        LineState::Up => "up",
        LineState::Down => "down",
        LineState::Replaced => "replaced",
    }
}

fn notice_view(notice: &Notice) -> Value {
    json!({
        "code": notice.code,
        "person_name": notice.person_name,
        "consult_id": notice.consult,
        "interaction_id": notice.interaction,
        "network_name": notice.network_name,
        "queue_name": notice.queue_name,
        "digit": notice.digit,
    })
}
