//! What opens a pool to an agent, and what a ticket service says when it gives none (UCWA 1.3).

use crate::{
    Secret, clock,
    skype::{
        codec::{cut_to_chars, tidy},
        fault::Fault,
        http::Answer,
        resource::text,
    },
};
use serde_json::Value;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// How far clocks may be apart (Kerberos' and most OAuth servers' limit).
const MOST_SKEW_S: i64 = 300;
/// Longest lifetime that is believed.
const LONGEST_LIFE_S: u64 = 7 * 24 * 60 * 60;

/// A web ticket or an access token: good for one pool.
#[derive(Debug, Clone)]
pub(super) struct Ticket {
    pub(super) token: Secret,
    /// Where it came from and is renewed.
    pub(super) from: From,
    /// When it is time for a new one.
    renew_at: Instant,
}

/// Where a ticket came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum From {
    /// The pool's ticket service, by this grant.
    Service(Url, super::signer::Way),
    /// The company's token service, for this pool.
    Company(Url),
}

impl Ticket {
    /// Reads a ticket or token out of an answer.
    pub(super) fn read(answer: &Answer, from: From) -> Result<Self, Fault> {
        let token = text(&answer.body, "access_token")
            .ok_or_else(|| Fault::Protocol("The ticket answer holds no ticket.".to_owned()))?;
        let lifetime = answer.body.get("expires_in").and_then(seconds).unwrap_or(3_600).min(LONGEST_LIFE_S);
        // Renewed in the last fifth, spread out: pools that restart hand out tickets at one moment.
        let renew_in = Duration::from_secs(lifetime).mul_f64(0.9);
        let renew_at = clock::instant() + clock::jittered(renew_in.mul_f64(0.2)) + renew_in.mul_f64(0.8);
        Ok(Self { token: Secret::new(token), from, renew_at })
    }

    pub(super) fn is_due(&self) -> bool {
        clock::instant() >= self.renew_at
    }
}

fn seconds(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// What a ticket service's error means.
pub(super) fn refused(answer: &Answer) -> Fault {
    let words = diagnosis(answer);
    let lower = words.to_lowercase();
    let says = |marks: &[&str]| marks.iter().any(|mark| lower.contains(mark));
    match text(&answer.body, "error") {
        _ if says(&["28029", "authentication type not allowed"]) => {
            Fault::NoCommonGrant("other ways than were announced".to_owned())
        }
        Some("unsupported_grant_type") => Fault::NoCommonGrant("other ways than were announced".to_owned()),
        _ if !matches!(answer.status, 400 | 401 | 403) => answer.fault(),
        _ if says(&["disabled", "locked", "password has expired", "password expired", "must change"]) => {
            Fault::AccountDisabled(words)
        }
        _ if says(&["not enabled", "not sip enabled", "not provisioned"]) => Fault::NotEnabled(words),
        Some("invalid_grant") => Fault::WrongPassword,
        _ if answer.status == 401 => Fault::WrongPassword,
        _ if answer.status == 403 => Fault::NotEnabled(words),
        _ => answer.fault(),
    }
}

/// The server's own words about an error.
pub(super) fn diagnosis(answer: &Answer) -> String {
    let words = answer.diagnostics.as_deref().or_else(|| text(&answer.body, "error_description"));
    words.map_or_else(|| format!("{} without words", answer.status), |words| cut_to_chars(&tidy(words), 300))
}

/// The clocks' difference, where it is large enough to spoil a sign-in.
pub(super) fn skew(answer: &Answer) -> Option<Fault> {
    answer.skew_s.filter(|seconds| seconds.abs() > MOST_SKEW_S).map(Fault::ClockSkew)
}

#[cfg(test)]
pub(super) mod tests {
    use super::{From, Ticket, refused, skew};
    use crate::skype::{fault::Fault, http::Answer};
    use serde_json::{Value, json};

    /// An answer with this status, body and diagnostics.
    pub(in crate::skype::sign_in) fn answer(status: u16, body: Value, diagnostics: Option<&str>) -> Answer {
        let diagnostics = diagnostics.map(str::to_owned);
        Answer {
            status,
            location: None,
            challenges: Vec::new(),
            diagnostics,
            retry_after: None,
            kind: "application/json".to_owned(),
            skew_s: None,
            connection: None,
            body,
            media_type: String::new(),
            bytes: bytes::Bytes::new(),
        }
    }

    #[test]
    fn each_refusal_is_told_apart() {
        let invalid = || json!({ "error": "invalid_grant" });
        let wrong = "28020;source=\"lab\";reason=\"The user name or password is incorrect.\"";
        let disabled = "28033;source=\"lab\";reason=\"The account is disabled.\"";
        let not_enabled = "28047;source=\"lab\";reason=\"User is not enabled for this service.\"";
        let not_allowed = "28029;source=\"lab\";reason=\"Authentication type not allowed.\"";
        let other = || Fault::NoCommonGrant("other ways than were announced".to_owned());
        let cases = [
            (answer(400, invalid(), Some(wrong)), Fault::WrongPassword),
            (answer(400, invalid(), None), Fault::WrongPassword),
            (answer(401, Value::Null, None), Fault::WrongPassword),
            (answer(400, invalid(), Some(disabled)), Fault::AccountDisabled(disabled.to_owned())),
            (answer(403, Value::Null, Some(disabled)), Fault::AccountDisabled(disabled.to_owned())),
            (answer(403, Value::Null, Some(not_enabled)), Fault::NotEnabled(not_enabled.to_owned())),
            (answer(403, Value::Null, None), Fault::NotEnabled("403 without words".to_owned())),
            (answer(400, json!({ "error": "unsupported_grant_type" }), None), other()),
            (answer(400, invalid(), Some(not_allowed)), other()),
        ];
        for (answer, expected) in cases {
            assert_eq!(refused(&answer), expected, "{answer:?}");
        }
        assert!(matches!(refused(&answer(500, invalid(), Some(disabled))), Fault::Refused(_)));
    }

    #[test]
    fn a_ticket_is_due_in_the_last_fifth_of_its_life() {
        let from = || From::Company("https://x.test".parse().expect("a URL"));
        let read = |body| Ticket::read(&answer(200, body, None), from());
        for (life, due) in
            [(json!(0), true), (json!("0"), true), (json!(28_289), false), (json!(u64::MAX), false)]
        {
            let ticket = read(json!({ "access_token": "t", "expires_in": life })).expect("a ticket");
            assert_eq!(ticket.is_due(), due, "{life}");
        }
        assert!(matches!(read(json!({ "expires_in": 5 })), Err(Fault::Protocol(_))));
    }

    #[test]
    fn small_differences_of_clocks_do_not_matter() {
        for (skew_s, expected) in [
            (None, None),
            (Some(299), None),
            (Some(-301), Some(Fault::ClockSkew(-301))),
            (Some(900), Some(Fault::ClockSkew(900))),
        ] {
            assert_eq!(
                skew(&crate::skype::http::Answer { skew_s, ..answer(401, Value::Null, None) }),
                expected
            );
        }
    }
}
