//! Texts in `data:` addresses (5.5): form-encoded, a blank is a plus sign.

use url::form_urlencoded;

/// `data:text/plain;charset=utf-8,Hello+there`
pub(super) fn data_uri(text: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
    format!("data:text/plain;charset=utf-8,{encoded}")
}

/// The text of such an address.
pub(super) fn of_data_uri(uri: &str) -> Option<String> {
    let (_, encoded) = uri.strip_prefix("data:text/plain")?.split_once(',')?;
    // Parsed as the value of a form that has one field.
    let form = format!("t={encoded}");
    form_urlencoded::parse(form.as_bytes()).next().map(|(_, text)| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::{data_uri, of_data_uri};

    #[test]
    fn texts_come_back() {
        for text in ["", "echo: 12 + 3 = 15 & so on", "Müller\r\n%41", "a=b;c,d"] {
            assert_eq!(of_data_uri(&data_uri(text)).as_deref(), Some(text));
        }
        assert_eq!(
            of_data_uri("data:text/plain;charset=utf-8,Hello%2c+you%3f").as_deref(),
            Some("Hello, you?")
        );
        assert_eq!(of_data_uri("data:text/html,x"), None);
    }
}
