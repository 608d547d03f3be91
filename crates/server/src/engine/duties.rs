//! Whom experts ring who write to the team address of a queue: its members who are on queue, and before the others
//! those who are free. Their sessions are told whenever that changes.

use super::networks::Seat;
use super::rules::Rules;
use super::shared::Shared;
use hookflash_connectors::{Duty, Team};
use hookflash_domain::UserId;
use hookflash_domain::agent::AgentState;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// What sessions were told.
#[derive(Default)]
pub(super) struct Duties {
    told: Mutex<HashMap<Seat, Vec<Duty>>>,
    turns: Mutex<HashMap<Seat, Arc<tokio::sync::Mutex<()>>>>,
}

impl Duties {
    /// A new session was told nothing.
    pub(super) fn forget(&self, seat: &Seat) {
        self.told.lock().remove(seat);
    }

    fn told(&self, seat: &Seat) -> Vec<Duty> {
        self.told.lock().get(seat).cloned().unwrap_or_default()
    }

    fn is_empty(&self) -> bool {
        self.told.lock().is_empty()
    }

    fn turn(&self, seat: &Seat) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(self.turns.lock().entry(seat.clone()).or_default())
    }
}

impl Shared {
    /// Tells the networks which teams experts can write to, and every session for which it is rung.
    pub(super) fn tell_teams(self: &Arc<Self>, rules: &Rules) {
        let teams = rules.teams.iter();
        let teams =
            teams.map(|(address, queue)| Team { address: address.clone(), name: rules.queue_name(*queue) });
        let teams: Vec<_> = teams.collect();
        for connector in self.networks.connectors.values() {
            connector.set_teams(&teams);
        }
        self.tell_all_duties();
    }

    /// Tells every session for which teams it is rung, where that has changed.
    pub(super) fn tell_all_duties(self: &Arc<Self>) {
        for seat in self.networks.seats() {
            self.tell_duties_on(seat);
        }
    }

    /// Tells an agent's sessions for which teams they are rung, where that has changed.
    pub(super) fn tell_duties(self: &Arc<Self>, user: UserId) {
        for network in self.networks.connectors.keys().cloned() {
            self.tell_duties_on((user, network));
        }
    }

    /// Tells one session.
    pub(super) fn tell_duties_on(self: &Arc<Self>, seat: Seat) {
        let connector = self.networks.connectors.get(&seat.1);
        if !connector.is_some_and(|one| one.capabilities().team_addresses) {
            return;
        }
        // Where no queue has an address, nothing is to be said at each change of a state.
        if self.rules.read().teams.is_empty() && self.duties.is_empty() {
            return;
        }
        let shared = Arc::clone(self);
        self.tasks.spawn(async move { shared.bring_duties(seat).await });
    }

    /// What holds is read in the seat's turn: whoever comes last tells what is true then.
    async fn bring_duties(&self, seat: Seat) {
        let turn = self.duties.turn(&seat);
        let _turn = turn.lock().await;
        let Some(session) = self.networks.session(seat.0, &seat.1) else { return };
        let duties = self.duties_of(seat.0);
        if duties == self.duties.told(&seat) {
            return;
        }
        match session.answer_for(&duties).await {
            Ok(()) if duties.is_empty() => self.duties.forget(&seat),
            Ok(()) => {
                self.duties.told.lock().insert(seat, duties);
            }
            Err(error) => {
                tracing::warn!(%error, user_id = %seat.0, "what experts write to teams does not ring here");
            }
        }
    }

    fn duties_of(&self, user: UserId) -> Vec<Duty> {
        let Some(free) = self.board.seat(user).and_then(|seat| is_free(seat.state)) else {
            return Vec::new();
        };
        let rules = self.rules();
        let serves = |queue| rules.queues.get(queue).is_some_and(|queue| queue.rule.members.contains(&user));
        let served = rules.teams.iter().filter(|(_, queue)| serves(queue));
        served.map(|(address, _)| Duty { team: address.clone(), free }).collect()
    }
}

/// Whether an agent has time; none where they are not on queue.
fn is_free(state: AgentState) -> Option<bool> {
    match state {
        AgentState::SignedOut | AgentState::NotReady { .. } => None,
        AgentState::Ready => Some(true),
        AgentState::Offered { .. } | AgentState::Engaged { .. } | AgentState::WrapUp { .. } => Some(false),
    }
}
