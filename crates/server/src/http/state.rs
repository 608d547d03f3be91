//! What the handlers share.

use super::assets::Assets;
use super::attempts::Attempts;
use super::handover::Doorkeeper;
use super::me::authorisations::Authorisations;
use super::passwords::Passwords;
use crate::config::Config;
use crate::directory::ldap::LdapImports;
use crate::directory::{Addresses, People};
use crate::engine::Engine;
use crate::reports::{Runner, Scheduler};
use crate::secrets::Vault;
use hookflash_store::Store;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Archives of reports that are made at once.
const ARCHIVES: usize = 2;
/// Exports that are made at once.
const EXPORTS: usize = 2;
/// Imports of people that run at once.
const IMPORTS: usize = 2;
/// Requests of sources that provision that are answered at once.
const PROVISIONING: usize = 8;

/// What the handlers share; clones are the same state.
#[derive(Clone)]
pub struct AppState {
    /// Where facts are kept; handlers read and administer, the engine writes the rest.
    pub store: Store,
    /// What decides.
    pub engine: Engine,
    /// The settings.
    pub config: Arc<Config>,
    /// Encrypts the agents' network passwords.
    pub vault: Vault,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// The desk's files.
    pub assets: Assets,
    /// Everybody who can be asked.
    pub people: People,
    pub(crate) runner: Runner,
    pub(crate) scheduler: Scheduler,
    /// Imports people from LDAP.
    pub(crate) ldap: LdapImports,
    /// Archives of reports that are made at once.
    pub(super) archives: Arc<Semaphore>,
    /// Exports that are made at once.
    pub(super) exports: Arc<Semaphore>,
    /// Imports of people that run at once.
    pub(super) imports: Arc<Semaphore>,
    /// Requests of sources that provision that are answered at once.
    pub(super) provisioning: Arc<Semaphore>,
    pub(super) attempts: Arc<Attempts>,
    pub(super) doorkeeper: Doorkeeper,
    pub(super) authorisations: Arc<Authorisations>,
}

impl AppState {
    /// Puts the state together.
    #[must_use]
    pub fn new(store: Store, engine: Engine, config: Arc<Config>, vault: Vault, people: People) -> Self {
        let assets = Assets::new(config.http.web_dir.clone());
        let attempts = Arc::new(Attempts::new(&config.limits));
        let [archives, exports, imports, provisioning] =
            [ARCHIVES, EXPORTS, IMPORTS, PROVISIONING].map(|most| Arc::new(Semaphore::new(most)));
        let runner = Runner::new(store.clone(), config.reports.clone());
        let scheduler = Scheduler::new(store.clone(), runner.clone(), config.reports.waiting);
        let ldap =
            LdapImports::new(store.clone(), vault.clone(), people.clone(), Addresses::of_config(&config));
        let (passwords, authorisations) = (Passwords::default(), Arc::default());
        Self {
            store,
            engine,
            config,
            vault,
            passwords,
            assets,
            runner,
            scheduler,
            ldap,
            archives,
            exports,
            imports,
            provisioning,
            people,
            attempts,
            doorkeeper: Doorkeeper::default(),
            authorisations,
        }
    }
}
