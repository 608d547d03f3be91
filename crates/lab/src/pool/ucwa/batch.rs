//! `POST batch`: several requests in one (ucwa.md §6). No batch, photo or events inside.

use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::{Cx, Outcome, route};
use crate::pool::call::Call;
use crate::pool::reply::{Fault, Reply};

/// Over this many requests none is executed.
const MAX_PARTS: usize = 100;

pub(super) fn run(cx: &Cx<'_>) -> Outcome {
    let kind = cx.call.header("content-type");
    let boundary = boundary(kind).ok_or_else(|| Fault::new(415, "UnsupportedMediaType", ""))?;
    let text = String::from_utf8(cx.call.body.to_vec())
        .map_err(|_| Fault::new(400, "BadRequest", "DeserializationFailure"))?;
    let parts: Vec<&str> =
        text.split(&format!("--{boundary}")).skip(1).filter(|p| !p.starts_with("--")).collect();
    if parts.len() > MAX_PARTS {
        return Err(Fault::new(429, "TooManyRequests", ""));
    }
    let answers: Option<Vec<String>> = parts.iter().map(|part| answer(cx, part)).collect();
    let answers = answers.ok_or_else(|| Fault::new(400, "BadRequest", "DeserializationFailure"))?;
    let own = crate::clock::random_guid();
    let mut body = String::new();
    for answer in answers {
        body.push_str(&format!(
            "--{own}\r\nContent-Type: application/http; msgtype=response\r\n\r\n{answer}\r\n"
        ));
    }
    body.push_str(&format!("--{own}--\r\n"));
    let kind = format!("multipart/batching; boundary=\"{own}\"");
    Ok(Reply::raw(kind, body))
}

/// One part: its own headers, an empty line, a raw HTTP request.
fn answer(cx: &Cx<'_>, part: &str) -> Option<String> {
    let part = part.replace("\r\n", "\n");
    let (_, request) = part.split_once("\n\n")?;
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let mut lines = head.trim_start().lines();
    let mut first = lines.next()?.split_whitespace();
    let method = Method::from_bytes(first.next()?.as_bytes()).ok()?;
    let target = first.next()?;
    let target = target.find("/ucwa/").and_then(|at| target.get(at..)).unwrap_or(target);
    let mut headers = HeaderMap::new();
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let name = HeaderName::from_bytes(name.trim().as_bytes()).ok()?;
        headers.insert(name, HeaderValue::from_str(value.trim()).ok()?);
    }
    let body = body.trim_end_matches('\n').to_owned();
    let call = Call::new(method, target, headers, body.into(), (cx.call.front, cx.call.base.clone()));
    let as_xml = call.wants_xml();
    let reply = inside(cx, &call).unwrap_or_else(|fault| fault.into_reply(as_xml));
    Some(write(reply, as_xml, cx.pool.behaviour.batch_bom))
}

fn inside(cx: &Cx<'_>, call: &Call) -> Outcome {
    let wanted = format!("ucwa/oauth/v1/applications/{}", cx.app);
    let path = call.segments.join("/").to_lowercase();
    let below = path.starts_with(&wanted).then(|| call.segments.get(5..).unwrap_or_default());
    let rest = below.ok_or_else(Fault::not_found)?;
    let first = rest.first().map(|segment| segment.to_lowercase()).unwrap_or_default();
    if matches!(first.as_str(), "batch" | "events" | "photos") {
        return Err(Fault::new(400, "BadRequest", "OperationNotSupported"));
    }
    route(&Cx { pool: cx.pool, call, user: cx.user, app: cx.app }, rest)
}

fn write(reply: Reply, as_xml: bool, bom: bool) -> String {
    let status = reply.status;
    let phrase =
        http::StatusCode::from_u16(status).ok().and_then(|s| s.canonical_reason()).unwrap_or_default();
    let mut out = format!("HTTP/1.1 {status} {phrase}\r\nCache-Control: no-cache\r\n");
    for (name, value) in &reply.headers {
        out.push_str(&format!("{name}: {value}\r\n"));
    }
    let (kind, body) = reply.render(as_xml);
    if let Some(kind) = kind {
        out.push_str(&format!("Content-Type: {kind}\r\n"));
    }
    out.push_str("\r\n");
    if bom && !body.is_empty() {
        out.push('\u{feff}');
    }
    out.push_str(&String::from_utf8_lossy(&body));
    out
}

fn boundary(content_type: &str) -> Option<String> {
    let lower = content_type.to_ascii_lowercase();
    let at = lower.starts_with("multipart/").then(|| lower.find("boundary="))??;
    let value = content_type.get(at + "boundary=".len()..)?.split(';').next()?;
    Some(value.trim().trim_matches('"').to_owned()).filter(|boundary| !boundary.is_empty())
}
