//! What a desk's window uses of the engine beside commands: state to show, search, audio.

use super::acd::AcdInput;
use super::board::Board;
use super::command::Refused;
use super::feed::{QueueFigures, Subscription, Volatile, WindowId};
use super::rules::Rules;
use super::shared::Shared;
use super::{Engine, NetworkState, consult};
use hookflash_connectors::Capabilities;
use hookflash_directory::WatchChange;
use hookflash_domain::consult::Message;
use hookflash_domain::{ConsultId, NetworkId, PersonId, PresenceReport, Timestamp, UserId, acd};
use hookflash_store::StoreError;
use hookflash_store::today::TodayRow;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How long a desk may be closed before its agent gets no more offers: a reload is no absence.
const CLOSED_FOR: Duration = Duration::from_secs(15);

impl Engine {
    /// Opens a window of a desk; `after` is the epoch and number that it has seen.
    pub async fn open_window(
        &self,
        user: UserId,
        window: WindowId,
        is_agent: bool,
        after: Option<(Uuid, i64)>,
    ) -> Subscription {
        let subscription = self.shared.feed.subscribe(user, window, after);
        if is_agent {
            // The ACD's mailbox is closed only when the engine stops.
            let _ = self.shared.acd.send(AcdInput::DeskOpened(user)).await;
            let shared = Arc::clone(&self.shared);
            self.shared.tasks.spawn(async move { shared.sign_in_networks(user).await });
        }
        subscription
    }

    /// How many windows of a user's desk are open.
    #[must_use]
    pub fn window_count(&self, user: UserId) -> usize {
        self.shared.feed.window_count(user)
    }

    /// A window of a desk was closed.
    pub async fn close_window(&self, user: UserId, window: WindowId) {
        self.leave_floor(user, window);
        for network in self.shared.networks.connectors.keys() {
            self.shared.tell_watched(self.shared.networks.watch.close(user, window, network)).await;
        }
        self.shared.desk_may_be_closed(user);
        self.shared.line_may_be_gone(user);
    }

    /// The engine's epoch, which gives event numbers their meaning.
    #[must_use]
    pub fn epoch(&self) -> Uuid {
        self.shared.feed.epoch()
    }

    /// What is live.
    #[must_use]
    pub fn board(&self) -> &Board {
        &self.shared.board
    }

    /// What the administrator has set.
    #[must_use]
    pub fn rules(&self) -> Arc<Rules> {
        self.shared.rules()
    }

    /// What the queues look like.
    #[must_use]
    pub fn queue_figures(&self) -> Vec<QueueFigures> {
        self.shared.queue_figures()
    }

    /// How the agent's sessions on networks are.
    #[must_use]
    pub fn network_states(&self, user: UserId) -> Vec<(NetworkId, NetworkState, Timestamp)> {
        let states = self.shared.networks.states(user).into_iter();
        let licensed = |(network, state, since)| match self.shared.is_licensed(user, &network) {
            true => (network, state, since),
            false => (network, NetworkState::not_licensed(), since),
        };
        states.map(licensed).collect()
    }

    /// A network's name on screen.
    #[must_use]
    pub fn network_name(&self, network: &NetworkId) -> String {
        self.shared.networks.name(network).to_owned()
    }

    /// What a network can do; none where there is no such network.
    #[must_use]
    pub fn capabilities(&self, network: &NetworkId) -> Option<Capabilities> {
        self.shared.networks.connectors.get(network).map(|connector| connector.capabilities())
    }

    /// The messages of a consult.
    ///
    /// # Errors
    /// The store is not available.
    pub async fn messages(&self, consult: ConsultId) -> Result<Vec<Message>, StoreError> {
        Ok(self.shared.store.messages(consult).await?.into_iter().map(consult::message_of).collect())
    }

    /// The agent's figures of the day.
    ///
    /// # Errors
    /// The store is not available.
    pub async fn today(&self, user: UserId) -> Result<TodayRow, StoreError> {
        self.shared.today(user).await
    }

    /// Replaces whom a window watches; tells it at once what is known of those who are new to it.
    ///
    /// # Errors
    /// `too_many_watched`; nothing was changed on the network that it is about.
    pub async fn watch(
        &self,
        user: UserId,
        window: WindowId,
        people: &BTreeSet<PersonId>,
    ) -> Result<(), Refused> {
        for network in self.shared.networks.connectors.keys() {
            let changes = self.shared.networks.watch.set((user, window), network, people);
            let (changes, known) = changes
                .map_err(|_| Refused::new("too_many_watched", "Too many people are watched at once."))?;
            for (person, report) in known {
                self.shared.feed.volatile_to_window(user, window, Volatile::Presence { person, report });
            }
            self.shared.tell_watched(changes).await;
        }
        Ok(())
    }

    /// The presence last told of somebody.
    #[must_use]
    pub fn presence(&self, person: &PersonId) -> Option<PresenceReport> {
        self.shared.networks.watch.known(person)
    }

    /// Says to the expert that the agent types.
    pub async fn typing(&self, user: UserId, consult: ConsultId) {
        let Some(consult) = self.shared.board.consult(consult).filter(|consult| consult.agent == user) else {
            return;
        };
        let chat = consult.current().and_then(|(_, invitation)| invitation.chat.clone());
        if let (Some(chat), Some(session)) = (chat, self.shared.networks.session(user, &consult.network)) {
            session.typing(&hookflash_connectors::ChatId(chat)).await;
        }
    }
}

impl Shared {
    /// Tells sessions whom to follow from here on.
    pub(super) async fn tell_watched(&self, changes: Vec<WatchChange<(UserId, NetworkId)>>) {
        for WatchChange { source: (user, network), people } in changes {
            let Some(session) = self.networks.session(user, &network) else { continue };
            if let Err(error) = session.watch(&people).await {
                tracing::debug!(%error, "presence is not followed");
            }
        }
    }

    /// Takes the agent off routing unless a window is open again in time.
    pub(super) fn desk_may_be_closed(self: &Arc<Self>, user: UserId) {
        let closed_at =
            crate::clock::now().plus_ms(i64::try_from(CLOSED_FOR.as_millis()).unwrap_or(i64::MAX));
        self.wake_at(closed_at, move |shared| async move {
            if shared.feed.window_count(user) == 0 {
                shared.tell_acd(acd::News::DeskClosed { agent: user }).await;
            }
        });
    }

    pub(super) async fn today(&self, user: UserId) -> Result<TodayRow, StoreError> {
        self.store.today(user, midnight(crate::clock::now())).await
    }
}

/// The midnight before, where the server is.
pub(super) fn midnight(now: Timestamp) -> Timestamp {
    let zoned = jiff::Timestamp::from_millisecond(now.0).map(|at| at.to_zoned(jiff::tz::TimeZone::system()));
    let start = zoned.and_then(|zoned| zoned.start_of_day());
    start.map_or(now, |start| Timestamp(start.timestamp().as_millisecond()))
}
