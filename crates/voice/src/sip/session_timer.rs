//! Session timers (RFC 4028): a call whose peer has vanished ends by itself. Pure.

use std::time::{Duration, Instant};

/// What is wanted of session timers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The interval that we ask for.
    pub(crate) interval_s: u32,
    /// The least interval that we take.
    pub(crate) least_s: u32,
}

/// Who refreshes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refresher {
    /// The caller (it sent the INVITE).
    Caller,
    /// We.
    Us,
}

/// What was agreed in an INVITE or UPDATE and its 2xx.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Agreement {
    pub(crate) interval_s: u32,
    pub(crate) refresher: Refresher,
    /// Whether the caller knows session timers.
    pub(crate) supported: bool,
}

/// The interval asked for is below our least: 422 with this Min-SE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooSmall {
    pub(crate) least_s: u32,
}

/// The headers of a request that matter here.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked<'a> {
    pub(crate) session_expires: Option<&'a str>,
    pub(crate) min_se: Option<&'a str>,
    pub(crate) supported: bool,
}

/// The answer to a request's headers (RFC 4028 9).
pub(crate) fn agree(asked: Asked<'_>, limits: Limits) -> Result<Agreement, TooSmall> {
    let wanted = asked.session_expires.and_then(seconds);
    if asked.supported && wanted.is_some_and(|wanted| wanted < limits.least_s) {
        return Err(TooSmall { least_s: limits.least_s });
    }
    let least = asked.min_se.and_then(seconds).unwrap_or(0).max(limits.least_s);
    let interval_s = wanted.unwrap_or(limits.interval_s).min(limits.interval_s).max(least);
    let named = asked.session_expires.and_then(refresher);
    let refresher = match (asked.supported, named) {
        (false, _) | (true, Some(Refresher::Us)) => Refresher::Us,
        (true, _) => Refresher::Caller,
    };
    Ok(Agreement { interval_s, refresher, supported: asked.supported })
}

impl Agreement {
    /// The value of Session-Expires in our 2xx; the refresher is named by its
    /// role in this transaction, and we are its server.
    pub(crate) fn header(&self) -> String {
        let refresher = match self.refresher {
            Refresher::Caller => "uac",
            Refresher::Us => "uas",
        };
        format!("{};refresher={refresher}", self.interval_s)
    }

    /// When something is due, counted from the last refresh.
    pub(crate) fn due(&self, refreshed_at: Instant) -> (Instant, Due) {
        let interval = Duration::from_secs(u64::from(self.interval_s));
        match self.refresher {
            Refresher::Us => (refreshed_at + interval / 2, Due::Refresh),
            // RFC 4028 10: not before the last third, or 32 s before the end.
            Refresher::Caller => {
                (refreshed_at + interval - (interval / 3).min(Duration::from_secs(32)), Due::End)
            }
        }
    }

    /// After the 2xx to our own refresh, in which we are the client.
    pub(crate) fn renewed(self, session_expires: Option<&str>) -> Self {
        let interval_s = session_expires.and_then(seconds).unwrap_or(self.interval_s);
        let refresher = match session_expires.and_then(refresher) {
            // Named by the roles of that transaction: `uas` is the caller.
            Some(Refresher::Us) => Refresher::Caller,
            _ => Refresher::Us,
        };
        Self { interval_s: interval_s.max(90), refresher, ..self }
    }
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// We refresh.
    Refresh,
    /// The caller did not: the call ends.
    End,
}

fn seconds(value: &str) -> Option<u32> {
    value.split(';').next()?.trim().parse().ok()
}

fn refresher(value: &str) -> Option<Refresher> {
    value.split(';').skip(1).find_map(|param| {
        let (name, role) = param.split_once('=')?;
        match (name.trim().eq_ignore_ascii_case("refresher"), role.trim()) {
            (true, role) if role.eq_ignore_ascii_case("uas") => Some(Refresher::Us),
            (true, role) if role.eq_ignore_ascii_case("uac") => Some(Refresher::Caller),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { interval_s: 1_800, least_s: 90 };

    #[test]
    fn what_is_agreed() {
        for (session_expires, min_se, supported, header) in [
            (None, None, false, Some("1800;refresher=uas")),
            (None, None, true, Some("1800;refresher=uac")),
            (Some("600"), None, true, Some("600;refresher=uac")),
            (Some("600;refresher=uas"), None, true, Some("600;refresher=uas")),
            (Some("90 ; Refresher = UAS"), None, true, Some("90;refresher=uas")),
            (Some("7200"), None, true, Some("1800;refresher=uac")),
            (Some("7200"), Some("3600"), true, Some("3600;refresher=uac")),
            (Some("89"), None, true, None),
            (Some("60"), None, false, Some("90;refresher=uas")),
            (Some("nonsense"), Some("nonsense"), true, Some("1800;refresher=uac")),
        ] {
            let asked = Asked { session_expires, min_se, supported };
            let agreed = agree(asked, LIMITS).ok().map(|agreement| agreement.header());
            assert_eq!(agreed.as_deref(), header, "{asked:?}");
        }
    }

    #[test]
    fn what_is_due() {
        let start = crate::clock::now();
        let agreement = |refresher| Agreement { interval_s: 90, refresher, supported: true };
        let seconds = Duration::from_secs;
        assert_eq!(agreement(Refresher::Us).due(start), (start + seconds(45), Due::Refresh));
        assert_eq!(agreement(Refresher::Caller).due(start), (start + seconds(60), Due::End));
    }

    #[test]
    fn a_renewal_may_hand_the_task_over() {
        let ours = Agreement { interval_s: 90, refresher: Refresher::Us, supported: true };
        assert_eq!(ours.renewed(None), ours);
        assert_eq!(ours.renewed(Some("120;refresher=uac")).refresher, Refresher::Us);
        assert_eq!(ours.renewed(Some("120;refresher=uas")).refresher, Refresher::Caller);
    }
}
