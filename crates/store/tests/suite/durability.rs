//! What was acknowledged survives SIGKILL.

use crate::rows;
use hookflash_domain::{InteractionId, NetworkId, UserId};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Options, ResumePointRow, Store, Write};
use rand::{RngExt as _, SeedableRng as _};
use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Tells the test process that it is the child, and where it writes.
const CHILD: &str = "HOOKFLASH_STORE_TEST_CHILD";
const ROUNDS: usize = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_keeps_what_it_acknowledged() {
    match std::env::var(CHILD) {
        Ok(url) => commit_for_ever(&url).await,
        Err(_) => kill_often(&TestDatabase::sqlite(), "durability::sqlite_keeps_what_it_acknowledged").await,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_keeps_what_it_acknowledged() {
    match std::env::var(CHILD) {
        Ok(url) => commit_for_ever(&url).await,
        Err(_) => {
            kill_often(&TestDatabase::postgres().await, "durability::postgres_keeps_what_it_acknowledged")
                .await;
        }
    }
}

/// The child: twenty at once commit, and each acknowledged interaction is printed.
async fn commit_for_ever(url: &str) {
    let store = Store::open(url, Options::default()).await.unwrap();
    let mut writers = JoinSet::new();
    for _ in 0..20 {
        let store = store.clone();
        writers.spawn(async move {
            loop {
                let row = rows::interaction(1);
                let id = row.interaction_id;
                store.commit(vec![Write::Interaction(Box::new(row)), rows::event("kept")]).await.unwrap();
                store.commit(vec![Write::ResumePointSoon(place_of(id))]).await.unwrap();
                // One call, so that a line is whole unless the pipe is cut.
                std::io::stdout().write_all(format!("\nack {id}\n").as_bytes()).unwrap();
            }
        });
    }
    while writers.join_next().await.is_some() {}
}

/// A place on a network, known by an interaction.
fn place_of(interaction: InteractionId) -> ResumePointRow {
    let network = NetworkId(interaction.to_string());
    ResumePointRow { user_id: UserId(Uuid::nil()), network, value: String::new() }
}

async fn kill_often(database: &TestDatabase, test: &str) {
    let seed = rows::seed();
    let mut random = rand::rngs::StdRng::seed_from_u64(seed);
    let mut acknowledged = HashSet::new();
    for round in 0..ROUNDS {
        // Killed after so many acknowledgements and then some, so in the middle of something.
        let (count, then) =
            (random.random_range(1..400), Duration::from_micros(random.random_range(0..5_000)));
        let got = run_and_kill(database.url(), test, count, then);
        assert!(got.len() >= count, "round {round}: the child acknowledged {}", got.len());
        acknowledged.extend(got);
        let store = database.store().await;
        let live = store.live().await.unwrap();
        let kept: HashSet<_> = live.interactions.iter().map(|row| row.interaction_id).collect();
        let missing = acknowledged.difference(&kept).count();
        assert_eq!(missing, 0, "seed {seed}, round {round}");
        let places: HashSet<_> = live.resume_points.iter().map(|row| row.network.0.clone()).collect();
        let all_there = acknowledged.iter().all(|id| places.contains(&id.to_string()));
        assert!(all_there, "a place is missing: seed {seed}, round {round}");
        assert_eq!(i64::try_from(kept.len()).unwrap(), live.last_seq, "each with its event: seed {seed}");
        store.close().await;
    }
}

fn run_and_kill(url: &str, test: &str, count: usize, then: Duration) -> Vec<InteractionId> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .env(CHILD, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = Vec::new();
    let mut killed = false;
    while let Some(Ok(line)) = lines.next() {
        acknowledged.extend(line.strip_prefix("ack ").and_then(|id| id.parse::<InteractionId>().ok()));
        if acknowledged.len() >= count && !killed {
            std::thread::sleep(then);
            // SIGKILL; what it had printed is still read.
            child.kill().unwrap();
            killed = true;
        }
    }
    child.wait().unwrap();
    acknowledged
}
