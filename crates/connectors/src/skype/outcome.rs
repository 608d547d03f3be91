//! How the end of an invitation is told (UCWA 5.2).

use super::{
    codec::{cut_to_chars, tidy},
    resource::text,
    unknown,
};
use crate::{ChatId, SessionEvent, Unreachable};
use hookflash_domain::NetworkId;
use serde_json::Value;

/// What a pool says of every decline (`ucwa.md` 5.2).
const STANDARD_DECLINE: &str = "Your invitation was declined.";

/// Longest words kept, in characters.
const LONGEST_WORDS: usize = 300;

/// Subcodes of invitations (UCWA 5.2).
const KNOWN: [&str; 28] = [
    "Busy",
    "CallTerminated",
    "Canceled",
    "ConnectedElsewhere",
    "ConversationNotFound",
    "Declined",
    "DestinationNotFound",
    "DoNotDisturb",
    "Ended",
    "Expired",
    "FederationRequired",
    "Forwarded",
    "Missed",
    "ModalityNotSupported",
    "NotAcceptable",
    "NotAllowed",
    "OperationNotSupported",
    "Redirected",
    "Removed",
    "Replaced",
    "RepliedWithOtherModality",
    "TemporarilyUnavailable",
    "Timeout",
    "TooManyConversations",
    "Transferred",
    "Unavailable",
    "Unreachable",
    "UnsupportedMediaType",
];

/// What is known of an invitation that failed.
pub(super) struct Failed<'a> {
    pub(super) chat: ChatId,
    /// The event's reason: code, subcode, message; may be absent.
    pub(super) reason: Option<&'a Value>,
    /// We took it back.
    pub(super) ours: bool,
    /// It rang for as long as people are given to answer.
    pub(super) rang_long: bool,
}

/// An outgoing invitation's failure. Only `code` is certain and new subcodes may appear, so that
/// everything unknown means "could not be reached".
pub(super) fn outgoing(failed: Failed<'_>) -> SessionEvent {
    let part = |name| failed.reason.and_then(|reason| text(reason, name)).unwrap_or_default();
    let (code, subcode) = (part("code").to_ascii_lowercase(), part("subcode").to_ascii_lowercase());
    let words = words(&failed);
    let Failed { chat, ours, rang_long, .. } = failed;
    if ours || (code == "localfailure" && subcode == "canceled") {
        return SessionEvent::Withdrawn { chat, elsewhere: false, words };
    }
    let why = match subcode.as_str() {
        "declined" => {
            // The server's own sentence says nothing that the code does not.
            let reason = words.clone().filter(|words| words != STANDARD_DECLINE);
            return SessionEvent::Declined { chat, reason, words };
        }
        "timeout" if code == "remotefailure" => return SessionEvent::NoAnswer { chat, words },
        "timeout" | "temporarilyunavailable" | "unavailable" | "unreachable" | "expired" | "missed"
            if rang_long =>
        {
            return SessionEvent::NoAnswer { chat, words };
        }
        "temporarilyunavailable" | "unavailable" | "unreachable" => Unreachable::Offline,
        "destinationnotfound" => Unreachable::NotFound,
        "donotdisturb" => Unreachable::DoNotDisturb,
        "busy" => Unreachable::Busy,
        "notacceptable"
        | "modalitynotsupported"
        | "notallowed"
        | "federationrequired"
        | "unsupportedmediatype" => Unreachable::NotAllowed,
        _ => Unreachable::Network,
    };
    SessionEvent::Unreachable { chat, why, words }
}

/// The end of an incoming invitation that was not taken here.
pub(super) fn incoming(failed: Failed<'_>) -> SessionEvent {
    let subcode = failed.reason.and_then(|reason| text(reason, "subcode")).unwrap_or_default();
    let subcode = subcode.to_ascii_lowercase();
    let words = words(&failed);
    let Failed { chat, ours, .. } = failed;
    match subcode.as_str() {
        _ if ours => SessionEvent::Left { chat },
        // A decline that was not ours was made in another client of the agent.
        "connectedelsewhere" | "declined" => SessionEvent::Withdrawn { chat, elsewhere: true, words },
        _ => SessionEvent::Missed { chat, words },
    }
}

/// Counts a subcode that is none of those in UCWA 5.2.
pub(super) fn count_unknown(network: &NetworkId, failed: &Failed<'_>) {
    let subcode = failed.reason.and_then(|reason| text(reason, "subcode")).unwrap_or_default();
    let known = KNOWN.iter().any(|known| known.eq_ignore_ascii_case(subcode));
    if !known && !subcode.is_empty() {
        unknown::subcode(network, subcode);
    }
}

/// The network's own words, bounded.
fn words(failed: &Failed<'_>) -> Option<String> {
    let message = failed.reason.and_then(|reason| text(reason, "message")).unwrap_or_default();
    Some(cut_to_chars(&tidy(message), LONGEST_WORDS)).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Failed, outgoing};
    use crate::{ChatId, SessionEvent, Unreachable};
    use serde_json::json;

    fn told(code: &str, subcode: &str, rang_long: bool) -> SessionEvent {
        let reason = json!({"code": code, "subcode": subcode, "message": "words"});
        let chat = ChatId("c".to_owned());
        outgoing(Failed { chat, reason: Some(&reason), ours: false, rang_long })
    }

    #[test]
    fn every_cause_has_its_word() {
        let chat = || ChatId("c".to_owned());
        let words = || Some("words".to_owned());
        let no_answer = || SessionEvent::NoAnswer { chat: chat(), words: words() };
        let unreachable = |why| SessionEvent::Unreachable { chat: chat(), why, words: words() };
        let cases = [
            (
                "RemoteFailure",
                "Declined",
                false,
                SessionEvent::Declined { chat: chat(), reason: words(), words: words() },
            ),
            ("RemoteFailure", "Timeout", false, no_answer()),
            ("RemoteFailure", "TemporarilyUnavailable", true, no_answer()),
            ("RemoteFailure", "TemporarilyUnavailable", false, unreachable(Unreachable::Offline)),
            ("RemoteFailure", "Unreachable", false, unreachable(Unreachable::Offline)),
            ("RemoteFailure", "DestinationNotFound", false, unreachable(Unreachable::NotFound)),
            ("RemoteFailure", "DoNotDisturb", true, unreachable(Unreachable::DoNotDisturb)),
            ("RemoteFailure", "Busy", false, unreachable(Unreachable::Busy)),
            ("RemoteFailure", "FederationRequired", false, unreachable(Unreachable::NotAllowed)),
            ("ServiceFailure", "BrandNewSubcode", false, unreachable(Unreachable::Network)),
            ("", "", true, unreachable(Unreachable::Network)),
            (
                "LocalFailure",
                "Canceled",
                false,
                SessionEvent::Withdrawn { chat: chat(), elsewhere: false, words: words() },
            ),
        ];
        for (code, subcode, rang_long, event) in cases {
            assert_eq!(told(code, subcode, rang_long), event, "{code}/{subcode} {rang_long}");
        }
    }
}
