//! How long a commit takes at a given pace, and what it costs:
//! `cargo run --example pace -- <database url> <batches a second> <seconds>`.
//! A batch is what one chat message makes: consult, message, event, outbox.

use hookflash_domain::{ConsultId, MessageId, NetworkId, Timestamp, UserId};
use hookflash_store::{ConsultRow, EventRow, MessageRow, Options, OutboxRow, Store, Write};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uuid::Uuid;

#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn now() -> Instant {
    Instant::now()
}

#[expect(clippy::disallowed_methods, reason = "the one place of this program that makes ids")]
fn id() -> Uuid {
    Uuid::now_v7()
}

fn batch(consult_id: ConsultId) -> Vec<Write> {
    let consult = ConsultRow {
        consult_id,
        interaction_id: None,
        agent_id: UserId(Uuid::nil()),
        network: NetworkId("skype".to_owned()),
        state: "talking".to_owned(),
        outcome: None,
        started_at: Timestamp(1),
        ended_at: None,
        expert_name: "Oskar Lindqvist".to_owned(),
        last_text: "Does the tariff include roaming?".to_owned(),
        body: "x".repeat(1_500),
    };
    let message = MessageRow {
        message_id: MessageId(id()),
        consult_id,
        by_role: "agent".to_owned(),
        author_name: "Ada".to_owned(),
        text: "Does the tariff include roaming?".to_owned(),
        at: Timestamp(1),
        state: "sending".to_owned(),
        reason: None,
        shared: "[]".to_owned(),
        network_message_id: None,
        html: None,
    };
    let event = EventRow {
        at: Timestamp(1),
        kind: "message".to_owned(),
        interaction_id: None,
        consult_id: Some(consult_id),
        user_id: None,
        by_name: None,
        payload: "y".repeat(300),
    };
    let outbox = OutboxRow {
        outbox_id: id(),
        consult_id,
        kind: "send".to_owned(),
        payload: "z".repeat(200),
        created_at: Timestamp(1),
    };
    vec![
        Write::Consult(Box::new(consult)),
        Write::Message(Box::new(message)),
        Write::Event(Box::new(event)),
        Write::OutboxAdd(outbox),
    ]
}

/// Processor time of this process so far, in clock ticks of 10 ms (proc(5), fields 14 and 15).
fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<_> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |n: usize| fields.get(n).and_then(|ticks| ticks.parse::<u64>().ok()).unwrap_or(0);
    (ticks(11) + ticks(12)) * 10
}

#[tokio::main]
async fn main() {
    let arguments: Vec<_> = std::env::args().collect();
    let [_, url, rate, seconds] = arguments.as_slice() else {
        eprintln!("pace <database url> <batches a second> <seconds>");
        return;
    };
    let (rate, seconds): (u64, u64) = (rate.parse().expect("a number"), seconds.parse().expect("a number"));
    let store = Store::open(url, Options::default()).await.expect("a database");
    let consults: Vec<_> = (0..200).map(|_| ConsultId(id())).collect();
    let (began, cpu) = (now(), cpu_ms());
    let mut commits = JoinSet::new();
    let mut ticks = tokio::time::interval(Duration::from_millis(2));
    let mut sent = 0;
    while sent < rate * seconds {
        ticks.tick().await;
        let due = u64::try_from(began.elapsed().as_micros()).expect("short") * rate / 1_000_000;
        while sent < due {
            let (store, writes) =
                (store.clone(), batch(consults[usize::try_from(sent).expect("small") % 200]));
            commits.spawn(async move {
                let began = now();
                store.commit(writes).await.map(|_| began.elapsed())
            });
            sent += 1;
        }
    }
    let mut took = Vec::new();
    let mut refused = 0;
    while let Some(done) = commits.join_next().await {
        match done.expect("no panic") {
            Ok(time) => took.push(time),
            Err(_) => refused += 1,
        }
    }
    took.sort_unstable();
    let of = |hundredth: usize| took.get(took.len() * hundredth / 100).copied().unwrap_or_default();
    println!(
        "{} committed, {refused} refused in {:?}; p50 {:?} p99 {:?} max {:?}; {} ms of processor a second",
        took.len(),
        began.elapsed(),
        of(50),
        of(99),
        took.last(),
        (cpu_ms() - cpu) / seconds
    );
    store.close().await;
}
