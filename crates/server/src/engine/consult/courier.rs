//! The courier of a consult: carries its errands to the network, those to one expert one after the other,
//! so that messages keep their order, and tells the consult how each went. What is slow on one expert's
//! network does not hold up another's.

use super::effects::is_pending;
use super::errand::{Errand, Parcel};
use super::opening::span_of;
use super::task::ConsultInput;
use super::told::Told;
use crate::engine::networks::Route;
use crate::engine::shared::Shared;
use hookflash_connectors::{ChatId, ConnectorError, Opening, Outgoing, Session};
use hookflash_domain::consult::{Consult, News, Unreachable};
use hookflash_domain::{ConsultId, MessageId, PersonId};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tracing::Instrument as _;
use uuid::Uuid;

/// How long a message is tried before it counts as failed and the agent is asked.
const TRY_FOR: Duration = Duration::from_secs(150);
/// Longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// How often the outcome of an errand is told while it is not known whether it was stored.
const TELL_TRIES: u32 = 5;
/// What a latecomer reads.
const TURNED_AWAY: &str = "Thank you! Somebody else is helping already.";

/// Where the errands of a consult are put, by the expert to whom they go.
#[derive(Default)]
pub(super) struct Lanes(BTreeMap<PersonId, mpsc::UnboundedSender<Parcel>>);

impl Shared {
    /// Puts an errand behind the others to the same expert; nothing where the consult knows no such invitation.
    pub(super) fn carry(self: &Arc<Self>, lanes: &mut Lanes, consult: &Consult, parcel: Parcel) {
        let Some(invitation) = consult.invitations.get(parcel.errand.invitation()) else { return };
        let lane = lanes.0.entry(invitation.expert.id.clone()).or_insert_with(|| self.start_lane(consult));
        // A lane ends only after the lanes, or with the engine.
        let _ = lane.send(parcel);
    }

    /// Carries the errands to one expert until there are no more.
    fn start_lane(self: &Arc<Self>, consult: &Consult) -> mpsc::UnboundedSender<Parcel> {
        let (consult, span) = (consult.id, span_of(consult));
        // Bounded by the consult's own limits: its invitations, and a mailbox that waits for commits.
        let (sender, mut parcels) = mpsc::unbounded_channel::<Parcel>();
        let shared = Arc::clone(self);
        let round = async move {
            while let Some(parcel) = next_parcel(&shared, &mut parcels).await {
                tokio::select! {
                    () = shared.stop.cancelled() => return,
                    () = shared.deliver(consult, parcel) => {}
                }
            }
        };
        self.tasks.spawn(round.instrument(span));
        sender
    }

    async fn deliver(self: &Arc<Self>, id: ConsultId, parcel: Parcel) {
        let Some(consult) = self.board.consult(id) else { return };
        let news = match parcel.errand {
            Errand::Invite { invitation, text } => self.invite(&consult, invitation, parcel.id, text).await,
            Errand::Send { invitation, message, text } => {
                self.send(&consult, invitation, message, text).await
            }
            Errand::Accept { invitation } => self.accept(&consult, invitation).await,
            Errand::Decline { invitation, reason } => self.decline(&consult, invitation, reason).await,
            Errand::Open { invitation } => self.open(&consult, invitation).await,
            Errand::Leave { invitation } => self.leave(&consult, invitation, None).await,
            Errand::TurnAway { invitation } => self.leave(&consult, invitation, Some(TURNED_AWAY)).await,
        };
        for _ in 0..TELL_TRIES {
            let may_wait = matches!(news[..], [News::Sent(_)]);
            let mut told = Told::new(news.clone()).with_done(parcel.id).that_may_wait(may_wait);
            let is_stored = told.receipt();
            if !self.to_consult(id, ConsultInput::News(told)).await || is_stored.await.is_ok() {
                return;
            }
        }
    }

    async fn invite(self: &Arc<Self>, consult: &Consult, n: usize, key: Uuid, text: String) -> Vec<News> {
        let Some(invitation) = consult.invitations.get(n) else { return Vec::new() };
        let subject = invitation.question.lines().next().unwrap_or_default().chars().take(200).collect();
        let network = &invitation.expert.id.network;
        let text = self.opening_text(consult, n, text).await;
        let opening = Opening { key: key.to_string(), subject, text, importance: invitation.importance };
        loop {
            let wanted = self.board.consult(consult.id).is_some_and(|now| is_pending(&now, n));
            if !wanted {
                // It may have been sent before a restart: the chat is named, so that it can be used or left.
                return vec![News::Placed { invitation: n, chat: opening.key }];
            }
            let asked = match self.networks.session(consult.agent, network) {
                Some(session) => session.invite(&invitation.expert.id, &opening).await,
                None => Err(ConnectorError::TryLater { retry_ms: 500 }),
            };
            match asked {
                Ok(chat) => {
                    self.networks.route(
                        consult.agent,
                        network,
                        &chat,
                        Route { consult: consult.id, invitation: n },
                    );
                    return vec![News::Placed { invitation: n, chat: chat.0 }];
                }
                Err(ConnectorError::TryLater { retry_ms }) => pause(retry_ms).await,
                Err(error) => return vec![News::Unreachable(n, why(&error))],
            }
        }
    }

    async fn send(
        self: &Arc<Self>,
        consult: &Consult,
        n: usize,
        message: MessageId,
        text: String,
    ) -> Vec<News> {
        let Some(chat) = self.chat_of(consult.id, n) else {
            return vec![News::SendFailed(message, "the chat is not open".into())];
        };
        let outgoing = Outgoing { key: message, text };
        let sent = self.try_for(consult, n, |session| {
            let (chat, outgoing) = (chat.clone(), outgoing.clone());
            async move { session.send(&chat, &outgoing).await }
        });
        match sent.await {
            Ok(()) => vec![News::Sent(message)],
            Err(ConnectorError::ChatGone) => {
                vec![News::SendFailed(message, ConnectorError::ChatGone.to_string()), News::Left(n)]
            }
            Err(error) => vec![News::SendFailed(message, error.to_string())],
        }
    }

    async fn accept(self: &Arc<Self>, consult: &Consult, n: usize) -> Vec<News> {
        let Some(chat) = self.chat_of(consult.id, n) else { return Vec::new() };
        let taken = self.try_for(consult, n, |session| {
            let chat = chat.clone();
            async move { session.accept(&chat).await }
        });
        match taken.await {
            Ok(()) => Vec::new(),
            // The network may tell the same meanwhile.
            Err(ConnectorError::ChatGone) if is_of_team(consult, n) => vec![News::AnsweredElsewhere(n)],
            Err(error) => {
                tracing::info!(%error, invitation = n, "an incoming chat could not be taken");
                vec![News::Missed(n)]
            }
        }
    }

    async fn decline(self: &Arc<Self>, consult: &Consult, n: usize, reason: Option<String>) -> Vec<News> {
        let Some(chat) = self.chat_of(consult.id, n) else { return Vec::new() };
        let declined = self.try_for(consult, n, |session| {
            let (chat, reason) = (chat.clone(), reason.clone());
            async move { session.decline(&chat, reason.as_deref()).await }
        });
        // Gone meanwhile is as good.
        if let Err(error) = declined.await {
            tracing::debug!(%error, invitation = n, "an incoming chat could not be declined");
        }
        Vec::new()
    }

    async fn open(self: &Arc<Self>, consult: &Consult, n: usize) -> Vec<News> {
        let Some(chat) = self.chat_of(consult.id, n) else { return vec![News::Left(n)] };
        let opened = self.try_for(consult, n, |session| {
            let chat = chat.clone();
            async move { session.open(&chat).await }
        });
        match opened.await {
            Ok(()) => Vec::new(),
            Err(error) => {
                tracing::info!(%error, invitation = n, "the chat of an expert who answered on the page is gone");
                vec![News::Left(n)]
            }
        }
    }

    async fn leave(
        self: &Arc<Self>,
        consult: &Consult,
        n: usize,
        farewell: Option<&'static str>,
    ) -> Vec<News> {
        // Without a chat nothing was invited; an invitation under way gets its chat first and is then taken back.
        let Some(chat) = self.chat_of(consult.id, n) else { return Vec::new() };
        let left = self.try_for(consult, n, |session| {
            let chat = chat.clone();
            async move { session.leave(&chat, farewell).await }
        });
        if let Err(error) = left.await {
            tracing::warn!(%error, invitation = n, "a chat could not be left on the network");
        }
        Vec::new()
    }

    fn chat_of(&self, consult: ConsultId, n: usize) -> Option<ChatId> {
        let consult = self.board.consult(consult)?;
        consult.invitations.get(n)?.chat.clone().map(ChatId)
    }

    /// Repeats a call with the same key while the network asks to be tried later.
    async fn try_for<F>(
        &self,
        consult: &Consult,
        n: usize,
        call: impl Fn(Arc<dyn Session>) -> F,
    ) -> Result<(), ConnectorError>
    where
        F: Future<Output = Result<(), ConnectorError>>,
    {
        let give_up = crate::clock::monotonic() + TRY_FOR;
        loop {
            let done = match self.networks.session(consult.agent, consult.network_of(n)) {
                Some(session) => call(session).await,
                None => Err(ConnectorError::TryLater { retry_ms: 500 }),
            };
            match done {
                Err(ConnectorError::TryLater { retry_ms }) if crate::clock::monotonic() < give_up => {
                    pause(retry_ms).await;
                }
                done => return done,
            }
        }
    }
}

fn is_of_team(consult: &Consult, n: usize) -> bool {
    consult.invitations.get(n).is_some_and(|invitation| invitation.team.is_some())
}

/// The next errand; none when the task of the consult or the engine has ended.
async fn next_parcel(shared: &Shared, parcels: &mut mpsc::UnboundedReceiver<Parcel>) -> Option<Parcel> {
    tokio::select! {
        () = shared.stop.cancelled() => None,
        parcel = parcels.recv() => parcel,
    }
}

async fn pause(retry_ms: u64) {
    tokio::time::sleep(Duration::from_millis(retry_ms.max(50)).min(LONGEST_PAUSE)).await;
}

fn why(error: &ConnectorError) -> Unreachable {
    match error {
        ConnectorError::Unreachable { .. } => Unreachable::NotFound,
        ConnectorError::Refused { .. } | ConnectorError::Unsupported => Unreachable::NotAllowed,
        _ => Unreachable::NetworkTrouble,
    }
}
