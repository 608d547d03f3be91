//! The domain's refusals as the stable codes of the desk's socket.

use super::command::Refused;
use hookflash_domain::attached::HandoverRefusal;
use hookflash_domain::{acd, consult, interaction};

impl From<acd::Refusal> for Refused {
    fn from(refusal: acd::Refusal) -> Self {
        use acd::Refusal as R;
        let code = match refusal {
            R::OfferGone => "offer_gone",
            R::InWrapUp => "in_wrap_up",
            R::Engaged => "engaged",
            R::SignedOut => "signed_out",
            R::UnknownReason => "unknown_reason",
            R::NotWaiting => "not_waiting",
            R::AlreadyOffered => "already_offered",
            R::AgentNotReady => "agent_not_ready",
            R::BadPriority => "bad_priority",
        };
        Self::new(code, refusal.to_string())
    }
}

impl From<interaction::Refusal> for Refused {
    fn from(refusal: interaction::Refusal) -> Self {
        use interaction::Refusal as R;
        let code = match refusal {
            R::NotYours => "not_your_interaction",
            R::CallEnded => "call_ended",
            R::CallStillUp => "call_still_up",
            R::AlreadyHeld => "already_held",
            R::NotHeld => "not_held",
            R::BadDigit => "bad_digit",
            R::NoteTooLong => "note_too_long",
            R::DispositionRequired => "disposition_required",
            R::TooEarly => "too_early",
            R::WrapUpNotOptional => "wrap_up_not_optional",
            R::Completed => "already_completed",
        };
        Self::new(code, refusal.to_string())
    }
}

impl From<consult::Refusal> for Refused {
    fn from(refusal: consult::Refusal) -> Self {
        use consult::Refusal as R;
        let code = match refusal {
            R::AlreadyInviting(_) => "already_inviting",
            R::AlreadyTalking(_) => "already_talking",
            R::NobodyInvited => "nobody_invited",
            R::AnswerFirst(_) => "answer_first",
            R::NobodyAsks => "nobody_asks",
            R::NobodyThere => "nobody_there",
            R::Ended => "consult_ended",
            R::BadLength => "text_too_long",
            R::NotFailed => "not_failed",
            R::MessageExists => "message_exists",
            R::TooManyInvitations => "too_many_invitations",
            R::NobodyToAsk => "nobody_to_ask",
            R::BadTime => "bad_time",
            R::Hunting => "hunting",
            R::NoHunt => "no_hunt",
            R::NoLink => "no_link",
            R::NotInHunt => "not_in_hunt",
            R::AlreadyInHunt(_) => "already_in_hunt",
        };
        Self::new(code, refusal.to_string())
    }
}

impl From<HandoverRefusal> for Refused {
    fn from(refusal: HandoverRefusal) -> Self {
        let code = match refusal {
            HandoverRefusal::PrivateKey(_) => "private_key",
            HandoverRefusal::UnknownKey(_) => "unknown_key",
        };
        Self::new(code, refusal.to_string())
    }
}
