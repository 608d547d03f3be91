//! Storing what an input gave: a command is refused when that fails, news is tried until it is stored.

use super::command::{Answer, Refused};
use super::shared::Shared;
use hookflash_domain::UserId;
use hookflash_store::{CommandRow, Duplicate, StoreError, Write};
use serde_json::Value;
use std::time::Duration;
use uuid::Uuid;

/// Longest pause between two tries to store news.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// What came of storing news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    /// It is on disk.
    Yes,
    /// It was there before, or can never be stored: the state in memory must not change.
    Dropped,
    /// It is not known; the state must be read again.
    Unknown,
}

impl Stored {
    /// What is known of two: as little as of the less known one.
    pub(super) fn and(self, other: Self) -> Self {
        if self == Self::Unknown { self } else { other }
    }
}

/// Why a command was not stored.
pub(super) enum NotStored {
    /// The same command was answered before: that answer counts.
    Before(Answer),
    /// It was refused; nothing changed.
    Refused(Refused),
    /// It is not known; the state must be read again.
    Unknown(Refused),
}

impl Shared {
    /// Stores the writes of a command together with its answer.
    pub(super) async fn commit_command(
        &self,
        user: UserId,
        command_id: Uuid,
        answer: &Value,
        mut writes: Vec<Write>,
    ) -> Result<(), NotStored> {
        let row =
            CommandRow { user_id: user, command_id, at: crate::clock::now(), answer: answer.to_string() };
        writes.push(Write::CommandAnswer(row));
        match self.store.commit(writes).await {
            Ok(_) => Ok(()),
            Err(error @ StoreError::Duplicate(_)) => {
                let answer = self.answer_or(user, command_id, refusal_of(&error)).await;
                Err(NotStored::Before(answer))
            }
            Err(StoreError::InDoubt(words)) => Err(NotStored::Unknown(not_saved(&words))),
            Err(error) => Err(NotStored::Refused(refusal_of(&error))),
        }
    }

    /// The answer that the command got before, or `refused` where it is new.
    pub(super) async fn answer_or(&self, user: UserId, command_id: Uuid, refused: Refused) -> Answer {
        match self.store.command_answer(user, command_id).await {
            Ok(Some(answer)) => Ok(serde_json::from_str(&answer).unwrap_or(Value::Null)),
            Ok(None) => Err(refused),
            Err(error) => Err(refusal_of(&error)),
        }
    }

    /// Stores the writes of news; goes on trying while the store is not available.
    pub(super) async fn commit_news(&self, writes: Vec<Write>) -> Stored {
        let mut pause = Duration::from_millis(50);
        loop {
            match self.store.commit(writes.clone()).await {
                Ok(_) => return Stored::Yes,
                Err(StoreError::Unavailable(_) | StoreError::Busy) => {}
                Err(StoreError::Duplicate(_)) => return Stored::Dropped,
                Err(StoreError::InDoubt(_)) => return Stored::Unknown,
                Err(error) => {
                    tracing::error!(%error, "news could not be stored and is dropped");
                    return Stored::Dropped;
                }
            }
            tokio::select! {
                () = tokio::time::sleep(pause) => pause = (pause * 2).min(LONGEST_PAUSE),
                () = self.stop.cancelled() => return Stored::Unknown,
            }
        }
    }
}

fn refusal_of(error: &StoreError) -> Refused {
    match error {
        StoreError::Busy => Refused::new("busy", error.to_string()),
        StoreError::NulCharacter(_) | StoreError::TooLong(_) => {
            Refused::new("bad_request", error.to_string())
        }
        StoreError::Duplicate(Duplicate::Message) => Refused::new("message_exists", error.to_string()),
        _ => not_saved(&error.to_string()),
    }
}

fn not_saved(words: &str) -> Refused {
    Refused::new("not_saved", format!("It could not be saved. Nothing was changed. {words}"))
}
