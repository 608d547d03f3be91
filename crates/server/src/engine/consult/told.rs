//! News for a consult, and what is to be stored together with it.

use hookflash_domain::consult::News;
use hookflash_store::{ResumePointRow, Write};
use tokio::sync::oneshot;
use uuid::Uuid;

/// News that is stored in one transaction.
pub(in crate::engine) struct Told {
    /// What happened, in order.
    pub(super) news: Vec<News>,
    /// What is stored with it.
    pub(super) with: Vec<Write>,
    /// Who hear when it is stored.
    pub(super) stored: Vec<oneshot::Sender<()>>,
    /// It may wait a moment for other news to share the transaction with.
    pub(super) may_wait: bool,
}

impl Told {
    /// News to be stored at once.
    pub(in crate::engine) fn new(news: Vec<News>) -> Self {
        Self { news, with: Vec::new(), stored: Vec::new(), may_wait: false }
    }

    /// The errand that it says is done.
    pub(super) fn with_done(mut self, errand: Uuid) -> Self {
        self.with.push(Write::OutboxDone(errand));
        self
    }

    /// The place on the network that was reached with it.
    pub(in crate::engine) fn with_resume_point(mut self, point: Option<ResumePointRow>) -> Self {
        self.with.extend(point.map(Write::ResumePoint));
        self
    }

    /// It may wait a moment for company.
    pub(super) fn that_may_wait(mut self, may_wait: bool) -> Self {
        self.may_wait = may_wait;
        self
    }

    /// A receiver that hears when it is stored; it ends without a word when it is not known.
    pub(in crate::engine) fn receipt(&mut self) -> oneshot::Receiver<()> {
        let (stored, receipt) = oneshot::channel();
        self.stored.push(stored);
        receipt
    }

    /// This and then that.
    pub(super) fn and(mut self, later: Self) -> Self {
        self.news.extend(later.news);
        self.with.extend(later.with);
        self.stored.extend(later.stored);
        self.may_wait &= later.may_wait;
        self
    }
}
