//! User-to-User data from another contact centre or PBX (RFC 7433).

use super::escape::decode_hex;

/// The value of one User-to-User header in readable form: text where the octets are text,
/// otherwise hexadecimal as it came.
pub(crate) fn decode(value: &str) -> String {
    let mut parts = value.split(';');
    let octets = parts.next().unwrap_or_default().trim();
    let params: Vec<(String, &str)> = parts
        .filter_map(|param| param.split_once('='))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()))
        .collect();
    let param = |wanted: &str| params.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value);
    if let Some(text) = octets.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        return text.replace("\\\"", "\"").replace("\\\\", "\\");
    }
    if param("encoding").is_some_and(|encoding| !encoding.eq_ignore_ascii_case("hex")) {
        return octets.to_owned();
    }
    let isdn = param("purpose").is_none_or(|purpose| purpose.starts_with("isdn"));
    decode_hex(octets).and_then(|octets| as_text(&octets, isdn)).unwrap_or_else(|| octets.to_owned())
}

/// ISDN's data starts with a protocol discriminator (RFC 7434 6): 0 for
/// user-specific, 4 for IA5 characters.
fn as_text(octets: &[u8], isdn: bool) -> Option<String> {
    let octets = match octets {
        [0 | 4, rest @ ..] if isdn => rest,
        all => all,
    };
    let text = std::str::from_utf8(octets).ok()?;
    (!text.is_empty() && !text.contains(char::is_control)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_wild() {
        for (value, text) in [
            ("00637573742d3432;encoding=hex", "cust-42"),
            ("04637573742d3432", "cust-42"),
            ("637573742d3432;encoding=hex;purpose=crm", "cust-42"),
            ("56a390f3d2b7310023a2;encoding=hex;purpose=foo;content=bar", "56a390f3d2b7310023a2"),
            ("\"cust \\\"42\\\"\"", "cust \"42\""),
            ("cust;encoding=ascii", "cust"),
            ("zz", "zz"),
            ("", ""),
        ] {
            assert_eq!(decode(value), text, "{value}");
        }
    }
}
