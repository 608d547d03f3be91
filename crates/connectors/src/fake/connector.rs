//! The agents' way in to the fake network.

use super::{FakeNetwork, pump, session::FakeSession};
use crate::{
    Account, AnswerSupport, Batch, Capabilities, Connector, FavouritesSupport, PresenceSupport, ResumePoint,
    Session, Team,
};
use hookflash_domain::NetworkId;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

/// Batches that may wait for the engine.
const QUEUE: usize = 16;

/// A connector to a [`FakeNetwork`].
#[derive(Debug, Clone)]
pub struct FakeConnector {
    pub(super) network: FakeNetwork,
    pub(super) capabilities: Capabilities,
}

impl FakeConnector {
    pub(super) fn new(network: FakeNetwork) -> Self {
        let capabilities = Capabilities {
            accounts: true,
            presence: PresenceSupport::Pushed,
            answers: AnswerSupport::Explicit,
            search: true,
            favourites: FavouritesSupport::Write,
            photos: true,
            notes: true,
            history: true,
            sends_typing: true,
            sees_typing: true,
            delivery_receipts: true,
            delivery_failures: true,
            incoming_chats: true,
            team_addresses: true,
            other_clients: true,
            withdraws: true,
            opens: true,
            own_presence: true,
            subjects: true,
            importance: true,
            keeps_chats: true,
            resumes: true,
            deduplicates: true,
            longest_message: 16_000,
            longest_opening: 8_000,
            most_watched: 100,
        };
        Self { network, capabilities }
    }
}

impl Connector for FakeConnector {
    fn network(&self) -> &NetworkId {
        &self.network.name
    }

    fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    fn set_teams(&self, teams: &[Team]) {
        self.network.change(|state| state.teams = teams.to_vec());
    }

    fn sign_in(
        &self,
        account: Account,
        _resume: Option<ResumePoint>,
    ) -> (Arc<dyn Session>, mpsc::Receiver<Batch>) {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let over = watch::Sender::new(false);
        let session = FakeSession {
            network: self.network.clone(),
            capabilities: self.capabilities,
            agent: account.id.clone(),
            over: over.clone(),
        };
        tokio::spawn(pump::run(self.network.clone(), account.id, sender, over));
        (Arc::new(session), receiver)
    }
}
