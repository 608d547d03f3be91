//! What the server decides: commands and news go in, facts are stored, then effects run.
//!
//! Each interaction, each consult and the ACD has a task with one mailbox; a panic costs that one
//! only, and it is read again from the store. Invariants: the engine never names the HTTP library;
//! nothing is shown, sent or done before it is committed; `http` and `live` see the engine through
//! this handle alone.

pub mod command;

use hookflash_connectors::{Account, Connector};
use hookflash_domain::{NetworkId, UserId};
use hookflash_store::Store;
use hookflash_voice::{Voice, VoiceEvent};
use std::sync::Arc;
use tokio::sync::mpsc;

/// What the engine is made of.
pub struct EngineParts {
    /// Where facts are kept.
    pub store: Store,
    /// The configured chat networks.
    pub connectors: Vec<Arc<dyn Connector>>,
    /// The voice room and its news, where voice is configured.
    pub voice: Option<(Voice, mpsc::Receiver<VoiceEvent>)>,
    /// Who can open the agents' network accounts.
    pub accounts: Arc<dyn AccountSource>,
}

/// Opens an agent's account on a network; secrets stay with whoever implements this.
#[async_trait::async_trait]
pub trait AccountSource: Send + Sync {
    /// The account with its password, or none where the agent has not connected one.
    ///
    /// # Errors
    /// The store is not available, or the secret cannot be opened.
    async fn account(&self, user: UserId, network: &NetworkId) -> anyhow::Result<Option<Account>>;
}

/// How an agent's session on a network is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkState {
    /// `not_connected`, `connecting`, `up`, `down` or `refused`.
    pub state: &'static str,
    /// The trouble's stable code.
    pub code: Option<String>,
    /// The trouble in words, for logs and administrators.
    pub words: Option<String>,
}

/// The engine; a cheap handle, all clones of which are the same engine.
#[derive(Clone)]
pub struct Engine {}

impl Engine {
    /// Restores what is not finished and starts to work.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn start(_parts: EngineParts) -> anyhow::Result<Self> {
        Ok(Self {})
    }

    /// Users, queues, members, dispositions or attached-data keys were changed.
    pub fn directory_changed(&self) {}

    /// The agent connected or changed an account.
    pub fn network_connected(&self, _user: UserId, _network: NetworkId) {}

    /// The agent disconnected an account.
    pub fn network_disconnected(&self, _user: UserId, _network: NetworkId) {}

    /// How the agent's session on a network is; none where there is no such network.
    #[must_use]
    pub fn network_state(&self, _user: UserId, _network: &NetworkId) -> Option<NetworkState> {
        None
    }

    /// All sessions of the user are gone: the windows of the desk are closed.
    pub fn user_signed_out(&self, _user: UserId) {}

    /// Whether everything was restored.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        true
    }

    /// Stops taking input, finishes what was begun, leaves chats open for the next start.
    pub async fn stop(&self) {}
}
