//! One exchange over HTTP, with bounds.

use super::{
    SkypeConfig,
    codec::{cut_to_chars, tidy},
    fault::{Fault, Refusal},
    resource::text,
};
use reqwest::{Client, ClientBuilder, RequestBuilder, Response, header};
use rustls::{
    ClientConfig,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;
use serde_json::Value;
use std::{error::Error, sync::Arc, time::Duration};
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
}

/// An answer whose body is read.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: Option<String>,
    pub(super) challenges: Vec<String>,
    pub(super) diagnostics: Option<String>,
    pub(super) retry_after: Option<Duration>,
    /// The JSON body; null where there is none.
    pub(super) body: Value,
}

impl Http {
    /// Clients for a site; the error says which setting is wrong.
    pub(super) fn new(config: &SkypeConfig) -> Result<Self, String> {
        let tls = tls(config.ca_pem.as_deref())?;
        let commands = builder(config, &tls)?.timeout(config.timing.command);
        // A held event request answers within its time; what is longer is a dead connection.
        let events = builder(config, &tls)?.timeout(config.timing.events + config.timing.command);
        let build = |builder: ClientBuilder| builder.build().map_err(|error| error.to_string());
        Ok(Self { commands: build(commands)?, events: build(events)? })
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

fn tls(ca_pem: Option<&str>) -> Result<ClientConfig, String> {
    let extra = CertificateDer::pem_slice_iter(ca_pem.unwrap_or_default().as_bytes());
    let extra: Vec<_> =
        extra.collect::<Result<_, _>>().map_err(|error| format!("ca_pem cannot be read: {error}"))?;
    if ca_pem.is_some() && extra.is_empty() {
        return Err("ca_pem holds no certificate".to_owned());
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = Verifier::new_with_extra_roots(extra, Arc::clone(&provider))
        .map_err(|error| format!("the system's certificates cannot be read: {error}"))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

/// Sends a request and reads its answer, whatever its status.
pub(super) async fn exchange(request: RequestBuilder) -> Result<Answer, Fault> {
    let request = request.header(header::ACCEPT, "application/json");
    let response = request.send().await.map_err(|error| transport(&error))?;
    let header =
        |name: &str| -> Option<String> { response.headers().get(name)?.to_str().ok().map(str::to_owned) };
    let challenges = response.headers().get_all(header::WWW_AUTHENTICATE).iter();
    let mut answer = Answer {
        status: response.status().as_u16(),
        location: header("location"),
        challenges: challenges.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect(),
        diagnostics: header("x-ms-diagnostics"),
        retry_after: header("retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_secs),
        body: Value::Null,
    };
    let is_json = header("content-type").is_some_and(|kind| kind.to_ascii_lowercase().contains("json"));
    let bytes = read(response).await?;
    if is_json && !bytes.is_empty() {
        match serde_json::from_slice(&bytes) {
            Ok(body) => answer.body = body,
            Err(_) if answer.status >= 300 => {}
            Err(error) => return Err(Fault::Protocol(format!("The server's JSON is broken: {error}"))),
        }
    }
    Ok(answer)
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
    match cause.downcast_ref()? {
        rustls::Error::InvalidCertificate(reason) => Some(format!("{reason}")),
        _ => None,
    }
}
