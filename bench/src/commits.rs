//! What one durable commit costs on a disk: append 4 kB, `fdatasync`, again and again.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::clock::now;
use crate::figures::Figures;

/// Bytes of one append: a page of SQLite's log.
const BYTES: usize = 4_096;
/// The file begins again after so many.
const MAX_APPENDS: usize = 20_000;

/// A loop on a thread of its own.
pub struct CommitLoop {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<std::io::Result<Vec<Duration>>>,
}

impl CommitLoop {
    /// Begins in this folder; `pause` between two commits, so that the loop need not load the disk.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn start(folder: &Path, pause: Duration) -> std::io::Result<Self> {
        let path = folder.join("commit-loop");
        let file = File::create(&path)?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let samples = commit(file, pause, &stopped);
            std::fs::remove_file(path)?;
            samples
        });
        Ok(Self { stop, thread })
    }

    /// Ends; the samples.
    ///
    /// # Errors
    /// The disk refused.
    pub fn finish(self) -> anyhow::Result<Figures> {
        self.stop.store(true, Ordering::Relaxed);
        let samples = self.thread.join().map_err(|_| anyhow::anyhow!("the commit loop panicked"))??;
        Ok(samples.into_iter().collect())
    }
}

/// One durable commit in this folder while nothing else writes: two seconds of them.
///
/// # Errors
/// The disk refuses.
pub async fn idle(folder: &Path) -> anyhow::Result<Figures> {
    let commits = CommitLoop::start(folder, Duration::from_millis(2))?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    commits.finish()
}

fn commit(mut file: File, pause: Duration, stop: &AtomicBool) -> std::io::Result<Vec<Duration>> {
    let page = [0x5a_u8; BYTES];
    let mut samples = Vec::new();
    while !stop.load(Ordering::Relaxed) && samples.len() < MAX_APPENDS {
        let began = now();
        file.write_all(&page)?;
        file.sync_data()?;
        samples.push(began.elapsed());
        std::thread::sleep(pause);
    }
    Ok(samples)
}
