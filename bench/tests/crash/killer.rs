//! Kills the server, starts it again.

use std::time::Duration;

use hookflash_bench::server::Server;
use rand::RngExt as _;
use rand::rngs::StdRng;

/// Longest life between two kills, from the start of the process.
const LONGEST_LIFE_MS: u64 = 5_000;
/// One kill in so many comes while the server is still starting.
const WHILE_STARTING: u32 = 8;

/// Kills so many times at random moments; the server runs at the end.
pub(crate) async fn kill_at_random(
    mut server: Server,
    kills: usize,
    mut random: StdRng,
) -> anyhow::Result<Server> {
    for _ in 0..kills {
        if random.random_ratio(1, WHILE_STARTING) {
            tokio::time::sleep(Duration::from_millis(random.random_range(0..400))).await;
        } else {
            server.ready().await?;
            tokio::time::sleep(Duration::from_millis(random.random_range(0..LONGEST_LIFE_MS))).await;
        }
        server.kill();
        server.spawn()?;
    }
    server.ready().await?;
    Ok(server)
}
