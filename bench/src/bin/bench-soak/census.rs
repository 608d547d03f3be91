//! What the server holds: memory, descriptors, tasks.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use hookflash_bench::clock;
use hookflash_bench::machine::{descriptors, resident_kb};
use hookflash_bench::server::Server;

/// Between two looks at the memory.
const EVERY: Duration = Duration::from_secs(2);
/// How long nothing may have moved: connections that nobody uses are kept for a minute and a half.
const RESTS_FOR: Duration = Duration::from_secs(100);
/// How long the server may take to come to rest.
const REST_WITHIN: Duration = Duration::from_secs(300);

/// What is held at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Census {
    pub(crate) tasks: i64,
    /// How many of each kind.
    pub(crate) descriptors: BTreeMap<String, usize>,
}

impl Census {
    /// Waits until nothing moves any more.
    pub(crate) async fn at_rest(server: &Server) -> anyhow::Result<Self> {
        let began = clock::now();
        let (mut last, mut since) = (Self::now(server).await?, clock::now());
        while since.elapsed() < RESTS_FOR && began.elapsed() < REST_WITHIN {
            tokio::time::sleep(Duration::from_millis(500)).await;
            let now = Self::now(server).await?;
            if now != last {
                (last, since) = (now, clock::now());
            }
        }
        Ok(last)
    }

    pub(crate) fn descriptor_count(&self) -> i64 {
        self.descriptors.values().map(|count| *count as i64).sum()
    }

    async fn now(server: &Server) -> anyhow::Result<Self> {
        let text = server.http.get(format!("{}/metrics", server.base)).send().await?.text().await?;
        let tasks = text.lines().find_map(|line| line.strip_prefix("hookflash_tasks "));
        let tasks: f64 = tasks.context("the server counts its tasks")?.parse()?;
        Ok(Self { tasks: tasks as i64, descriptors: descriptors(server.id())? })
    }
}

/// Memory in kB, from the beginning to the moment.
///
/// # Errors
/// The server has ended.
pub(crate) async fn memory(server: u32, until: Instant) -> anyhow::Result<Vec<u64>> {
    let mut all = Vec::new();
    while clock::now() < until {
        all.push(resident_kb(server)?);
        tokio::time::sleep(EVERY).await;
    }
    Ok(all)
}

/// How much more the mean of the last third is than that of the first, in hundredths.
pub(crate) fn growth_percent(samples: &[u64]) -> f64 {
    let third = samples.len() / 3;
    let mean = |part: &[u64]| part.iter().sum::<u64>() as f64 / part.len().max(1) as f64;
    let (first, last) = (mean(&samples[..third]), mean(&samples[samples.len() - third..]));
    (last / first - 1.0) * 100.0
}

#[cfg(test)]
mod tests {
    use super::growth_percent;

    #[test]
    fn thirds_are_compared() {
        assert!(growth_percent(&[100, 100, 500, 110, 110, 110]).abs() - 10.0 < 1e-9);
        assert!(growth_percent(&[100; 9]).abs() < 1e-9);
    }
}
