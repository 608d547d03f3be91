//! The agent's own presence on the networks: "in a call" while a customer is on the line, afterwards
//! what it was. Who does not want that switches it off under My settings.

use super::networks::Seat;
use super::shared::Shared;
use hookflash_connectors::OwnPresence;
use hookflash_domain::UserId;
use hookflash_domain::agent::AgentState;
use parking_lot::Mutex;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// On which networks agents are shown as being in a call.
#[derive(Default)]
pub(super) struct Shown {
    in_a_call: Mutex<HashSet<Seat>>,
    turns: Mutex<HashMap<Seat, Arc<tokio::sync::Mutex<()>>>>,
}

impl Shown {
    /// A process before this one may have left the agent shown as being in a call.
    pub(super) fn may_be(&self, seat: Seat) {
        self.in_a_call.lock().insert(seat);
    }

    /// A new session shows nothing of what one before it showed.
    pub(super) fn forget(&self, seat: &Seat) {
        self.in_a_call.lock().remove(seat);
    }

    fn turn(&self, seat: &Seat) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(self.turns.lock().entry(seat.clone()).or_default())
    }
}

impl Shared {
    /// Brings what the agent's networks show up to whether they are with a customer.
    pub(super) fn show_presence(self: &Arc<Self>, user: UserId) {
        for network in self.networks.connectors.keys().cloned() {
            let shared = Arc::clone(self);
            self.tasks.spawn(async move { shared.show_presence_on((user, network)).await });
        }
    }

    /// The state is read in the seat's turn: whoever comes last tells what is true then.
    async fn show_presence_on(&self, seat: Seat) {
        let turn = self.shown.turn(&seat);
        let _turn = turn.lock().await;
        let able = self.networks.connectors.get(&seat.1).is_some_and(|one| one.capabilities().own_presence);
        let Some(session) = self.networks.session(seat.0, &seat.1).filter(|_| able) else { return };
        let in_a_call = self.is_with_customer(seat.0) && self.rules().choices(seat.0).shows_calls;
        if in_a_call == self.shown.in_a_call.lock().contains(&seat) {
            return;
        }
        let presence = if in_a_call { OwnPresence::InACall } else { OwnPresence::Automatic };
        match session.set_presence(presence).await {
            Ok(()) if in_a_call => self.shown.may_be(seat),
            Ok(()) => self.shown.forget(&seat),
            Err(error) => tracing::debug!(%error, user_id = %seat.0, "the agent's own presence is not shown"),
        }
    }

    pub(super) fn is_with_customer(&self, user: UserId) -> bool {
        self.board.seat(user).is_some_and(|seat| matches!(seat.state, AgentState::Engaged { .. }))
    }
}
