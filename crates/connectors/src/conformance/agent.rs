//! An agent under test: a session whose batches are confirmed and kept.

use super::{Got, Stage};
use crate::{Account, Batch, ChatId, ConnectorError, LinkState, Opening, Outgoing, ResumePoint};
use crate::{Session, SessionEvent};
use hookflash_domain::{Importance, MessageId, PersonId};
use std::{fmt, sync::Arc, time::Duration};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Longest wait for anything in the suite.
pub(super) const LIMIT: Duration = Duration::from_secs(90);

/// What was expected and not seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<ConnectorError> for Failure {
    fn from(error: ConnectorError) -> Self {
        Self(format!("a call failed: {error:?}"))
    }
}

/// A signed-in agent.
pub struct Agent {
    /// Who.
    pub account: Account,
    /// The session under test.
    pub session: Arc<dyn Session>,
    /// What was committed.
    pub resume: Option<ResumePoint>,
    /// Events that no expectation has taken yet.
    pub seen: Vec<SessionEvent>,
    /// Whether batches are confirmed, or dropped as if the engine had died.
    pub confirming: bool,
    batches: mpsc::Receiver<Batch>,
}

impl Agent {
    /// Signs a fresh agent in and waits for the link.
    pub async fn sign_in(stage: &dyn Stage) -> Result<Self, Failure> {
        let account = stage.agent().await?;
        Self::sign_in_as(stage, account, None).await
    }

    /// Signs an account in and waits for the link.
    pub async fn sign_in_as(
        stage: &dyn Stage,
        account: Account,
        resume: Option<ResumePoint>,
    ) -> Result<Self, Failure> {
        let mut agent = Self::start(stage, account, resume);
        agent.expect("link up", |event| *event == SessionEvent::Link(LinkState::Up)).await?;
        Ok(agent)
    }

    /// Starts a session without waiting for anything.
    pub fn start(stage: &dyn Stage, account: Account, resume: Option<ResumePoint>) -> Self {
        let (session, batches) = stage.connector().sign_in(account.clone(), resume.clone());
        Self { account, session, resume, seen: Vec::new(), confirming: true, batches }
    }

    /// Waits for an event and takes it; events before it stay for later expectations.
    pub async fn expect(
        &mut self,
        what: &str,
        wanted: impl Fn(&SessionEvent) -> bool,
    ) -> Result<SessionEvent, Failure> {
        let found = tokio::time::timeout(LIMIT, async {
            loop {
                if let Some(at) = self.seen.iter().position(&wanted) {
                    return Some(self.seen.remove(at));
                }
                if !self.receive().await {
                    return None;
                }
            }
        });
        match found.await {
            Ok(Some(event)) => Ok(event),
            Ok(None) => Err(Failure(format!("the session ended before: {what}; seen {:?}", self.seen))),
            Err(_) => Err(Failure(format!("not seen in {LIMIT:?}: {what}; seen {:?}", self.seen))),
        }
    }

    /// Takes one batch; false when the session is over.
    pub async fn receive(&mut self) -> bool {
        let Some(batch) = self.batches.recv().await else {
            return false;
        };
        self.seen.extend(batch.events);
        if self.confirming {
            self.resume = batch.resume.or(self.resume.take());
            batch.done.confirm();
        }
        true
    }

    /// Waits until the session's receiver ends.
    pub async fn expect_end(&mut self) -> Result<(), Failure> {
        let ended = tokio::time::timeout(LIMIT, async { while self.receive().await {} });
        ended.await.map_err(|_| Failure("the receiver did not end".to_owned()))
    }

    /// Waits until what the expert has got is as wanted, taking batches meanwhile.
    pub async fn expect_got(
        &mut self,
        stage: &dyn Stage,
        expert: &PersonId,
        what: &str,
        wanted: impl Fn(&Got) -> bool,
    ) -> Result<Got, Failure> {
        let mut last = Got::default();
        let found = tokio::time::timeout(LIMIT, async {
            loop {
                last = stage.got(expert).await?;
                if wanted(&last) {
                    return Ok::<_, Failure>(());
                }
                // The expert's side has no event to wait for: look again after a short while.
                let _ = tokio::time::timeout(Duration::from_millis(20), self.receive()).await;
            }
        });
        match found.await {
            Ok(Ok(())) => Ok(last),
            Ok(Err(failure)) => Err(failure),
            Err(_) => Err(Failure(format!("the expert did not get: {what}; got {last:?}"))),
        }
    }

    /// Invites an expert with a fresh key and waits until the chat is open.
    pub async fn chat_with(&mut self, expert: &PersonId) -> Result<ChatId, Failure> {
        let chat = self.session.invite(expert, &opening("Case 17", "Can you help?")).await?;
        let wanted = SessionEvent::Accepted { chat: chat.clone() };
        self.expect("accepted", |event| *event == wanted).await?;
        Ok(chat)
    }

    /// Sends, and again while the network asks to.
    pub async fn send(&mut self, chat: &ChatId, message: &Outgoing) -> Result<(), Failure> {
        let session = Arc::clone(&self.session);
        self.until_taken(|| session.send(chat, message)).await
    }

    /// Leaves, with these last words if any, and again while the network asks to.
    pub async fn leave(&mut self, chat: &ChatId, farewell: Option<&str>) -> Result<(), Failure> {
        let session = Arc::clone(&self.session);
        self.until_taken(|| session.leave(chat, farewell)).await
    }

    async fn until_taken<F>(&mut self, call: impl Fn() -> F) -> Result<(), Failure>
    where
        F: Future<Output = Result<(), ConnectorError>>,
    {
        let taken = tokio::time::timeout(LIMIT, async {
            loop {
                match call().await {
                    Err(ConnectorError::TryLater { retry_ms }) => {
                        let pause = Duration::from_millis(retry_ms.min(500));
                        let _ = tokio::time::timeout(pause, self.receive()).await;
                    }
                    outcome => return outcome,
                }
            }
        });
        let outcome = taken.await.map_err(|_| Failure("a call was put off for ever".to_owned()))?;
        Ok(outcome?)
    }

    /// Ends the process, as far as the network can tell: nothing is confirmed, nobody signs out.
    pub fn die(self) -> (Account, Option<ResumePoint>) {
        (self.account, self.resume)
    }
}

/// An opening with a fresh key.
pub(super) fn opening(subject: &str, text: &str) -> Opening {
    let (subject, text) = (subject.to_owned(), text.to_owned());
    Opening { key: fresh().to_string(), subject, text, importance: Importance::Normal }
}

/// A message with a fresh key.
pub(super) fn message(text: &str) -> Outgoing {
    Outgoing { key: MessageId(fresh()), text: text.to_owned() }
}

fn fresh() -> Uuid {
    Uuid::from_u128(rand::random())
}

/// Fails with `what` unless `holds`.
pub(super) fn ensure(holds: bool, what: impl FnOnce() -> String) -> Result<(), Failure> {
    if holds { Ok(()) } else { Err(Failure(what())) }
}
