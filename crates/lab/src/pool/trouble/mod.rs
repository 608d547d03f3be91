//! Trouble made by the control API: refusals, delays, cut connections, broken bodies, lost events.

pub(crate) mod events;
mod mangle;
pub(crate) mod throttle;

use std::time::Duration;

use bytes::Bytes;
use parking_lot::Mutex;

use super::call::Call;
use super::reply::Reply;
use super::wire::Resource;
use crate::clock::now_ms;

pub(crate) use mangle::Mangle;

/// One kind of trouble. The first that fits a request is taken.
#[derive(Debug, Clone, Default, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Trouble {
    /// How long it lasts; 0 is until its count is used up.
    pub(crate) seconds: u64,
    /// How many requests it meets; 0 is any number.
    pub(crate) count: u64,
    /// Only requests whose path contains this, without regard to case.
    pub(crate) path: String,
    /// Only requests of this method.
    pub(crate) method: String,
    /// The answer; 0 answers as usual (for a delay alone).
    pub(crate) status: u16,
    /// `Retry-After` in seconds; 0 sends none.
    pub(crate) retry_after: u64,
    /// `Retry-After` as a date in place of seconds.
    pub(crate) retry_after_date: bool,
    /// `X-Ms-diagnostics` of the answer.
    pub(crate) diagnostics: String,
    /// Code and subcode of a UCWA error body, `Code/Subcode`; empty is what `body` says.
    pub(crate) reason: String,
    /// Wait so long first.
    pub(crate) delay_ms: u64,
    /// Carry out the request, then close the connection without an answer.
    pub(crate) cut_after: bool,
    /// Close the connection without carrying out the request.
    pub(crate) cut_before: bool,
    /// Redirect to the same path again and again: `link` as autodiscover does, `http` with 302.
    pub(crate) redirect: String,
    /// Break the body of the answer.
    pub(crate) mangle: Option<Mangle>,
    /// The body; empty is a proxy's HTML page.
    pub(crate) body: String,
    #[serde(skip_deserializing)]
    pub(crate) ends_at: u64,
}

/// The trouble of the moment.
#[derive(Default)]
pub(crate) struct Troubles(Mutex<Vec<Trouble>>);

impl Troubles {
    /// Adds trouble.
    pub(crate) fn add(&self, mut trouble: Trouble) {
        trouble.ends_at = if trouble.seconds == 0 { u64::MAX } else { now_ms() + trouble.seconds * 1_000 };
        self.0.lock().push(trouble);
    }

    /// All is well again.
    pub(crate) fn clear(&self) {
        self.0.lock().clear();
    }

    /// What there is.
    pub(crate) fn all(&self) -> Vec<Trouble> {
        self.0.lock().clone()
    }

    /// The trouble that meets this request.
    pub(crate) fn meets(&self, call: &Call) -> Option<Trouble> {
        let mut troubles = self.0.lock();
        if troubles.is_empty() {
            return None;
        }
        let now = now_ms();
        troubles.retain(|trouble| trouble.ends_at > now);
        let path = call.segments.join("/").to_lowercase();
        let at = troubles.iter().position(|trouble| {
            path.contains(trouble.path.trim_matches('/').to_lowercase().as_str())
                && (trouble.method.is_empty() || trouble.method.eq_ignore_ascii_case(call.method.as_str()))
        })?;
        let found = troubles.get_mut(at)?;
        let met = found.clone();
        match found.count {
            0 => {}
            1 => {
                troubles.remove(at);
            }
            _ => found.count -= 1,
        }
        Some(met)
    }
}

impl Trouble {
    /// Waits as long as it says.
    pub(crate) async fn delay(&self) {
        if self.delay_ms > 0 {
            tokio::time::sleep(Duration::from_millis(self.delay_ms)).await;
        }
    }

    /// Its answer, if it has one.
    pub(crate) fn reply(&self, call: &Call) -> Option<Reply> {
        match self.redirect.as_str() {
            "" => {}
            "http" => return Some(Reply::empty(302).header("Location", again(call))),
            _ => return Some(Reply::resource(Resource::new("").link("redirect", again(call)))),
        }
        if self.status == 0 {
            return None;
        }
        let json = self.body.trim_start().starts_with('{') || !self.reason.is_empty();
        let page = format!("<html><head><title>{0}</title></head><body>{0}</body></html>", self.status);
        let body = match (&self.reason, &self.body) {
            (reason, _) if !reason.is_empty() => {
                let (code, subcode) = reason.split_once('/').unwrap_or((reason, ""));
                serde_json::json!({ "code": code, "subcode": subcode, "message": "Made by the control API." })
                    .to_string()
            }
            (_, body) if body.is_empty() => page,
            (_, body) => body.clone(),
        };
        let mut reply =
            Reply::raw(if json { "application/json" } else { "text/html" }, body).status(self.status);
        if !self.diagnostics.is_empty() {
            reply = reply.header("X-Ms-diagnostics", self.diagnostics.clone());
        }
        if self.retry_after > 0 {
            let after = match self.retry_after_date {
                true => crate::clock::http_date(crate::clock::skewed(now_ms() + self.retry_after * 1_000)),
                false => self.retry_after.to_string(),
            };
            reply = reply.header("Retry-After", after);
        }
        Some(reply)
    }

    /// Breaks the body of an answer.
    pub(crate) fn mangle(&self, bytes: Bytes) -> Bytes {
        match self.mangle {
            Some(mangle) => mangle.of(&bytes),
            None => bytes,
        }
    }
}

/// The same address with a counter, so that no client takes it for a loop at once.
fn again(call: &Call) -> String {
    let hop: u64 = call.query_number("hop").unwrap_or(0);
    format!("{}/{}?hop={}", call.base, call.segments.join("/"), hop + 1)
}
