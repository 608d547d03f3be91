//! Errands: effects on the network that are kept in the outbox until they are done.

use hookflash_domain::MessageId;
use hookflash_domain::consult::{Consult, Effect, InvitationNo, Outcome};
use hookflash_store::OutboxRow;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One effect on the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "errand")]
pub(in crate::engine) enum Errand {
    /// Invite with an opening text; the parcel's id is the idempotency key.
    Invite { invitation: InvitationNo, text: String },
    /// Hand a message over.
    Send { invitation: InvitationNo, message: MessageId, text: String },
    /// Take the chat that an expert asks for.
    Accept { invitation: InvitationNo },
    /// Refuse it.
    Decline { invitation: InvitationNo, reason: Option<String> },
    /// Open the chat for an expert who has said yes elsewhere.
    Open { invitation: InvitationNo },
    /// Leave the chat or take the invitation back.
    Leave { invitation: InvitationNo },
    /// Tell a latecomer kindly, then leave.
    TurnAway { invitation: InvitationNo },
}

impl Errand {
    /// The invitation that it is about.
    pub(super) fn invitation(&self) -> InvitationNo {
        match self {
            Self::Invite { invitation, .. }
            | Self::Send { invitation, .. }
            | Self::Accept { invitation }
            | Self::Decline { invitation, .. }
            | Self::Open { invitation }
            | Self::Leave { invitation }
            | Self::TurnAway { invitation } => *invitation,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Invite { .. } => "invite",
            Self::Send { .. } => "send",
            Self::Accept { .. } => "accept",
            Self::Decline { .. } => "decline",
            Self::Open { .. } => "open",
            Self::Leave { .. } => "leave",
            Self::TurnAway { .. } => "turn_away",
        }
    }
}

/// An errand with its place in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::engine) struct Parcel {
    pub(in crate::engine) id: Uuid,
    pub(in crate::engine) errand: Errand,
}

impl Parcel {
    /// Reads a stored parcel; none where the row is of another version.
    pub(in crate::engine) fn of_row(row: &OutboxRow) -> Option<Self> {
        let errand = serde_json::from_str(&row.payload);
        let errand =
            errand.map_err(|error| tracing::error!(%error, "an errand of the outbox cannot be read")).ok()?;
        Some(Self { id: row.outbox_id, errand })
    }

    /// The row that keeps it.
    pub(super) fn row(&self, consult: &Consult) -> OutboxRow {
        OutboxRow {
            outbox_id: self.id,
            consult_id: consult.id,
            kind: self.errand.kind().into(),
            payload: serde_json::to_string(&self.errand).unwrap_or_default(),
            created_at: crate::clock::now(),
        }
    }
}

/// The errands of an outcome, in order.
pub(super) fn errands(outcome: &Outcome) -> Vec<Parcel> {
    let errands = outcome.effects.iter().filter_map(|effect| match effect.clone() {
        Effect::Invite { invitation, text } => Some(Errand::Invite { invitation, text }),
        Effect::Send { invitation, message, text } => Some(Errand::Send { invitation, message, text }),
        Effect::Accept { invitation } => Some(Errand::Accept { invitation }),
        Effect::Decline { invitation, reason } => Some(Errand::Decline { invitation, reason }),
        Effect::Open { invitation } => Some(Errand::Open { invitation }),
        Effect::Leave { invitation } => Some(Errand::Leave { invitation }),
        Effect::TurnAway { invitation } => Some(Errand::TurnAway { invitation }),
        Effect::WakeAt { .. } => None,
    });
    errands.map(|errand| Parcel { id: crate::ids::new_id(), errand }).collect()
}
