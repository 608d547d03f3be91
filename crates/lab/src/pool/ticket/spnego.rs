//! The wrapping that Negotiate puts around NTLM (RFC 4178), as much of it as a server needs.

/// NegTokenResp: accept-completed.
pub(super) const COMPLETED: [u8; 9] = [0xa1, 0x07, 0x30, 0x05, 0xa0, 0x03, 0x0a, 0x01, 0x00];
/// 1.3.6.1.4.1.311.2.2.10
const NTLM: [u8; 12] = [0x06, 0x0a, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a];

/// The NTLM message inside of a token; `None` when the token is not wrapped or has no NTLM message.
pub(super) fn unwrap(token: &[u8]) -> Option<&[u8]> {
    let at = token.windows(8).position(|window| window == b"NTLMSSP\0").filter(|at| *at > 0)?;
    // The message is an octet string: its length stands before it.
    let before = token.get(..at)?;
    let length = match before {
        [.., 0x04, 0x82, high, low] => usize::from(*high) << 8 | usize::from(*low),
        [.., 0x04, 0x81, length] => usize::from(*length),
        [.., 0x04, length] if *length < 0x80 => usize::from(*length),
        _ => return None,
    };
    token.get(at..at + length)
}

/// NegTokenResp: accept-incomplete, with the challenge.
pub(super) fn continued(message: &[u8]) -> Vec<u8> {
    let mut fields = vec![0xa0, 0x03, 0x0a, 0x01, 0x01];
    fields.extend(tagged(0xa1, &NTLM));
    fields.extend(tagged(0xa2, &tagged(0x04, message)));
    tagged(0xa1, &tagged(0x30, &fields))
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match u16::try_from(content.len()).unwrap_or(u16::MAX).to_be_bytes() {
        [0, low] if low < 0x80 => out.push(low),
        [0, low] => out.extend([0x81, low]),
        [high, low] => out.extend([0x82, high, low]),
    }
    out.extend(content);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrapped_comes_out_again() {
        for length in [20, 200, 1_000] {
            let mut message = b"NTLMSSP\0".to_vec();
            message.resize(length, 7);
            let wrapped = continued(&message);
            assert_eq!(unwrap(&wrapped), Some(message.as_slice()));
            assert_eq!(unwrap(&message), None, "a bare message is not wrapped");
        }
        assert_eq!(unwrap(b"\x60\x82NTLMSSP\0"), None);
    }
}
