//! What happens in the voice room, told to the server.

use std::net::SocketAddr;

/// Key of a call inside this process; it dies with the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallKey(pub u64);

/// An agent's browser audio for the shift, keyed by the caller of the API
/// (a UUID as a number, for example).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineKey(pub u128);

/// News of calls and lines. Stale news is harmless: it carries its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VoiceEvent {
    /// An INVITE was taken; the caller hears ringing, then music, by itself.
    Arrived {
        /// The new call.
        call: CallKey,
        /// What the INVITE said.
        arrival: Arrival,
    },
    /// The 200 was acknowledged; media flows.
    Answered {
        /// Whose call.
        call: CallKey,
    },
    /// The caller pressed a key (RFC 4733 or INFO): `0`-`9`, `*`, `#`, `A`-`D`.
    Digit {
        /// Whose call.
        call: CallKey,
        /// The key.
        digit: char,
    },
    /// The caller put us on hold (re-INVITE or UPDATE).
    CallerHeld {
        /// Whose call.
        call: CallKey,
    },
    /// The caller took us off hold.
    CallerResumed {
        /// Whose call.
        call: CallKey,
    },
    /// The call is over; it comes exactly once for each `Arrived`, last.
    Ended {
        /// Whose call.
        call: CallKey,
        /// Why.
        reason: EndReason,
    },
    /// The browser's audio is connected.
    LineUp {
        /// Which line.
        line: LineKey,
    },
    /// The browser's audio is gone (closed, replaced, or lost).
    LineDown {
        /// Which line.
        line: LineKey,
    },
}

/// Why a call ended. An INVITE that is refused (too many calls, no common codec,
/// not from a trunk) is no call and is not told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndReason {
    /// The caller sent BYE.
    CallerHungUp,
    /// The caller sent CANCEL before the call was answered.
    CallerCancelled,
    /// [`Voice::hang_up`](crate::Voice::hang_up) was called.
    AgentHungUp,
    /// Neither RTP nor RTCP came for `rtp_timeout_ms` although the caller was not holding.
    MediaTimeout,
    /// The session was not refreshed in time (RFC 4028).
    SessionExpired,
    /// It could not be answered or kept up; the text says what happened.
    Failed(String),
    /// The voice room was stopped.
    Stopped,
}

/// What an INVITE said about its caller. All of it is outside input: limited
/// in length, without control characters, but otherwise as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The Call-ID header.
    pub sip_call_id: String,
    /// User part of From's URI, escapes decoded, parameters such as
    /// `;phone-context=` cut off; empty when there is none.
    pub caller_number: String,
    /// User part of the Request-URI, in the same form.
    pub dialled_number: String,
    /// From's display name, unquoted.
    pub display_name: Option<String>,
    /// Headers on the allow list, in order, and `User-to-User` decoded
    /// (RFC 7433) under that name. At most 32 pairs of 1,024 characters.
    pub attached: Vec<(String, String)>,
    /// Where the INVITE came from.
    pub peer: SocketAddr,
}
