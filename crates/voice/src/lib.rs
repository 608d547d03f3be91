//! SIP, media and the browser's audio.
//!
//! A caller's INVITE is answered once; towards the caller there is one RTP
//! line (one SSRC, one sequence, one timestamp line) for the whole call, and
//! only its *source* is switched: music, the agent's browser, music again.
//! The browser keeps one peer connection (a *line*) for the shift.
//!
//! Rooms: `sip` is the SIP edge (sockets, mending, dialogs), `media`
//! is RTP towards the caller, `line` is WebRTC towards the browser. The
//! protocol parts (mend, SDP, RTP, digits, session timer, latch) do no I/O.
//!
//! The stack underneath (rsipstack) logs whole SIP messages, with all that
//! they carry, at level INFO: a server's log filter must hold `rsipstack=warn`.
//!
//! Invariant: this crate never decides who is connected with whom; the server
//! says so through [`Voice`], and what happens comes back as [`VoiceEvent`].
//!
//! Invariant: a call's media runs in its own task; a panic ends that call only.

mod clock;
mod config;
mod event;
mod line;
mod media;
mod room;
mod sip;
mod switchboard;
#[cfg(test)]
mod testing;
mod voice;

pub use config::{ConfigError, Music, Network, TlsListen, VoiceConfig};
pub use event::{Arrival, CallKey, EndReason, LineKey, VoiceEvent};
pub use voice::{SipAddresses, Voice, VoiceError};
