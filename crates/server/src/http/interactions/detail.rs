//! An interaction in full.

use super::attached::{self, AttachedView};
use super::consult_view::{self, ConsultView};
use super::row::RowView;
use super::timeline::{self, TimelineEntry};
use crate::http::abilities::KindView;
use hookflash_domain::interaction::{Interaction, Leg, Participant};
use hookflash_store::abilities::NamedAbility;
use hookflash_store::attached_keys::AttachedKeyRow;
use hookflash_store::interactions::{InteractionDetail as Stored, NamedInteraction};
use hookflash_store::users::UserRow;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An interaction in full.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct InteractionDetail {
    #[serde(flatten)]
    row: RowView,
    /// The number that was dialled.
    dialled_number: String,
    /// The skills and languages that it asked for.
    asked: Vec<AskedView>,
    /// What came with the call.
    attached: Vec<AttachedView>,
    /// The agent's note.
    note: String,
    answered_at: Option<i64>,
    call_ended_at: Option<i64>,
    /// Who took part in the call, in order of joining.
    legs: Vec<LegView>,
    /// What happened, in order.
    timeline: Vec<TimelineEntry>,
    /// Oldest first.
    consults: Vec<ConsultView>,
}

/// A skill or language that was asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = AskedAbility)]
pub(super) struct AskedView {
    ability_id: Uuid,
    kind: KindView,
    name: String,
}

impl From<NamedAbility> for AskedView {
    fn from(ability: NamedAbility) -> Self {
        Self { ability_id: ability.ability_id, kind: ability.kind.into(), name: ability.name }
    }
}

/// One party's connection in the call.
#[derive(Serialize, ToSchema)]
#[schema(as = PastLeg)]
pub(super) struct LegView {
    /// The party's name.
    participant: String,
    /// `customer` or `agent`.
    role: &'static str,
    joined_at: i64,
    left_at: Option<i64>,
}

impl InteractionDetail {
    /// What was stored, by the rules and with the names of this moment.
    pub(super) fn of(
        stored: Stored,
        asked: Vec<NamedAbility>,
        keys: &[AttachedKeyRow],
        users: &[UserRow],
    ) -> Self {
        let named = &stored.interaction;
        let id = named.interaction.interaction_id;
        let body: Option<Interaction> = serde_json::from_str(&named.interaction.body)
            .map_err(
                |error| tracing::error!(interaction_id = %id, %error, "a stored interaction cannot be read"),
            )
            .ok();
        let (legs, attached) = body.map(|body| (body.call.legs, body.attached)).unwrap_or_default();
        Self {
            row: RowView::from(named),
            dialled_number: named.interaction.dialled_number.clone(),
            asked: asked.into_iter().map(AskedView::from).collect(),
            attached: attached::views(&attached, keys),
            note: named.interaction.note.clone(),
            answered_at: named.interaction.answered_at.map(|at| at.0),
            call_ended_at: named.interaction.call_ended_at.map(|at| at.0),
            legs: legs.into_iter().map(|leg| leg_view(&leg, named, users)).collect(),
            timeline: timeline::entries(stored.events),
            consults: stored
                .consults
                .into_iter()
                .map(|consult| consult_view::view(consult, &stored.messages))
                .collect(),
        }
    }
}

fn leg_view(leg: &Leg, named: &NamedInteraction, users: &[UserRow]) -> LegView {
    let (role, participant) = match leg.participant {
        Participant::Customer => {
            let caller = &named.interaction;
            ("customer", caller.caller_name.clone().unwrap_or_else(|| caller.caller_number.clone()))
        }
        Participant::Agent { user } => {
            let name = users.iter().find(|row| row.user_id == user).map(|row| row.name.clone());
            ("agent", name.unwrap_or_default())
        }
    };
    LegView { participant, role, joined_at: leg.joined_at.0, left_at: leg.left_at.map(|at| at.0) }
}
