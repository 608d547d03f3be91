//! From HTTP to calls and back: limits, tickets, versions, etags, the headers of a real front end.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, Method, Request, header};
use tokio_util::sync::CancellationToken;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::call::Call;
use super::reply::{Fault, Reply};
use super::ucwa::{self, Cx};
use super::{Pool, discover, ticket};

/// Larger bodies get 413.
const MAX_BODY: usize = 1 << 20;

/// Ends the connection that a request came on.
#[derive(Clone)]
pub(crate) struct Connection(pub(crate) CancellationToken);

/// The web service of the pool.
pub(crate) fn service(pool: Arc<Pool>) -> Router {
    let gzip = CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest);
    Router::new().fallback(answer).layer(gzip).with_state(pool)
}

async fn answer(State(pool): State<Arc<Pool>>, request: Request<Body>) -> Response {
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
    let body = to_bytes(body, MAX_BODY).await;
    let too_large = body.is_err();
    let call = Call::new(parts.method, target, parts.headers, body.unwrap_or_default(), base);
    let as_xml = call.wants_xml();
    let reply = if too_large {
        Err(Fault::new(413, "EntityTooLarge", ""))
    } else {
        troubled(&pool, &call, connection.as_ref()).await
    };
    respond(&pool, &call, reply.unwrap_or_else(|fault| fault.into_reply(as_xml)), as_xml, is_head)
}

/// Lets trouble of the control API come first.
async fn troubled(pool: &Arc<Pool>, call: &Call, connection: Option<&Connection>) -> Result<Reply, Fault> {
    let trouble = pool.troubles.meets(call);
    if let Some(trouble) = &trouble {
        trouble.delay().await;
        if trouble.cut_before {
            cut(connection).await;
        }
        if let Some(reply) = trouble.reply() {
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
    if let Some(Connection(token)) = connection {
        token.cancel();
        std::future::pending::<()>().await;
    }
}

async fn dispatch(pool: &Arc<Pool>, call: &Call, connection: Option<&Connection>) -> Result<Reply, Fault> {
    let lower: Vec<String> = call.segments.iter().map(|segment| segment.to_lowercase()).collect();
    let path: Vec<&str> = lower.iter().map(String::as_str).collect();
    match path.as_slice() {
        [] | ["autodiscover", "autodiscoverservice.svc", "root"] => Ok(discover::root(pool, call)),
        ["autodiscover", "autodiscoverservice.svc", "root", "user"]
        | ["autodiscover", "autodiscoverservice.svc", "root", "oauth", "user"] => discover::user(pool, call),
        ["xframe"] | ["autodiscover", "xframe", "xframe.html"] => {
            Ok(Reply::raw("text/html; charset=utf-8", include_str!("xframe.html")))
        }
        ["webticket", "oauthtoken"] if call.method == Method::POST => ticket::request(pool, call),
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
    let holder = pool.tickets.holder(call).or_else(|| photo.then(|| pool.tickets.cookie_holder(call))?);
    let user = holder.ok_or_else(|| discover::challenge(pool, call))?;
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
    if below == ["events"] && call.method == Method::GET {
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

fn refuse_origin(pool: &Pool, call: &Call) -> Result<(), Fault> {
    let origin = call.header("x-ms-origin");
    let allowed = &pool.behaviour.allowed_origin;
    if origin.is_empty() || allowed.iter().any(|one| one == "*" || one == origin) {
        return Ok(());
    }
    let reason =
        "28072;source=\"lab\";reason=\"Service does not allow a cross domain request from this origin.\"";
    Err(Fault::Plain(Box::new(Reply::empty(403).header("X-Ms-diagnostics", reason))))
}

fn respond(pool: &Pool, call: &Call, reply: Reply, as_xml: bool, is_head: bool) -> Response {
    let mut status = reply.status;
    let etag = match &reply.body {
        super::reply::Body::Resource(resource) if status == 200 => Some(format!("\"{}\"", resource.etag())),
        _ => None,
    };
    let headers = reply.headers.clone();
    let (kind, mut bytes) = reply.render(as_xml);
    let asked = call.header("if-none-match");
    if call.method == Method::GET
        && etag.as_ref().is_some_and(|etag| asked.trim_matches('"') == etag.trim_matches('"'))
    {
        status = 304;
    }
    if is_head || status == 304 {
        bytes = bytes::Bytes::new();
    }
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() =
        http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    let out = response.headers_mut();
    let fixed = [
        ("server", "Microsoft-IIS/8.5"),
        ("x-aspnet-version", "4.0.30319"),
        ("x-powered-by", "ASP.NET"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-cache"),
        ("x-ms-ucwaversion", "2"),
    ];
    for (name, value) in fixed {
        out.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(fqdn) = HeaderValue::from_str(&format!("fe01.{}", pool.people.domain())) {
        out.insert("x-ms-server-fqdn", fqdn);
    }
    let own = headers.iter().map(|(name, value)| (*name, value.clone()));
    let more = [("content-type", kind), ("etag", etag)].into_iter().filter_map(|(n, v)| Some((n, v?)));
    for (name, value) in own.chain(more) {
        let (Ok(name), Ok(value)) = (http::HeaderName::try_from(name), HeaderValue::from_str(&value)) else {
            continue;
        };
        if name == header::WWW_AUTHENTICATE {
            out.append(name, value)
        } else {
            out.insert(name, value).is_some()
        };
    }
    response
}
