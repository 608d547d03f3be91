//! An open chat in which it rings, so that nothing can be said: what rings is taken, waited for or
//! stopped (UCWA 5.4).

use super::{
    answering,
    application::Application,
    core::Core,
    fault::Fault,
    wire::{Ask, Body},
};
use crate::{ChatId, clock};
use std::time::Duration;

/// How long the event of what rings is waited for.
const LATEST: Duration = Duration::from_secs(5);

/// Takes what the far side asks, whose answer may have been lost, and leaves our own invitation alone.
/// Where neither is known, its event was lost and it could ring for half a minute: it is stopped, so
/// that its sender is told at once and messages go on.
pub(super) async fn clear(
    core: &Core,
    application: &Application,
    id: &ChatId,
    stop: Option<&str>,
) -> Result<(), Fault> {
    if answering::take_again(core, application, id).await? {
        note(core, id, false);
        return Ok(());
    }
    let Some(stop) = stop.filter(|_| note(core, id, true)) else { return Ok(()) };
    tracing::info!(account = %core.account.id, chat = %id, "what rings in an open chat was never told; it is stopped");
    core.wire.ask(Ask::post(application.url(stop)?, Body::Empty).urgent()).await.map(|_| ())
}

/// Notes whether what rings is unknown; whether it has been for too long.
fn note(core: &Core, id: &ChatId, unknown: bool) -> bool {
    let mut chats = core.chats.lock();
    let Some(chat) = chats.by_id.get_mut(id) else { return false };
    if !unknown {
        chat.rings_unknown = None;
        return false;
    }
    chat.rings_unknown.get_or_insert_with(clock::instant).elapsed() > LATEST
}
