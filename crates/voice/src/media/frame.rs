//! What is handed between a caller's task and a line's task.

use bytes::Bytes;
use tokio::sync::mpsc;

use super::g711::Law;

/// Frames that may wait for a task: 16 of 20 ms. More are dropped, since late
/// sound is worth less than none.
pub(crate) const FRAMES_WAITING: usize = 16;

/// Some milliseconds of G.711 from one source.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// Who sent it; a receiver takes only the one it is connected with.
    pub(crate) from: u128,
    /// The companding law of `octets`.
    pub(crate) law: Law,
    /// The source's own RTP time, in samples of 8 kHz.
    pub(crate) timestamp: u32,
    /// One octet a sample.
    pub(crate) octets: Bytes,
}

/// The other end of a connection: where frames go, and what to accept.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    /// The `from` of its frames.
    pub(crate) id: u128,
    /// Its mailbox for frames.
    pub(crate) frames: mpsc::Sender<Frame>,
}
