//! Limits and tidying of texts.

/// Longest text taken from the network, in bytes.
const LONGEST: usize = 64 * 1024;

/// A text from the network as it is kept: `\n` line ends, none at the end, no control characters,
/// bounded.
pub(in crate::skype) fn tidy(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String =
        unified.chars().filter(|&letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect();
    cut_to_bytes(kept.trim_end_matches('\n'), LONGEST).to_owned()
}

/// The longest beginning of at most `limit` bytes that ends between characters.
pub(in crate::skype) fn cut_to_bytes(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or(text)
}

/// The first `limit` characters.
pub(in crate::skype) fn cut_to_chars(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::{cut_to_bytes, tidy};

    #[test]
    fn tidies_line_ends_and_control_characters() {
        assert_eq!(tidy("Hi\r\nthere\0\u{7}\tx\r\n\r\n"), "Hi\nthere\tx");
        assert_eq!(tidy(&"é".repeat(40_000)).len(), 64 * 1024);
    }

    #[test]
    fn cuts_between_characters() {
        assert_eq!(cut_to_bytes("aé", 2), "a");
        assert_eq!(cut_to_bytes("aé", 3), "aé");
    }
}
