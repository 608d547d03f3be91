//! Figures about the server itself, for Prometheus.

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Bounds of the histogram of answer times, in seconds.
const SECONDS: [f64; 10] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

/// How long measured times are kept one by one.
const SUM_UP_EVERY: Duration = Duration::from_secs(5);

/// Starts to count; calling it again changes nothing.
pub fn install() {
    let _ = handle();
}

/// Sums up measured times until `stop`. Without it each of them is kept until somebody asks for the figures, which
/// may be never.
pub async fn sum_up(stop: CancellationToken) {
    while stop.run_until_cancelled(tokio::time::sleep(SUM_UP_EVERY)).await.is_some() {
        if let Some(handle) = handle() {
            handle.run_upkeep();
        }
    }
}

/// The figures in Prometheus' text format.
#[must_use]
pub fn render() -> String {
    handle()
        .map(|handle| {
            handle.run_upkeep();
            handle.render()
        })
        .unwrap_or_default()
}

fn handle() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let builder = PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
                .ok()?;
            // It fails only where somebody else counts already; then there is nothing to render.
            builder.install_recorder().ok()
        })
        .as_ref()
}
