//! Sign-ins on a company's page that wait for the browser to come back. In memory and bounded; a
//! restart of the server means that the agent begins again.

use crate::engine::Begun;
use crate::http::session::SignedIn;
use hookflash_domain::{NetworkId, Timestamp, UserId};
use parking_lot::Mutex;
use std::collections::HashMap;

/// How long an agent may take on the company's page.
const WAITS_MS: i64 = 10 * 60 * 1_000;
/// Sign-ins that may wait at once; one an agent and network.
const MOST: usize = 5_000;

/// The sign-ins that wait, by their state.
#[derive(Default)]
pub(in crate::http) struct Authorisations(Mutex<HashMap<String, Waiting>>);

/// A sign-in that waits.
pub(in crate::http) struct Waiting {
    pub(in crate::http) network: NetworkId,
    pub(in crate::http) address: String,
    pub(in crate::http) begun: Begun,
    user: UserId,
    session: Vec<u8>,
    until: Timestamp,
}

impl Authorisations {
    /// Keeps a sign-in for the session that began it, in place of an earlier one of the same agent and
    /// network. False: too many wait.
    pub(super) fn keep(
        &self,
        state: String,
        by: &SignedIn,
        (network, address): (NetworkId, String),
        begun: Begun,
        now: Timestamp,
    ) -> bool {
        let mut waiting = self.0.lock();
        waiting.retain(|_, one| one.until > now && !(one.user == by.user_id && one.network == network));
        if waiting.len() >= MOST {
            return false;
        }
        let (user, session, until) = (by.user_id, by.session.bytes().to_vec(), now.plus_ms(WAITS_MS));
        waiting.insert(state, Waiting { network, address, begun, user, session, until });
        true
    }

    /// The sign-in of this state, once, and for the session that began it alone.
    pub(super) fn take(&self, state: &str, by: &SignedIn, now: Timestamp) -> Option<Waiting> {
        let mut waiting = self.0.lock();
        let is_own =
            |one: &Waiting| one.until > now && one.user == by.user_id && one.session == by.session.bytes();
        if !waiting.get(state).is_some_and(is_own) {
            return None;
        }
        waiting.remove(state)
    }
}
