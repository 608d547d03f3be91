//! The agent's own presence (UCWA 4.2).

use super::{
    application::Application,
    core::Core,
    wire::{Ask, Body},
};
use crate::{OwnPresence, clock};
use serde_json::json;
use std::time::Duration;

/// After trouble.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// UCWA's word; none: what the pool makes of it.
pub(super) fn word(presence: OwnPresence) -> Option<&'static str> {
    match presence {
        OwnPresence::Automatic => None,
        OwnPresence::Available => Some("Online"),
        OwnPresence::Busy | OwnPresence::InACall => Some("Busy"),
        OwnPresence::DoNotDisturb => Some("DoNotDisturb"),
        OwnPresence::Away => Some("Away"),
    }
}

/// Publishes what is wished, for as long as the application lives.
pub(super) async fn run(core: &Core, application: &Application) {
    let mut wished = core.own_presence.subscribe();
    loop {
        let wish = *wished.borrow_and_update();
        let published = match wish {
            Some(wish) => publish(core, application, wish).await,
            None => true,
        };
        let retry = async {
            match published {
                true => std::future::pending().await,
                false => tokio::time::sleep(clock::jittered(RETRY_AFTER)).await,
            }
        };
        tokio::select! {
            changed = wished.changed() => if changed.is_err() { return },
            () = retry => {}
        }
    }
}

async fn publish(core: &Core, application: &Application, wish: OwnPresence) -> bool {
    let Ok(url) = application.offered(application.own_presence.as_ref(), "own presence") else { return true };
    let body = word(wish).map_or(Body::Empty, |word| Body::Json(json!({ "availability": word })));
    match core.wire.ask(Ask::post(url, body)).await {
        Ok(_) => true,
        Err(fault) => {
            tracing::debug!(?fault, "own presence could not be published");
            false
        }
    }
}
