//! The least that makes records durable for many at once: one thread appends all that wait, calls `fdatasync`
//! once, and lets each go on.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Bytes of one record: a page of SQLite's log.
const BYTES: usize = 4_096;

/// What follows when a record is durable.
type Then = Box<dyn FnOnce() + Send>;

/// A file that grows; its thread ends with it.
pub struct GroupLog {
    waiting: Sender<Then>,
}

impl GroupLog {
    /// Begins one in this folder.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn start(folder: &Path) -> std::io::Result<Self> {
        let file = File::create(folder.join("group-log"))?;
        let (waiting, queue) = channel();
        std::thread::spawn(move || {
            if let Err(error) = keep(file, &queue) {
                eprintln!("the group log has ended: {error}");
            }
        });
        Ok(Self { waiting })
    }

    /// Calls `then` when a record is durable; never where the disk refuses.
    pub fn commit(&self, then: impl FnOnce() + Send + 'static) {
        // Whoever waits for it counts as lost when the thread has ended.
        let _ = self.waiting.send(Box::new(then));
    }

    /// Waits until a record is durable; for ever where the disk refuses.
    pub async fn committed(&self) {
        let (done, is_done) = tokio::sync::oneshot::channel();
        self.commit(move || {
            let _ = done.send(());
        });
        if is_done.await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

fn keep(mut file: File, queue: &Receiver<Then>) -> std::io::Result<()> {
    while let Ok(first) = queue.recv() {
        let group: Vec<Then> = std::iter::once(first).chain(queue.try_iter()).collect();
        file.write_all(&vec![0x5a_u8; BYTES * group.len()])?;
        file.sync_data()?;
        group.into_iter().for_each(|then| then());
    }
    Ok(())
}
