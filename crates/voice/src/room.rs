//! What all tasks of the voice room share.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    VoiceConfig, VoiceEvent,
    line::rtc::Identity,
    media::{music::Tune, ports::MediaPorts},
    sip::gate::Bucket,
    switchboard::Switchboard,
};

/// Shared by all calls and lines.
pub(crate) struct Room {
    pub(crate) config: VoiceConfig,
    pub(crate) board: Switchboard,
    pub(crate) events: mpsc::Sender<VoiceEvent>,
    pub(crate) tune: Arc<Tune>,
    pub(crate) ports: MediaPorts,
    pub(crate) identity: Identity,
    /// How fast new calls are taken.
    pub(crate) arrivals: Mutex<Bucket>,
    /// The tasks of calls and lines, waited for at the end.
    pub(crate) tasks: TaskTracker,
    /// Ends the sockets.
    pub(crate) closing: CancellationToken,
}

impl Room {
    /// Tells the server. Waits while it is slow; a server that has gone hears nothing.
    pub(crate) async fn tell(&self, event: VoiceEvent) {
        if self.events.send(event).await.is_err() {
            tracing::debug!("nobody listens to the voice room");
        }
    }
}
