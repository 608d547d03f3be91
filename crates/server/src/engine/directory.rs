//! The directory as an agent searches it: everybody, with the network on which each is best asked.

use super::Engine;
use super::command::Refused;
use super::shared::Shared;
use crate::clock::now;
use crate::directory::Taste;
use hookflash_directory::index::{Entry, Search, best_network};
use hookflash_domain::{NetworkId, Person, PersonId, Presence, Timestamp, UserId};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// People that one search shows.
const SHOWN: usize = 20;
/// Most skills that narrow a search.
pub const MOST_SKILLS: usize = 10;
/// For how long it is kept what counts for an agent.
const TASTE_KEPT_MS: i64 = 30_000;
/// Agents of whom it is kept.
const TASTES: usize = 10_000;

/// What counts for each agent, and since when.
#[derive(Default)]
pub(super) struct Tastes(Mutex<HashMap<UserId, (Timestamp, Arc<Taste>)>>);

/// Somebody found in the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEntry {
    /// Who.
    pub entry: Entry,
    /// The configured networks on which the person is, and why the agent cannot ask there; in the person's order.
    pub networks: Vec<(PersonId, Option<&'static str>)>,
    /// Where the person is best asked by this agent.
    pub best: Option<PersonId>,
    /// Why the person cannot be asked.
    pub cannot_ask: Option<&'static str>,
}

impl FoundEntry {
    /// The entry as a person on one of its networks.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Person {
        let entry = self.entry.clone();
        let mut phones = entry.phones.into_iter();
        Person {
            title: entry.title,
            department: entry.department,
            company: entry.company,
            office: entry.location,
            email: entry.email,
            phone: phones.next(),
            mobile: phones.next(),
            other_phone: phones.next(),
            ..Person::new(id, entry.display)
        }
    }
}

impl Engine {
    /// Finds people in the directory; answers from memory.
    ///
    /// # Errors
    /// `not_ready` where the directory is still being read.
    pub async fn search_directory(
        &self,
        user: UserId,
        text: &str,
        skills: &[String],
    ) -> Result<Vec<FoundEntry>, Refused> {
        let shared = &self.shared;
        if !shared.people.is_ready() {
            return Err(Refused::new("not_ready", "The directory is still being read."));
        }
        let taste = shared.taste(user).await;
        let wanted =
            Search { text, skills, company: taste.company.as_deref(), recent: &taste.recent, limit: SHOWN };
        let found: Vec<_> =
            shared.people.search(&wanted).into_iter().map(|entry| shared.found(user, entry)).collect();
        for one in &found {
            shared.people.tell_reach(&one.entry, |person| shared.presence_of(person));
            let people: Vec<_> = one.networks.iter().map(|(id, _)| one.person(id.clone())).collect();
            shared.networks.people.remember_entry(&people);
        }
        Ok(found)
    }
}

impl Shared {
    fn found(&self, user: UserId, entry: Entry) -> FoundEntry {
        let configured =
            entry.networks.iter().filter(|person| self.networks.connectors.contains_key(&person.network));
        let networks: Vec<_> =
            configured.map(|person| (person.clone(), self.cannot_ask(user, &person.network))).collect();
        let usable: Vec<_> =
            networks.iter().filter(|(_, why)| why.is_none()).map(|(id, _)| id.clone()).collect();
        let best = best_network(&usable, &[], |person| self.presence_of(person)).cloned();
        let cannot_ask = match (&best, networks.first()) {
            (Some(_), _) => None,
            (None, Some((_, why))) => *why,
            (None, None) => Some("no_address"),
        };
        let best = best.or_else(|| networks.first().map(|(id, _)| id.clone()));
        FoundEntry { entry, networks, best, cannot_ask }
    }

    /// Why the agent cannot ask anybody on a network.
    fn cannot_ask(&self, user: UserId, network: &NetworkId) -> Option<&'static str> {
        if !self.is_licensed(user, network) {
            return Some("licence_required");
        }
        self.networks.session(user, network).is_none().then_some("no_network")
    }

    fn presence_of(&self, person: &PersonId) -> Presence {
        self.networks.watch.known(person).map_or(Presence::Unknown, |report| report.presence)
    }

    async fn taste(&self, user: UserId) -> Arc<Taste> {
        let now = now();
        if let Some((at, taste)) = self.tastes.0.lock().get(&user)
            && now.0 - at.0 < TASTE_KEPT_MS
        {
            return Arc::clone(taste);
        }
        let taste = match Taste::of(&self.store, user, &self.addresses).await {
            Ok(taste) => Arc::new(taste),
            Err(error) => {
                tracing::debug!(%error, "the order of a search goes without what the agent asked before");
                return Arc::default();
            }
        };
        let mut tastes = self.tastes.0.lock();
        if tastes.len() >= TASTES {
            tastes.clear();
        }
        tastes.insert(user, (now, Arc::clone(&taste)));
        taste
    }
}
