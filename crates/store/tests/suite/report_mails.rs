//! Mails with reports: they wait for the runs, are one node's at a time, and only the newest try counts.

use crate::report_runs::{by, run, user};
use crate::report_schedules::schedule;
use crate::rows;
use hookflash_domain::Timestamp;
use hookflash_store::Store;
use hookflash_store::report_mails::{ReportMailRow, Settled};
use hookflash_store::report_schedules::{Fired, ReportFireRow, ScheduleLimits};
use hookflash_store::testing::TestDatabase;
use uuid::Uuid;

on_both!(a_mail_waits_for_its_reports, only_the_newest_try_settles, mails_go_with_their_schedule);

/// A schedule that has fired, with a run and a mail.
async fn fired(store: &Store) -> (Uuid, Uuid, Uuid) {
    let (user_id, fire_id) = (user(store, "sara").await, rows::id());
    let schedule = schedule(user_id, Some(1_000));
    let limits = ScheduleLimits { all: 9, one_user: 9 };
    store.create_report_schedule(&schedule, limits, &by()).await.unwrap();
    let mut run = run(user_id);
    run.fire_id = Some(fire_id);
    let mail = ReportMailRow {
        mail_id: rows::id(),
        fire_id,
        address: "anna@firm.test".to_owned(),
        subject: "Mornings".to_owned(),
        form: "link".to_owned(),
        state: "waiting".to_owned(),
        attempt: 0,
        next_try_at: Timestamp(1_000),
        error_code: None,
        error_words: None,
        sent_at: None,
    };
    let fire = ReportFireRow {
        fire_id,
        schedule_id: schedule.schedule_id,
        due_at: Timestamp(1_000),
        fired_at: Timestamp(1_000),
        by_hand: false,
    };
    let ids = (schedule.schedule_id, run.run_id, mail.mail_id);
    let (runs, mails, most_waiting) = (vec![run], vec![mail], 100);
    let fired = Fired { fire, revision: 1, next_fire_at: None, runs, mails, most_waiting };
    assert!(store.fire_report_schedule(&fired, &by()).await.unwrap());
    ids
}

/// Which try of a mail is begun.
async fn claim(store: &Store, now: i64) -> Option<i64> {
    let claimed = store.claim_report_mail(Timestamp(now), Timestamp(now + 100)).await.unwrap();
    claimed.map(|mail| mail.attempt)
}

fn settled(state: &'static str, next_try_at: i64) -> Settled {
    Settled { state, next_try_at: Timestamp(next_try_at), error_code: None, error_words: None, sent_at: None }
}

async fn a_mail_waits_for_its_reports(database: TestDatabase) {
    let store = database.store().await;
    let (_, run_id, mail_id) = fired(&store).await;
    assert_eq!(claim(&store, 5_000).await, None, "its run is queued");
    store.cancel_report_run(run_id, Timestamp(9_000), &by()).await.unwrap();
    assert_eq!(claim(&store, 999).await, None, "its time has not come");
    assert_eq!(claim(&store, 5_000).await, Some(1));
    assert_eq!(claim(&store, 5_099).await, None, "another node sends it");
    assert!(store.settle_report_mail(mail_id, 1, &settled("sent", 5_050)).await.unwrap());
    assert_eq!(claim(&store, 99_000).await, None);
    let fire_id = store.last_report_mails().await.unwrap()[0].fire_id;
    let (fire, runs) = store.report_fire(fire_id).await.unwrap().unwrap();
    assert_eq!((fire.due_at, runs.len(), runs[0].0.run_id), (Timestamp(1_000), 1, run_id));
}

async fn only_the_newest_try_settles(database: TestDatabase) {
    let store = database.store().await;
    let (_, run_id, mail_id) = fired(&store).await;
    store.cancel_report_run(run_id, Timestamp(9_000), &by()).await.unwrap();
    assert_eq!(claim(&store, 1_000).await, Some(1));
    assert_eq!(claim(&store, 1_100).await, Some(2), "the first node did not come back");
    assert!(!store.settle_report_mail(mail_id, 1, &settled("sent", 0)).await.unwrap());
    assert!(store.settle_report_mail(mail_id, 2, &settled("waiting", 3_000)).await.unwrap());
    assert!(!store.settle_report_mail(mail_id, 2, &settled("sent", 0)).await.unwrap(), "once");
    assert_eq!(claim(&store, 2_999).await, None);
    assert_eq!(claim(&store, 3_000).await, Some(3));
    store.release_report_mails().await.unwrap();
    assert_eq!(claim(&store, 3_001).await, Some(4), "a server that was killed sends it at once");
}

async fn mails_go_with_their_schedule(database: TestDatabase) {
    let store = database.store().await;
    let (schedule_id, run_id, _) = fired(&store).await;
    store.cancel_report_run(run_id, Timestamp(9_000), &by()).await.unwrap();
    store.remove_report_schedule(schedule_id, &by()).await.unwrap();
    assert_eq!(claim(&store, 5_000).await, None);
    assert_eq!(store.last_report_mails().await.unwrap(), []);
    assert!(store.report_run(run_id).await.unwrap().is_some());
}
