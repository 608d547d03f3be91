//! One suite for both engines: every case gets an empty database, once SQLite, once PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

/// Makes two tests of each case.
macro_rules! on_both {
    ($($case:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case(hookflash_store::testing::TestDatabase::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case(hookflash_store::testing::TestDatabase::postgres().await).await;
            })+
        }
    };
}

mod abilities;
mod administration;
mod commit;
mod concurrency;
mod durability;
mod expert_groups;
mod figures;
mod healing;
mod helped;
mod lists;
mod live;
mod meaning;
mod migrations;
mod nicknames;
mod people;
mod people_keys;
mod provisioned;
mod report_mails;
mod report_runs;
mod report_schedules;
mod rows;
mod saved_views;
mod statements;
mod thresholds;
