//! Makes what is queued, one run at a time.
//!
//! A run belongs to this node as long as it keeps the lease. A node that dies keeps it no longer, and the run is
//! begun again, by this node after its restart or by another one; a try that was given up on can finish nothing.

use super::make::{Job, NotMade};
use super::progress::Progress;
use super::{Failure, RunState};
use crate::config::ReportsConfig;
use hookflash_store::report_runs::{Finished, ReportFileRow, ReportRunRow};
use hookflash_store::{Store, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::{JoinError, JoinHandle};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often it is said that a run is still being made, and asked whether it is still wanted.
const KEEP_EVERY: Duration = Duration::from_secs(1);
/// After so long without a word another node takes the run.
const LEASE_MS: i64 = 15_000;
/// How often it is looked whether another node has queued or left something.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// A run that took the server with it so often is not begun again.
const MOST_TRIES: i64 = 5;

/// Makes what is queued; clones wake the same one.
#[derive(Debug, Clone)]
pub(crate) struct Runner {
    store: Store,
    config: ReportsConfig,
    wake: Arc<Notify>,
}

/// The thread that makes the files.
type Making = JoinHandle<Result<Vec<ReportFileRow>, NotMade>>;

/// How a try came to its end.
enum End {
    Made(Result<Vec<ReportFileRow>, NotMade>),
    /// It took too long.
    Timeout,
    /// Cancelled, removed, or begun again elsewhere.
    Lost,
    /// The server stops.
    Stopping,
}

impl Runner {
    pub(crate) fn new(store: Store, config: ReportsConfig) -> Self {
        Self { store, config, wake: Arc::default() }
    }

    /// Tells that something was queued.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Runs until `stop`.
    pub(crate) async fn run(self, stop: CancellationToken) {
        if self.store.file().is_some()
            && let Err(error) = self.store.release_report_runs().await
        {
            // A file has one server: what it was making is begun again at once, or after the lease.
            tracing::warn!(%error, "unfinished reports have to wait");
        }
        while !stop.is_cancelled() {
            match self.next(&stop).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "reports cannot be made for the moment"),
            }
            tokio::select! {
                () = self.wake.notified() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Makes the next one, if there is one.
    async fn next(&self, stop: &CancellationToken) -> Result<bool, StoreError> {
        let now = crate::clock::now();
        let Some(run) = self.store.claim_report_run(now, now.plus_ms(LEASE_MS)).await? else {
            return Ok(false);
        };
        let (run_id, attempt, report) = (run.run_id, run.attempt, run.report.clone());
        tracing::info!(%run_id, attempt, report, "a report is being made");
        if attempt > MOST_TRIES {
            self.fail(run_id, attempt, Failure::UnableToComplete).await?;
            return Ok(true);
        }
        let (end, making) = self.make(run, stop).await;
        let settled = self.settle(run_id, attempt, end).await;
        if let Some(making) = making {
            // The next one begins when this one has left its memory.
            let _ = making.await;
        }
        settled.map(|()| true)
    }

    /// Notes how a try ended.
    async fn settle(&self, run_id: Uuid, attempt: i64, end: End) -> Result<(), StoreError> {
        match end {
            End::Made(Ok(files)) => self.complete(run_id, attempt, files).await?,
            End::Made(Err(NotMade::Failed(failure, words))) => {
                tracing::warn!(%run_id, code = failure.word(), %words, "a report could not be made");
                self.fail(run_id, attempt, failure).await?;
            }
            // It is begun again when the lease is over.
            End::Made(Err(NotMade::Store(error))) => return Err(error),
            End::Timeout => self.fail(run_id, attempt, Failure::Timeout).await?,
            End::Lost | End::Made(Err(NotMade::Stopped)) => {
                tracing::info!(%run_id, attempt, "a report is not wanted any more");
                // It removes what this try has written.
                self.fail(run_id, attempt, Failure::Internal).await?;
            }
            End::Stopping => {}
        }
        Ok(())
    }

    /// Makes the files on a thread, and keeps the lease meanwhile. Gives the thread where it was told to stop and has
    /// not yet.
    async fn make(&self, run: ReportRunRow, stop: &CancellationToken) -> (End, Option<Making>) {
        let progress = Arc::new(Progress::default());
        let (run_id, attempt) = (run.run_id, run.attempt);
        let job = Job { store: self.store.clone(), run, fonts: self.config.fonts.clone() };
        let shared = Arc::clone(&progress);
        let mut making = tokio::task::spawn_blocking(move || job.make(&shared));
        let limit = tokio::time::sleep(Duration::from_secs(self.config.longest_s));
        tokio::pin!(limit);
        let end = loop {
            tokio::select! {
                made = &mut making => return (End::Made(made.unwrap_or_else(|error| panicked(&error))), None),
                () = &mut limit => break End::Timeout,
                () = stop.cancelled() => break End::Stopping,
                () = tokio::time::sleep(KEEP_EVERY) => {}
            }
            let lease_until = crate::clock::now().plus_ms(LEASE_MS);
            match self.store.keep_report_run(run_id, attempt, progress.percent(), lease_until).await {
                Ok(true) => {}
                Ok(false) => break End::Lost,
                Err(error) => tracing::warn!(%run_id, %error, "the progress of a report could not be noted"),
            }
        };
        progress.stop();
        (end, Some(making))
    }

    async fn complete(
        &self,
        run_id: Uuid,
        attempt: i64,
        files: Vec<ReportFileRow>,
    ) -> Result<(), StoreError> {
        let failed = files.iter().filter(|file| file.error_code.is_some()).count();
        if failed == files.len() {
            return self.fail(run_id, attempt, Failure::DataLimit).await;
        }
        let state = if failed == 0 { RunState::Completed } else { RunState::CompletedWithErrors };
        self.finish(run_id, attempt, state, None, files).await
    }

    async fn fail(&self, run_id: Uuid, attempt: i64, failure: Failure) -> Result<(), StoreError> {
        self.finish(run_id, attempt, RunState::Failed, Some(failure), Vec::new()).await
    }

    async fn finish(
        &self,
        run_id: Uuid,
        attempt: i64,
        state: RunState,
        failure: Option<Failure>,
        files: Vec<ReportFileRow>,
    ) -> Result<(), StoreError> {
        let ended_at = crate::clock::now();
        let finished = Finished {
            state: state.word(),
            error_code: failure.map(Failure::word),
            files,
            ended_at,
            expires_at: ended_at.plus_ms(self.config.keep_ms()),
        };
        if self.store.finish_report_run(run_id, attempt, &finished).await? {
            tracing::info!(%run_id, state = state.word(), "a report is over");
        }
        Ok(())
    }
}

fn panicked(error: &JoinError) -> Result<Vec<ReportFileRow>, NotMade> {
    Err(NotMade::Failed(Failure::Internal, error.to_string()))
}
