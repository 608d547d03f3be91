//! One agent's session on one network: signing in and out, and its state.

use super::{Networks, Seat, chats};
use crate::engine::NetworkState;
use crate::engine::consult::{ConsultInput, Told};
use crate::engine::feed::Change;
use crate::engine::shared::Shared;
use hookflash_connectors::{Batch, LinkState, ResumePoint, Session};
use hookflash_domain::consult::{News, Unreachable};
use hookflash_domain::{NetworkId, Timestamp, UserId};
use hookflash_store::Write;
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::sync::mpsc;

/// A session with its state.
pub(in crate::engine) struct Live {
    pub(super) session: Arc<dyn Session>,
    state: Mutex<(NetworkState, Timestamp)>,
}

impl Live {
    /// How it is, and since when.
    pub(in crate::engine) fn state(&self) -> (NetworkState, Timestamp) {
        self.state.lock().clone()
    }
}

impl NetworkState {
    pub(super) fn new(state: &'static str) -> Self {
        Self { state, code: None, words: None }
    }

    pub(in crate::engine) fn not_connected() -> Self {
        Self::new("not_connected")
    }

    pub(in crate::engine) fn not_licensed() -> Self {
        Self::new("not_licensed")
    }

    fn of_link(link: &LinkState) -> Self {
        let (state, trouble) = match link {
            LinkState::Connecting => ("connecting", None),
            LinkState::Up => ("up", None),
            LinkState::Down { trouble, .. } => ("down", Some(trouble)),
            LinkState::SignedOut { trouble: None } => ("not_connected", None),
            LinkState::SignedOut { trouble } => ("refused", trouble.as_ref()),
        };
        let code = trouble.map(|trouble| trouble.code.as_str().to_owned());
        Self { state, code, words: trouble.map(|trouble| trouble.words.clone()) }
    }
}

impl Shared {
    /// Signs the agent in on all networks with an account, where that is not done yet.
    pub(in crate::engine) async fn sign_in_networks(self: &Arc<Self>, user: UserId) {
        for network in self.networks.connectors.keys() {
            let turn = self.networks.turn(&(user, network.clone()));
            let _turn = turn.lock().await;
            if self.networks.live(user, network).is_none() {
                let stored = self.store.resume_point(user, network).await.ok().flatten();
                self.open_session(user, network, stored.map(ResumePoint)).await;
            }
        }
    }

    /// Signs the agent in from where the network was left, for the start.
    pub(in crate::engine) async fn sign_in_network(
        self: &Arc<Self>,
        user: UserId,
        network: &NetworkId,
        resume: Option<ResumePoint>,
    ) {
        let turn = self.networks.turn(&(user, network.clone()));
        let _turn = turn.lock().await;
        self.open_session(user, network, resume).await;
    }

    /// Signs the agent out and in again: the account is new or has changed.
    pub(in crate::engine) async fn change_network(self: &Arc<Self>, user: UserId, network: &NetworkId) {
        let turn = self.networks.turn(&(user, network.clone()));
        let _turn = turn.lock().await;
        self.close_session(user, network).await;
        self.open_session(user, network, None).await;
    }

    /// Signs the agent out of a network; its chats are left. They are told of the reason first: the
    /// network will only tell that they are over.
    pub(in crate::engine) async fn sign_out_network(
        self: &Arc<Self>,
        user: UserId,
        network: &NetworkId,
        why: Unreachable,
    ) {
        let turn = self.networks.turn(&(user, network.clone()));
        let _turn = turn.lock().await;
        self.close_chats(user, network, why).await;
        self.close_session(user, network).await;
    }

    async fn open_session(self: &Arc<Self>, user: UserId, network: &NetworkId, resume: Option<ResumePoint>) {
        let Some(connector) = self.networks.connectors.get(network) else { return };
        if !self.is_licensed(user, network) {
            return;
        }
        let account = match self.networks.accounts.account(user, network).await {
            Ok(Some(account)) => account,
            Ok(None) => return,
            Err(error) => {
                tracing::error!(%user, network = network.0, %error, "the agent's network account cannot be opened");
                return self.not_opened((user, network.clone()), &error);
            }
        };
        self.networks.refused.lock().remove(&(user, network.clone()));
        let (session, batches) = connector.sign_in(account, resume);
        let live = Arc::new(Live {
            session,
            state: Mutex::new((NetworkState::new("connecting"), crate::clock::now())),
        });
        let seat = (user, network.clone());
        self.networks.put(seat.clone(), Arc::clone(&live));
        self.set_network_state(&seat, &live, NetworkState::new("connecting"));
        self.adopt_chats(&seat, &live);
        self.follow_again(&seat, &live);
        if self.is_with_customer(user) {
            self.shown.forget(&seat);
        }
        self.show_presence(user);
        self.duties.forget(&seat);
        self.tell_duties_on(seat.clone());
        let shared = Arc::clone(self);
        self.tasks.spawn(async move { shared.follow(seat, live, batches).await });
    }

    /// Says why an agent is not signed in: nobody else would.
    fn not_opened(&self, seat: Seat, error: &anyhow::Error) {
        let code = Some("account_not_opened".to_owned());
        let state = NetworkState { state: "refused", code, words: Some(error.to_string()) };
        let since = crate::clock::now();
        self.networks.refused.lock().insert(seat.clone(), (state.clone(), since));
        self.feed.change(seat.0, Change::Network { network: seat.1, state, since });
    }

    async fn close_session(self: &Arc<Self>, user: UserId, network: &NetworkId) {
        let seat = (user, network.clone());
        self.networks.refused.lock().remove(&seat);
        if let Some(live) = self.networks.remove(&seat) {
            live.session.sign_out().await;
            self.set_network_state(&seat, &live, self.absent(user, network));
        }
        let gone = Write::ResumePointGone { user_id: user, network: network.clone() };
        self.commit_news(vec![gone]).await;
    }

    /// What was open on a network that the agent has left is over; the network may not tell that any more.
    async fn close_chats(self: &Arc<Self>, user: UserId, network: &NetworkId, why: Unreachable) {
        for consult in self.board.consults_of(user) {
            let open = consult.alive().filter(|n| consult.network_of(*n) == network);
            let news: Vec<_> = open.map(|n| News::CutOff(n, why)).collect();
            if news.is_empty() {
                continue;
            }
            let told = Told::new(news);
            self.to_consult(consult.id, ConsultInput::News(told)).await;
        }
    }

    /// Takes what the network tells, batch after batch, until the session ends.
    async fn follow(self: Arc<Self>, seat: Seat, live: Arc<Live>, mut batches: mpsc::Receiver<Batch>) {
        loop {
            let batch = tokio::select! {
                () = self.stop.cancelled() => return,
                batch = batches.recv() => batch,
            };
            let Some(batch) = batch else { break };
            if self.take_events(&seat, &live, batch.events, batch.resume).await {
                batch.done.confirm();
            }
        }
        // A refusal outlives its session, until the agent connects anew.
        if self.networks.remove_this(&seat, &live) && live.state().0.state == "refused" {
            self.networks.refused.lock().insert(seat, live.state());
        }
    }

    /// Tells a new session which chats are believed to be open or pending.
    fn adopt_chats(self: &Arc<Self>, seat: &Seat, live: &Arc<Live>) {
        let mut open = Vec::new();
        for consult in self.board.consults_of(seat.0) {
            let alive: Vec<_> = consult.alive().filter(|n| *consult.network_of(*n) == seat.1).collect();
            open.extend(chats(&consult).filter(|(n, _)| alive.contains(n)).map(|(_, chat)| chat));
        }
        if open.is_empty() {
            return;
        }
        let live = Arc::clone(live);
        self.tasks.spawn(async move {
            if let Err(error) = live.session.adopt(&open).await {
                tracing::warn!(%error, "open chats could not be taken over");
            }
        });
    }

    /// A new session follows whom the agent's windows show.
    fn follow_again(self: &Arc<Self>, seat: &Seat, live: &Arc<Live>) {
        let people = self.networks.watch.followed(seat);
        if people.is_empty() {
            return;
        }
        let live = Arc::clone(live);
        self.tasks.spawn(async move {
            if let Err(error) = live.session.watch(&people).await {
                tracing::debug!(%error, "presence is not followed");
            }
        });
    }

    /// Notes how a link is and tells the desk.
    pub(super) fn link_changed(&self, seat: &Seat, live: &Arc<Live>, link: &LinkState) {
        if let LinkState::Down { trouble, .. } | LinkState::SignedOut { trouble: Some(trouble) } = link {
            tracing::warn!(user_id = %seat.0, network = seat.1.0, code = trouble.code.as_str(), words = trouble.words, "network trouble");
        }
        self.set_network_state(seat, live, NetworkState::of_link(link));
    }

    fn set_network_state(&self, seat: &Seat, live: &Arc<Live>, state: NetworkState) {
        // The last word of a session that a taken licence has ended comes after it was told why.
        let state = if self.is_licensed(seat.0, &seat.1) { state } else { NetworkState::not_licensed() };
        let since = crate::clock::now();
        *live.state.lock() = (state.clone(), since);
        self.feed.change(seat.0, Change::Network { network: seat.1.clone(), state, since });
    }
}

impl Networks {
    /// How everybody's session on a network is.
    pub(in crate::engine) fn all_states(&self, network: &NetworkId) -> Vec<NetworkState> {
        let sessions = self.sessions.read();
        let live = sessions.iter().filter(|((_, own), _)| own == network).map(|(_, live)| live.state().0);
        let refused = self.refused.lock();
        let others =
            refused.iter().filter(|((_, own), _)| own == network).map(|(_, (state, _))| state.clone());
        live.chain(others).collect()
    }

    /// How the agent's sessions are, by network.
    pub(in crate::engine) fn states(&self, user: UserId) -> Vec<(NetworkId, NetworkState, Timestamp)> {
        let states = self.connectors.keys().map(|network| match self.live(user, network) {
            Some(live) => {
                let (state, since) = live.state();
                (network.clone(), state, since)
            }
            None => {
                let (state, since) = self.without_session(&(user, network.clone()));
                (network.clone(), state, since)
            }
        });
        states.collect()
    }
}
