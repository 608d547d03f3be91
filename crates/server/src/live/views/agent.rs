//! The agent's state and the offer that rings.

use crate::engine::Engine;
use hookflash_domain::acd::Offer;
use hookflash_domain::agent::{AgentState, NotReadyReason, Seat};
use hookflash_domain::{InteractionId, OfferId, Timestamp};
use serde::Serialize;

/// `AgentView`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgentView {
    state: &'static str,
    reason: Option<NotReadyReason>,
    since_at: Timestamp,
    next: Option<NextView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct NextView {
    state: &'static str,
    reason: Option<NotReadyReason>,
}

/// `OfferView`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferView {
    offer_id: OfferId,
    interaction_id: InteractionId,
    queue_name: String,
    caller_number: String,
    caller_name: Option<String>,
    offered_at: Timestamp,
    expires_at: Timestamp,
    waited_ms: i64,
}

/// An agent's seat as shown.
#[must_use]
pub fn agent_view(seat: &Seat) -> AgentView {
    let reason = match seat.state {
        AgentState::NotReady { reason } => Some(reason),
        _ => None,
    };
    let next = seat.next.map(|reason| NextView { state: "not_ready", reason: Some(reason) });
    AgentView { state: seat.state.word(), reason, since_at: seat.since, next }
}

/// An offer as shown, with what is known of the caller.
#[must_use]
pub fn offer_view(engine: &Engine, offer: &Offer) -> OfferView {
    let interaction = engine.board().interaction(offer.interaction);
    let interaction = interaction.as_deref();
    OfferView {
        offer_id: offer.id,
        interaction_id: offer.interaction,
        queue_name: engine.rules().queue_name(offer.queue),
        caller_number: interaction.map(|interaction| interaction.caller_number.clone()).unwrap_or_default(),
        caller_name: interaction.and_then(|interaction| interaction.caller_name.clone()),
        offered_at: offer.offered_at,
        expires_at: offer.expires_at,
        waited_ms: interaction.map_or(0, |interaction| offer.offered_at.since_ms(interaction.started_at)),
    }
}
