//! What supervisors ask on their window.

use super::commands::{Op, Window};
use crate::engine::command::{Answer, Refused};
use hookflash_domain::acd::Order;
use hookflash_store::By;
use serde_json::json;
use uuid::Uuid;

impl Window<'_> {
    /// Carries out an operation that is for supervisors.
    pub(super) async fn supervise(&self, id: Uuid, op: Op) -> Answer {
        let engine = self.engine;
        match op {
            Op::WatchFloor => {
                engine.watch_floor(self.user, self.number).await;
                Ok(json!({}))
            }
            Op::LeaveFloor => {
                engine.leave_floor(self.user, self.number);
                Ok(json!({}))
            }
            Op::Assign { interaction_id: interaction, agent_id: agent } => {
                engine.order(self.user, id, Order::Assign { interaction, agent }).await
            }
            Op::SetPriority { interaction_id: interaction, priority } => {
                engine.order(self.user, id, Order::SetPriority { interaction, priority }).await
            }
            Op::SetMember { queue_id, agent_id, active } => {
                engine.set_member_active(&self.by(), queue_id, agent_id, active).await
            }
            Op::LogOut { agent_id } => engine.log_out(&self.by(), agent_id).await,
            _ => Err(Refused::new("bad_request", "This operation is not a supervisor's.")),
        }
    }

    fn by(&self) -> By {
        let name = self.engine.rules().user_name(self.user);
        By { at: crate::clock::now(), user_id: Some(self.user), name }
    }
}
