//! What goes wrong on a walk.

use super::walker::Walker;
use hookflash_connectors::conformance::Failure;
use serde_json::json;
use std::time::Duration;

impl Walker {
    /// The line is cut for a while, in which experts go on.
    pub(super) async fn cut(&mut self) -> Result<(), Failure> {
        self.proxy.cut(true);
        self.is_cut = true;
        for _ in 0..self.dice.below(4) {
            self.expert_step().await?;
        }
        self.take(Duration::from_millis(5)).await;
        self.proxy.cut(false);
        self.is_cut = false;
        Ok(())
    }

    /// Our process ends without a word, and a new one takes over.
    pub(super) async fn die(&mut self) -> Result<(), Failure> {
        if self.dice.below(2) == 0 {
            self.expert_step().await?;
        }
        self.sign_in_again().await
    }

    /// A batch is not committed.
    pub(super) async fn forget(&mut self) {
        self.taken.confirming = false;
        let span = Duration::from_millis(self.dice.below(20) as u64);
        self.take(span).await;
        self.taken.confirming = true;
    }

    /// The pool answers one of somebody's next requests badly, or not at all.
    pub(super) async fn trouble(&mut self) -> Result<(), Failure> {
        let paths =
            ["messaging/messages", "messagingInvitations", "/events", "conversations", "/presence", ""];
        let path = paths[self.dice.below(paths.len())];
        let trouble = match self.dice.below(6) {
            0 => json!({ "path": path, "status": 500, "count": 1 }),
            1 => json!({ "path": path, "status": 503, "count": 1, "retry_after": 1 }),
            2 => json!({ "path": path, "cut_before": true, "count": 1 }),
            3 => json!({ "path": path, "cut_after": true, "count": 1 }),
            4 => json!({ "path": path, "delay_ms": 100, "count": 3 }),
            _ => json!({ "path": path, "status": 200, "body": "{\"sender\":", "count": 1 }),
        };
        self.stage.pool.post("/trouble", &trouble).await.map(|_| ())
    }

    /// All held event requests of the pool end.
    pub(super) async fn cut_channels(&self) -> Result<(), Failure> {
        self.stage.pool.post("/cut-channels", &json!({})).await.map(|_| ())
    }

    /// The agent's ticket is not taken any more.
    pub(super) async fn expire_ticket(&self) -> Result<(), Failure> {
        let path = format!("/people/sip:{}/expire-ticket", self.account.address);
        self.stage.pool.post(&path, &json!({})).await.map(|_| ())
    }
}
