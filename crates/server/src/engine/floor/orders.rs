//! What supervisors ask. Who may ask is checked where the question comes in.

use crate::engine::Engine;
use crate::engine::acd::AcdInput;
use crate::engine::command::{Answer, Refused};
use hookflash_domain::acd::Order;
use hookflash_domain::{QueueId, UserId};
use hookflash_store::{By, StoreError};
use serde_json::json;
use uuid::Uuid;

impl Engine {
    /// Carries out a supervisor's order about a waiting interaction; `command_id` as in [`Engine::command`].
    ///
    /// # Errors
    /// `not_waiting`, `already_offered`, `agent_not_ready`, `bad_priority`; nothing was changed.
    pub async fn order(&self, by: UserId, command_id: Uuid, order: Order) -> Answer {
        let shared = &self.shared;
        shared
            .ask(by, command_id, order, |asked| async move {
                shared.acd.send(AcdInput::Order(asked)).await.is_ok()
            })
            .await
    }

    /// Sets a member of a queue aside, or back; in force when this is back.
    ///
    /// # Errors
    /// `not_a_member`, `not_saved`; nothing was changed.
    pub async fn set_member_active(&self, by: &By, queue: QueueId, agent: UserId, active: bool) -> Answer {
        match self.shared.store.set_member_active(queue, agent, active, by).await {
            Ok(_) => {}
            Err(StoreError::NotFound(_)) => {
                return Err(Refused::new("not_a_member", "The agent is no member of that queue."));
            }
            Err(error) => return Err(not_saved(&error)),
        }
        self.apply_directory().await;
        Ok(json!({}))
    }

    /// Ends an agent's work and all their sessions.
    ///
    /// # Errors
    /// `engaged`, `in_wrap_up`, `not_saved`; nothing was changed.
    pub async fn log_out(&self, by: &By, agent: UserId) -> Answer {
        self.sign_out_agent(agent).await.map_err(|refused| match refused.code {
            "engaged" => Refused::new("agent_engaged", "The agent is with a customer."),
            "in_wrap_up" => Refused::new("agent_engaged", "The agent is wrapping up."),
            _ => refused,
        })?;
        let count = self.shared.store.end_sessions_of(agent).await.map_err(|error| not_saved(&error))?;
        tracing::info!(user_id = %agent, by = by.name, count, "logged out by a supervisor");
        self.user_signed_out(agent);
        Ok(json!({}))
    }
}

fn not_saved(error: &StoreError) -> Refused {
    Refused::new("not_saved", format!("It could not be saved. Nothing was changed. {error}"))
}
