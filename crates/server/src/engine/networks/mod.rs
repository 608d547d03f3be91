//! The agents' sessions on chat networks: who is signed in, whose chat is whose, who is watched.

pub(super) mod authorising;
mod events;
mod people;
mod photos;
mod presence;
mod session;

pub(super) use session::Live;

use super::consult::Places;
use super::experts::ExpertRule;
use super::{AccountSource, NetworkSettings, NetworkState};
use hookflash_connectors::{ChatId, Connector, Session};
use hookflash_domain::consult::{CONSULTS_PER_EXPERT, Consult, IncomingPolicy};
use hookflash_domain::{ConsultId, NetworkId, Timestamp, UserId};
use hookflash_voice::LineKey;
use parking_lot::{Mutex, RwLock};
use people::People;
use photos::Photos;
use presence::Watch;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// An agent on a network.
pub(super) type Seat = (UserId, NetworkId);

/// Everything about chat networks.
pub(super) struct Networks {
    pub(super) connectors: BTreeMap<NetworkId, Arc<dyn Connector>>,
    settings: BTreeMap<NetworkId, NetworkSettings>,
    pub(super) accounts: Arc<dyn AccountSource>,
    pub(super) people: People,
    pub(super) photos: Photos,
    pub(super) places: Places,
    pub(super) watch: Watch,
    sessions: RwLock<HashMap<Seat, Arc<Live>>>,
    /// Agents without a session because their account could not be opened or was refused, and since when.
    refused: Mutex<HashMap<Seat, (NetworkState, Timestamp)>>,
    turns: Mutex<HashMap<Seat, Arc<tokio::sync::Mutex<()>>>>,
    routes: Mutex<HashMap<(Seat, ChatId), Route>>,
}

/// Where the news of a chat goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) consult: ConsultId,
    pub(super) invitation: usize,
}

impl Networks {
    pub(super) fn new(
        connectors: Vec<Arc<dyn Connector>>,
        settings: BTreeMap<NetworkId, NetworkSettings>,
        accounts: Arc<dyn AccountSource>,
    ) -> Self {
        let connectors =
            connectors.into_iter().map(|connector| (connector.network().clone(), connector)).collect();
        Self {
            connectors,
            settings,
            accounts,
            people: People::default(),
            photos: Photos::default(),
            places: Places::default(),
            watch: Watch::default(),
            sessions: RwLock::default(),
            refused: Mutex::default(),
            turns: Mutex::default(),
            routes: Mutex::default(),
        }
    }

    /// A network's name on screen.
    pub(super) fn name<'a>(&'a self, network: &'a NetworkId) -> &'a str {
        self.settings.get(network).map_or(network.0.as_str(), |settings| settings.name.as_str())
    }

    /// What is done with chats that experts begin there, where the agent has not chosen.
    pub(super) fn incoming(&self, network: &NetworkId) -> IncomingPolicy {
        self.settings.get(network).map_or_else(IncomingPolicy::default, |settings| settings.incoming)
    }

    /// How many consults an expert may have at once for a hunt to ask them.
    pub(super) fn consults_per_expert(&self, network: &NetworkId) -> u32 {
        self.settings.get(network).map_or(CONSULTS_PER_EXPERT, |one| one.consults_per_expert)
    }

    /// Whether it is a quiet hour on a network, by what `own` says of an expert or else by its own hours.
    pub(super) fn is_quiet(&self, network: &NetworkId, own: Option<&ExpertRule>, at: Timestamp) -> bool {
        let Some(settings) = self.settings.get(network) else { return false };
        let of_expert = own.and_then(|own| own.is_quiet(at, &settings.quiet_zone));
        of_expert.unwrap_or_else(|| settings.quiet_hours.hold(at, &settings.quiet_zone))
    }

    /// The agent's session on a network, signed in or on the way.
    pub(super) fn session(&self, user: UserId, network: &NetworkId) -> Option<Arc<dyn Session>> {
        Some(Arc::clone(&self.live(user, network)?.session))
    }

    /// How the agent's session on a network is; none where there is no such network.
    pub(super) fn state(&self, user: UserId, network: &NetworkId) -> Option<NetworkState> {
        self.connectors.get(network)?;
        let live = self.live(user, network).map(|live| live.state().0);
        Some(live.unwrap_or_else(|| self.without_session(&(user, network.clone())).0))
    }

    /// How it is where there is no session, and since when: not connected, or refused with a reason.
    fn without_session(&self, seat: &Seat) -> (NetworkState, Timestamp) {
        let refused = self.refused.lock().get(seat).cloned();
        refused.unwrap_or_else(|| (NetworkState::not_connected(), Timestamp(0)))
    }

    /// Everybody who has a session.
    pub(super) fn seats(&self) -> Vec<Seat> {
        self.sessions.read().keys().cloned().collect()
    }

    /// Sends a chat's news to a consult.
    pub(super) fn route(&self, user: UserId, network: &NetworkId, chat: &ChatId, route: Route) {
        self.routes.lock().insert(((user, network.clone()), chat.clone()), route);
    }

    /// Where a chat's news goes.
    pub(super) fn route_of(&self, seat: &Seat, chat: &ChatId) -> Option<Route> {
        self.routes.lock().get(&(seat.clone(), chat.clone())).copied()
    }

    /// Notes all chats of a consult, for the start.
    pub(super) fn route_all(&self, consult: &Consult) {
        for (invitation, chat) in chats(consult) {
            let network = consult.network_of(invitation);
            self.route(consult.agent, network, &chat, Route { consult: consult.id, invitation });
        }
    }

    /// Forgets the chats of a consult that left the desk, also those of invitations that failed.
    pub(super) fn forget_routes(&self, consult: ConsultId) {
        self.routes.lock().retain(|_, route| route.consult != consult);
    }

    /// The turn to sign an agent in or out on a network: one at a time.
    fn turn(&self, seat: &Seat) -> Arc<tokio::sync::Mutex<()>> {
        Arc::clone(self.turns.lock().entry(seat.clone()).or_default())
    }

    fn live(&self, user: UserId, network: &NetworkId) -> Option<Arc<Live>> {
        self.sessions.read().get(&(user, network.clone())).cloned()
    }

    fn put(&self, seat: Seat, live: Arc<Live>) -> Option<Arc<Live>> {
        self.sessions.write().insert(seat, live)
    }

    fn remove(&self, seat: &Seat) -> Option<Arc<Live>> {
        self.sessions.write().remove(seat)
    }

    /// Removes a session only if it is still this one.
    fn remove_this(&self, seat: &Seat, live: &Arc<Live>) -> bool {
        let mut sessions = self.sessions.write();
        let is_this = sessions.get(seat).is_some_and(|current| Arc::ptr_eq(current, live));
        if is_this {
            sessions.remove(seat);
        }
        is_this
    }
}

fn chats(consult: &Consult) -> impl Iterator<Item = (usize, ChatId)> {
    let numbered = consult.invitations.iter().enumerate();
    numbered.filter_map(|(number, invitation)| Some((number, ChatId(invitation.chat.clone()?))))
}

/// The key of an agent's line in the voice room.
pub(super) fn line_key(user: UserId) -> LineKey {
    LineKey(user.0.as_u128())
}

/// Whose line it is.
pub(super) fn user_of_line(line: LineKey) -> UserId {
    UserId(Uuid::from_u128(line.0))
}
