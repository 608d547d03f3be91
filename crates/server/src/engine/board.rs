//! The present state of everything that is live, for readers: snapshots, permissions, routing of news.
//! Written by the tasks that own the state, after the commit and before the desks are told.

use hookflash_domain::acd::{Offer, Waiting};
use hookflash_domain::agent::Seat;
use hookflash_domain::consult::Consult;
use hookflash_domain::interaction::Interaction;
use hookflash_domain::{ConsultId, InteractionId, UserId};
use parking_lot::RwLock;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Longest wait for an accepted interaction to join its agent.
const JOIN_WITHIN: Duration = Duration::from_secs(2);

/// The present state.
#[derive(Default)]
pub struct Board(RwLock<State>, Notify);

#[derive(Default)]
struct State {
    seats: HashMap<UserId, Seat>,
    offers: HashMap<UserId, Offer>,
    waiting: Vec<Waiting>,
    interactions: BTreeMap<InteractionId, Arc<Interaction>>,
    consults: BTreeMap<ConsultId, Arc<Consult>>,
    lines: HashSet<UserId>,
}

impl Board {
    /// An agent's seat.
    #[must_use]
    pub fn seat(&self, user: UserId) -> Option<Seat> {
        self.0.read().seats.get(&user).cloned()
    }

    /// The offer that rings at an agent's desk.
    #[must_use]
    pub fn offer(&self, user: UserId) -> Option<Offer> {
        self.0.read().offers.get(&user).cloned()
    }

    /// Who waits, in order.
    #[must_use]
    pub fn waiting(&self) -> Vec<Waiting> {
        self.0.read().waiting.clone()
    }

    /// How many of these users are in a state.
    #[must_use]
    pub fn count_seats<'a>(
        &self,
        users: impl IntoIterator<Item = &'a UserId>,
        wanted: impl Fn(&Seat) -> bool,
    ) -> usize {
        let state = self.0.read();
        users.into_iter().filter(|user| state.seats.get(user).is_some_and(&wanted)).count()
    }

    /// A live interaction.
    #[must_use]
    pub fn interaction(&self, id: InteractionId) -> Option<Arc<Interaction>> {
        self.0.read().interactions.get(&id).cloned()
    }

    /// Waits, a bounded time, until an interaction is with an agent or over.
    pub(super) async fn joined(&self, id: InteractionId, user: UserId) {
        let joined = async {
            loop {
                let changed = self.1.notified();
                if self.interaction(id).is_none_or(|interaction| interaction.agent() == Some(user)) {
                    return;
                }
                changed.await;
            }
        };
        // After that the desk is told by the event alone.
        let _ = tokio::time::timeout(JOIN_WITHIN, joined).await;
    }

    /// An agent's live interactions, oldest first.
    #[must_use]
    pub fn interactions_of(&self, user: UserId) -> Vec<Arc<Interaction>> {
        let state = self.0.read();
        state.interactions.values().filter(|interaction| interaction.agent() == Some(user)).cloned().collect()
    }

    /// A live consult.
    #[must_use]
    pub fn consult(&self, id: ConsultId) -> Option<Arc<Consult>> {
        self.0.read().consults.get(&id).cloned()
    }

    /// An agent's live consults, oldest first.
    #[must_use]
    pub fn consults_of(&self, user: UserId) -> Vec<Arc<Consult>> {
        self.0.read().consults.values().filter(|consult| consult.agent == user).cloned().collect()
    }

    /// The consults beside an interaction, oldest first.
    #[must_use]
    pub fn consults_beside(&self, interaction: InteractionId) -> Vec<Arc<Consult>> {
        let state = self.0.read();
        state.consults.values().filter(|consult| consult.interaction == Some(interaction)).cloned().collect()
    }

    /// Whether the agent's browser has opened its audio.
    #[must_use]
    pub fn has_line(&self, user: UserId) -> bool {
        self.0.read().lines.contains(&user)
    }

    pub(super) fn put_seat(&self, user: UserId, seat: Seat) {
        self.0.write().seats.insert(user, seat);
    }

    pub(super) fn put_offer(&self, user: UserId, offer: Option<Offer>) {
        match offer {
            Some(offer) => self.0.write().offers.insert(user, offer),
            None => self.0.write().offers.remove(&user),
        };
    }

    pub(super) fn put_waiting(&self, waiting: &[Waiting]) {
        self.0.write().waiting = waiting.to_vec();
    }

    pub(super) fn put_interaction(&self, interaction: Arc<Interaction>) {
        self.0.write().interactions.insert(interaction.id, interaction);
        self.1.notify_waiters();
    }

    pub(super) fn drop_interaction(&self, id: InteractionId) {
        self.0.write().interactions.remove(&id);
        self.1.notify_waiters();
    }

    pub(super) fn put_consult(&self, consult: Arc<Consult>) {
        self.0.write().consults.insert(consult.id, consult);
    }

    pub(super) fn drop_consult(&self, id: ConsultId) {
        self.0.write().consults.remove(&id);
    }

    pub(super) fn put_line(&self, user: UserId, open: bool) {
        if open {
            self.0.write().lines.insert(user);
        } else {
            self.0.write().lines.remove(&user);
        }
    }
}
