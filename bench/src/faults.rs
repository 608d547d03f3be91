//! Trouble at the pool: each kind once in random order, then at random.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::clock;
use crate::pool::Control;

/// From one fault to the next.
const EVERY_S: std::ops::RangeInclusive<u64> = 8..=20;

/// A fault: its name, and what the control API is asked for.
type Fault = (&'static str, &'static str, fn() -> Value);

/// Events of messages are not dropped: what a pool never tells, no client can know.
const FAULTS: [Fault; 10] = [
    ("restart", "/restart", || json!({})),
    ("cut", "/cut-channels", || json!({})),
    ("gone", "/gone", || json!({ "seconds": 4 })),
    ("gone, with Retry-After", "/gone", || json!({ "seconds": 3, "retry_after": 2 })),
    ("throttled", "/throttle", || json!({ "per_second": 30, "retry_after": 1 })),
    ("tickets expired", "/expire-tickets", || json!({})),
    ("presence lost", "/events", || json!({ "rel": "contactPresence", "drop": 50 })),
    ("events twice", "/events", || json!({ "duplicate": 100 })),
    ("events shuffled", "/events", || json!({ "shuffle": 50, "seed": 7 })),
    (
        "slow and cut",
        "/trouble",
        || json!({ "seconds": 4, "path": "messages", "delay_ms": 1_000, "cut_after": true }),
    ),
];
/// After this a fault that lasts is lifted.
const LIFTED_AFTER: Duration = Duration::from_secs(5);

/// Makes trouble until the moment comes; gives how often. Tells when each kind has come once, or there is
/// no time left for that.
///
/// # Errors
/// The pool does not take it.
pub async fn trouble(
    control: &Control,
    seed: u64,
    until: Instant,
    each_came: &Notify,
) -> anyhow::Result<usize> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut faults = chosen(&std::env::var("HOOKFLASH_BENCH_FAULTS").unwrap_or_default())?;
    faults.shuffle(&mut random);
    let mut count = 0;
    loop {
        tokio::time::sleep(Duration::from_secs(random.random_range(EVERY_S))).await;
        if clock::now() >= until {
            each_came.notify_one();
            return Ok(count);
        }
        let at = if count < faults.len() { count } else { random.random_range(0..faults.len()) };
        let (name, path, body) = faults[at];
        control.post(path, &body()).await?;
        let left = (until - clock::now()).as_secs_f64();
        println!("{left:>5.0} s left: {name}, at {:.3}", clock::utc_ms() / 1_000.0);
        count += 1;
        tokio::time::sleep(LIFTED_AFTER).await;
        control.post("/throttle", &json!({ "per_second": 0 })).await?;
        control.delete("/trouble").await?;
        control.delete("/events").await?;
        if count == faults.len() {
            each_came.notify_one();
        }
    }
}

/// The faults of these names, separated by commas; all where none is named.
fn chosen(names: &str) -> anyhow::Result<Vec<Fault>> {
    let names: Vec<_> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    let find = |name: &&str| FAULTS.into_iter().find(|(known, ..)| known == name);
    if names.is_empty() {
        return Ok(FAULTS.to_vec());
    }
    names.iter().map(|name| find(name).with_context(|| format!("there is no fault {name:?}"))).collect()
}
