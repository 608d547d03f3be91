//! What the server decides: commands and news go in, facts are stored, then effects run.
//!
//! Each interaction, each consult and the ACD has a task with one mailbox; a panic costs that one
//! only. Invariants: the engine never names the HTTP library; nothing is shown, sent or done before
//! it is committed; `http` and `live` see the engine through this handle alone.

mod abilities;
mod acd;
mod activity;
pub mod board;
mod calls;
pub mod command;
mod commit;
mod consult;
mod desk;
pub mod directory;
mod dispatch;
mod duties;
pub mod experts;
pub mod feed;
pub mod floor;
mod handover;
pub mod helped;
mod interaction;
mod licences;
mod line;
mod networks;
mod own_presence;
pub mod people;
mod refusals;
pub mod rules;
mod shared;
mod start;
mod trouble;
mod voice_news;

pub(crate) use abilities::policy_of;
pub use handover::{Links, PageAction, PageMessage, PageProblem, PageSkills, PageState, PageView};
pub use hookflash_connectors::{Capabilities, FavouritesSupport};
pub use networks::authorising::{Begun, NotAuthorised};

use crate::directory::{Addresses, People};
use board::Board;
use feed::{CloseReason, Feed};
use hookflash_connectors::{Account, Connector, Secret};
use hookflash_domain::consult::{CONSULTS_PER_EXPERT, IncomingPolicy, Unreachable};
use hookflash_domain::{NetworkId, QuietHours, UserId};
use hookflash_store::Store;
use hookflash_voice::{Voice, VoiceEvent};
use jiff::tz::TimeZone;
use networks::Networks;
use parking_lot::{Mutex, RwLock};
use rules::Rules;
use shared::{Mailboxes, Shared};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Inputs that may wait for the ACD.
const ACD_MAILBOX: usize = 1_024;
/// Longest wait for tasks at the stop.
const STOP_WITHIN: Duration = Duration::from_secs(5);

/// What the engine is made of.
pub struct EngineParts {
    /// Where facts are kept.
    pub store: Store,
    /// The configured chat networks.
    pub connectors: Vec<Arc<dyn Connector>>,
    /// What the deployment says of them; a network that is not named here has the defaults.
    pub network_settings: BTreeMap<NetworkId, NetworkSettings>,
    /// The voice room and its news, where voice is configured.
    pub voice: Option<(Voice, mpsc::Receiver<VoiceEvent>)>,
    /// Who can open the agents' network accounts.
    pub accounts: Arc<dyn AccountSource>,
    /// Everybody who can be asked, and how addresses are written.
    pub people: (People, Addresses),
    /// Links to the handover page, where they are offered.
    pub links: Option<Links>,
}

/// What the deployment says of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkSettings {
    /// Its name on screen.
    pub name: String,
    /// What is done with chats that experts begin, where the agent has not chosen.
    pub incoming: IncomingPolicy,
    /// How many consults an expert may have at once for a hunt to ask them.
    pub consults_per_expert: u32,
    /// When hunts ask nobody of it, where nothing else is said of an expert.
    pub quiet_hours: QuietHours,
    /// By the clocks of which time zone quiet hours are meant, those of single experts too.
    pub quiet_zone: TimeZone,
}

impl Default for NetworkSettings {
    fn default() -> Self {
        Self {
            name: String::new(),
            incoming: IncomingPolicy::default(),
            consults_per_expert: CONSULTS_PER_EXPERT,
            quiet_hours: QuietHours::default(),
            quiet_zone: TimeZone::UTC,
        }
    }
}

/// Opens an agent's account on a network; secrets stay with whoever implements this.
#[async_trait::async_trait]
pub trait AccountSource: Send + Sync {
    /// The account with its password, or none where the agent has not connected one.
    ///
    /// # Errors
    /// The store is not available, or the secret cannot be opened.
    async fn account(&self, user: UserId, network: &NetworkId) -> anyhow::Result<Option<Account>>;

    /// Keeps what an agent's authorisation has become.
    ///
    /// # Errors
    /// The store is not available, or the secret cannot be encrypted.
    async fn renewed(&self, user: UserId, network: &NetworkId, authorisation: Secret) -> anyhow::Result<()> {
        let _ = (user, network, authorisation);
        Ok(())
    }
}

/// How an agent's session on a network is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkState {
    /// `not_licensed`, `not_connected`, `connecting`, `up`, `down` or `refused`.
    pub state: &'static str,
    /// The trouble's stable code.
    pub code: Option<String>,
    /// The trouble in words, for logs and administrators.
    pub words: Option<String>,
}

/// The engine; a cheap handle, all clones of which are the same engine.
#[derive(Clone)]
pub struct Engine {
    shared: Arc<Shared>,
}

impl Engine {
    /// Restores what is not finished and starts to work.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn start(parts: EngineParts) -> anyhow::Result<Self> {
        let live = parts.store.live().await?;
        let rules = Rules::read(&parts.store).await?;
        let (acd, acd_mailbox) = mpsc::channel(ACD_MAILBOX);
        let (voice, voice_news) = parts.voice.unzip();
        let start = start::seats(&live);
        let (people, addresses) = parts.people;
        let shared = Arc::new(Shared {
            store: parts.store,
            voice,
            feed: Feed::new(crate::ids::new_id()),
            board: Board::default(),
            rules: RwLock::new(Arc::new(rules)),
            rules_turn: tokio::sync::Mutex::default(),
            acd,
            interactions: Mailboxes::default(),
            consults: Mailboxes::default(),
            networks: Networks::new(parts.connectors, parts.network_settings, parts.accounts),
            calls: calls::Calls::default(),
            activity: activity::Activity::default(),
            shown: own_presence::Shown::default(),
            duties: duties::Duties::default(),
            lines: line::Lines::default(),
            queues_changed: tokio::sync::Notify::new(),
            floor: floor::Floor::default(),
            people,
            addresses,
            tastes: directory::Tastes::default(),
            links: parts.links,
            seats_at_start: Mutex::new(start.seats.iter().map(|(user, seat)| (*user, seat.state)).collect()),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        shared.tell_teams(&shared.rules());
        shared.tasks.spawn(acd::run(Arc::clone(&shared), start, acd_mailbox));
        shared.tasks.spawn(trouble::run(Arc::clone(&shared)));
        shared.tasks.spawn(Arc::clone(&shared).tell_queues());
        shared.tasks.spawn(Arc::clone(&shared).tell_floor());
        shared.restore(live).await;
        if let Some(news) = voice_news {
            shared.tasks.spawn(voice_news::run(Arc::clone(&shared), news));
        }
        Ok(Self { shared })
    }

    /// Users, queues, members, dispositions, groups of experts, licences or attached-data keys were changed.
    pub fn directory_changed(&self) {
        let shared = Arc::clone(&self.shared);
        self.shared.tasks.spawn(async move { shared.read_rules().await });
    }

    /// The same; it is in force when this is back.
    pub async fn apply_directory(&self) {
        self.shared.read_rules().await;
    }

    /// The agent connected or changed an account.
    pub fn network_connected(&self, user: UserId, network: NetworkId) {
        let shared = Arc::clone(&self.shared);
        self.shared.tasks.spawn(async move {
            shared.change_network(user, &network).await;
        });
    }

    /// The agent disconnected an account.
    pub fn network_disconnected(&self, user: UserId, network: NetworkId) {
        let shared = Arc::clone(&self.shared);
        self.shared.tasks.spawn(async move {
            shared.sign_out_network(user, &network, Unreachable::SignedOut).await;
        });
    }

    /// How the agent's session on a network is; none where there is no such network.
    #[must_use]
    pub fn network_state(&self, user: UserId, network: &NetworkId) -> Option<NetworkState> {
        let state = self.shared.networks.state(user, network)?;
        Some(if self.shared.is_licensed(user, network) { state } else { NetworkState::not_licensed() })
    }

    /// How all agents' sessions on a network are, in no order.
    #[must_use]
    pub fn states_on_network(&self, network: &NetworkId) -> Vec<NetworkState> {
        self.shared.networks.all_states(network)
    }

    /// All sessions of the user are gone: the windows of the desk are closed, and work ends where it can.
    pub fn user_signed_out(&self, user: UserId) {
        self.shared.feed.close(user, CloseReason::SignedOut);
        self.end_work(user);
    }

    /// The user's roles have changed, and the directory was applied: windows were opened with the old ones. Who
    /// is no agent any more ends work where that can be.
    pub fn roles_changed(&self, user: UserId) {
        self.shared.feed.renew(user, CloseReason::RolesChanged);
        if !self.rules().agents.contains(&user) {
            self.end_work(user);
        }
    }

    fn end_work(&self, user: UserId) {
        let engine = self.clone();
        self.shared.tasks.spawn(async move {
            if let Err(refused) = engine.sign_out_agent(user).await {
                tracing::info!(%user, code = refused.code, "signed out while at work: the interaction stays");
            }
        });
    }

    /// Whether input is taken.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.shared.stop.is_cancelled()
    }

    /// Stops taking input, finishes what was begun, leaves chats open for the next start.
    pub async fn stop(&self) {
        self.shared.feed.close_all(CloseReason::Stopping);
        self.shared.stop.cancel();
        self.shared.tasks.close();
        if tokio::time::timeout(STOP_WITHIN, self.shared.tasks.wait()).await.is_err() {
            tracing::warn!("some tasks did not end in time");
        }
    }
}
