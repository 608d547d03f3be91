//! Who may use which network. Granting a licence signs the agent in; taking it away ends the session
//! and the chats on it, and the agent is told.

use super::NetworkState;
use super::acd::AcdInput;
use super::command::Refused;
use super::feed::{Change, Notice};
use super::rules::Rules;
use super::shared::Shared;
use hookflash_domain::consult::Unreachable;
use hookflash_domain::{NetworkId, UserId};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Shared {
    /// Reads the rules again and does what their change means.
    pub(super) async fn read_rules(self: &Arc<Self>) {
        let _turn = self.rules_turn.lock().await;
        let rules = match Rules::read(&self.store).await {
            Ok(rules) => Arc::new(rules),
            Err(error) => {
                return tracing::error!(%error, "the changed settings could not be read; the old ones stay in force");
            }
        };
        let before = std::mem::replace(&mut *self.rules.write(), Arc::clone(&rules));
        // The ACD's mailbox is closed only when the engine stops.
        let _ = self.acd.send(AcdInput::Rules(Arc::clone(&rules))).await;
        self.board.touch();
        self.tell_teams(&rules);
        for user in changed_choices(&before, &rules) {
            self.show_presence(user);
        }
        for (user, network) in before.licences.difference(&rules.licences).cloned() {
            let shared = Arc::clone(self);
            self.tasks.spawn(async move { shared.licence_taken(user, &network).await });
        }
        for (user, network) in rules.licences.difference(&before.licences).cloned() {
            let shared = Arc::clone(self);
            self.tasks.spawn(async move { shared.licence_granted(user, &network).await });
        }
    }

    /// Whether a user may use a network.
    pub(super) fn is_licensed(&self, user: UserId, network: &NetworkId) -> bool {
        self.rules.read().is_licensed(user, network)
    }

    /// # Errors
    /// `licence_required`, with a word on who can grant it.
    pub(super) fn require_licence(&self, user: UserId, network: &NetworkId) -> Result<(), Refused> {
        if self.is_licensed(user, network) {
            return Ok(());
        }
        let name = self.networks.name(network);
        let words = format!("You have no licence for {name}. An administrator can assign one under Users.");
        Err(Refused::new("licence_required", words))
    }

    /// The state of a network on which the agent has no session.
    pub(super) fn absent(&self, user: UserId, network: &NetworkId) -> NetworkState {
        match self.is_licensed(user, network) {
            true => NetworkState::not_connected(),
            false => NetworkState::not_licensed(),
        }
    }

    async fn licence_taken(self: &Arc<Self>, user: UserId, network: &NetworkId) {
        self.sign_out_network(user, network, Unreachable::LicenceTaken).await;
        self.tell_licence(user, network, "licence_taken");
    }

    async fn licence_granted(self: &Arc<Self>, user: UserId, network: &NetworkId) {
        self.tell_licence(user, network, "licence_granted");
        if self.feed.window_count(user) > 0 {
            self.sign_in_networks(user).await;
        }
    }

    fn tell_licence(&self, user: UserId, network: &NetworkId, code: &'static str) {
        if !self.networks.connectors.contains_key(network) {
            return;
        }
        if self.networks.session(user, network).is_none() {
            let (state, since) = (self.absent(user, network), crate::clock::now());
            self.feed.change(user, Change::Network { network: network.clone(), state, since });
        }
        let network_name = Some(self.networks.name(network).to_owned());
        self.notice(user, Notice { code, network_name, ..Notice::default() });
    }
}

/// The agents who chose something else.
fn changed_choices(before: &Rules, after: &Rules) -> BTreeSet<UserId> {
    let users: BTreeSet<_> = before.choices.keys().chain(after.choices.keys()).copied().collect();
    users.into_iter().filter(|user| before.choices(*user) != after.choices(*user)).collect()
}
