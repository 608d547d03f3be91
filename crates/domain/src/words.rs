//! The one word for each state, the same in the database, the API and on screen (`style.md` 3).

use crate::acd::OfferOutcome;
use crate::agent::{AgentState, NotReadyReason};
use crate::consult::{
    HuntEnd, HuntMode, IncomingPolicy, InvitationState, MessageState, Side, SkipReason, SolvedState, State,
    Unreachable,
};
use crate::figures::{InvitationOutcome, Transfer, VisitOutcome};
use crate::interaction::{EndReason, Stage};
use crate::wrap_up::WrapUpMode;

macro_rules! words {
    ($($type:ident { $($pattern:pat => $word:literal,)+ })+) => {$(
        impl $type {
            /// Its word in the database and the API.
            #[must_use]
            pub fn word(&self) -> &'static str {
                use $type::*;
                match self {
                    $($pattern => $word,)+
                }
            }
        }
    )+};
}

words! {
    AgentState {
        SignedOut => "signed_out",
        NotReady { .. } => "not_ready",
        Ready => "ready",
        Offered { .. } => "offered",
        Engaged { .. } => "engaged",
        WrapUp { .. } => "wrap_up",
    }
    NotReadyReason {
        Break => "break",
        Meal => "meal",
        Meeting => "meeting",
        Training => "training",
        Other => "other",
        SignedIn => "signed_in",
        NotResponding => "not_responding",
        DeskClosed => "desk_closed",
    }
    Stage {
        Queued => "queued",
        Connected { .. } => "connected",
        WrapUp { .. } => "wrap_up",
        Completed { .. } => "completed",
    }
    EndReason {
        CallerHungUp => "caller_hung_up",
        AgentHungUp => "agent_hung_up",
        CallerCancelled => "caller_cancelled",
        MediaLost => "media_lost",
        SessionExpired => "session_expired",
        ServerRestarted => "server_restarted",
        Failed => "failed",
    }
    State {
        Choosing => "choosing",
        Inviting(_) => "inviting",
        Ringing(_) => "ringing",
        Talking(_) => "talking",
        Ended => "ended",
    }
    InvitationState {
        Sending => "sending",
        Alerting => "alerting",
        Accepted => "accepted",
        Declined { .. } => "declined",
        NoAnswer => "no_answer",
        Unreachable { .. } => "unreachable",
        Withdrawn => "withdrawn",
        Taken => "taken",
        Missed => "missed",
        AnsweredElsewhere => "answered_elsewhere",
    }
    HuntMode {
        OneByOne => "one_by_one",
        AllAtOnce => "all_at_once",
    }
    HuntEnd {
        Answered => "answered",
        NobodyLeft => "nobody_left",
        Stopped => "stopped",
        ConsultEnded => "consult_ended",
    }
    SkipReason {
        Offline => "offline",
        DoNotDisturb => "do_not_disturb",
        QuietHours => "quiet_hours",
        AtLimit => "at_limit",
        NoNetwork => "no_network",
    }
    IncomingPolicy {
        Accept => "accept",
        Ask => "ask",
        OnCall => "on_call",
    }
    MessageState {
        Sending => "sending",
        Sent => "sent",
        Delivered => "delivered",
        Failed { .. } => "failed",
    }
    Side {
        Agent => "agent",
        Expert => "expert",
    }
    SolvedState {
        Solved => "solved",
        Partly => "partly",
        NotSolved => "not_solved",
    }
    OfferOutcome {
        Accepted => "accepted",
        Declined => "declined",
        NoAnswer => "no_answer",
        CallerGone => "caller_gone",
        Withdrawn => "withdrawn",
    }
    VisitOutcome {
        Answered => "answered",
        Abandoned => "abandoned",
        FlowedOut => "flowed_out",
    }
    WrapUpMode {
        Optional => "optional",
        Mandatory => "mandatory",
        MandatoryTimeout => "mandatory_timeout",
        MandatoryForcedTimeout => "mandatory_forced_timeout",
        AgentRequested => "agent_requested",
    }
    Transfer {
        Blind => "blind",
        Consult => "consult",
    }
    InvitationOutcome {
        Accepted => "accepted",
        Declined => "declined",
        NoAnswer => "no_answer",
        Withdrawn => "withdrawn",
        Unreachable => "unreachable",
    }
    Unreachable {
        Offline => "offline",
        NotFound => "not_found",
        DoNotDisturb => "do_not_disturb",
        Busy => "busy",
        NotAllowed => "not_allowed",
        NetworkTrouble => "network_trouble",
        LicenceTaken => "licence_taken",
        SignedOut => "signed_out",
    }
}

impl InvitationState {
    /// Why, where there is a reason: the network's words, or the word of what made it unreachable.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Declined { reason } => reason.as_deref(),
            Self::Unreachable { why } => Some(why.word()),
            _ => None,
        }
    }
}

impl MessageState {
    /// Why it failed.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Failed { reason } => Some(reason),
            _ => None,
        }
    }
}
