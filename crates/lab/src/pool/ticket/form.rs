//! The fields of a form: URL-encoded, or multipart, which one client posts (ucwa.md §1.3).

use url::form_urlencoded;

use crate::pool::call::Call;

/// Names and values.
pub(super) fn fields(call: &Call) -> Vec<(String, String)> {
    if !call.header("content-type").to_ascii_lowercase().starts_with("multipart/") {
        return form_urlencoded::parse(&call.body).into_owned().collect();
    }
    let text = String::from_utf8_lossy(&call.body);
    let part = |part: &str| {
        let name = part.split("name=\"").nth(1)?.split('"').next()?;
        let (_, value) = part.split_once("\r\n\r\n")?;
        Some((name.to_owned(), value.split("\r\n--").next()?.trim_end_matches("\r\n").to_owned()))
    };
    text.split("Content-Disposition").filter_map(part).collect()
}

/// The first value of a name; empty when there is none.
pub(super) fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}
