//! RTP towards the caller: one socket pair and one task a call.

pub(crate) mod digits;
pub(crate) mod frame;
pub(crate) mod g711;
pub(crate) mod latch;
pub(crate) mod music;
pub(crate) mod outgoing;
pub(crate) mod ports;
pub(crate) mod rtcp;
pub(crate) mod rtp;
pub(crate) mod sdp;
pub(crate) mod task;
pub(crate) mod timeline;
