//! Schedules of reports: a time fires once with all of its runs, or not at all.

use crate::report_runs::{by, run, user};
use crate::rows;
use hookflash_domain::{Timestamp, UserId};
use hookflash_store::report_runs::RunLimits;
use hookflash_store::report_schedules::{Fired, ReportFireRow, ReportScheduleRow, ScheduleLimits};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Store, StoreError};
use uuid::Uuid;

on_both!(
    a_time_fires_once_with_its_runs,
    two_nodes_fire_a_time_once,
    what_was_changed_meanwhile_does_not_fire,
    a_schedule_waits_for_its_last_reports,
    a_schedule_waits_for_others_where_many_wait,
    no_more_than_may_be,
    what_is_removed_leaves_its_reports
);

const LIMITS: ScheduleLimits = ScheduleLimits { all: 3, one_user: 2 };

/// A schedule called Mornings; none is due where it is off.
pub(crate) fn schedule(user_id: UserId, next_fire_at: Option<i64>) -> ReportScheduleRow {
    ReportScheduleRow {
        schedule_id: rows::id(),
        user_id,
        name: "Mornings".to_owned(),
        definition: "{}".to_owned(),
        revision: 1,
        created_at: Timestamp(1),
        next_fire_at: next_fire_at.map(Timestamp),
        off_reason: None,
    }
}

async fn created(store: &Store, user_id: UserId, next_fire_at: i64) -> ReportScheduleRow {
    let schedule = schedule(user_id, Some(next_fire_at));
    store.create_report_schedule(&schedule, LIMITS, &by()).await.unwrap();
    schedule
}

/// A fire with two runs.
fn fired(schedule: &ReportScheduleRow, due_at: i64, next_fire_at: i64) -> Fired {
    let fire_id = rows::id();
    let mut runs = vec![run(schedule.user_id), run(schedule.user_id)];
    runs.iter_mut().for_each(|run| run.fire_id = Some(fire_id));
    let fire = ReportFireRow {
        fire_id,
        schedule_id: schedule.schedule_id,
        due_at: Timestamp(due_at),
        fired_at: Timestamp(due_at + 1),
        by_hand: false,
    };
    Fired {
        fire,
        revision: schedule.revision,
        next_fire_at: Some(Timestamp(next_fire_at)),
        runs,
        mails: Vec::new(),
        most_waiting: 100,
    }
}

fn by_hand(schedule: &ReportScheduleRow, at: i64) -> Fired {
    let mut fired = fired(schedule, at, 0);
    fired.fire.by_hand = true;
    fired
}

async fn due(store: &Store, now: i64) -> Vec<Uuid> {
    let due = store.due_report_schedules(Timestamp(now)).await.unwrap();
    due.into_iter().map(|schedule| schedule.schedule_id).collect()
}

/// When it is due, when its last fire was, and how many runs that has.
async fn stands(store: &Store, schedule_id: Uuid) -> (Option<i64>, Option<i64>, usize) {
    let row = store.report_schedule(schedule_id).await.unwrap().unwrap();
    let last = store.last_report_fires().await.unwrap();
    let last = last.into_iter().find(|(fire, _)| fire.schedule_id == schedule_id);
    let (due_at, count) = last.map(|(fire, runs)| (fire.due_at.0, runs.len())).unzip();
    (row.next_fire_at.map(|at| at.0), due_at, count.unwrap_or_default())
}

/// Cancels all that waits.
async fn clear(store: &Store) {
    for (fire, runs) in store.last_report_fires().await.unwrap() {
        for run in runs {
            store.cancel_report_run(run.run_id, fire.fired_at, &by()).await.unwrap();
        }
    }
}

async fn a_time_fires_once_with_its_runs(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    assert_eq!(store.next_report_fire().await.unwrap(), None);
    let late = created(&store, sara, 2_000).await;
    let early = created(&store, sara, 1_000).await;
    assert_eq!(store.next_report_fire().await.unwrap(), Some(Timestamp(1_000)));
    assert!(due(&store, 999).await.is_empty());
    assert_eq!(due(&store, 2_000).await, [early.schedule_id, late.schedule_id]);
    assert!(store.fire_report_schedule(&fired(&early, 1_000, 5_000), &by()).await.unwrap());
    assert_eq!(stands(&store, early.schedule_id).await, (Some(5_000), Some(1_000), 2));
    assert!(!store.fire_report_schedule(&fired(&early, 1_000, 5_000), &by()).await.unwrap(), "once");
    assert_eq!(stands(&store, early.schedule_id).await, (Some(5_000), Some(1_000), 2));
    assert_eq!(due(&store, 2_000).await, [late.schedule_id]);
    // A fire that cannot be written as a whole is not there at all.
    let mut broken = fired(&late, 2_000, 6_000);
    broken.runs[1].user_id = UserId(rows::id());
    assert_eq!(store.fire_report_schedule(&broken, &by()).await, Err(StoreError::NotFound("user")));
    assert_eq!(stands(&store, late.schedule_id).await, (Some(2_000), None, 0));
    // One for all that were missed.
    assert!(store.fire_report_schedule(&fired(&late, 9_000, 9_500), &by()).await.unwrap());
    assert_eq!(stands(&store, late.schedule_id).await, (Some(9_500), Some(9_000), 2));
}

async fn two_nodes_fire_a_time_once(database: TestDatabase) {
    let (one, other) = (database.store().await, database.store().await);
    let sara = user(&one, "sara").await;
    let schedule = created(&one, sara, 1_000).await;
    for due_at in (1_000..20_000).step_by(1_000) {
        let (first, second) =
            (fired(&schedule, due_at, due_at + 1_000), fired(&schedule, due_at, due_at + 1_000));
        let by = by();
        let results =
            tokio::join!(one.fire_report_schedule(&first, &by), other.fire_report_schedule(&second, &by));
        assert!(results.0.unwrap() != results.1.unwrap());
        assert_eq!(stands(&one, schedule.schedule_id).await, (Some(due_at + 1_000), Some(due_at), 2));
    }
}

async fn what_was_changed_meanwhile_does_not_fire(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    let old = created(&store, sara, 1_000).await;
    let off_reason = Some("owner".to_owned());
    let new =
        ReportScheduleRow { name: "Evenings".to_owned(), next_fire_at: None, off_reason, ..old.clone() };
    assert!(store.change_report_schedule(&new, &by()).await.unwrap().is_some());
    assert_eq!(store.change_report_schedule(&new, &by()).await.unwrap(), None, "it was changed meanwhile");
    assert!(!store.fire_report_schedule(&fired(&old, 1_000, 5_000), &by()).await.unwrap());
    assert!(!store.fire_report_schedule(&by_hand(&old, 1_000), &by()).await.unwrap());
    let changed = store.report_schedule(old.schedule_id).await.unwrap().unwrap();
    assert_eq!(changed, ReportScheduleRow { revision: 2, ..new });
    assert!(!store.fire_report_schedule(&fired(&changed, 1_000, 5_000), &by()).await.unwrap(), "it is off");
    assert!(store.fire_report_schedule(&by_hand(&changed, 1_000), &by()).await.unwrap());
    assert_eq!(stands(&store, old.schedule_id).await, (None, Some(1_000), 2));
}

async fn a_schedule_waits_for_its_last_reports(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    let schedule = created(&store, sara, 1_000).await;
    assert!(store.fire_report_schedule(&fired(&schedule, 1_000, 2_000), &by()).await.unwrap());
    assert!(due(&store, 3_000).await.is_empty());
    let refused = store.fire_report_schedule(&by_hand(&schedule, 2_500), &by()).await;
    assert_eq!(refused, Err(StoreError::ScheduleBusy));
    clear(&store).await;
    assert_eq!(due(&store, 3_000).await, [schedule.schedule_id]);
    assert!(store.fire_report_schedule(&by_hand(&schedule, 2_500), &by()).await.unwrap());
    assert_eq!(stands(&store, schedule.schedule_id).await, (Some(2_000), Some(2_500), 2));
}

async fn a_schedule_waits_for_others_where_many_wait(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    let (one, other) = (created(&store, sara, 1_000).await, created(&store, sara, 1_000).await);
    let few = |schedule: &ReportScheduleRow| Fired { most_waiting: 1, ..fired(schedule, 1_000, 5_000) };
    assert!(store.fire_report_schedule(&few(&one), &by()).await.unwrap(), "where nothing waits it need not");
    assert_eq!(store.fire_report_schedule(&few(&other), &by()).await, Err(StoreError::TooManyRuns));
    assert_eq!(stands(&store, other.schedule_id).await, (Some(1_000), None, 0), "it stays due");
    let limits = RunLimits { all: 2, one_user: 9 };
    assert_eq!(store.ask_for_report(&run(sara), limits, &by()).await, Err(StoreError::TooManyRuns));
    clear(&store).await;
    assert!(store.fire_report_schedule(&few(&other), &by()).await.unwrap());
}

async fn no_more_than_may_be(database: TestDatabase) {
    let store = database.store().await;
    let (sara, tom) = (user(&store, "sara").await, user(&store, "tom").await);
    let add = async |user| store.create_report_schedule(&schedule(user, None), LIMITS, &by()).await.map(drop);
    assert_eq!((add(sara).await, add(sara).await), (Ok(()), Ok(())));
    assert_eq!(add(sara).await, Err(StoreError::TooManySchedules));
    assert_eq!(add(tom).await, Ok(()));
    assert_eq!(add(tom).await, Err(StoreError::TooManySchedules));
    assert_eq!(store.report_schedules().await.unwrap().len(), 3);
}

async fn what_is_removed_leaves_its_reports(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    let schedule = created(&store, sara, 1_000).await;
    let first = fired(&schedule, 1_000, 2_000);
    assert!(store.fire_report_schedule(&first, &by()).await.unwrap());
    clear(&store).await;
    assert!(store.fire_report_schedule(&fired(&schedule, 2_000, 3_000), &by()).await.unwrap());
    // The first fire has its runs still, then not, and the last one is kept whatever its age.
    store.forget_report_fires(Timestamp(9_000)).await.unwrap();
    let kept = store.report_run(first.runs[0].run_id).await.unwrap().unwrap().0;
    assert_eq!(kept.fire_id, Some(first.fire.fire_id));
    for run in &first.runs {
        store.remove_report_run(run.run_id, &by()).await.unwrap();
    }
    store.forget_report_fires(Timestamp(9_000)).await.unwrap();
    assert_eq!(stands(&store, schedule.schedule_id).await, (Some(3_000), Some(2_000), 2));
    let last = store.last_report_fires().await.unwrap();
    store.remove_report_schedule(schedule.schedule_id, &by()).await.unwrap();
    assert_eq!(
        store.remove_report_schedule(schedule.schedule_id, &by()).await,
        Err(StoreError::NotFound("report schedule"))
    );
    assert_eq!(store.last_report_fires().await.unwrap(), []);
    let left = store.report_run(last[0].1[0].run_id).await.unwrap().unwrap().0;
    assert_eq!((left.state.as_str(), left.fire_id), ("queued", None));
}
