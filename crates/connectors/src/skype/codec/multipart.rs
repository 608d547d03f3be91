//! `multipart/batching` (UCWA 6): raw HTTP requests and answers in the parts of one body.

use serde_json::Value;
use std::fmt::Write as _;
use url::Url;

/// Most parts that are read.
const MOST: usize = 100;

/// Reads of these addresses: the boundary and the body.
pub(in crate::skype) fn reads(urls: &[Url]) -> (String, String) {
    let boundary = format!("batch-{:032x}", rand::random::<u128>());
    let mut body = String::new();
    for url in urls {
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        let host = url.authority();
        // Writing to a string cannot fail.
        let _ = write!(
            body,
            "--{boundary}\r\nContent-Type: application/http; msgtype=request\r\n\r\n\
             GET {}{query} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\n\r\n\r\n",
            url.path(),
        );
    }
    let _ = write!(body, "--{boundary}--\r\n");
    (boundary, body)
}

/// Status and JSON of each part; null where a part has none. None: this is no batch's answer.
pub(in crate::skype) fn answers(media_type: &str, body: &[u8]) -> Option<Vec<(u16, Value)>> {
    let boundary = boundary(media_type)?;
    let text = String::from_utf8_lossy(body);
    let mark = format!("--{boundary}");
    let parts = text.split(mark.as_str()).skip(1).take_while(|part| !part.starts_with("--"));
    Some(parts.take(MOST).map(|part| answer(part).unwrap_or((0, Value::Null))).collect())
}

/// One part: its own headers, an empty line, a status line, headers, an empty line, a body. Real
/// parts have a byte-order mark and a line end before the JSON.
fn answer(part: &str) -> Option<(u16, Value)> {
    let at = part.find("HTTP/")?;
    let answer = part.get(at..)?;
    let status = answer.split_whitespace().nth(1)?.parse().ok()?;
    let head_end = answer.find("\r\n\r\n").map(|at| at + 4);
    let head_end = head_end.or_else(|| answer.find("\n\n").map(|at| at + 2)).unwrap_or(answer.len());
    let body = answer.get(head_end..)?;
    let json = body.find(['{', '[']).and_then(|at| body.get(at..)).unwrap_or_default();
    let mut values = serde_json::Deserializer::from_str(json).into_iter::<Value>();
    Some((status, values.next().and_then(Result::ok).unwrap_or_default()))
}

fn boundary(media_type: &str) -> Option<String> {
    let mut parameters = media_type.split(';').map(str::trim);
    let is_batch = parameters.next()?.to_ascii_lowercase().starts_with("multipart/");
    let named = |parameter: &str| -> Option<String> {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (name.trim().eq_ignore_ascii_case("boundary") && !value.is_empty()).then(|| value.to_owned())
    };
    parameters.find_map(named).filter(|_| is_batch)
}

#[cfg(test)]
mod tests {
    use super::{answers, reads};
    use serde_json::{Value, json};

    const KIND: &str = "multipart/batching; boundary=\"4d3f\"";

    #[test]
    fn reads_what_pools_write() {
        let body = "--4d3f\r\nContent-Type: application/http; msgtype=response\r\n\r\nHTTP/1.1 200 OK\r\n\
            Cache-Control: no-cache\r\nContent-Type: application/json; charset=utf-8\r\n\r\n\u{feff}\r\n\
            {\"availability\":\"Online\"}\r\n--4d3f\r\nContent-Type: application/http\r\n\r\n\
            HTTP/1.1 204 No Content\r\n\r\n\r\n--4d3f\r\n\r\nrubbish\r\n--4d3f--\r\n";
        let expected = vec![(200, json!({"availability": "Online"})), (204, Value::Null), (0, Value::Null)];
        assert_eq!(answers(KIND, body.as_bytes()), Some(expected));
    }

    #[test]
    fn other_answers_are_none_or_empty() {
        let cases = [
            ("application/json", "{}"),
            ("multipart/batching", "--x"),
            ("multipart/batching; boundary=", "--"),
        ];
        for (kind, body) in cases {
            assert_eq!(answers(kind, body.as_bytes()), None, "{kind}");
        }
        for body in ["", "--4d3f--", "no boundary", "\u{0}"] {
            assert_eq!(answers(KIND, body.as_bytes()), Some(Vec::new()), "{body:?}");
        }
    }

    #[test]
    fn writes_one_request_a_part() {
        let urls =
            ["https://pool.test/a/b?x=1", "https://pool.test/c"].map(|url| url.parse().expect("a URL"));
        let (boundary, body) = reads(&urls);
        assert_eq!(body.matches(&format!("--{boundary}")).count(), 3);
        assert!(body.contains("GET /a/b?x=1 HTTP/1.1\r\nHost: pool.test\r\n"), "{body}");
    }
}
