//! Which invitation counts, is asked, is meant.

use super::{Consult, Invitation, InvitationNo, InvitationState, State};
use crate::NetworkId;

impl Consult {
    /// The invitation that counts: pending, open or settled last; of those asked at once, the one accepted.
    #[must_use]
    pub fn current(&self) -> Option<(InvitationNo, &Invitation)> {
        match self.state {
            State::Inviting(n) | State::Ringing(n) | State::Talking(n) => {
                self.invitations.get(n).map(|one| (n, one))
            }
            State::Choosing | State::Ended => {
                let settled = self.invitations.iter().enumerate();
                settled.max_by_key(|(n, one)| (one.settled_at, one.state == InvitationState::Accepted, *n))
            }
        }
    }

    /// Whether an answer of the expert to this invitation is awaited.
    #[must_use]
    pub fn is_asking(&self, n: InvitationNo) -> bool {
        let is_pending = self.invitations.get(n).is_some_and(|one| one.state.is_pending());
        is_pending && matches!(self.state, State::Inviting(_))
    }

    /// The invitations that something may come of: those that wait for an answer, and the open chat.
    pub fn alive(&self) -> impl Iterator<Item = InvitationNo> + '_ {
        (0..self.invitations.len()).filter(|n| match self.state {
            State::Inviting(_) => self.is_asking(*n),
            State::Ringing(one) | State::Talking(one) => *n == one,
            State::Choosing | State::Ended => false,
        })
    }

    /// The invitation whose chat the network calls `chat`.
    #[must_use]
    pub fn invitation_of(&self, chat: &str) -> Option<InvitationNo> {
        self.invitations.iter().rposition(|invitation| invitation.chat.as_deref() == Some(chat))
    }

    /// The network on which an expert was asked; experts of one consult may be on several.
    #[must_use]
    pub fn network_of(&self, n: InvitationNo) -> &NetworkId {
        self.invitations.get(n).map_or(&self.network, |invitation| &invitation.expert.id.network)
    }
}
