//! The present state of everything that is live, for readers: snapshots, permissions, routing of news.
//! Written by the tasks that own the state, after the commit and before the desks are told.

use hookflash_domain::acd::{Offer, Waiting};
use hookflash_domain::agent::Seat;
use hookflash_domain::consult::Consult;
use hookflash_domain::interaction::Interaction;
use hookflash_domain::{ConsultId, InteractionId, PersonId, UserId};
use parking_lot::RwLock;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// Longest wait for an accepted interaction to join its agent.
const JOIN_WITHIN: Duration = Duration::from_secs(2);

/// The present state.
#[derive(Default)]
pub struct Board {
    state: RwLock<State>,
    interactions_changed: Notify,
    consults_changed: Notify,
    changed: Notify,
}

/// What supervisors see of it, at one moment.
pub(super) struct Everybody {
    pub(super) seats: HashMap<UserId, Seat>,
    pub(super) offers: HashMap<UserId, Offer>,
    pub(super) waiting: Vec<Waiting>,
    pub(super) interactions: Vec<Arc<Interaction>>,
}

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
        self.state.read().seats.get(&user).cloned()
    }

    /// The offer that rings at an agent's desk.
    #[must_use]
    pub fn offer(&self, user: UserId) -> Option<Offer> {
        self.state.read().offers.get(&user).cloned()
    }

    /// Who waits, in order.
    #[must_use]
    pub fn waiting(&self) -> Vec<Waiting> {
        self.state.read().waiting.clone()
    }

    /// How many of these users are in a state.
    #[must_use]
    pub fn count_seats<'a>(
        &self,
        users: impl IntoIterator<Item = &'a UserId>,
        wanted: impl Fn(&Seat) -> bool,
    ) -> usize {
        let state = self.state.read();
        users.into_iter().filter(|user| state.seats.get(user).is_some_and(&wanted)).count()
    }

    /// A live interaction.
    #[must_use]
    pub fn interaction(&self, id: InteractionId) -> Option<Arc<Interaction>> {
        self.state.read().interactions.get(&id).cloned()
    }

    /// Waits, a bounded time, until an interaction is with an agent or over.
    pub(super) async fn joined(&self, id: InteractionId, user: UserId) {
        let joined = async {
            loop {
                let changed = self.interactions_changed.notified();
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
        let state = self.state.read();
        state.interactions.values().filter(|interaction| interaction.agent() == Some(user)).cloned().collect()
    }

    /// A live consult.
    #[must_use]
    pub fn consult(&self, id: ConsultId) -> Option<Arc<Consult>> {
        self.state.read().consults.get(&id).cloned()
    }

    /// Waits until a consult is not the one that was seen.
    pub(super) async fn consult_differs(&self, id: ConsultId, seen: Option<&Arc<Consult>>) {
        loop {
            let changed = self.consults_changed.notified();
            if self.consult(id).as_ref().map(Arc::as_ptr) != seen.map(Arc::as_ptr) {
                return;
            }
            changed.await;
        }
    }

    /// All live consults, oldest first.
    pub(super) fn consults(&self) -> Vec<Arc<Consult>> {
        self.state.read().consults.values().cloned().collect()
    }

    /// An agent's live consults, oldest first.
    #[must_use]
    pub fn consults_of(&self, user: UserId) -> Vec<Arc<Consult>> {
        self.state.read().consults.values().filter(|consult| consult.agent == user).cloned().collect()
    }

    /// The consults in which somebody is being asked or talked to.
    pub(super) fn consults_with(&self, person: &PersonId) -> Vec<ConsultId> {
        let state = self.state.read();
        let is_with =
            |consult: &Consult| consult.alive().any(|n| consult.invitations[n].expert.id == *person);
        state.consults.values().filter(|consult| is_with(consult)).map(|consult| consult.id).collect()
    }

    /// The consults beside an interaction, oldest first.
    #[must_use]
    pub fn consults_beside(&self, interaction: InteractionId) -> Vec<Arc<Consult>> {
        let state = self.state.read();
        state.consults.values().filter(|consult| consult.interaction == Some(interaction)).cloned().collect()
    }

    /// Whether the agent's browser has opened its audio.
    #[must_use]
    pub fn has_line(&self, user: UserId) -> bool {
        self.state.read().lines.contains(&user)
    }

    /// Seats, offers and interactions at one moment.
    pub(super) fn everybody(&self) -> Everybody {
        let state = self.state.read();
        Everybody {
            seats: state.seats.clone(),
            offers: state.offers.clone(),
            waiting: state.waiting.clone(),
            interactions: state.interactions.values().cloned().collect(),
        }
    }

    /// Waits until something has changed since this was last waited for; one task waits.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Says that what is shown has changed though nothing here has.
    pub(super) fn touch(&self) {
        self.changed.notify_one();
    }

    pub(super) fn put_seat(&self, user: UserId, seat: Seat) {
        self.state.write().seats.insert(user, seat);
        self.touch();
    }

    pub(super) fn put_offer(&self, user: UserId, offer: Option<Offer>) {
        match offer {
            Some(offer) => self.state.write().offers.insert(user, offer),
            None => self.state.write().offers.remove(&user),
        };
        self.touch();
    }

    pub(super) fn put_waiting(&self, waiting: &[Waiting]) {
        if self.state.read().waiting == waiting {
            return;
        }
        self.state.write().waiting = waiting.to_vec();
        self.touch();
    }

    pub(super) fn put_interaction(&self, interaction: Arc<Interaction>) {
        self.state.write().interactions.insert(interaction.id, interaction);
        self.interactions_changed.notify_waiters();
        self.touch();
    }

    pub(super) fn drop_interaction(&self, id: InteractionId) {
        self.state.write().interactions.remove(&id);
        self.interactions_changed.notify_waiters();
        self.touch();
    }

    pub(super) fn put_consult(&self, consult: Arc<Consult>) {
        self.state.write().consults.insert(consult.id, consult);
        self.consults_changed.notify_waiters();
    }

    pub(super) fn drop_consult(&self, id: ConsultId) {
        self.state.write().consults.remove(&id);
        self.consults_changed.notify_waiters();
    }

    pub(super) fn put_line(&self, user: UserId, open: bool) {
        if open {
            self.state.write().lines.insert(user);
        } else {
            self.state.write().lines.remove(&user);
        }
    }
}
