//! What is done on the page, on its way to the consult's task.

use super::view::{PageView, page_view};
use crate::engine::Engine;
use crate::engine::consult::ConsultInput;
use hookflash_domain::consult::{InvitationNo, PageAct, PageRefusal};
use hookflash_domain::{ConsultId, MessageId};
use hookflash_store::StoreError;
use std::time::Duration;
use tokio::sync::oneshot;

/// What an expert does on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a variant's comment covers its fields")]
pub enum PageAction {
    /// It is opened; `viewer` says from where, for the record.
    Open { viewer: String },
    /// The expert comes.
    Accept,
    /// Not me, perhaps with a reason and a better name.
    Decline { reason: Option<String>, better: Option<String> },
    /// The expert writes.
    Say { message: MessageId, text: String },
    /// The expert leaves the chat.
    Leave,
}

/// Why the page cannot be shown, or nothing be done on it.
#[derive(Debug, thiserror::Error)]
pub enum PageProblem {
    /// No link of ours.
    #[error("there is no such link")]
    UnknownLink,
    /// It was opened too often.
    #[error("the link was opened too often")]
    TooManyViews,
    /// A text is empty or too long.
    #[error("a text is empty or too long")]
    BadLength,
    /// The server is stopping or was interrupted.
    #[error("the server was interrupted")]
    Busy,
    /// The store is not available.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An act in the mailbox of a consult.
pub(in crate::engine) struct PageAsked {
    pub(in crate::engine) invitation: InvitationNo,
    pub(in crate::engine) act: PageAct,
    /// Hears when it is stored.
    pub(in crate::engine) answer: oneshot::Sender<Result<(), PageRefusal>>,
}

impl Engine {
    /// How long the link of a new question can be opened, in milliseconds; none where no links are offered.
    #[must_use]
    pub fn link_for_ms(&self) -> Option<i64> {
        self.shared.link_for_ms()
    }

    /// Does something on the page of a link and gives what it shows then. What comes too late changes nothing;
    /// the page says why.
    ///
    /// # Errors
    /// As [`PageProblem`].
    pub async fn page_act(&self, token: &str, action: PageAction) -> Result<PageView, PageProblem> {
        let (id, invitation) = self.named_by(token)?;
        if let Some(act) = self.act_of(id, invitation, action) {
            self.carry_out(id, invitation, act).await?;
        }
        self.page(id, invitation).await
    }

    /// Has the consult take an act. False where it came too late.
    pub(super) async fn carry_out(
        &self,
        id: ConsultId,
        invitation: InvitationNo,
        act: PageAct,
    ) -> Result<bool, PageProblem> {
        let (answer, answered) = oneshot::channel();
        let input = ConsultInput::Page(PageAsked { invitation, act, answer });
        if !self.shared.to_consult(id, input).await {
            return Ok(false);
        }
        match answered.await {
            // It left the desk with the act in its mailbox.
            Err(_) if self.shared.board.consult(id).is_none() => Ok(false),
            Err(_) => Err(PageProblem::Busy),
            Ok(Err(PageRefusal::NoLink)) => Err(PageProblem::UnknownLink),
            Ok(Err(PageRefusal::TooManyViews)) => Err(PageProblem::TooManyViews),
            Ok(Err(PageRefusal::BadLength)) => Err(PageProblem::BadLength),
            // The page tells.
            Ok(Err(PageRefusal::Expired | PageRefusal::Revoked | PageRefusal::Over)) => Ok(false),
            Ok(Ok(())) => Ok(true),
        }
    }

    /// What the page of a link shows, as soon as it differs from `known` or `within` has passed.
    ///
    /// # Errors
    /// As [`PageProblem`].
    pub async fn page_after(
        &self,
        token: &str,
        known: &str,
        within: Duration,
    ) -> Result<PageView, PageProblem> {
        let (id, invitation) = self.named_by(token)?;
        let until = crate::clock::monotonic() + within;
        loop {
            let seen = self.shared.board.consult(id);
            let view = self.page(id, invitation).await?;
            if view.version != known || seen.is_none() || crate::clock::monotonic() >= until {
                return Ok(view);
            }
            let another = self.shared.board.consult_differs(id, seen.as_ref());
            tokio::select! {
                // Changed or not, the page is looked at again.
                _ = tokio::time::timeout_at(until.min(view.ends_at()).into(), another) => {}
                () = self.shared.stop.cancelled() => return Err(PageProblem::Busy),
            }
        }
    }

    pub(super) fn named_by(&self, token: &str) -> Result<(ConsultId, InvitationNo), PageProblem> {
        let links = self.shared.links.as_ref().ok_or(PageProblem::UnknownLink)?;
        links.read(token).ok_or(PageProblem::UnknownLink)
    }

    /// None where the consult has left the desk.
    fn act_of(&self, id: ConsultId, invitation: InvitationNo, action: PageAction) -> Option<PageAct> {
        let consult = self.shared.board.consult(id)?;
        let opens = || {
            let connector = self.shared.networks.connectors.get(consult.network_of(invitation));
            connector.is_some_and(|connector| connector.capabilities().opens)
        };
        Some(match action {
            PageAction::Open { viewer } => PageAct::Open { viewer },
            PageAction::Accept => PageAct::Accept { opens: opens() },
            PageAction::Decline { reason, better } => PageAct::Decline { reason, better },
            PageAction::Say { message, text } => PageAct::Say { message, text, opens: opens() },
            PageAction::Leave => PageAct::Leave,
        })
    }

    async fn page(&self, id: ConsultId, invitation: InvitationNo) -> Result<PageView, PageProblem> {
        let Some(consult) = self.shared.board.consult(id) else { return Ok(PageView::gone()) };
        if consult.check_link(crate::clock::now(), invitation) == Err(PageRefusal::NoLink) {
            return Err(PageProblem::UnknownLink);
        }
        let messages = self.messages(id).await?;
        Ok(page_view(&consult, invitation, &messages, crate::clock::now()))
    }
}
