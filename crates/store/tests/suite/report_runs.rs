//! Runs of reports: one at a time, in tries of which only the newest counts; files whole or not at all.

use crate::rows;
use hookflash_domain::{Timestamp, UserId};
use hookflash_store::report_runs::{Finished, PART_BYTES, ReportFileRow, ReportRunRow, RunLimits, Runs};
use hookflash_store::testing::TestDatabase;
use hookflash_store::users::{Role, UserRow};
use hookflash_store::{By, Store, StoreError};
use uuid::Uuid;

on_both!(
    one_is_made_at_a_time_the_oldest_first,
    only_the_newest_try_may_finish,
    a_file_is_offered_when_the_run_has_finished,
    what_is_cancelled_finishes_nothing,
    no_more_wait_than_may,
    what_is_over_is_forgotten_in_time,
    lists_are_pages_newest_first
);

const LIMITS: RunLimits = RunLimits { all: 100, one_user: 100 };

pub(crate) fn by() -> By {
    By { at: Timestamp(1_000), user_id: None, name: "the test".to_owned() }
}

pub(crate) async fn user(store: &Store, name: &str) -> UserId {
    let user = UserRow {
        user_id: UserId(rows::id()),
        sign_in_name: name.to_owned(),
        name: name.to_owned(),
        password_hash: hookflash_store::Secret("x".to_owned()),
        roles: [Role::Supervisor].into(),
        language: None,
        active: true,
        created_at: Timestamp(1),
    };
    store.create_user(&user, &[], &[], &by()).await.unwrap();
    user.user_id
}

pub(crate) fn run(user_id: UserId) -> ReportRunRow {
    ReportRunRow {
        run_id: rows::id(),
        user_id,
        report: "queue-daily".to_owned(),
        parameters: "{}".to_owned(),
        shows_people: false,
        state: "queued".to_owned(),
        attempt: 0,
        progress: 0,
        error_code: None,
        requested_at: Timestamp(1_000),
        started_at: None,
        ended_at: None,
        expires_at: None,
        lease_until: None,
        fire_id: None,
    }
}

async fn ask(store: &Store, user_id: UserId) -> Uuid {
    let run = run(user_id);
    store.ask_for_report(&run, LIMITS, &by()).await.unwrap();
    run.run_id
}

/// Which run is claimed, and which try it is.
async fn claim(store: &Store, now: i64) -> Option<(Uuid, i64)> {
    let claimed = store.claim_report_run(Timestamp(now), Timestamp(now + 100)).await.unwrap();
    claimed.map(|run| (run.run_id, run.attempt))
}

fn finished(run_id: Uuid, parts: i64) -> Finished {
    let file = ReportFileRow {
        run_id,
        format: "csv".to_owned(),
        byte_count: parts * 3,
        part_count: parts,
        error_code: None,
    };
    Finished {
        state: "completed",
        error_code: None,
        files: vec![file],
        ended_at: Timestamp(5_000),
        expires_at: Timestamp(9_000),
    }
}

async fn state(store: &Store, run_id: Uuid) -> Option<String> {
    store.report_run(run_id).await.unwrap().map(|(run, _)| run.state)
}

async fn one_is_made_at_a_time_the_oldest_first(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    assert_eq!(claim(&store, 0).await, None);
    let (first, second) = (ask(&store, sara).await, ask(&store, sara).await);
    assert_eq!(claim(&store, 1_000).await, Some((first, 1)));
    assert_eq!(claim(&store, 1_000).await, None, "another node has one");
    assert!(store.keep_report_run(first, 1, 40, Timestamp(2_000)).await.unwrap());
    assert_eq!(claim(&store, 1_500).await, None, "its lease was kept");
    assert!(store.finish_report_run(first, 1, &finished(first, 0)).await.unwrap());
    assert_eq!(claim(&store, 1_500).await, Some((second, 1)));
    store.release_report_runs().await.unwrap();
    assert_eq!(claim(&store, 1_501).await, Some((second, 2)));
}

async fn only_the_newest_try_may_finish(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    let run_id = ask(&store, sara).await;
    claim(&store, 1_000).await;
    store.add_report_part(run_id, 1, "csv", 0, b"old").await.unwrap();
    assert_eq!(claim(&store, 1_101).await, Some((run_id, 2)), "the lease was not kept");
    assert!(!store.keep_report_run(run_id, 1, 50, Timestamp(9_000)).await.unwrap());
    // The first one does not know yet.
    store.add_report_part(run_id, 1, "csv", 1, b"old").await.unwrap();
    assert!(!store.finish_report_run(run_id, 1, &finished(run_id, 1)).await.unwrap());
    store.add_report_part(run_id, 2, "csv", 0, b"new").await.unwrap();
    assert!(store.finish_report_run(run_id, 2, &finished(run_id, 1)).await.unwrap());
    assert!(!store.finish_report_run(run_id, 2, &finished(run_id, 1)).await.unwrap(), "once");
    assert_eq!(store.report_part(run_id, "csv", 0).await.unwrap(), Some(b"new".to_vec()));
    assert_eq!(store.report_part(run_id, "csv", 1).await.unwrap(), None);
}

async fn a_file_is_offered_when_the_run_has_finished(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    let run_id = ask(&store, sara).await;
    claim(&store, 1_000).await;
    let part = vec![7; PART_BYTES];
    store.add_report_part(run_id, 1, "csv", 0, &part).await.unwrap();
    let over = store.add_report_part(run_id, 1, "csv", 1, &vec![7; PART_BYTES + 1]).await;
    assert_eq!(over, Err(StoreError::TooLong("the part of the file")));
    assert_eq!(store.report_part(run_id, "csv", 0).await.unwrap(), None);
    assert_eq!(store.report_run(run_id).await.unwrap().unwrap().1, []);
    let finished = finished(run_id, 1);
    store.finish_report_run(run_id, 1, &finished).await.unwrap();
    assert_eq!(store.report_part(run_id, "csv", 0).await.unwrap(), Some(part));
    assert_eq!(store.report_part(run_id, "pdf", 0).await.unwrap(), None);
    assert_eq!(store.report_run(run_id).await.unwrap().unwrap().1, finished.files);
    let gone = store.add_report_part(Uuid::nil(), 1, "csv", 0, b"x").await;
    assert_eq!(gone, Err(StoreError::NotFound("report run")));
}

async fn what_is_cancelled_finishes_nothing(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    let (running, queued) = (ask(&store, sara).await, ask(&store, sara).await);
    claim(&store, 1_000).await;
    for run_id in [running, queued] {
        assert!(store.cancel_report_run(run_id, Timestamp(9_000), &by()).await.unwrap().is_some());
        assert_eq!(store.cancel_report_run(run_id, Timestamp(9_000), &by()).await.unwrap(), None);
        assert_eq!(state(&store, run_id).await.as_deref(), Some("cancelled"));
    }
    assert!(!store.keep_report_run(running, 1, 50, Timestamp(9_000)).await.unwrap());
    store.add_report_part(running, 1, "csv", 0, b"x").await.unwrap();
    assert!(!store.finish_report_run(running, 1, &finished(running, 1)).await.unwrap());
    assert_eq!(state(&store, running).await.as_deref(), Some("cancelled"));
    assert_eq!(claim(&store, 9_000).await, None);
}

async fn no_more_wait_than_may(database: TestDatabase) {
    let store = database.store().await;
    let (sara, sam) = (user(&store, "sara").await, user(&store, "sam").await);
    let limits = RunLimits { all: 3, one_user: 2 };
    let ask = async |user| store.ask_for_report(&run(user), limits, &by()).await.map(drop);
    assert_eq!(ask(sara).await, Ok(()));
    assert_eq!(ask(sara).await, Ok(()));
    assert_eq!(ask(sara).await, Err(StoreError::TooManyRuns));
    assert_eq!(ask(sam).await, Ok(()));
    assert_eq!(ask(sam).await, Err(StoreError::TooManyRuns));
    let (first, _) = claim(&store, 1_000).await.unwrap();
    store.finish_report_run(first, 1, &finished(first, 0)).await.unwrap();
    assert_eq!(ask(sam).await, Ok(()));
    assert_eq!(ask(UserId(Uuid::nil())).await, Err(StoreError::TooManyRuns));
}

async fn what_is_over_is_forgotten_in_time(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    let (kept, removed, waiting) =
        (ask(&store, sara).await, ask(&store, sara).await, ask(&store, sara).await);
    for run_id in [kept, removed] {
        claim(&store, 1_000).await;
        store.add_report_part(run_id, 1, "csv", 0, b"abc").await.unwrap();
        store.finish_report_run(run_id, 1, &finished(run_id, 1)).await.unwrap();
    }
    assert!(!store.forget_expired_report_run(Timestamp(8_999)).await.unwrap());
    store.remove_report_run(removed, &by()).await.unwrap();
    assert_eq!(store.remove_report_run(removed, &by()).await, Err(StoreError::NotFound("report run")));
    assert_eq!(store.report_part(removed, "csv", 0).await.unwrap(), None);
    assert_eq!(store.report_part(kept, "csv", 0).await.unwrap(), Some(b"abc".to_vec()));
    assert!(store.forget_expired_report_run(Timestamp(9_000)).await.unwrap());
    assert!(!store.forget_expired_report_run(Timestamp(9_000)).await.unwrap());
    assert_eq!((state(&store, kept).await, state(&store, waiting).await), (None, Some("queued".to_owned())));
}

async fn lists_are_pages_newest_first(database: TestDatabase) {
    let store = database.store().await;
    let (sara, sam) = (user(&store, "sara").await, user(&store, "sam").await);
    let mut asked = Vec::new();
    for user in [sara, sam, sara, sara] {
        asked.push(ask(&store, user).await);
    }
    claim(&store, 1_000).await;
    store.finish_report_run(asked[0], 1, &finished(asked[0], 1)).await.unwrap();
    let list = async |user, before, limit| {
        let runs = store.report_runs(Runs { user, before, limit }).await.unwrap();
        runs.into_iter().map(|(run, files)| (run.run_id, files.len())).collect::<Vec<_>>()
    };
    let [oldest, of_sam, third, newest] = asked[..] else { panic!("four were asked for") };
    assert_eq!(list(None, None, 3).await, [(newest, 0), (third, 0), (of_sam, 0)]);
    assert_eq!(list(None, Some(of_sam), 3).await, [(oldest, 1)]);
    assert_eq!(list(Some(sara), Some(newest), 9).await, [(third, 0), (oldest, 1)]);
    assert_eq!(list(Some(UserId(Uuid::nil())), None, 9).await, []);
}
