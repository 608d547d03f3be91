//! Experts' presence, from all their clients.

use crate::clock;
use hookflash_domain::{Note, Presence, PresenceReport, Timestamp};
use std::collections::BTreeMap;

/// Most people and most clients of one of them that are kept.
const MOST_PEOPLE: usize = 500_000;
const MOST_CLIENTS: usize = 20;
/// Longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// Everybody's presence, by bare address.
#[derive(Debug, Default)]
pub(super) struct Board {
    people: BTreeMap<String, Someone>,
    /// Whoever of this domain is not on the board is signed out: its server has told of everybody who is not.
    pub(super) complete: Option<String>,
    /// The server tells everybody's presence (XEP-0356).
    pub(super) granted: bool,
    /// How often anything has changed, and how often before all was forgotten last.
    changes: u64,
    forgotten_at: u64,
}

#[derive(Debug, Default)]
struct Someone {
    clients: BTreeMap<String, Client>,
    since: Option<Timestamp>,
    /// Another one after each change: a chat that was bound to a client is not after it (RFC 6121 5.1).
    version: u64,
}

/// What one client shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Client {
    pub(super) presence: Presence,
    pub(super) priority: i8,
    pub(super) note: Option<String>,
}

impl Board {
    /// Takes what a client shows, or that it has gone; whether that changes what its person shows.
    pub(super) fn take(&mut self, person: &str, resource: &str, client: Option<Client>) -> bool {
        if !self.people.contains_key(person) && self.people.len() >= MOST_PEOPLE {
            return false;
        }
        let before = self.shown(person);
        self.changes += 1;
        let someone = self.people.entry(person.to_owned()).or_default();
        someone.version = self.changes;
        match client {
            Some(client)
                if someone.clients.len() < MOST_CLIENTS || someone.clients.contains_key(resource) =>
            {
                someone.clients.insert(resource.to_owned(), client);
            }
            Some(_) => {}
            None if resource.is_empty() => someone.clients.clear(),
            None => {
                someone.clients.remove(resource);
            }
        }
        let changed = self.shown(person) != before;
        if changed && let Some(someone) = self.people.get_mut(person) {
            someone.since = Some(clock::now());
        }
        changed
    }

    /// Nothing is known any more; chats are bound to no client.
    pub(super) fn forget(&mut self) {
        let changes = self.changes + 1;
        *self = Self { changes, forgotten_at: changes, ..Self::default() };
    }

    /// What a person shows.
    pub(super) fn presence(&self, person: &str) -> Presence {
        self.shown(person).0
    }

    /// What watchers are told.
    pub(super) fn report(&self, person: &str) -> PresenceReport {
        let (presence, note) = self.shown(person);
        let note = note.map(|text| Note { text, out_of_office: false });
        let since = self.people.get(person).and_then(|someone| someone.since);
        PresenceReport { note, since, ..PresenceReport::new(presence, clock::now()) }
    }

    /// Changes with everything that a person's clients show.
    pub(super) fn version(&self, person: &str) -> u64 {
        self.people.get(person).map_or(self.forgotten_at, |someone| someone.version)
    }

    fn shown(&self, person: &str) -> (Presence, Option<String>) {
        let Some(someone) = self.people.get(person) else {
            let domain = person.rsplit_once('@').map(|(_, domain)| domain);
            let is_told = domain.is_some() && domain == self.complete.as_deref();
            return (if is_told { Presence::Offline } else { Presence::Unknown }, None);
        };
        let Some(client) = someone.speaks() else {
            return (Presence::Offline, None);
        };
        (client.presence, client.note.clone())
    }
}

impl Someone {
    /// The client that tells: of those with the highest priority, the one that wants no disturbance,
    /// otherwise the one at which the person is best reached.
    fn speaks(&self) -> Option<&Client> {
        let disturbed = |client: &Client| client.presence == Presence::DoNotDisturb;
        let rank = |client: &Client| if disturbed(client) { 0 } else { 1 + client.presence.reach_rank() };
        self.clients.values().min_by_key(|client| (i16::from(client.priority).saturating_neg(), rank(client)))
    }
}

impl Client {
    /// A client that shows a note of a moderate length.
    pub(super) fn new(presence: Presence, priority: i8, note: Option<String>) -> Self {
        let note = note.map(|note| note.trim().chars().take(LONGEST_NOTE).collect::<String>());
        Self { presence, priority, note: note.filter(|note| !note.is_empty()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Board, Client};
    use hookflash_domain::Presence;

    fn client(presence: Presence, priority: i8) -> Option<Client> {
        Some(Client::new(presence, priority, None))
    }

    #[test]
    fn the_best_client_of_the_highest_priority_tells() {
        let mut board = Board::default();
        assert_eq!(board.presence("a"), Presence::Unknown);
        assert!(board.take("a", "desk", client(Presence::Available, 0)));
        assert!(!board.take("a", "phone", client(Presence::Away, 0)));
        assert_eq!(board.presence("a"), Presence::Available);
        assert!(board.take("a", "tablet", client(Presence::DoNotDisturb, 0)));
        assert!(board.take("a", "work", client(Presence::Away, 5)));
        for resource in ["work", "tablet", "desk"] {
            assert!(board.take("a", resource, None), "{resource}");
        }
        assert_eq!(board.presence("a"), Presence::Away);
        assert!(board.take("a", "", None));
        assert_eq!(board.presence("a"), Presence::Offline);
    }

    #[test]
    fn whoever_is_not_on_a_complete_board_is_signed_out() {
        let board = Board { complete: Some("uc.test".to_owned()), ..Board::default() };
        assert_eq!(board.presence("a@uc.test"), Presence::Offline);
        assert_eq!(board.presence("a@elsewhere.test"), Presence::Unknown);
    }

    #[test]
    fn what_was_bound_before_all_was_forgotten_is_bound_no_longer() {
        let mut board = Board::default();
        let mut seen = vec![board.version("a")];
        for _ in 0..2 {
            board.take("a", "desk", client(Presence::Available, 0));
            seen.push(board.version("a"));
            board.forget();
            seen.push(board.version("a"));
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 5);
    }

    #[test]
    fn clients_of_one_person_are_bounded() {
        let mut board = Board::default();
        for number in 0..1_000 {
            board.take("a", &format!("r{number}"), client(Presence::Away, 0));
        }
        assert_eq!(board.people["a"].clients.len(), super::MOST_CLIENTS);
    }
}
