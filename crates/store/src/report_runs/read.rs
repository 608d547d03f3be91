//! Reading runs and their files.

use super::{ReportFileRow, ReportRunRow};
use crate::{Store, StoreError};
use hookflash_domain::UserId;
use sqlx::query_as;
use uuid::Uuid;

/// Which runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// Of one user; none for all.
    pub user: Option<UserId>,
    /// Asked for before this one; none from the newest on.
    pub before: Option<Uuid>,
    /// At most so many.
    pub limit: u32,
}

impl Store {
    /// Runs, the newest first, each with its files by format.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn report_runs(
        &self,
        runs: Runs,
    ) -> Result<Vec<(ReportRunRow, Vec<ReportFileRow>)>, StoreError> {
        let before = runs.before.unwrap_or(Uuid::max());
        let limit = i64::from(runs.limit);
        let rows: Vec<ReportRunRow> = match runs.user {
            Some(user) => on!(&self.db, pool => query_as(OF_USER)
                .bind(before).bind(user.0).bind(limit).fetch_all(pool).await)?,
            None => on!(&self.db, pool => query_as(ALL).bind(before).bind(limit).fetch_all(pool).await)?,
        };
        let (Some(newest), Some(oldest)) = (rows.first(), rows.last()) else { return Ok(Vec::new()) };
        let files: Vec<ReportFileRow> = on!(&self.db, pool => query_as(FILES_BETWEEN)
            .bind(oldest.run_id).bind(newest.run_id).fetch_all(pool).await)?;
        let with_files = |row: ReportRunRow| {
            let of_run = files.iter().filter(|file| file.run_id == row.run_id);
            let files = of_run.cloned().collect();
            (row, files)
        };
        Ok(rows.into_iter().map(with_files).collect())
    }

    /// A run with its files by format.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn report_run(
        &self,
        run_id: Uuid,
    ) -> Result<Option<(ReportRunRow, Vec<ReportFileRow>)>, StoreError> {
        let row: Option<ReportRunRow> =
            on!(&self.db, pool => query_as(BY_ID).bind(run_id).fetch_optional(pool).await)?;
        let Some(row) = row else { return Ok(None) };
        let files = on!(&self.db, pool => query_as(FILES_BETWEEN)
            .bind(run_id).bind(run_id).fetch_all(pool).await)?;
        Ok(Some((row, files)))
    }
}

sql! {
    ALL = "select run_id, user_id, report, parameters, shows_people, state, attempt, progress, error_code, \
        requested_at, started_at, ended_at, expires_at, lease_until, fire_id from report_run \
        where run_id < $1 order by run_id desc limit $2";
    OF_USER = "select run_id, user_id, report, parameters, shows_people, state, attempt, progress, error_code, \
        requested_at, started_at, ended_at, expires_at, lease_until, fire_id from report_run \
        where run_id < $1 and user_id = $2 order by run_id desc limit $3";
    BY_ID = "select run_id, user_id, report, parameters, shows_people, state, attempt, progress, error_code, \
        requested_at, started_at, ended_at, expires_at, lease_until, fire_id from report_run where run_id = $1";
    FILES_BETWEEN = "select run_id, format, byte_count, part_count, error_code from report_file \
        where run_id >= $1 and run_id <= $2 order by run_id, format";
}
