//! Many at once: neighbours are not harmed, and numbers follow the commits.

use crate::rows;
use hookflash_domain::{ConsultId, UserId};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Duplicate, Options, Store, StoreError, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::task::JoinSet;

on_both!(
    a_guilty_batch_does_not_harm_its_neighbours,
    a_thousand_commits_are_numbered_in_their_order,
    two_nodes_number_one_after_the_other,
    a_full_queue_refuses,
    closing_writes_what_waits,
);

async fn a_guilty_batch_does_not_harm_its_neighbours(database: TestDatabase) {
    let store = database.store().await;
    let consult = rows::consult(None, UserId(rows::id()));
    store.commit(vec![Write::Consult(Box::new(consult.clone()))]).await.unwrap();
    let mut commits = JoinSet::new();
    for n in 0..300_i64 {
        let store = store.clone();
        let consult_id = consult.consult_id;
        commits.spawn(async move {
            let mut message = rows::message(consult_id, n);
            // Every tenth belongs nowhere; every fifteenth is the same news.
            if n % 10 == 0 {
                message.consult_id = ConsultId(rows::id());
            } else if n % 15 == 0 {
                message.network_message_id = Some("same".to_owned());
            }
            (n, store.commit(vec![rows::event("said"), Write::Message(Box::new(message))]).await)
        });
    }
    let (mut good, mut same) = (Vec::new(), 0);
    while let Some(done) = commits.join_next().await {
        let (n, result) = done.unwrap();
        match result {
            Ok(done) => {
                assert!(n % 10 != 0);
                same += i32::from(n % 15 == 0);
                good.extend(done.seqs);
            }
            Err(StoreError::Duplicate(Duplicate::Message)) => assert_eq!(n % 15, 0),
            Err(error) => assert!(n % 10 == 0 && matches!(error, StoreError::Refused(_)), "{n} {error}"),
        }
    }
    // 300 - 30 guilty - 10 of fifteen that are not of ten, one of which wins.
    assert_eq!((good.len(), same), (300 - 30 - 10 + 1, 1));
    good.sort_unstable();
    assert_eq!(good, (1..=261).collect::<Vec<i64>>());
    assert_eq!(store.messages(consult.consult_id).await.unwrap().len(), 261);
}

/// Reads all the time; fails when a number is seen before a smaller one.
fn watch(store: Store, stop: Arc<AtomicBool>) -> tokio::task::JoinHandle<i64> {
    tokio::spawn(async move {
        let mut seen = 0;
        loop {
            let last_time = stop.load(Ordering::SeqCst);
            for event in store.events_after(seen, 10_000).await.unwrap() {
                assert_eq!(event.seq, seen + 1);
                seen = event.seq;
            }
            if last_time {
                return seen;
            }
        }
    })
}

async fn commit_many(stores: &[Store], count: usize) -> Vec<i64> {
    let mut commits = JoinSet::new();
    for n in 0..count {
        let store = stores[n % stores.len()].clone();
        commits.spawn(async move { store.commit(vec![rows::event("a"), rows::event("b")]).await.unwrap() });
    }
    let mut seqs = Vec::new();
    while let Some(done) = commits.join_next().await {
        let done = done.unwrap();
        assert_eq!(done.seqs[1], done.seqs[0] + 1, "a batch's events stay together");
        seqs.extend(done.seqs);
    }
    seqs.sort_unstable();
    seqs
}

async fn a_thousand_commits_are_numbered_in_their_order(database: TestDatabase) {
    let store = database.store().await;
    let stop = Arc::new(AtomicBool::new(false));
    let watcher = watch(store.clone(), stop.clone());
    let seqs = commit_many(std::slice::from_ref(&store), 1_000).await;
    stop.store(true, Ordering::SeqCst);
    assert_eq!(seqs, (1..=2_000).collect::<Vec<i64>>());
    assert_eq!(watcher.await.unwrap(), 2_000);
}

async fn two_nodes_number_one_after_the_other(database: TestDatabase) {
    let stores = [database.store().await, database.store().await];
    let stop = Arc::new(AtomicBool::new(false));
    let watcher = watch(stores[1].clone(), stop.clone());
    let seqs = commit_many(&stores, 400).await;
    stop.store(true, Ordering::SeqCst);
    assert_eq!(seqs, (1..=800).collect::<Vec<i64>>());
    assert_eq!(watcher.await.unwrap(), 800);
}

async fn a_full_queue_refuses(database: TestDatabase) {
    let options = Options { queue_count: 2, group_count: 1, ..Options::default() };
    let store = Store::open(database.url(), options).await.unwrap();
    let mut commits = JoinSet::new();
    for _ in 0..200 {
        let store = store.clone();
        commits.spawn(async move { store.commit(vec![rows::event("flood")]).await });
    }
    let mut refused = 0;
    while let Some(done) = commits.join_next().await {
        match done.unwrap() {
            Ok(_) => {}
            Err(error) => {
                assert_eq!(error, StoreError::Busy);
                refused += 1;
            }
        }
    }
    assert!(refused > 0);
    assert_eq!(store.last_seq().await.unwrap(), 200 - refused);
}

async fn closing_writes_what_waits(database: TestDatabase) {
    let store = database.store().await;
    let mut commits = JoinSet::new();
    for n in 0..300 {
        let store = store.clone();
        commits.spawn(async move {
            if n == 150 {
                store.close().await;
            }
            store.commit(vec![rows::event("last")]).await
        });
    }
    let answers = commits.join_all().await;
    let saved = answers.iter().filter(|answer| answer.is_ok()).count();
    assert!(answers.iter().all(|answer| matches!(answer, Ok(_) | Err(StoreError::Closed))), "{answers:?}");
    let store = database.store().await;
    assert_eq!(store.last_seq().await.unwrap(), i64::try_from(saved).unwrap());
}
