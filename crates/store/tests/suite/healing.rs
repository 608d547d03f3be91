//! Trouble with the database is told, and heals without a restart.

use crate::rows;
use hookflash_store::testing::{Cluster, TestDatabase};
use hookflash_store::{Options, Store, StoreError, Write};
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;
use tokio::task::JoinSet;

/// Commits until it works; a minute is the limit.
async fn heals(store: &Store) -> i64 {
    let work = async {
        loop {
            match store.commit(vec![rows::event("healed")]).await {
                Ok(done) => return done.last_seq.unwrap(),
                Err(StoreError::Unavailable(_)) => tokio::task::yield_now().await,
                Err(error) => panic!("{error}"),
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), work).await.expect("healed within a minute")
}

fn words(result: Result<hookflash_store::Committed, StoreError>) -> String {
    match result {
        Err(StoreError::Unavailable(words)) => words,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_file() {
    let database = TestDatabase::sqlite();
    let options = Options { lock_wait_ms: 50, ..Options::default() };
    let store = Store::open(database.url(), options).await.unwrap();
    let mut other = SqliteConnection::connect(database.url()).await.unwrap();
    other.execute("begin immediate").await.unwrap();
    let mut trouble = store.trouble();
    assert!(words(store.commit(vec![rows::event("lost")]).await).contains("locked"));
    trouble.wait_for(Option::is_some).await.unwrap();
    assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));
    assert_eq!(store.last_seq().await, Ok(0), "reading goes on");
    other.execute("rollback").await.unwrap();
    assert_eq!(heals(&store).await, 1);
    trouble.wait_for(Option::is_none).await.unwrap();
    assert_eq!(store.ping().await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk() {
    let database = TestDatabase::sqlite();
    let options = Options { sqlite_page_limit: Some(240), ..Options::default() };
    let store = Store::open(database.url(), options).await.unwrap();
    let mut kept = Vec::new();
    let told = loop {
        let mut row = rows::interaction(1);
        row.note = "n".repeat(20_000);
        let id = row.interaction_id;
        match store.commit(vec![Write::Interaction(Box::new(row)), rows::event("noted")]).await {
            Ok(_) => kept.push(id),
            Err(error) => break error,
        }
    };
    assert!(matches!(&told, StoreError::Unavailable(words) if words.contains("full")), "{told}");
    assert!(!kept.is_empty());
    let live = store.live().await.unwrap();
    assert_eq!((live.interactions.len(), live.last_seq), (kept.len(), i64::try_from(kept.len()).unwrap()));
    let mut other = SqliteConnection::connect(database.url()).await.unwrap();
    other.execute("delete from interaction").await.unwrap();
    heals(&store).await;
    store.commit(vec![Write::Interaction(Box::new(rows::interaction(2)))]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_connection() {
    let database = TestDatabase::postgres().await;
    let store = database.store().await;
    store.commit(vec![rows::event("before")]).await.unwrap();
    let mut other = sqlx::PgConnection::connect(database.url()).await.unwrap();
    let others = "select pg_terminate_backend(pid) from pg_stat_activity \
        where datname = current_database() and pid <> pg_backend_pid()";
    for n in 2..12 {
        other.execute(others).await.unwrap();
        assert_eq!(
            store.commit(vec![rows::event("after")]).await.unwrap().last_seq,
            Some(n),
            "a new one is taken"
        );
        assert_eq!(store.last_seq().await, Ok(n));
    }
}

/// Connections are cut at any moment, in the middle of commits too: each answer must be true.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_connections_never_make_an_answer_untrue() {
    let database = TestDatabase::postgres().await;
    let store = database.store().await;
    let stop = Arc::new(AtomicBool::new(false));
    let cutter = tokio::spawn({
        let (stop, mut other) = (stop.clone(), sqlx::PgConnection::connect(database.url()).await.unwrap());
        async move {
            let writers = "select pg_terminate_backend(pid) from pg_stat_activity \
                where datname = current_database() and pid <> pg_backend_pid()";
            // Ever more seldom, so that a slow machine comes to an end too.
            let mut longest_us = 20_000;
            while !stop.load(Ordering::SeqCst) {
                other.execute(writers).await.unwrap();
                let pause = rand::random_range(0..longest_us);
                tokio::time::sleep(Duration::from_micros(pause)).await;
                longest_us += 500;
            }
        }
    });
    let mut commits = JoinSet::new();
    for _ in 0..20 {
        let store = store.clone();
        commits.spawn(async move {
            let mut told = Vec::new();
            let mut trouble = store.trouble();
            let mut saved = 0;
            while saved < 20 {
                let row = rows::interaction(1);
                let id = row.interaction_id;
                let answer = store.commit(vec![Write::Interaction(Box::new(row)), rows::event("cut")]).await;
                saved += i32::from(answer.is_ok());
                told.push((id, answer));
                trouble.wait_for(Option::is_none).await.unwrap();
            }
            told
        });
    }
    let told: Vec<_> = commits.join_all().await.into_iter().flatten().collect();
    stop.store(true, Ordering::SeqCst);
    cutter.await.unwrap();
    heals(&store).await;
    let fresh = database.store().await;
    let live = fresh.live().await.unwrap();
    let kept: HashSet<_> = live.interactions.iter().map(|row| row.interaction_id).collect();
    let (mut saved, mut refused) = (0, 0);
    for (id, answer) in told {
        match answer {
            Ok(_) => {
                saved += 1;
                assert!(kept.contains(&id), "said to be saved");
            }
            Err(StoreError::Unavailable(_)) => {
                refused += 1;
                assert!(!kept.contains(&id), "said not to be saved");
            }
            Err(StoreError::InDoubt(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    println!("{saved} saved, {refused} refused");
    assert!(refused > 0, "no connection was cut in time");
    assert_eq!(live.last_seq, i64::try_from(kept.len()).unwrap() + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_away() {
    let cluster = Cluster::start_new().await;
    let url = cluster.create_database().await;
    let store = Store::open(&url, Options { lock_wait_ms: 200, ..Options::default() }).await.unwrap();
    let before = store.commit(vec![rows::event("before")]).await.unwrap();
    cluster.stop();
    words(store.commit(vec![rows::event("lost")]).await);
    assert!(matches!(store.last_seq().await, Err(StoreError::Unavailable(_))));
    cluster.start().await;
    assert_eq!(Some(heals(&store).await), before.last_seq.map(|seq| seq + 1));
}

on_both!(a_request_dropped_half_way_leaves_no_trace);

async fn a_request_dropped_half_way_leaves_no_trace(database: TestDatabase) {
    let store = database.store().await;
    let by = rows::by();
    let (mut finished, mut dropped) = (0, 0);
    for n in 0..120_u32 {
        let user = rows::user(&format!("u{n}"), []);
        let mut create = std::pin::pin!(store.create_user(&user, &[], &[], &by));
        // Dropped at each place where it waits, as an HTTP request whose client has gone. How often it waits
        // depends on how soon the database answers: every other one is dropped early.
        let mut turns = if n.is_multiple_of(2) { n / 2 % 5 } else { n % 40 };
        let is_finished = std::future::poll_fn(|context| {
            if turns == 0 {
                return Poll::Ready(false);
            }
            turns -= 1;
            create.as_mut().poll(context).map(|created| created.is_ok())
        });
        if is_finished.await { finished += 1 } else { dropped += 1 }
    }
    assert!(finished > 10 && dropped > 10, "{finished} {dropped}");
    heals(&store).await;
    // A commit that was on its way when its asker left may have happened, but only as a whole.
    let users = store.users().await.unwrap().len();
    assert!(users >= finished, "{users} {finished}");
    assert_eq!(i64::try_from(users + 1).unwrap(), store.last_seq().await.unwrap(), "each with its event");
}
