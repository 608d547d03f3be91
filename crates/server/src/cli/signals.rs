//! Waiting to be told to stop.

use tokio::signal::unix::{SignalKind, signal};

/// Waits for Ctrl+C, SIGTERM or SIGHUP.
///
/// # Errors
/// The system does not let signals be watched.
pub(super) async fn told_to_stop() -> std::io::Result<()> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hang_up.recv() => {}
    }
    Ok(())
}
