//! One exchange over HTTP, with bounds.

use super::{
    SkypeConfig,
    codec::{cut_to_chars, tidy},
    fault::{Fault, Refusal},
    limits::{Limits, Urgency},
    pace::Pace,
    resource::text,
    tls,
};
use crate::clock;
use bytes::Bytes;
use hyper_util::client::legacy::connect::HttpInfo;
use reqwest::{Client, ClientBuilder, Request, RequestBuilder, Response, header, header::HeaderValue};
use rustls::ClientConfig;
use serde_json::Value;
use std::{error::Error, net::SocketAddr, sync::Arc, time::Duration};
use url::Url;

/// Largest body that is read.
const LARGEST_BODY: usize = 1 << 20;
/// Most characters of a server's words that are kept.
const WORDS: usize = 300;

/// The two ways to a pool: commands do not wait behind an event request.
#[derive(Debug)]
pub(super) struct Http {
    pub(super) commands: Client,
    pub(super) events: Client,
    pub(super) limits: Limits,
    pace: Pace,
    config: Arc<SkypeConfig>,
    tls: ClientConfig,
}

/// An answer whose body is read.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) challenges: Vec<String>,
    pub(super) diagnostics: Option<String>,
    pub(super) retry_after: Option<Duration>,
    /// Of `Content-Type`, without parameters.
    pub(super) kind: String,
    /// By how many seconds the server's clock is ahead of ours, where it tells the time.
    pub(super) skew_s: Option<i64>,
    /// Our end of the connection: the same one, the same connection.
    pub(super) connection: Option<SocketAddr>,
    /// The JSON body; null where there is none.
    pub(super) body: Value,
    /// Media type of a body that is not JSON, and the body.
    pub(super) media_type: String,
    pub(super) bytes: Bytes,
}

impl Http {
    /// Clients for a site; the error says which setting is wrong.
    pub(super) fn new(config: Arc<SkypeConfig>) -> Result<Self, String> {
        let tls = tls::client(config.ca_pem.as_deref())?;
        let commands = builder(&config, &tls)?.timeout(config.timing.command);
        // A held event request answers within its time; what is longer is a dead connection.
        let events = builder(&config, &tls)?.timeout(config.timing.events + config.timing.command);
        let build = |builder: ClientBuilder| builder.build().map_err(|error| error.to_string());
        let (commands, events) = (build(commands)?, build(events)?);
        let limits = Limits::new(config.limits.requests_per_second, config.limits.sign_ins_at_once);
        Ok(Self { commands, events, limits, pace: Pace::default(), config, tls })
    }

    /// A client with connections of its own, for a handshake that belongs to one connection.
    pub(super) fn apart(&self) -> Result<Client, Fault> {
        let builder = builder(&self.config, &self.tls).map_err(Fault::Protocol)?;
        let builder = builder.pool_max_idle_per_host(1).timeout(self.config.timing.command);
        builder.build().map_err(|error| Fault::Protocol(error.to_string()))
    }

    /// Sends a request and reads its answer, whatever its status; keeps away from a server that
    /// has asked for it.
    pub(super) async fn exchange(&self, client: &Client, request: RequestBuilder) -> Result<Answer, Fault> {
        self.exchange_as(Urgency::Usual, client, request).await
    }

    /// As [`Self::exchange`], for somebody who waits.
    pub(super) async fn exchange_as(
        &self,
        urgency: Urgency,
        client: &Client,
        request: RequestBuilder,
    ) -> Result<Answer, Fault> {
        let mut request = request.build().map_err(|error| transport(&error))?;
        request.headers_mut().entry(header::ACCEPT).or_insert(HeaderValue::from_static("application/json"));
        self.limits.turn(urgency).await;
        let url = request.url().clone();
        self.pace.check(&url, clock::instant())?;
        let answer = exchange(client, request).await?;
        self.pace.note(&url, answer.status, answer.retry_after, clock::instant());
        Ok(answer)
    }
}

fn builder(config: &SkypeConfig, tls: &ClientConfig) -> Result<ClientBuilder, String> {
    let mut builder = Client::builder()
        .tls_backend_preconfigured(tls.clone())
        .http1_only()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(config.timing.connect)
        .pool_idle_timeout(Duration::from_secs(60))
        .tcp_nodelay(true)
        .user_agent(&config.user_agent);
    builder = match &config.proxy {
        Some(proxy) => builder.proxy(reqwest::Proxy::all(proxy.clone()).map_err(|error| error.to_string())?),
        None => builder.no_proxy(),
    };
    for (host, address) in &config.resolve {
        builder = builder.resolve(host, *address);
    }
    Ok(builder)
}

async fn exchange(client: &Client, request: Request) -> Result<Answer, Fault> {
    let response = client.execute(request).await.map_err(|error| transport(&error))?;
    let mut answer = head(&response);
    let bytes = read(response).await?;
    if answer.kind.contains("json") && !bytes.is_empty() {
        match serde_json::from_slice(&bytes) {
            Ok(body) => answer.body = body,
            Err(_) if answer.status >= 300 => {}
            Err(error) => return Err(Fault::Protocol(format!("The server's JSON is broken: {error}"))),
        }
    } else {
        answer.bytes = bytes.into();
    }
    Ok(answer)
}

fn head(response: &Response) -> Answer {
    let header =
        |name: &str| -> Option<String> { response.headers().get(name)?.to_str().ok().map(str::to_owned) };
    let challenges = response.headers().get_all(header::WWW_AUTHENTICATE).iter();
    let kind = header("content-type").unwrap_or_default().to_ascii_lowercase();
    let skew_s = header("date").and_then(|text| seconds_ahead(&text));
    Answer {
        status: response.status().as_u16(),
        location: header("location"),
        challenges: challenges.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect(),
        diagnostics: header("x-ms-diagnostics"),
        retry_after: header("retry-after").and_then(|text| wish(&text, skew_s.unwrap_or(0))),
        kind: kind.split(';').next().unwrap_or_default().trim().to_owned(),
        media_type: header("content-type").unwrap_or_default(),
        bytes: Bytes::new(),
        skew_s,
        connection: response.extensions().get::<HttpInfo>().map(HttpInfo::local_addr),
        body: Value::Null,
    }
}

/// `Retry-After`: seconds, or a date by the server's clock (RFC 9110 10.2.3).
fn wish(text: &str, skew_s: i64) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    seconds_ahead(text).map(|ahead| Duration::from_secs(u64::try_from(ahead - skew_s).unwrap_or(0)))
}

/// How far a date lies in the future.
fn seconds_ahead(date: &str) -> Option<i64> {
    let date = httpdate::parse_http_date(date).ok()?;
    let since = date.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(i64::try_from(since.as_secs()).ok()? - clock::now().0 / 1_000)
}

async fn read(mut response: Response) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| transport(&error))? {
        if bytes.len() + chunk.len() > LARGEST_BODY {
            return Err(Fault::Protocol(format!("The server's answer is over {LARGEST_BODY} bytes.")));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

impl Answer {
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The answer, or its error.
    pub(super) fn ok(self) -> Result<Self, Fault> {
        if self.is_success() { Ok(self) } else { Err(self.fault()) }
    }

    /// The error that the answer is.
    pub(super) fn fault(&self) -> Fault {
        let own = |name: &str| cut_to_chars(&tidy(text(&self.body, name).unwrap_or_default()), WORDS);
        let diagnostics = self.diagnostics.as_deref().map(|words| cut_to_chars(&tidy(words), WORDS));
        let words = Some(own("message")).filter(|words| !words.is_empty()).or(diagnostics);
        let refusal = Refusal {
            status: self.status,
            code: own("code"),
            subcode: own("subcode"),
            words: words.unwrap_or_else(|| "no reason given".to_owned()),
            retry_after: self.retry_after,
        };
        let gone = ["ApplicationNotFound", "InactiveApplicationExpired"];
        if matches!(self.status, 404 | 410) && gone.iter().any(|subcode| refusal.is(subcode)) {
            return Fault::ApplicationGone;
        }
        if refusal.is("PGetReplaced") { Fault::Replaced } else { Fault::Refused(refusal) }
    }

    /// Where a redirect leads.
    pub(super) fn redirected(&self, from: &Url) -> Option<Url> {
        let location =
            self.location.as_deref().filter(|_| matches!(self.status, 301 | 302 | 303 | 307 | 308))?;
        from.join(location).ok()
    }
}

/// What failed below HTTP. The address is left out: its query may hold what people typed.
fn transport(error: &reqwest::Error) -> Fault {
    let mut source: Option<&(dyn Error + 'static)> = error.source();
    let mut words = String::new();
    while let Some(cause) = source {
        if let Some(reason) = distrust(cause) {
            return Fault::NotTrusted(reason);
        }
        words = cause.to_string();
        source = cause.source();
    }
    if error.is_timeout() { Fault::TimedOut } else { Fault::Unreachable(cut_to_chars(&tidy(&words), WORDS)) }
}

/// Why a certificate is not trusted, if that is the cause. TLS errors come wrapped in I/O errors,
/// which do not show what they wrap as their source.
fn distrust(cause: &(dyn Error + 'static)) -> Option<String> {
    let mut cause = cause;
    while let Some(inner) = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        cause = inner;
    }
    tls::distrust(cause.downcast_ref()?)
}
