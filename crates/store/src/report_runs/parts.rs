//! What is in the files, piece by piece.

use crate::queues::or_unknown;
use crate::{Store, StoreError};
use sqlx::{query, query_scalar};
use uuid::Uuid;

/// Most bytes of a part: a commit of one holds up nobody for long.
pub const PART_BYTES: usize = 512 << 10;

impl Store {
    /// Adds a part of a file, numbered from 0.
    ///
    /// # Errors
    /// `TooLong`, `NotFound` where the run was removed, `Refused` where the part is there, `Unavailable`, `InDoubt`.
    pub async fn add_report_part(
        &self,
        run_id: Uuid,
        attempt: i64,
        format: &str,
        no: i64,
        content: &[u8],
    ) -> Result<(), StoreError> {
        if content.len() > PART_BYTES {
            return Err(StoreError::TooLong("the part of the file"));
        }
        let mut tx = self.writing.begin().await?;
        let added = on!(tx.conn()?, conn => query(ADD).bind(run_id).bind(attempt).bind(format).bind(no)
            .bind(content).execute(conn).await.map(drop));
        tx.settle(added.map_err(|error| or_unknown(error, "report run"))).await
    }

    /// A part of a file of a run that has finished; none where it was removed.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn report_part(
        &self,
        run_id: Uuid,
        format: &str,
        no: i64,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(on!(&self.db, pool => query_scalar(PART).bind(run_id).bind(format).bind(no)
            .fetch_optional(pool).await)?)
    }
}

sql! {
    ADD = "insert into report_part (run_id, attempt, format, no, content) values ($1, $2, $3, $4, $5)";
    PART = "select p.content from report_part p join report_run r on r.run_id = p.run_id and r.attempt = p.attempt \
        join report_file f on f.run_id = p.run_id and f.format = p.format \
        where p.run_id = $1 and p.format = $2 and p.no = $3 and r.state in ('completed', 'completed_with_errors')";
}
