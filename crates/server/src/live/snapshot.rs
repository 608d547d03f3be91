//! The snapshot: everything a desk shows, as of one moment.
//!
//! It is made after the window was subscribed, so a change that comes in between is told again as an
//! event; events carry whole states, so telling one twice does no harm.

use super::views::{
    AgentView, ConsultView, InteractionView, MessageView, OfferView, QueueView, agent_view, consult_view,
    interaction_view, message_view, offer_view, queue_views,
};
use crate::engine::{Capabilities, Engine, FavouritesSupport, NetworkState};
use crate::http::session::SignedIn;
use hookflash_domain::agent::NotReadyReason;
use hookflash_domain::consult::{ANSWER_WITHIN_MS, MESSAGE_CHARS};
use hookflash_domain::wrap_up::NOTE_CHARS;
use hookflash_domain::{DispositionId, NetworkId, QueueId, Timestamp, UserId};
use hookflash_store::StoreError;
use hookflash_store::today::TodayRow;
use hookflash_store::users::{Role, Roles};
use serde::Serialize;
use std::collections::BTreeSet;

/// `Snapshot`
#[derive(Debug, Clone, Serialize)]
pub(super) struct Snapshot {
    seq: i64,
    server_at: Timestamp,
    me: MeView,
    agent: Option<AgentView>,
    offer: Option<OfferView>,
    interactions: Vec<InteractionView>,
    consults: Vec<ConsultView>,
    messages: Vec<MessageView>,
    networks: Vec<NetworkView>,
    queues: Vec<QueueView>,
    dispositions: Vec<DispositionView>,
    not_ready_reasons: [NotReadyReason; 5],
    today: TodayView,
    limits: Limits,
}

#[derive(Debug, Clone, Serialize)]
struct MeView {
    user_id: UserId,
    name: String,
    sign_in_name: String,
    roles: Vec<&'static str>,
    language: Option<String>,
}

/// `NetworkView`
#[derive(Debug, Clone, Serialize)]
pub(super) struct NetworkView {
    network: NetworkId,
    name: String,
    state: &'static str,
    code: Option<String>,
    words: Option<String>,
    since_at: Timestamp,
    longest_message: usize,
    longest_opening: usize,
    /// `none`, `read` or `write`.
    favourites: &'static str,
    photos: bool,
    history: bool,
    importance: bool,
    own_presence: bool,
    accounts: bool,
}

#[derive(Debug, Clone, Serialize)]
struct DispositionView {
    disposition_id: DispositionId,
    name: String,
    queue_ids: BTreeSet<QueueId>,
}

/// `TodayView`
#[derive(Debug, Clone, Serialize)]
pub(super) struct TodayView {
    handled_count: i64,
    talk_ms: i64,
    wrap_up_ms: i64,
    consult_count: i64,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct Limits {
    message_chars: usize,
    note_chars: usize,
    answer_within_ms: i64,
    /// How long the link of a question can be opened; null where no links are offered.
    link_for_ms: Option<i64>,
}

/// Whose desk it is.
#[derive(Debug, Clone)]
pub(super) struct Me {
    pub(super) user_id: UserId,
    pub(super) name: String,
    pub(super) sign_in_name: String,
    pub(super) roles: Roles,
    pub(super) language: Option<String>,
}

impl Snapshot {
    /// Takes the snapshot of a user's desk; `seq` is the last number told before.
    ///
    /// # Errors
    /// The store is not available.
    pub(super) async fn take(engine: &Engine, me: &Me, seq: i64) -> Result<Self, StoreError> {
        let (user, board, rules) = (me.user_id, engine.board(), engine.rules());
        let consults = board.consults_of(user);
        let mut messages = Vec::new();
        for consult in &consults {
            let of_consult = engine.messages(consult.id).await?;
            messages.extend(of_consult.iter().map(|message| message_view(consult.id, message)));
        }
        let today = engine.today(user).await?;
        let networks = engine.network_states(user).into_iter();
        let dispositions = rules.dispositions.iter().map(|(id, settings)| DispositionView {
            disposition_id: *id,
            name: settings.name.clone(),
            queue_ids: settings.queues.clone(),
        });
        Ok(Self {
            seq,
            server_at: crate::clock::now(),
            me: me.view(),
            agent: me
                .roles
                .has(Role::Agent)
                .then(|| board.seat(user))
                .flatten()
                .map(|seat| agent_view(&seat)),
            offer: board.offer(user).map(|offer| offer_view(engine, &offer)),
            interactions: board
                .interactions_of(user)
                .iter()
                .map(|one| interaction_view(one, &rules))
                .collect(),
            consults: consults
                .iter()
                .map(|one| consult_view(one, |person| engine.presence(person)))
                .collect(),
            messages,
            networks: networks
                .map(|(network, state, since)| network_view(engine, network, state, since))
                .collect(),
            queues: queue_views(&engine.queue_figures(), user),
            dispositions: dispositions.collect(),
            not_ready_reasons: NotReadyReason::CHOSEN,
            today: today_view(&today),
            limits: Limits {
                message_chars: MESSAGE_CHARS,
                note_chars: NOTE_CHARS,
                answer_within_ms: ANSWER_WITHIN_MS,
                link_for_ms: engine.link_for_ms(),
            },
        })
    }
}

impl Me {
    fn view(&self) -> MeView {
        MeView {
            user_id: self.user_id,
            name: self.name.clone(),
            sign_in_name: self.sign_in_name.clone(),
            roles: self.roles.0.iter().map(|role| role.word()).collect(),
            language: self.language.clone(),
        }
    }
}

impl From<&SignedIn> for Me {
    fn from(user: &SignedIn) -> Self {
        let SignedIn { user_id, name, sign_in_name, roles, language, .. } = user.clone();
        Self { user_id, name, sign_in_name, roles, language }
    }
}

/// A network as shown.
#[must_use]
pub(super) fn network_view(
    engine: &Engine,
    network: NetworkId,
    state: NetworkState,
    since: Timestamp,
) -> NetworkView {
    let able = engine.capabilities(&network);
    let can = |able_to: fn(&Capabilities) -> bool| able.as_ref().is_some_and(able_to);
    NetworkView {
        name: engine.network_name(&network),
        longest_message: able.map_or(0, |able| able.longest_message),
        longest_opening: able.map_or(0, |able| able.longest_opening),
        favourites: able.map_or("none", |able| favourites_word(able.favourites)),
        photos: can(|able| able.photos),
        history: can(|able| able.history),
        importance: can(|able| able.importance),
        own_presence: can(|able| able.own_presence),
        accounts: can(|able| able.accounts),
        network,
        state: state.state,
        code: state.code,
        words: state.words,
        since_at: since,
    }
}

fn favourites_word(support: FavouritesSupport) -> &'static str {
    match support {
        FavouritesSupport::None => "none",
        FavouritesSupport::Read => "read",
        FavouritesSupport::Write => "write",
    }
}

/// The figures of the day as shown.
#[must_use]
pub(super) fn today_view(today: &TodayRow) -> TodayView {
    TodayView {
        handled_count: today.handled_count,
        talk_ms: today.talk_ms,
        wrap_up_ms: today.wrap_up_ms,
        consult_count: today.consult_count,
    }
}
