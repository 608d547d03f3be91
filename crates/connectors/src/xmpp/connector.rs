//! The way in.

use super::{
    XmppConfig,
    agent::Agent,
    hub::Hub,
    link, pump, ringing,
    session::{LONGEST_MESSAGE, LONGEST_OPENING, MOST_WATCHED, XmppSession},
};
use crate::{
    Account, AnswerSupport, Batch, Capabilities, Connector, FavouritesSupport, PresenceSupport, ResumePoint,
    Session, Team,
};
use hookflash_domain::NetworkId;
use jid::BareJid;
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

/// Stanzas that may wait for the connection.
const OUTBOX: usize = 1_000;
/// Batches that may wait for the engine.
const QUEUE: usize = 16;

/// Hookflash as a component of an XMPP server.
pub struct XmppConnector {
    office: Arc<Office>,
    component: BareJid,
    capabilities: Capabilities,
}

/// The connection, for as long as the connector or a session of it is there.
pub(super) struct Office {
    pub(super) hub: Arc<Hub>,
    outbox: Mutex<Option<mpsc::Receiver<super::hub::Outbound>>>,
    over: CancellationToken,
    _end: DropGuard,
}

/// A configuration that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("XMPP network {network}: {words}")]
pub struct ConfigError {
    network: String,
    words: String,
}

impl XmppConnector {
    /// A component of a server. Asks nothing of the network before the first sign-in.
    ///
    /// # Errors
    /// When an address is none.
    pub fn new(config: XmppConfig) -> Result<Self, ConfigError> {
        let component = domain(&config, &config.component)?;
        domain(&config, &config.domain)?;
        config.search.as_ref().map(|search| domain(&config, search)).transpose()?;
        let capabilities = capabilities(&config);
        let (sender, receiver) = mpsc::channel(OUTBOX);
        let over = CancellationToken::new();
        let end = over.clone().drop_guard();
        let hub = Arc::new(Hub::new(config, sender));
        let office = Office { hub, outbox: Mutex::new(Some(receiver)), over, _end: end };
        Ok(Self { office: Arc::new(office), component, capabilities })
    }
}

impl Connector for XmppConnector {
    fn network(&self) -> &NetworkId {
        &self.office.hub.config.network
    }

    fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    fn set_teams(&self, teams: &[Team]) {
        self.office.hub.teams.lock().set(teams);
    }

    fn sign_in(
        &self,
        account: Account,
        resume: Option<ResumePoint>,
    ) -> (Arc<dyn Session>, mpsc::Receiver<Batch>) {
        let hub = &self.office.hub;
        if let Some(outbox) = self.office.outbox.lock().take() {
            tokio::spawn(link::run(Arc::clone(hub), outbox, self.office.over.clone()));
        }
        let address = address(&account, &self.component);
        let agent = Arc::new(Agent::new(account, address, resume.as_ref()));
        hub.enter(&agent);
        ringing::resumed(hub, &agent);
        let (sender, receiver) = mpsc::channel(QUEUE);
        tokio::spawn(pump::run(Arc::clone(hub), Arc::clone(&agent), sender));
        (Arc::new(XmppSession { office: Arc::clone(&self.office), agent }), receiver)
    }
}

fn domain(config: &XmppConfig, written: &str) -> Result<BareJid, ConfigError> {
    let domain = BareJid::new(written).ok();
    let domain = domain.filter(|domain| domain.node().is_none() && domain.as_str() == written);
    let words = || format!("{written:?} is not a domain in lower case");
    domain.ok_or_else(|| ConfigError { network: config.network.0.clone(), words: words() })
}

/// The agent's address: the local part of their own, in the component's domain. What cannot be one
/// (RFC 7622 3.3) is replaced by the letters and digits of the account's id.
fn address(account: &Account, component: &BareJid) -> BareJid {
    let local = account.address.split('@').next().unwrap_or_default();
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let id: String = account.id.chars().map(plain).collect();
    let of = |node: &str| component.domain().with_node_str(node);
    of(local).or_else(|_| of(&id)).unwrap_or_else(|_| component.clone())
}

fn capabilities(config: &XmppConfig) -> Capabilities {
    Capabilities {
        accounts: false,
        presence: PresenceSupport::Pushed,
        answers: AnswerSupport::Soft,
        search: config.search.is_some(),
        favourites: FavouritesSupport::None,
        photos: true,
        notes: true,
        history: false,
        sends_typing: true,
        sees_typing: true,
        delivery_receipts: true,
        delivery_failures: true,
        incoming_chats: true,
        team_addresses: true,
        other_clients: false,
        withdraws: true,
        opens: true,
        own_presence: false,
        subjects: true,
        importance: false,
        keeps_chats: true,
        resumes: false,
        deduplicates: false,
        longest_message: LONGEST_MESSAGE,
        longest_opening: LONGEST_OPENING,
        most_watched: MOST_WATCHED,
    }
}
