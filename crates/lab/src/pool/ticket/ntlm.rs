//! NTLM of the server's side ([MS-NLMP]): a challenge, and whether the response proves the password. Only
//! NTLMv2; session security is not offered, so that no key is exchanged.

use hmac::{Hmac, KeyInit as _, Mac as _};
use md4::{Digest as _, Md4};
use md5::Md5;

const SIGNATURE: &[u8; 8] = b"NTLMSSP\0";
const UNICODE: u32 = 0x1;
/// UNICODE, REQUEST_TARGET, NTLM, ALWAYS_SIGN, TARGET_TYPE_DOMAIN, EXTENDED_SESSIONSECURITY, TARGET_INFO,
/// VERSION, 128, 56 (section 2.2.2.5).
const OFFERED: u32 = 0x1 | 0x4 | 0x200 | 0x8000 | 0x1_0000 | 0x8_0000 | 0x80_0000 | 0x200_0000 | 0xa000_0000;
const KEY_EXCHANGE: u32 = 0x4000_0000;
/// Seconds from 1601 to 1970.
const FILETIME_OFFSET_MS: u64 = 11_644_473_600_000;

/// The number of a message: 1 negotiate, 2 challenge, 3 authenticate.
pub(super) fn kind(message: &[u8]) -> Option<u32> {
    message.starts_with(SIGNATURE).then(|| number(message, 8)).flatten()
}

/// What was asked of a client on its connection.
#[derive(Debug, Clone)]
pub(crate) struct Challenge {
    nonce: [u8; 8],
    negotiate: Vec<u8>,
    message: Vec<u8>,
}

impl Challenge {
    /// Answers a negotiate message (section 2.2.1.2).
    pub(super) fn new(negotiate: &[u8], nonce: u64, domain: &str, now_ms: u64) -> Self {
        let nonce = nonce.to_le_bytes();
        let short = domain.split('.').next().unwrap_or_default().to_uppercase();
        let name = utf16(&short);
        let mut target = Vec::new();
        let fe = format!("fe01.{domain}");
        for (id, text) in [(2_u16, short.as_str()), (1, "FE01"), (4, domain), (3, fe.as_str()), (5, domain)] {
            pair(&mut target, id, &utf16(text));
        }
        pair(&mut target, 7, &((now_ms + FILETIME_OFFSET_MS) * 10_000).to_le_bytes());
        pair(&mut target, 0, &[]);

        let mut message = SIGNATURE.to_vec();
        message.extend(2_u32.to_le_bytes());
        let mut offset = 56;
        message.extend(span(&name, &mut offset));
        message.extend(OFFERED.to_le_bytes());
        message.extend(nonce);
        message.extend([0; 8]);
        message.extend(span(&target, &mut offset));
        message.extend([6, 3, 0x80, 0x25, 0, 0, 0, 15]);
        message.extend(name);
        message.extend(target);
        Self { nonce, negotiate: negotiate.to_vec(), message }
    }

    /// The challenge message.
    pub(super) fn message(&self) -> &[u8] {
        &self.message
    }
}

/// An authenticate message (section 2.2.1.3).
pub(super) struct Response<'a> {
    message: &'a [u8],
    pub(super) domain: String,
    pub(super) user: String,
    /// The NTLMv2 response: 16 bytes of proof, then what it was made over.
    proof: &'a [u8],
}

impl<'a> Response<'a> {
    /// Takes the message apart; `None` when it is malformed or not NTLMv2.
    pub(super) fn read(message: &'a [u8]) -> Option<Self> {
        let unicode = number(message, 60)? & UNICODE != 0;
        let proof = field(message, 20).filter(|proof| proof.len() >= 48)?;
        Some(Self {
            message,
            domain: text(field(message, 28)?, unicode),
            user: text(field(message, 36)?, unicode),
            proof,
        })
    }

    /// Whether the password made this response to this challenge, and nobody changed the messages.
    pub(super) fn proves(&self, password: &str, challenge: &Challenge) -> bool {
        let Some((proof, blob)) = self.proof.split_at_checked(16) else { return false };
        let owner = format!("{}{}", self.user.to_uppercase(), self.domain);
        let key = keyed(&Md4::digest(utf16(password)), &[&utf16(&owner)]);
        let expected = keyed(&key, &[&challenge.nonce, blob]);
        expected == proof && self.is_untouched(&keyed(&key, &[proof]), challenge, blob)
    }

    /// The code over all three messages, where the client says that it made one.
    fn is_untouched(&self, session_key: &[u8], challenge: &Challenge, blob: &[u8]) -> bool {
        let exchanged = number(self.message, 60).is_some_and(|flags| flags & KEY_EXCHANGE != 0);
        if exchanged || !promises_code(blob) {
            return true;
        }
        let (Some(before), Some(code), Some(after)) =
            (self.message.get(..72), self.message.get(72..88), self.message.get(88..))
        else {
            return false;
        };
        let parts = [&challenge.negotiate, &challenge.message, before, &[0; 16], after];
        keyed(session_key, &parts) == code
    }
}

/// MsvAvFlags says that the message has an integrity code (section 2.2.2.1).
fn promises_code(blob: &[u8]) -> bool {
    let mut rest = blob.get(28..).unwrap_or_default();
    while let Some((head, after)) = rest.split_at_checked(4) {
        let id = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let Some((value, after)) = after.split_at_checked(length) else { return false };
        match id {
            0 => return false,
            6 => return value.first().is_some_and(|flags| flags & 2 != 0),
            _ => rest = after,
        }
    }
    false
}

fn keyed(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Md5>::new_from_slice(key) else { return Vec::new() };
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().to_vec()
}

fn number(message: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(message.get(at..at + 4)?.try_into().ok()?))
}

/// The bytes that a length and offset at `at` point to.
fn field(message: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_le_bytes(message.get(at..at + 2)?.try_into().ok()?));
    let offset = usize::try_from(number(message, at + 4)?).ok()?;
    message.get(offset..offset.checked_add(length)?)
}

/// Length, length again and offset of a field; the offset moves on.
fn span(bytes: &[u8], offset: &mut u32) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(0);
    let mut out = [length.to_le_bytes(), length.to_le_bytes()].concat();
    out.extend(offset.to_le_bytes());
    *offset += u32::from(length);
    out
}

fn pair(out: &mut Vec<u8>, id: u16, value: &[u8]) {
    out.extend(id.to_le_bytes());
    out.extend(u16::try_from(value.len()).unwrap_or(0).to_le_bytes());
    out.extend(value);
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn text(bytes: &[u8], unicode: bool) -> String {
    if !unicode {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of [MS-NLMP] section 4.2.4: user `User`, domain `Domain`, password `Password`.
    #[test]
    fn keys_and_proof_are_those_of_the_specification() {
        let key = keyed(&Md4::digest(utf16("Password")), &[&utf16("USERDomain")]);
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(hex(&key), "0c868a403bfd7a93a3001ef22ef02e3f");
        let mut blob = vec![1, 1, 0, 0, 0, 0, 0, 0];
        blob.extend([0; 8]);
        blob.extend([0xaa; 8]);
        blob.extend([0; 4]);
        pair(&mut blob, 2, &utf16("Domain"));
        pair(&mut blob, 1, &utf16("Server"));
        blob.extend([0; 8]);
        let nonce = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];
        assert_eq!(hex(&keyed(&key, &[&nonce, &blob])), "68cd0ab851e51c96aabc927bebef6a1c");
    }

    #[test]
    fn malformed_messages_are_refused() {
        assert_eq!(kind(b"NTLMSSP"), None);
        let mut message = SIGNATURE.to_vec();
        message.extend(3_u32.to_le_bytes());
        for length in [12, 64, 88] {
            message.resize(length, 0xff);
            assert_eq!(kind(&message), Some(3));
            assert!(Response::read(&message).is_none());
        }
    }
}
