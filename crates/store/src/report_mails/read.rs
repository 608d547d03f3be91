//! Reading mails, and what they bring.

use super::ReportMailRow;
use crate::report_runs::{ReportFileRow, ReportRunRow};
use crate::report_schedules::ReportFireRow;
use crate::{Store, StoreError};
use sqlx::query_as;
use uuid::Uuid;

impl Store {
    /// The mails of the last fire of each schedule, by address.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn last_report_mails(&self) -> Result<Vec<ReportMailRow>, StoreError> {
        Ok(on!(&self.db, pool => query_as(LAST).fetch_all(pool).await)?)
    }

    /// A fire, and its runs in the order in which they were asked for, each with its files by format; none where it
    /// was removed.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn report_fire(
        &self,
        fire_id: Uuid,
    ) -> Result<Option<(ReportFireRow, Vec<(ReportRunRow, Vec<ReportFileRow>)>)>, StoreError> {
        let fire: Option<ReportFireRow> =
            on!(&self.db, pool => query_as(FIRE).bind(fire_id).fetch_optional(pool).await)?;
        let Some(fire) = fire else { return Ok(None) };
        let runs: Vec<ReportRunRow> =
            on!(&self.db, pool => query_as(RUNS).bind(fire_id).fetch_all(pool).await)?;
        let files: Vec<ReportFileRow> =
            on!(&self.db, pool => query_as(FILES).bind(fire_id).fetch_all(pool).await)?;
        let with_files = |run: ReportRunRow| {
            let of_run = files.iter().filter(|file| file.run_id == run.run_id).cloned().collect();
            (run, of_run)
        };
        Ok(Some((fire, runs.into_iter().map(with_files).collect())))
    }
}

sql! {
    LAST = "select m.mail_id, m.fire_id, m.address, m.subject, m.form, m.state, m.attempt, m.next_try_at, \
        m.error_code, m.error_words, m.sent_at from report_mail m join report_fire f on f.fire_id = m.fire_id \
        where not exists (select 1 from report_fire l where l.schedule_id = f.schedule_id and l.due_at > f.due_at) \
        order by m.address";
    FIRE = "select fire_id, schedule_id, due_at, fired_at, by_hand from report_fire where fire_id = $1";
    RUNS = "select run_id, user_id, report, parameters, shows_people, state, attempt, progress, error_code, \
        requested_at, started_at, ended_at, expires_at, lease_until, fire_id from report_run \
        where fire_id = $1 order by run_id";
    FILES = "select f.run_id, f.format, f.byte_count, f.part_count, f.error_code from report_file f \
        join report_run r on r.run_id = f.run_id where r.fire_id = $1 order by f.run_id, f.format";
}
