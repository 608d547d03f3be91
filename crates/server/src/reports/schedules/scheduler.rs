//! Fires what is due.

use super::OffReason;
use super::fire::fire;
use crate::reports::Runner;
use hookflash_domain::Timestamp;
use hookflash_store::report_schedules::ReportScheduleRow;
use hookflash_store::users::{Role, UserRow};
use hookflash_store::{By, Store, StoreError};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// How often it is looked whether something is due: another node may have changed a schedule, a clock been set.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Fires what is due; clones wake the same one.
#[derive(Debug, Clone)]
pub(crate) struct Scheduler {
    store: Store,
    runner: Runner,
    most_waiting: i64,
    wake: Arc<Notify>,
}

impl Scheduler {
    /// At most so many reports are queued or being made.
    pub(crate) fn new(store: Store, runner: Runner, most_waiting: u32) -> Self {
        Self { store, runner, most_waiting: most_waiting.into(), wake: Arc::default() }
    }

    /// Tells that a schedule is another one now.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Runs until `stop`.
    pub(crate) async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let pause = match self.fire_due().await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::warn!(%error, "schedules of reports cannot be looked at for the moment");
                    LOOK_EVERY
                }
            };
            tokio::select! {
                () = self.wake.notified() => {}
                () = tokio::time::sleep(pause) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Fires what is due, and says for how long nothing will be.
    async fn fire_due(&self) -> Result<Duration, StoreError> {
        let now = crate::clock::now();
        for schedule in self.store.due_report_schedules(now).await? {
            self.fire(schedule, now).await?;
        }
        let next = self.store.next_report_fire().await?;
        // One that is due still waits for its last reports, or for others.
        let pause = next.map(|next| next.since_ms(crate::clock::now())).filter(|wait_ms| *wait_ms > 0);
        let pause = pause.and_then(|wait_ms| u64::try_from(wait_ms).ok()).map(Duration::from_millis);
        Ok(pause.map_or(LOOK_EVERY, |pause| pause.min(LOOK_EVERY)))
    }

    async fn fire(&self, schedule: ReportScheduleRow, now: Timestamp) -> Result<(), StoreError> {
        let schedule_id = schedule.schedule_id;
        let owner = self.store.user(schedule.user_id).await?.filter(may_ask);
        let Some(owner) = owner else {
            let why = "its owner may not ask for reports any more";
            return self.switch_off(schedule, now, OffReason::Owner, why).await;
        };
        let by = By { at: now, user_id: Some(owner.user_id), name: owner.name.clone() };
        match fire(&schedule, &owner, now, false, self.most_waiting) {
            Ok(fired) => match self.store.fire_report_schedule(&fired, &by).await {
                Ok(true) => {
                    tracing::info!(%schedule_id, due_at = fired.fire.due_at.0, "a schedule of reports fires");
                    self.runner.wake();
                    Ok(())
                }
                // Elsewhere, or not any more; or it stays due and waits until others are made.
                Ok(false) | Err(StoreError::TooManyRuns) => Ok(()),
                Err(error) => Err(error),
            },
            Err(error) => self.switch_off(schedule, now, OffReason::NotUnderstood, &error.to_string()).await,
        }
    }

    /// What cannot fire is not tried again each time.
    async fn switch_off(
        &self,
        schedule: ReportScheduleRow,
        now: Timestamp,
        reason: OffReason,
        why: &str,
    ) -> Result<(), StoreError> {
        tracing::warn!(schedule_id = %schedule.schedule_id, why, "a schedule of reports is switched off");
        let by = By { at: now, user_id: None, name: "the server".to_owned() };
        let off_reason = Some(reason.word().to_owned());
        let off = ReportScheduleRow { next_fire_at: None, off_reason, ..schedule };
        self.store.change_report_schedule(&off, &by).await.map(drop)
    }
}

fn may_ask(user: &UserRow) -> bool {
    user.active && (user.roles.has(Role::Supervisor) || user.roles.has(Role::Administrator))
}
