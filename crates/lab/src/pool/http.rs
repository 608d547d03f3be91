//! From HTTP to calls and back: limits, tickets, versions, etags, the headers of a real front end.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, header};
use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::call::Call;
use super::reply::{Fault, Reply};
use super::ticket::Challenge;
use super::trouble::Trouble;
use super::ucwa::{self, Cx};
use super::{Pool, discover, ticket};

/// Larger bodies get 413.
const MAX_BODY: usize = 1 << 20;

/// The connection that a request came on.
#[derive(Clone, Default)]
pub(crate) struct Connection {
    /// Ends it.
    pub(crate) ended: CancellationToken,
    /// What NTLM asked on it.
    pub(crate) challenge: Arc<Mutex<Option<Challenge>>>,
}

/// One of the pools that the process plays, and its number.
#[derive(Clone)]
struct Front {
    pool: Arc<Pool>,
    number: usize,
}

/// The web service of the pool of this number.
pub(crate) fn service(pool: Arc<Pool>, number: usize) -> Router {
    let gzip = CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest);
    Router::new().fallback(answer).layer(gzip).with_state(Front { pool, number })
}

async fn answer(State(Front { pool, number }): State<Front>, request: Request<Body>) -> Response {
    let connection = request.extensions().get::<Connection>().cloned();
    let (mut parts, body) = request.into_parts();
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let host = parts
        .uri
        .host()
        .map_or(host.to_owned(), |_| parts.uri.authority().map_or(String::new(), ToString::to_string));
    let base = format!("{}://{host}", pool.scheme);
    let is_head = parts.method == Method::HEAD;
    if is_head {
        parts.method = Method::GET;
    }
    let target = parts.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let patience = Duration::from_millis(pool.behaviour.body_ms);
    let (body, refused_body) = match tokio::time::timeout(patience, to_bytes(body, MAX_BODY)).await {
        Ok(Ok(body)) => (body, None),
        Ok(Err(_)) => (Bytes::new(), Some(Fault::new(413, "EntityTooLarge", ""))),
        Err(_) => (Bytes::new(), Some(Fault::new(408, "ClientTimeout", ""))),
    };
    let call = Call::new(parts.method, target, parts.headers, body, (number, base));
    let as_xml = call.wants_xml();
    let trouble = pool.troubles.meets(&call);
    let reply = match refused_body {
        Some(fault) => Err(fault),
        None => troubled(&pool, &call, connection.as_ref(), trouble.as_ref()).await,
    };
    let reply = reply.unwrap_or_else(|fault| fault.into_reply(as_xml));
    respond(&pool, &call, reply, trouble.as_ref(), is_head)
}

/// Lets trouble of the control API come first.
async fn troubled(
    pool: &Arc<Pool>,
    call: &Call,
    connection: Option<&Connection>,
    trouble: Option<&Trouble>,
) -> Result<Reply, Fault> {
    if let Some(trouble) = trouble {
        trouble.delay().await;
        if trouble.cut_before {
            cut(connection).await;
        }
        if let Some(reply) = trouble.reply(call) {
            return Ok(reply);
        }
    }
    let reply = dispatch(pool, call, connection).await;
    if trouble.is_some_and(|trouble| trouble.cut_after) {
        cut(connection).await;
    }
    reply
}

async fn cut(connection: Option<&Connection>) {
    if let Some(connection) = connection {
        connection.ended.cancel();
        std::future::pending::<()>().await;
    }
}

async fn dispatch(pool: &Arc<Pool>, call: &Call, connection: Option<&Connection>) -> Result<Reply, Fault> {
    let lower: Vec<String> = call.segments.iter().map(|segment| segment.to_lowercase()).collect();
    let path: Vec<&str> = lower.iter().map(String::as_str).collect();
    if call.method == Method::OPTIONS && !call.header("origin").is_empty() {
        return preflight(pool, call);
    }
    match path.as_slice() {
        [] | ["autodiscover", "autodiscoverservice.svc", "root"] => Ok(discover::root(pool, call)),
        ["autodiscover", "autodiscoverservice.svc", "root", "user"]
        | ["autodiscover", "autodiscoverservice.svc", "root", "oauth", "user"] => discover::user(pool, call),
        ["xframe"] | ["autodiscover", "xframe", "xframe.html"] => {
            Ok(Reply::raw("text/html; charset=utf-8", include_str!("xframe.html")))
        }
        ["webticket", "oauthtoken"] => match call.method {
            Method::POST => ticket::request(pool, call, connection),
            _ => Err(Fault::new(405, "MethodNotAllowed", "").header("Allow", "POST")),
        },
        ["passiveauth", "passiveauth.aspx"] => Ok(ticket::passive::page(pool, call)),
        [.., "oauth2", "authorize"] | [.., "oauth2", "v2.0", "authorize"] if pool.behaviour.modern_auth => {
            Ok(ticket::authority::authorize(pool, call))
        }
        [.., "oauth2", "token"] | [.., "oauth2", "v2.0", "token"] if pool.behaviour.modern_auth => {
            ticket::authority::token(pool, call)
        }
        [.., ".well-known", "openid-configuration"] if pool.behaviour.modern_auth => {
            Ok(ticket::authority::configuration(call))
        }
        ["ucwa", "oauth", "v1", "applications", rest @ ..] => {
            applications(pool, call, rest, connection).await
        }
        _ => {
            Err(Fault::Plain(Box::new(Reply::raw("text/html", "<html><body>404</body></html>").status(404))))
        }
    }
}

async fn applications(
    pool: &Arc<Pool>,
    call: &Call,
    rest: &[&str],
    connection: Option<&Connection>,
) -> Result<Reply, Fault> {
    let photo = matches!(rest, [_, "photos", _]);
    let holder = pool.tickets.holder(call);
    let holder = if photo { holder.or_else(|_| pool.tickets.cookie_holder(call)) } else { holder };
    let user = holder.map_err(|why| discover::refuse(pool, call, why))?;
    refuse_origin(pool, call)?;
    let wanted: f32 = call.header("x-ms-requiresminresourceversion").trim().parse().unwrap_or(1.0);
    if wanted > 2.0 {
        return Err(Fault::new(404, "NotFound", "APIVersionNotSupported"));
    }
    let Some((id, below)) = rest.split_first() else {
        return match call.method {
            Method::POST => ucwa::create(&Cx { pool, call, user, app: 0 }),
            _ => Err(Fault::new(405, "MethodNotAllowed", "")),
        };
    };
    let app = id.parse().map_err(|_| Fault::application_not_found())?;
    if !pool.core.lock().touch(app, user) {
        return Err(Fault::application_not_found());
    }
    let is_poll = below == ["events"] && call.method == Method::GET;
    if !is_poll {
        pool.gate.enter().map_err(too_many)?;
    }
    if is_poll {
        let cut_all = pool.cut_signal();
        return tokio::select! {
            reply = ucwa::events::poll(pool, call, app) => reply,
            () = cut_all.cancelled() => {
                cut(connection).await;
                Err(Fault::application_not_found())
            }
        };
    }
    ucwa::route(&Cx { pool, call, user, app }, call.segments.get(5..).unwrap_or_default())
}

fn too_many(retry_after: u64) -> Fault {
    let fault = Fault::new(429, "TooManyRequests", "");
    if retry_after == 0 { fault } else { fault.header("Retry-After", retry_after.to_string()) }
}

fn refuse_origin(pool: &Pool, call: &Call) -> Result<(), Fault> {
    let origin = call.header("x-ms-origin");
    let allowed = &pool.behaviour.allowed_origin;
    if origin.is_empty() || allowed.iter().any(|one| one == "*" || one == origin) {
        return Ok(());
    }
    Err(forbidden_origin())
}

fn forbidden_origin() -> Fault {
    let reason =
        "28072;source=\"lab\";reason=\"Service does not allow a cross domain request from this origin.\"";
    Fault::Plain(Box::new(Reply::empty(403).header("X-Ms-diagnostics", reason)))
}

fn respond(pool: &Pool, call: &Call, reply: Reply, trouble: Option<&Trouble>, is_head: bool) -> Response {
    let mut status = reply.status;
    let etag = match &reply.body {
        super::reply::Body::Resource(resource) if status == 200 => Some(format!("\"{}\"", resource.etag())),
        _ => None,
    };
    let headers = reply.headers.clone();
    let (kind, mut bytes) = reply.render(call.wants_xml());
    if call.method == Method::GET && etag.as_ref().is_some_and(|etag| call.has_already(etag)) {
        status = 304;
    }
    if let Some(trouble) = trouble {
        bytes = trouble.mangle(bytes);
    }
    if is_head || status == 304 {
        bytes = Bytes::new();
    }
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() =
        http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let own = headers.into_iter().chain(kind.map(|kind| ("content-type", kind)));
    write_headers(pool, call, &mut response, own.chain(etag.map(|etag| ("etag", etag))));
    response
}

/// The headers of every answer of a real front end (ucwa.md §0), then those of this one.
fn write_headers(
    pool: &Pool,
    call: &Call,
    response: &mut Response,
    own: impl Iterator<Item = (&'static str, String)>,
) {
    let fixed = [
        ("server", "Microsoft-IIS/8.5"),
        ("x-aspnet-version", "4.0.30319"),
        ("x-powered-by", "ASP.NET"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-cache"),
        ("x-ms-ucwaversion", "2"),
    ];
    let out = response.headers_mut();
    for (name, value) in fixed {
        out.insert(name, HeaderValue::from_static(value));
    }
    let date = crate::clock::http_date(crate::clock::skewed(crate::clock::now_ms()));
    let front = ["fe01", "fe02"].get(call.front).copied().unwrap_or("fe01");
    let fqdn = format!("{front}.{}", pool.people.domain());
    let mut more = vec![("date", date), ("x-ms-server-fqdn", fqdn)];
    if let Some(origin) = allowed_origin(pool, call) {
        more.push(("access-control-allow-origin", origin));
        more.push(("access-control-allow-credentials", "true".to_owned()));
        more.push(("access-control-expose-headers", EXPOSED.to_owned()));
    }
    for (name, value) in more.into_iter().chain(own) {
        let (Ok(name), Ok(value)) = (http::HeaderName::try_from(name), HeaderValue::from_str(&value)) else {
            continue;
        };
        if matches!(name, header::WWW_AUTHENTICATE | header::SET_COOKIE) {
            out.append(name, value);
        } else {
            out.insert(name, value);
        }
    }
}

/// What scripts of another origin may read.
const EXPOSED: &str = "Location, Etag, WWW-Authenticate, X-Ms-diagnostics, X-MS-UcwaVersion, Retry-After";

/// The origin of a browser's script, if it may use the pool.
fn allowed_origin(pool: &Pool, call: &Call) -> Option<String> {
    let origin = call.header("origin");
    let allowed = &pool.behaviour.allowed_origin;
    let fits = !origin.is_empty() && allowed.iter().any(|one| one == "*" || one == origin);
    fits.then(|| origin.to_owned())
}

/// What a browser asks before a request of another origin.
fn preflight(pool: &Pool, call: &Call) -> Result<Reply, Fault> {
    if allowed_origin(pool, call).is_none() {
        return Err(forbidden_origin());
    }
    let headers = call.header("access-control-request-headers").to_owned();
    Ok(Reply::empty(200)
        .header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE")
        .header("Access-Control-Allow-Headers", headers)
        .header("Access-Control-Max-Age", "600"))
}
