//! SQLite's write-ahead log is moved into the file beside the writer, so that no commit waits for it.

use super::Job;
use sqlx::{SqlitePool, query_as};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

/// How often the log is looked at. At its busiest the writer fills a few thousand pages a second.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// From so many pages (4 kB each) on moving them is worth the two syncs that it costs.
const WORTH_PAGES: i64 = 2_000;

/// Runs until the store is closed or gone.
pub(crate) async fn keep_short(readers: SqlitePool, jobs: mpsc::WeakSender<Job>) {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let Some(jobs) = jobs.upgrade().filter(|jobs| !jobs.is_closed()) else { return };
        match move_pages(&readers).await {
            // What was written meanwhile is little. The writer moves it, and begins the log anew: nobody else could
            // while commits follow on each other. A full queue has its turn next time.
            Ok(true) => drop(jobs.try_send(Job::EmptyLog)),
            Ok(false) => {}
            Err(error) => tracing::debug!(%error, "the log stays as long as it is"),
        }
    }
}

/// Moves what is there, if it is worth it.
async fn move_pages(readers: &SqlitePool) -> sqlx::Result<bool> {
    let (_, in_log, moved): (i64, i64, i64) = query_as(LOOK).fetch_one(readers).await?;
    if in_log - moved < WORTH_PAGES {
        return Ok(false);
    }
    let _: (i64, i64, i64) = query_as(MOVE).fetch_one(readers).await?;
    Ok(true)
}

const LOOK: &str = "pragma wal_checkpoint(noop)";
/// Waits for nobody, and nobody waits for it.
pub(crate) const MOVE: &str = "pragma wal_checkpoint(passive)";

#[cfg(test)]
mod tests {
    use super::{LOOK, WORTH_PAGES};
    use crate::db::Db;
    use crate::testing::TestDatabase;
    use crate::{EventRow, Write};
    use hookflash_domain::Timestamp;
    use sqlx::query_as;
    use std::time::Duration;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_long_log_is_moved_without_a_commit_that_does_it() {
        let database = TestDatabase::sqlite();
        let store = database.store().await;
        let Db::Sqlite(readers) = &store.db else { panic!("not SQLite") };
        let ten_pages = EventRow {
            at: Timestamp(1),
            kind: "long".to_owned(),
            interaction_id: None,
            consult_id: None,
            user_id: None,
            by_name: None,
            payload: "x".repeat(40_000),
        };
        for _ in 0..WORTH_PAGES / 10 + 1 {
            store.commit(vec![Write::Event(Box::new(ten_pages.clone()))]).await.expect("committed");
        }
        let all_moved = async {
            loop {
                let (_, in_log, moved): (i64, i64, i64) =
                    query_as(LOOK).fetch_one(readers).await.expect("asked");
                if in_log == moved {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), all_moved).await.expect("all pages are moved");
    }
}
