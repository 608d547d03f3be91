//! Batches that wait for company: a commit of their own would be worth less than it costs.

use super::{Batch, Job};
use crate::Write;
use std::time::Duration;
use tokio::sync::mpsc;

/// How long a batch of [`crate::Write::ResumePointSoon`] waits for others. A network is asked for its next news that
/// much later.
const PATIENCE: Duration = Duration::from_millis(10);

/// Waits for what cannot wait; gives it with the batches that waited before it. No job where only their time is up
/// or they are many; nothing at all when the queue is closed.
pub(super) async fn gather(
    queue: &mut mpsc::Receiver<Job>,
    most: usize,
) -> Option<(Vec<Batch>, Option<Job>)> {
    let mut waiting = Vec::new();
    if let Some(job) = take(queue.recv().await?, &mut waiting) {
        return Some((waiting, Some(job)));
    }
    let time_is_up = tokio::time::sleep(PATIENCE);
    tokio::pin!(time_is_up);
    while waiting.len() < most {
        let job = tokio::select! {
            biased;
            job = queue.recv() => job?,
            () = &mut time_is_up => break,
        };
        if let Some(job) = take(job, &mut waiting) {
            return Some((waiting, Some(job)));
        }
    }
    Some((waiting, None))
}

/// Puts what may wait to the others; gives back what may not.
fn take(job: Job, waiting: &mut Vec<Batch>) -> Option<Job> {
    match job {
        Job::Batch { writes, answer } if may_wait(&writes) => {
            waiting.push(Batch { writes, answer });
            None
        }
        job => Some(job),
    }
}

fn may_wait(writes: &[Write]) -> bool {
    !writes.is_empty() && writes.iter().all(|write| matches!(write, Write::ResumePointSoon(_)))
}

#[cfg(test)]
mod tests {
    use super::{Job, gather};
    use crate::{ResumePointRow, Write};
    use hookflash_domain::{NetworkId, UserId};
    use tokio::sync::{mpsc, oneshot};
    use uuid::Uuid;

    fn place(user: u128, soon: bool) -> Job {
        let row = ResumePointRow {
            user_id: UserId(Uuid::from_u128(user)),
            network: NetworkId("a".to_owned()),
            value: "here".to_owned(),
        };
        let write = if soon { Write::ResumePointSoon(row) } else { Write::ResumePoint(row) };
        Job::Batch { writes: vec![write], answer: oneshot::channel().0 }
    }

    async fn waits(jobs: Vec<Job>, most: usize) -> (usize, bool) {
        let (sender, mut queue) = mpsc::channel(10);
        for job in jobs {
            sender.try_send(job).expect("room");
        }
        let (waited, job) = gather(&mut queue, most).await.expect("open");
        (waited.len(), job.is_some())
    }

    #[tokio::test]
    async fn places_wait_for_others_for_a_time_or_until_they_are_many() {
        let (soon, now) = (|user| place(user, true), |user| place(user, false));
        for (jobs, most, expected) in [
            (vec![now(1)], 8, (0, true)),
            (vec![soon(1), soon(2), now(3), soon(4)], 8, (2, true)),
            (vec![soon(1), soon(2)], 8, (2, false)),
            (vec![soon(1), soon(2), soon(3)], 2, (2, false)),
            (vec![soon(1), Job::EmptyLog], 8, (1, true)),
        ] {
            assert_eq!(waits(jobs, most).await, expected);
        }
    }

    #[tokio::test]
    async fn a_closed_queue_is_the_end() {
        let (sender, mut queue) = mpsc::channel(1);
        drop(sender);
        assert!(gather(&mut queue, 8).await.is_none());
    }
}
