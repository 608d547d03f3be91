//! Looking at the people of a hunt: their presence is followed as long as they wait, though nobody has them on
//! screen, and is waited for a moment before the first is asked.

use super::task::Desk;
use crate::engine::shared::Shared;
use hookflash_domain::consult::{Command, Consult};
use hookflash_domain::{ConsultId, NetworkId, PersonId, UserId};
use std::collections::BTreeSet;
use std::time::Duration;

/// How long the networks may take to tell the presence of people who are about to be asked.
const LOOK_WAIT: Duration = Duration::from_secs(1);

impl Shared {
    /// Before a command that names people for a hunt: makes their presence known, where it can be had soon.
    pub(super) async fn look_ahead(&self, desk: &mut Desk, command: &Command) {
        let named: BTreeSet<_> = match command {
            Command::Hunt(order) => order.experts.iter().map(|expert| expert.id.clone()).collect(),
            Command::AddToHunt { expert } => BTreeSet::from([expert.id.clone()]),
            _ => return,
        };
        let mut people = waiting(&desk.consult);
        people.extend(named.iter().cloned());
        desk.looks = true;
        let (id, agent) = (desk.consult.id, desk.consult.agent);
        self.look_at(id, agent, &people).await;
        let up =
            |network: &NetworkId| self.networks.state(agent, network).is_some_and(|one| one.state == "up");
        let awaited: Vec<_> = named.into_iter().filter(|person| up(&person.network)).collect();
        let known = self.networks.watch.until_known(&awaited);
        if tokio::time::timeout(LOOK_WAIT, known).await.is_err() {
            tracing::debug!("somebody's presence is not known when they are asked");
        }
    }

    /// Follows who waits in the hunt, and nobody when it is over.
    pub(super) async fn look_on(&self, desk: &mut Desk) {
        let people = waiting(&desk.consult);
        if desk.looks || !people.is_empty() {
            desk.looks = !people.is_empty();
            self.look_at(desk.consult.id, desk.consult.agent, &people).await;
        }
    }

    async fn look_at(&self, consult: ConsultId, agent: UserId, people: &BTreeSet<PersonId>) {
        for network in self.networks.connectors.keys() {
            match self.networks.watch.set_for_hunt((agent, consult), network, people) {
                Ok(changes) => self.tell_watched(changes).await,
                Err(refused) => tracing::debug!(?refused, "the presence of a hunt's people is not followed"),
            }
        }
    }
}

fn waiting(consult: &Consult) -> BTreeSet<PersonId> {
    consult.hunt_on().into_iter().flat_map(|hunt| &hunt.waiting).map(|one| one.expert.id.clone()).collect()
}
