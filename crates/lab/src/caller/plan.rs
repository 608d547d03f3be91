//! What a call is to be, what it can be told, and how it is.

use std::net::IpAddr;
use std::path::PathBuf;

use crate::clock::now_ms;

/// What to call, as whom, with what.
#[derive(Debug, Clone)]
pub(crate) struct CallPlan {
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) name: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) user_to_user: Option<String>,
    pub(crate) seconds: Option<u64>,
    pub(crate) tone_hz: Option<f32>,
    pub(crate) record: Option<PathBuf>,
    pub(crate) local: IpAddr,
}

/// What a person can tell the call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Command {
    /// Cancels while it rings, hangs up afterwards.
    HangUp,
}

/// How the call is.
#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct CallView {
    pub(crate) id: u64,
    pub(crate) to: String,
    pub(crate) name: String,
    /// `calling`, `ringing`, `connected`, `ended`.
    pub(crate) state: String,
    /// Why it ended: `hung up`, `other side hung up`, `cancelled`, or a SIP status.
    pub(crate) reason: String,
    pub(crate) started_at: u64,
    pub(crate) answered_at: Option<u64>,
    pub(crate) ended_at: Option<u64>,
    pub(crate) on_hold: bool,
    pub(crate) packets_sent: u64,
    pub(crate) packets_received: u64,
    /// Loudness of what is heard, 0 to 32767.
    pub(crate) level: u32,
}

impl CallView {
    /// A call that begins.
    pub(crate) fn new(id: u64, plan: &CallPlan) -> Self {
        Self {
            id,
            to: plan.to.clone(),
            name: plan.name.clone(),
            state: "calling".to_owned(),
            reason: String::new(),
            started_at: now_ms(),
            answered_at: None,
            ended_at: None,
            on_hold: false,
            packets_sent: 0,
            packets_received: 0,
            level: 0,
        }
    }
}
