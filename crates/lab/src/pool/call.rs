//! One request as the resources see it, whether it came over HTTP or inside a batch.

use bytes::Bytes;
use http::{HeaderMap, Method};
use url::form_urlencoded;

use super::input::Input;
use super::reply::Fault;

/// See the module.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// Decoded path segments, as the client wrote them.
    pub(crate) segments: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The number of the pool that was asked: 0 the first, 1 the second.
    pub(crate) front: usize,
    /// `https://host:port` of this pool as the client addressed it.
    pub(crate) base: String,
}

impl Call {
    /// Takes a request target apart.
    pub(crate) fn new(
        method: Method,
        target: &str,
        headers: HeaderMap,
        body: Bytes,
        (front, base): (usize, String),
    ) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let segments = path.split('/').filter(|s| !s.is_empty()).map(decode).collect();
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { method, segments, query, headers, body, front, base }
    }

    /// A header as text; empty when absent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// A query parameter; names do not care about case.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A number in the query.
    pub(crate) fn query_number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.query(name)?.trim().parse().ok()
    }

    /// The instance whose channel is meant.
    pub(crate) fn instance(&self) -> String {
        self.query("instanceId").unwrap_or_default().to_owned()
    }

    /// The input of a POST or PUT: body and query together.
    pub(crate) fn input(&self) -> Result<Input, Fault> {
        Input::read(self)
    }

    /// `If-Match` has to be there and to fit (ucwa.md §2.4); quotes do not matter, `*` fits always.
    pub(crate) fn precondition(&self, etag: u32) -> Result<(), Fault> {
        let wanted = self.header("if-match").trim().trim_start_matches("W/").trim_matches('"');
        match wanted {
            "" => Err(Fault::new(428, "PreconditionRequired", "")),
            "*" => Ok(()),
            _ if wanted == etag.to_string() => Ok(()),
            _ => Err(Fault::new(412, "PreconditionFailed", "")),
        }
    }

    /// Whether `If-None-Match` has this etag; quotes do not matter, and there may be several.
    pub(crate) fn has_already(&self, etag: &str) -> bool {
        let bare = |tag: &str| tag.trim().trim_start_matches("W/").trim_matches('"').to_owned();
        self.header("if-none-match").split(',').any(|known| bare(known) == bare(etag) || known.trim() == "*")
    }

    /// Whether the client wants XML.
    pub(crate) fn wants_xml(&self) -> bool {
        let accept = self.header("accept").to_ascii_lowercase();
        match (accept.find("xml"), accept.find("json")) {
            (Some(xml), Some(json)) => xml < json,
            (Some(_), None) => !accept.contains("text/html"),
            _ => false,
        }
    }
}

fn decode(segment: &str) -> String {
    // A path keeps its plus signs, unlike a form.
    form_urlencoded::parse(format!("s={}", segment.replace('+', "%2B")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}
