//! The handle that the server holds.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use parking_lot::Mutex;
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    CallKey, ConfigError, LineKey, VoiceConfig, VoiceEvent, clock,
    line::{self, rtc::Identity},
    media::{music::Tune, ports::MediaPorts},
    room::Room,
    sip::{edge, gate::Bucket},
    switchboard::{Switchboard, Wish},
};

/// How long [`Voice::stop`] waits for calls to end in good order.
const STOP_LIMIT: Duration = Duration::from_secs(5);

/// Where SIP is listened to; ports are the real ones where the configuration said 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SipAddresses {
    /// SIP over UDP.
    pub udp: Option<SocketAddr>,
    /// SIP over TCP.
    pub tcp: Option<SocketAddr>,
    /// SIP over TLS.
    pub tls: Option<SocketAddr>,
}

/// Why the voice room could not do it.
#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    /// The settings cannot work.
    #[error("voice settings: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Config(Vec<ConfigError>),
    /// A socket could not be opened.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The TLS certificate or key cannot be used.
    #[error("TLS certificate or key: {0}")]
    Tls(String),
    /// The SIP stack could not be set up.
    #[error("SIP: {0}")]
    Sip(String),
    /// The cryptography for lines could not be set up.
    #[error("cannot make a certificate for the browser's audio")]
    Certificate,
    /// Every media port is taken.
    #[error("no free media port")]
    NoPort,
    /// The browser's offer cannot be answered.
    #[error("the browser's offer was refused: {0}")]
    Offer(String),
    /// The voice room was stopped.
    #[error("the voice room is stopped")]
    Stopped,
}

/// The voice room; a cheap handle, all clones of which are the same room.
#[derive(Clone)]
pub struct Voice {
    room: Arc<Room>,
    addresses: SipAddresses,
}

impl Voice {
    /// Opens the sockets and starts to take calls.
    ///
    /// News goes to `events`; while that channel is full, calls wait with their
    /// news and lose none. It must be read until [`Voice::stop`] has returned.
    ///
    /// A rustls crypto provider must be installed as the process's default
    /// before (only for `sip_tls`).
    ///
    /// # Errors
    /// Settings that cannot work, or a socket that cannot be opened.
    pub async fn start(config: VoiceConfig, events: mpsc::Sender<VoiceEvent>) -> Result<Self, VoiceError> {
        config.check().map_err(VoiceError::Config)?;
        let room = Arc::new(Room {
            board: Switchboard::default(),
            events,
            tune: Arc::new(Tune::new(config.music)),
            ports: MediaPorts { ip: config.media_ip, range: config.media_ports.clone() },
            identity: Identity::new().ok_or(VoiceError::Certificate)?,
            arrivals: Mutex::new(Bucket::full(config.max_calls_per_second, clock::now())),
            tasks: TaskTracker::new(),
            closing: CancellationToken::new(),
            config,
        });
        let addresses = edge::start(&room).await?;
        Ok(Self { room, addresses })
    }

    /// Where SIP is listened to.
    #[must_use]
    pub fn sip_addresses(&self) -> SipAddresses {
        self.addresses
    }

    /// Opens an agent's line with the browser's SDP offer (at most 32 kB; one
    /// audio section with PCMU or PCMA) and gives the answer. An older line of
    /// that key is closed. `LineUp` follows when the browser has connected.
    ///
    /// # Errors
    /// The offer cannot be answered, no port is free, or the room is stopped.
    pub async fn open_line(&self, line: LineKey, sdp_offer: &str) -> Result<String, VoiceError> {
        line::open::open(&self.room, line, sdp_offer).await
    }

    /// Closes a line; its caller hears music until the line is opened again.
    pub fn close_line(&self, line: LineKey) {
        self.room.board.close_line(line, None);
    }

    /// Connects a call and a line: both hear each other from the moment the
    /// line is up. A ringing call is answered at once. What either was
    /// connected with before is parted; the call left behind hears music.
    pub fn connect(&self, call: CallKey, line: LineKey) {
        self.room.board.connect(call, line);
    }

    /// Parts the call from its line; the caller hears music.
    pub fn park(&self, call: CallKey) {
        self.room.board.park(call);
    }

    /// Puts the caller on hold: music for the caller, silence for the agent.
    pub fn hold(&self, call: CallKey) {
        self.room.board.hold(call, true);
    }

    /// Ends the hold.
    pub fn resume(&self, call: CallKey) {
        self.room.board.hold(call, false);
    }

    /// Mutes or unmutes an agent whose line is open or connected; kept over a
    /// reload of the desk during a call.
    pub fn mute(&self, line: LineKey, muted: bool) {
        self.room.board.mute(line, muted);
    }

    /// Sends one key to the caller (RFC 4733): `0`-`9`, `*`, `#`, `A`-`D`;
    /// anything else, or a caller that did not offer telephone-event, is ignored.
    pub fn send_digit(&self, call: CallKey, digit: char) {
        self.room.board.send_digit(call, digit);
    }

    /// Ends a call (BYE, or 603 while it rings).
    pub fn hang_up(&self, call: CallKey) {
        self.room.board.wish(call, Wish::HangUp);
    }

    /// Ends every call and line and closes the sockets; returns within 5 s.
    pub async fn stop(&self) {
        self.room.board.stop();
        self.room.tasks.close();
        if tokio::time::timeout(STOP_LIMIT, self.room.tasks.wait()).await.is_err() {
            tracing::warn!("the voice room stopped before every caller was told");
        }
        self.room.closing.cancel();
    }
}

impl std::fmt::Debug for Voice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Voice").field("addresses", &self.addresses).finish_non_exhaustive()
    }
}
