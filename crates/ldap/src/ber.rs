//! As much of BER (X.690) as is needed to see where a message ends and how deep it is.

/// The bit of an identifier that says that elements are inside.
const CONSTRUCTED: u8 = 0x20;

/// Where an element's content begins and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) identifier: u8,
    pub(crate) size: usize,
    pub(crate) content: usize,
}

/// What the first bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// More bytes are needed.
    Partial,
    /// An element begins.
    Element(Header),
    /// No element of LDAP (RFC 4511, section 5.1: lengths are definite; no identifier is above 30).
    Wrong,
}

/// Reads identifier and length.
pub(crate) fn start(bytes: &[u8]) -> Start {
    let [identifier, length, rest @ ..] = bytes else { return Start::Partial };
    let (size, content) = match (length, identifier & 0x1f) {
        (_, 0x1f) => return Start::Wrong,
        (0..=0x7f, _) => (usize::from(*length), 2),
        (0x81..=0x84, _) => {
            let count = usize::from(length & 0x7f);
            let Some(digits) = rest.get(..count) else { return Start::Partial };
            (digits.iter().fold(0, |size, digit| size << 8 | usize::from(*digit)), 2 + count)
        }
        _ => return Start::Wrong,
    };
    Start::Element(Header { identifier: *identifier, size, content })
}

/// Splits off the first element: its identifier, its content and what follows.
pub(crate) fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let Start::Element(header) = start(bytes) else { return None };
    let (content, rest) = bytes.get(header.content..)?.split_at_checked(header.size)?;
    Some((header.identifier, content, rest))
}

/// Whether the bytes are whole elements, down to the innermost, no deeper than `most`.
pub(crate) fn is_sound(mut bytes: &[u8], most: usize) -> bool {
    while !bytes.is_empty() {
        let Some((identifier, content, rest)) = element(bytes) else { return false };
        if identifier & CONSTRUCTED != 0 && (most == 0 || !is_sound(content, most - 1)) {
            return false;
        }
        bytes = rest;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_both_forms() {
        let element = |identifier, size, content| Start::Element(Header { identifier, size, content });
        for (bytes, expected) in [
            (&[0x30][..], Start::Partial),
            (&[0x30, 0x05], element(0x30, 5, 2)),
            (&[0x30, 0x81], Start::Partial),
            (&[0x30, 0x81, 0xff], element(0x30, 255, 3)),
            (&[0x30, 0x84, 1, 0, 0, 0], element(0x30, 1 << 24, 6)),
            (&[0x30, 0x80], Start::Wrong),
            (&[0x30, 0x85, 0, 0, 0, 0, 1], Start::Wrong),
            (&[0x3f, 0x81, 0x01], Start::Wrong),
        ] {
            assert_eq!(start(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn soundness_goes_to_the_innermost() {
        let nested = |depth: usize| {
            (0..depth).fold(vec![0x04, 0x00], |inner, _| [&[0x30, inner.len() as u8][..], &inner].concat())
        };
        assert!(is_sound(&nested(3), 3) && !is_sound(&nested(4), 3));
        assert!(is_sound(&[], 0) && is_sound(&[0x04, 0x01, 0x61, 0x04, 0x00], 0));
        for wrong in [&[0x30, 0x03, 0x04, 0x02, 0x61][..], &[0x04, 0x02, 0x61], &[0x30]] {
            assert!(!is_sound(wrong, 9), "{wrong:?}");
        }
    }
}
