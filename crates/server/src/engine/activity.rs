//! Signs of life: networks show a person idle unless they hear that somebody is at the desk.

use super::Engine;
use hookflash_domain::UserId;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Networks want to hear of activity every four minutes (`ucwa.md` 2.3).
const REPORT_EVERY: Duration = Duration::from_secs(180);

/// When each user's activity was last reported.
#[derive(Default)]
pub(super) struct Activity(Mutex<HashMap<UserId, Instant>>);

impl Activity {
    /// Whether a report is due; counts as made then.
    fn is_due(&self, user: UserId, now: Instant) -> bool {
        let mut reported = self.0.lock();
        let is_due = reported.get(&user).is_none_or(|at| now.saturating_duration_since(*at) >= REPORT_EVERY);
        if is_due {
            reported.insert(user, now);
        }
        is_due
    }
}

impl Engine {
    /// The user does something at the desk.
    pub fn is_active(&self, user: UserId) {
        if !self.shared.activity.is_due(user, crate::clock::monotonic()) {
            return;
        }
        let shared = Arc::clone(&self.shared);
        self.shared.tasks.spawn(async move {
            for network in shared.networks.connectors.keys() {
                if let Some(session) = shared.networks.session(user, network) {
                    session.report_activity().await;
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn activity_is_reported_now_and_then() {
        let (activity, user, start) =
            (Activity::default(), UserId(uuid::Uuid::nil()), crate::clock::monotonic());
        let due = [0, 1, 179, 180, 181].map(|s| activity.is_due(user, start + Duration::from_secs(s)));
        assert_eq!(due, [true, false, false, true, false]);
    }
}
