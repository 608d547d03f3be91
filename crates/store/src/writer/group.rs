//! One group of batches: together if that works, each by itself if one of them is refused.

use super::apply::apply;
use super::plan::Plan;
use super::{Answer, Batch};
use crate::StoreError;
use crate::tx::{Tx, Writing, within};
use crate::write::{Committed, Write};
use std::time::Duration;

/// How often and how long apart a broken commit is asked after.
const OUTCOME_TRIES: u32 = 5;
const OUTCOME_WAIT: Duration = Duration::from_millis(100);

/// Writes and answers the batches. Gives words when the database is not available.
pub(super) async fn carry_out(writing: &Writing, group: Vec<Batch>) -> Option<String> {
    let (batches, answers): (Vec<_>, Vec<_>) =
        group.into_iter().map(|batch| (batch.writes, batch.answer)).unzip();
    if batches.is_empty() {
        return None;
    }
    let result = together(writing, &batches).await;
    match result {
        Ok(committed) => {
            for (answer, committed) in answers.into_iter().zip(committed) {
                send(answer, Ok(committed));
            }
            None
        }
        Err(error) if is_trouble(&error) => Some(refuse_all(answers, &error)),
        Err(error) if batches.len() == 1 => {
            answers.into_iter().for_each(|answer| send(answer, Err(error.clone())));
            None
        }
        Err(_) => one_by_one(writing, &batches, answers).await,
    }
}

/// So that only the guilty one fails.
async fn one_by_one(writing: &Writing, batches: &[Vec<Write>], answers: Vec<Answer>) -> Option<String> {
    let mut answers = answers.into_iter();
    for (batch, answer) in batches.iter().zip(&mut answers) {
        match together(writing, std::slice::from_ref(batch)).await {
            Ok(mut committed) => send(answer, committed.pop().ok_or(StoreError::Closed)),
            Err(error) if is_trouble(&error) => {
                let rest = std::iter::once(answer).chain(answers).collect();
                return Some(refuse_all(rest, &error));
            }
            Err(error) => send(answer, Err(error)),
        }
    }
    None
}

/// One transaction for all. Any error leaves no trace of any, but see `InDoubt`.
async fn together(writing: &Writing, batches: &[Vec<Write>]) -> Result<Vec<Committed>, StoreError> {
    let mut tx = writing.for_script().await?;
    let written = within(writing.limit(), write_all(&mut tx, batches)).await;
    let committed = match written {
        Ok(committed) => committed,
        // Dropped, the connection is opened afresh: that undoes it whatever is wrong with it.
        Err(error) if is_trouble(&error) => return Err(error),
        Err(error) => {
            tx.roll_back().await;
            return Err(error);
        }
    };
    let postgres_id = tx.postgres_id();
    match (tx.commit().await, postgres_id) {
        (Ok(()), _) => Ok(committed),
        (Err(StoreError::Unavailable(words)), Some(id)) => match ask_after(writing, &id).await {
            Some(true) => Ok(committed),
            Some(false) => Err(StoreError::Unavailable(words)),
            None => Err(StoreError::InDoubt(words)),
        },
        (Err(error), _) => Err(error),
    }
}

async fn write_all(tx: &mut Tx<'_>, batches: &[Vec<Write>]) -> Result<Vec<Committed>, StoreError> {
    let mut last = apply(tx, Plan::of(batches)).await?;
    let numbered = |batch: &Vec<Write>| {
        let count = batch.iter().filter(|write| matches!(write, Write::Event(_))).count();
        let seqs: Vec<i64> = (last + 1..).take(count).collect();
        last = seqs.last().copied().unwrap_or(last);
        Committed { last_seq: seqs.last().copied(), seqs }
    };
    Ok(batches.iter().map(numbered).collect())
}

/// Whether a commit that got no answer happened; none when that cannot be learnt.
async fn ask_after(writing: &Writing, postgres_id: &str) -> Option<bool> {
    for _ in 0..OUTCOME_TRIES {
        if let Ok(happened) = writing.outcome(postgres_id).await {
            return Some(happened);
        }
        tokio::time::sleep(OUTCOME_WAIT).await;
    }
    None
}

fn is_trouble(error: &StoreError) -> bool {
    matches!(error, StoreError::Unavailable(_) | StoreError::InDoubt(_) | StoreError::Closed)
}

fn refuse_all(answers: Vec<Answer>, error: &StoreError) -> String {
    for answer in answers {
        send(answer, Err(error.clone()));
    }
    match error {
        StoreError::Unavailable(words) | StoreError::InDoubt(words) => words.clone(),
        other => other.to_string(),
    }
}

fn send(answer: Answer, result: Result<Committed, StoreError>) {
    // Whoever asked may have gone; the write stands.
    let _ = answer.send(result);
}
