//! What all agents of a network share, and where stanzas are sorted.

use super::{
    XmppConfig,
    agent::Agent,
    asking::Questions,
    board::{Board, Client},
    chat::Taken,
    hearing, ns, presence, requests, ringing,
    stanza::{self, refuse},
    teams::Teams,
    words::Language,
};
use crate::{ConnectorError, LinkState};
use hookflash_domain::PersonId;
use minidom::Element;
use parking_lot::Mutex;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};
use tokio::sync::{Notify, mpsc, watch};

/// Most experts whose language is remembered.
const MOST_LANGUAGES: usize = 100_000;

/// What all agents of a network share.
pub(super) struct Hub {
    pub(super) config: XmppConfig,
    /// The agents by the local part of their address.
    pub(super) agents: Mutex<BTreeMap<String, Arc<Agent>>>,
    /// Who of which team is rung. Whoever holds it decides who has a team's chat: it is taken before the chats of
    /// an agent, and these one agent after the other.
    pub(super) teams: Mutex<Teams>,
    pub(super) board: Mutex<Board>,
    /// Somebody's presence has changed on the board.
    pub(super) shown: Notify,
    pub(super) questions: Questions,
    /// How the connection is.
    pub(super) place: watch::Sender<LinkState>,
    /// Who watches whom, by the expert's address.
    watchers: Mutex<BTreeMap<String, BTreeSet<String>>>,
    languages: Mutex<BTreeMap<String, Language>>,
    outbox: mpsc::Sender<Outbound>,
}

/// A stanza on its way out.
pub(super) struct Outbound {
    pub(super) stanza: Element,
    /// To be told when the server has it; until then it is sent again after a cut.
    pub(super) taken: Option<watch::Sender<bool>>,
}

impl Hub {
    pub(super) fn new(config: XmppConfig, outbox: mpsc::Sender<Outbound>) -> Self {
        Self {
            config,
            agents: Mutex::default(),
            teams: Mutex::default(),
            board: Mutex::default(),
            shown: Notify::new(),
            questions: Questions::default(),
            place: watch::Sender::new(LinkState::Connecting),
            watchers: Mutex::default(),
            languages: Mutex::default(),
            outbox,
        }
    }

    /// Sorts a stanza; gives what is to be answered at once.
    pub(super) fn take(&self, stanza: &Element) -> Option<Element> {
        match (stanza.name(), stanza.attr("type")) {
            ("message", _) => self.message(stanza),
            ("presence", _) => presence::take(self, stanza),
            ("iq", Some("result" | "error")) => {
                self.questions.answered(stanza);
                None
            }
            ("iq", _) => requests::answer(self, stanza),
            _ => None,
        }
    }

    fn message(&self, stanza: &Element) -> Option<Element> {
        let to = stanza::address(stanza, "to")?;
        let Some(node) = to.node() else {
            self.granted(stanza);
            stanza.get_child("body", ns::COMPONENT)?;
            return refuse(stanza, "item-not-found", Some(self.language_in(stanza).nobody_reads()));
        };
        let agent = self.agents.lock().get(node.as_str()).cloned();
        match agent {
            Some(agent) => hearing::hear(self, &agent, None, stanza),
            None => ringing::hear(self, node.as_str(), stanza),
        }
    }

    /// Tells who writes to a team of which nobody is there, or to an agent who is not signed in, that it is not
    /// read.
    pub(super) fn turn_away(&self, stanza: &Element, team: Option<&str>) -> Option<Element> {
        stanza.get_child("body", ns::COMPONENT)?;
        let language = self.language_in(stanza);
        let words = team.map_or_else(|| language.not_there().to_owned(), |team| language.no_one_of(team));
        refuse(stanza, "recipient-unavailable", Some(&words))
    }

    fn language_in(&self, stanza: &Element) -> Language {
        let language = stanza::language(stanza).as_deref().and_then(Language::of);
        language.unwrap_or_else(|| self.default_language())
    }

    /// The address of a team.
    pub(super) fn address_of(&self, team: &str) -> String {
        format!("{team}@{}", self.config.component)
    }

    /// Waits a bounded time for the connection.
    pub(super) async fn up(&self) -> Result<(), ConnectorError> {
        let mut place = self.place.subscribe();
        let up = place.wait_for(|place| *place == LinkState::Up);
        match tokio::time::timeout(self.config.timing.call_wait, up).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(later()),
        }
    }

    /// Puts a stanza into the queue; lost when the connection is cut before it has gone.
    pub(super) async fn post(&self, stanza: Element) {
        // The link's end is the connector's: nobody is left to be written to.
        let _ = self.outbox.send(Outbound { stanza, taken: None }).await;
    }

    /// A place in the queue, to be taken while the order of things is held.
    pub(super) async fn room(&self) -> Result<mpsc::Permit<'_, Outbound>, ConnectorError> {
        let room = tokio::time::timeout(self.config.timing.call_wait, self.outbox.reserve());
        room.await.map_err(|_| later())?.map_err(|_| ConnectorError::NotSignedIn)
    }

    /// Waits a bounded time until the server has taken a stanza.
    pub(super) async fn taken(&self, mut taken: Taken) -> Result<(), ConnectorError> {
        let done = taken.wait_for(|taken| *taken);
        match tokio::time::timeout(self.config.timing.call_wait, done).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(later()),
        }
    }

    /// An agent signs in; a session of before under the same address ends.
    pub(super) fn enter(&self, agent: &Arc<Agent>) {
        self.teams.lock().forget(agent.node());
        let before = self.agents.lock().insert(agent.node().to_owned(), Arc::clone(agent));
        if let Some(before) = before {
            self.watch(&before, &BTreeSet::new());
            before.over.cancel();
        }
    }

    /// An agent's session is over.
    pub(super) fn leave(&self, agent: &Arc<Agent>) {
        let mut agents = self.agents.lock();
        if agents.get(agent.node()).is_some_and(|known| Arc::ptr_eq(known, agent)) {
            agents.remove(agent.node());
            drop(agents);
            self.teams.lock().forget(agent.node());
            self.watch(agent, &BTreeSet::new());
        }
    }

    /// The server has granted presence (XEP-0356), or not.
    fn granted(&self, stanza: &Element) {
        let from_server = stanza.attr("from") == Some(self.config.domain.as_str());
        let mut privileges = stanza.children().filter(|child| ns::PRIVILEGE.contains(&&*child.ns()));
        let Some(privilege) = privileges.next().filter(|_| from_server) else { return };
        let is_presence = |perm: &&Element| perm.name() == "perm" && perm.attr("access") == Some("presence");
        let granted = privilege.children().find(is_presence).and_then(|perm| perm.attr("type"));
        self.board.lock().granted = matches!(granted, Some("managed_entity" | "roster"));
    }

    /// Takes what a client shows, and tells whoever watches its person.
    pub(super) fn show(&self, person: &str, resource: &str, client: Option<Client>) {
        let changed = self.board.lock().take(person, resource, client);
        if !changed {
            return;
        }
        self.shown.notify_waiters();
        let watchers = self.watchers.lock().get(person).cloned().unwrap_or_default();
        let agents = self.agents.lock();
        for agent in watchers.iter().filter_map(|node| agents.get(node)) {
            agent.tell_presence(person);
        }
    }

    /// Tells every watcher everything anew: after the board was forgotten or became complete.
    pub(super) fn show_all(&self) {
        let agents: Vec<_> = self.agents.lock().values().cloned().collect();
        for agent in agents {
            let watched = agent.watched.lock().clone();
            for person in watched {
                agent.tell_presence(&person);
            }
        }
    }

    /// Changes whom an agent watches; gives the people who were not watched before.
    pub(super) fn watch(&self, agent: &Agent, people: &BTreeSet<String>) -> Vec<String> {
        let node = agent.node();
        let before = std::mem::replace(&mut *agent.watched.lock(), people.clone());
        let mut watchers = self.watchers.lock();
        for gone in before.difference(people) {
            if let Some(of) = watchers.get_mut(gone) {
                of.remove(node);
                if of.is_empty() {
                    watchers.remove(gone);
                }
            }
        }
        let new: Vec<_> = people.difference(&before).cloned().collect();
        for person in &new {
            watchers.entry(person.clone()).or_default().insert(node.to_owned());
        }
        new
    }

    /// Everybody whom somebody watches.
    pub(super) fn watched(&self) -> Vec<String> {
        self.watchers.lock().keys().cloned().collect()
    }

    /// Remembers the language that an expert's client uses.
    pub(super) fn note_language(&self, person: &str, language: Language) {
        let mut languages = self.languages.lock();
        if languages.len() < MOST_LANGUAGES || languages.contains_key(person) {
            languages.insert(person.to_owned(), language);
        }
    }

    /// The language in which an expert is spoken to.
    pub(super) fn language_of(&self, person: &str) -> Language {
        self.languages.lock().get(person).copied().unwrap_or_else(|| self.default_language())
    }

    fn default_language(&self) -> Language {
        Language::of(&self.config.language).unwrap_or(Language::English)
    }

    /// A person of this network by their bare address.
    pub(super) fn person(&self, address: &str) -> PersonId {
        PersonId { network: self.config.network.clone(), address: address.to_owned() }
    }

    /// The watcher's address, where there is one.
    pub(super) fn watcher(&self) -> Option<String> {
        self.config.watcher.as_ref().map(|node| format!("{node}@{}", self.config.component))
    }
}

/// What a call is told that the server does not answer in time.
pub(super) fn later() -> ConnectorError {
    let retry = crate::clock::jittered(Duration::from_secs(2));
    ConnectorError::TryLater { retry_ms: u64::try_from(retry.as_millis()).unwrap_or(2_000) }
}
