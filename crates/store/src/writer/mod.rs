//! The writer: takes all batches that wait, commits them together, answers each.

mod apply;
mod facts;
mod group;
mod log;
mod patience;
mod plan;
mod script;

use crate::StoreError;
use crate::tx::Writing;
use crate::write::{Committed, Write};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};

#[cfg(any(test, feature = "testing"))]
pub(crate) use apply::STATEMENTS;
pub(crate) use log::{MOVE as MOVE_LOG, keep_short};

/// First and longest wait before trouble is looked at again.
const FIRST_WAIT: Duration = Duration::from_millis(20);
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// What the writer is asked.
#[derive(Debug)]
pub(crate) enum Job {
    Batch {
        writes: Vec<Write>,
        answer: Answer,
    },
    /// SQLite's log is nearly empty; see [`keep_short`].
    EmptyLog,
    Close {
        answer: oneshot::Sender<()>,
    },
}

/// Where a batch's answer goes.
pub(crate) type Answer = oneshot::Sender<Result<Committed, StoreError>>;

/// A batch that waits.
pub(crate) struct Batch {
    writes: Vec<Write>,
    answer: Answer,
}

/// What comes behind the batches of a group.
enum Behind {
    Nothing,
    EmptyLog,
    Close(oneshot::Sender<()>),
}

/// Runs until the store is closed or the last clone of it is gone.
pub(crate) async fn run(
    writing: Arc<Writing>,
    mut queue: mpsc::Receiver<Job>,
    tell: watch::Sender<Option<String>>,
    group_count: usize,
) {
    let mut wait = FIRST_WAIT;
    while let Some((waited, job)) = patience::gather(&mut queue, group_count).await {
        let (group, behind) = take_waiting(waited, job, &mut queue, group_count);
        match group::carry_out(&writing, group).await {
            None => {
                wait = FIRST_WAIT;
                tell.send_if_modified(|trouble| trouble.take().is_some());
            }
            Some(words) if !matches!(behind, Behind::Close(_)) => {
                tracing::warn!(%words, "the database is not available");
                tell.send_replace(Some(words.clone()));
                if !heal(&writing, &mut queue, &words, &mut wait).await {
                    return;
                }
                tracing::info!("the database is available again");
                tell.send_replace(None);
            }
            Some(_) => {}
        }
        match behind {
            Behind::Nothing => {}
            Behind::EmptyLog => empty_log(&writing).await,
            Behind::Close(answer) => {
                refuse_rest(&mut queue);
                // Whoever closes may have gone.
                let _ = answer.send(());
                return;
            }
        }
    }
}

async fn empty_log(writing: &Writing) {
    if let Err(error) = writing.empty_log().await {
        tracing::debug!(%error, "the log goes on where it is");
    }
}

/// Answers what came behind the closing.
fn refuse_rest(queue: &mut mpsc::Receiver<Job>) {
    queue.close();
    while let Ok(job) = queue.try_recv() {
        if let Job::Batch { answer, .. } = job {
            let _ = answer.send(Err(StoreError::Closed));
        }
    }
}

/// The batches that wait behind the first of the group, up to the limit; and what was asked for behind them.
fn take_waiting(
    mut group: Vec<Batch>,
    mut next: Option<Job>,
    queue: &mut mpsc::Receiver<Job>,
    group_count: usize,
) -> (Vec<Batch>, Behind) {
    while let Some(job) = next {
        match job {
            Job::Batch { writes, answer } => group.push(Batch { writes, answer }),
            Job::EmptyLog => return (group, Behind::EmptyLog),
            Job::Close { answer } => return (group, Behind::Close(answer)),
        }
        next = if group.len() < group_count { queue.try_recv().ok() } else { None };
    }
    (group, Behind::Nothing)
}

/// Refuses what comes until a transaction can be begun again. False when the store was closed.
async fn heal(writing: &Writing, queue: &mut mpsc::Receiver<Job>, words: &str, wait: &mut Duration) -> bool {
    loop {
        let pause = tokio::time::sleep(*wait);
        tokio::pin!(pause);
        *wait = (*wait * 2).min(LONGEST_WAIT);
        loop {
            tokio::select! {
                () = &mut pause => break,
                job = queue.recv() => match job {
                    Some(Job::Batch { answer, .. }) => {
                        let _ = answer.send(Err(StoreError::Unavailable(words.to_owned())));
                    }
                    Some(Job::Close { answer }) => {
                        refuse_rest(queue);
                        let _ = answer.send(());
                        return false;
                    }
                    Some(Job::EmptyLog) => {}
                    None => return false,
                },
            }
        }
        if let Ok(tx) = writing.begin().await {
            tx.roll_back().await;
            return true;
        }
    }
}
