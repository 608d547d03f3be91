//! Random walks: agents, experts and faults take 10,000 steps; at rest what each side has seen
//! agrees with a reference model. No message is lost or doubled. The seed is printed; `WALK_SEED`
//! and `WALK_STEPS` set it and the number of steps.

mod faults;
mod model;
mod taken;
mod walker;

use crate::stage::PoolStage;
use hookflash_connectors::conformance::{Answer, Failure, Stage};
use std::{env, sync::Arc};
use walker::Walker;

/// Steps of all agents together.
const STEPS: usize = 10_000;
/// Agents that walk at the same time.
const WALKERS: usize = 20;
/// Experts of each.
const EXPERTS: usize = 3;
/// Steps between two rests.
const STRIDE: usize = 50;

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_walks_lose_and_double_nothing() -> Result<(), Failure> {
    let seed = number("WALK_SEED").unwrap_or_else(rand::random);
    let steps = number("WALK_STEPS").and_then(|steps| usize::try_from(steps).ok()).unwrap_or(STEPS);
    println!("WALK_SEED={seed}");
    // Chosen by RUST_LOG, such as `hookflash_connectors=debug`; another test may have done it.
    let filter = tracing_subscriber::EnvFilter::from_default_env();
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().try_init();
    // Nothing may end by itself while the walk is somewhere else, on a slow machine too.
    let patient = ["--ring-ms", "600000", "--undelivered-ms", "600000"];
    let stage = Arc::new(PoolStage::start(&patient).await);
    let mut walks = Vec::new();
    for at in 0..WALKERS {
        let account = stage.agent().await?;
        let mut experts = Vec::new();
        for _ in 0..EXPERTS {
            experts.push(stage.expert(Answer::Accept).await?.id);
        }
        let walker =
            Walker::start(Arc::clone(&stage), account, experts, seed.wrapping_add(at as u64)).await?;
        walks.push(tokio::spawn(walk(walker, steps / WALKERS)));
    }
    let told = |failure: String| Failure(format!("WALK_SEED={seed}: {failure}"));
    let walked = walks.into_iter().map(|walk| async {
        match walk.await {
            Ok(outcome) => outcome.map_err(|failure| told(failure.to_string())),
            Err(error) => Err(told(error.to_string())),
        }
    });
    futures_util::future::try_join_all(walked).await.map(|_| ())
}

async fn walk(mut walker: Walker, steps: usize) -> Result<(), Failure> {
    for at in 0..steps {
        walker.step().await.map_err(|failure| walker.tell(at, &failure))?;
        if at % STRIDE == STRIDE - 1 {
            walker.rest().await.map_err(|failure| walker.tell(at, &failure))?;
        }
    }
    walker.rest().await.map_err(|failure| walker.tell(steps, &failure))?;
    walker.end().await;
    Ok(())
}
