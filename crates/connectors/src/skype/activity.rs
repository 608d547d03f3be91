//! Reports that the agent is there, while that is so (UCWA 2.3).

use super::{
    application::Application,
    chats::Phase,
    core::Core,
    wire::{Ask, Body},
};
use crate::clock;

/// Reports activity, for as long as the application lives.
pub(super) async fn run(core: &Core, application: &Application) {
    let pause = core.config.timing.activity;
    loop {
        if is_active(core)
            && let Ok(url) = application.offered(application.report_activity.as_ref(), "activity")
            && let Err(fault) = core.wire.ask(Ask::post(url, Body::Empty)).await
        {
            tracing::debug!(?fault, "activity could not be reported");
        }
        tokio::time::sleep(pause.mul_f64(0.8) + clock::jittered(pause.mul_f64(0.2))).await;
    }
}

/// The desk said so lately, or there is an open chat, which the pool must not drop.
fn is_active(core: &Core) -> bool {
    let lately = core.active_at.lock().is_some_and(|at| at.elapsed() < core.config.timing.activity * 2);
    lately || core.chats.lock().by_id.values().any(|chat| chat.kept.phase == Phase::Open)
}
