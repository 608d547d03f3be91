//! Waiting for a condition, with a limit.

use std::time::Duration;

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Looks again and again until there is an answer.
///
/// # Errors
/// `limit` has passed; the error names `what`.
pub async fn until<T>(
    limit: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> anyhow::Result<T> {
    let began = crate::clock::now();
    loop {
        if let Some(answer) = look().await {
            return Ok(answer);
        }
        anyhow::ensure!(began.elapsed() < limit, "waited {} s in vain: {what}", limit.as_secs());
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
