//! The connector of a site.

use super::{
    SkypeConfig, chat,
    core::Core,
    http::Http,
    runner,
    session::SkypeSession,
    sign_in::{CompanyPage, Signer, Trust},
    wire::Wire,
};
use crate::{
    Account, AnswerSupport, Authoriser, Batch, Capabilities, Connector, FavouritesSupport, PresenceSupport,
    ResumePoint, Session,
};
use hookflash_domain::NetworkId;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Batches that may wait for the engine.
const QUEUE: usize = 16;
/// Most people whose presence one agent may watch.
const MOST_WATCHED: usize = 100;

/// A Skype for Business site.
pub struct SkypeConnector {
    config: Arc<SkypeConfig>,
    http: Arc<Http>,
    page: Option<CompanyPage>,
}

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Skype for Business network {network}: {words}")]
pub struct ConfigError {
    network: String,
    words: String,
}

impl SkypeConnector {
    /// A connector for a site. Reads the system's certificates; asks nothing of the network.
    ///
    /// # Errors
    /// When `ca_pem` or `proxy` cannot be used.
    pub fn new(config: SkypeConfig) -> Result<Self, ConfigError> {
        let config = Arc::new(config);
        let wrong = |words| ConfigError { network: config.network.0.clone(), words };
        let http = Arc::new(Http::new(Arc::clone(&config)).map_err(wrong)?);
        let page = config.oauth_client_id.as_ref().map(|_| CompanyPage::new(&http, &config));
        Ok(Self { config, http, page })
    }
}

impl Connector for SkypeConnector {
    fn network(&self) -> &NetworkId {
        &self.config.network
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
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
            team_addresses: false,
            other_clients: true,
            withdraws: true,
            opens: false,
            own_presence: true,
            subjects: true,
            importance: true,
            keeps_chats: true,
            resumes: true,
            deduplicates: false,
            longest_message: chat::longest_message(self.config.longest_part),
            longest_opening: self.config.longest_opening,
            most_watched: MOST_WATCHED,
        }
    }

    fn authoriser(&self) -> Option<&dyn Authoriser> {
        self.page.as_ref().map(|page| page as &dyn Authoriser)
    }

    fn sign_in(
        &self,
        account: Account,
        resume: Option<ResumePoint>,
    ) -> (Arc<dyn Session>, mpsc::Receiver<Batch>) {
        let (out, batches) = mpsc::channel(QUEUE);
        let domain = account.address.rsplit_once('@').map_or("", |(_, domain)| domain);
        let trust = Trust::new(&self.config, domain);
        let (http, config) = (Arc::clone(&self.http), Arc::clone(&self.config));
        let signer = Signer::new(Arc::clone(&http), Arc::clone(&config), trust.clone(), account.clone());
        let wire = Wire::new(http, trust, signer);
        let core = Arc::new(Core::new(config, account, wire, out));
        tokio::spawn(runner::run(Arc::clone(&core), resume));
        (Arc::new(SkypeSession { core, most_watched: MOST_WATCHED }), batches)
    }
}
