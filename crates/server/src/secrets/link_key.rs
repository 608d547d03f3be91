//! The key that signs links: made of the key file, so that no second secret has to be kept.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What the key is for; another purpose gives another key (HMAC as a key derivation, RFC 5869 2.3).
const PURPOSE: &[u8] = b"hookflash handover link 1";

/// Signs, and knows what was signed: HMAC-SHA-256 (RFC 2104), cut to 16 bytes.
#[derive(Clone)]
pub struct LinkKey {
    /// The key of today, then the former one while it is being changed.
    keys: Vec<Hmac<Sha256>>,
}

impl LinkKey {
    /// Length of a signature in bytes.
    pub const BYTES: usize = 16;

    pub(super) fn new<'k>(keys: impl IntoIterator<Item = &'k [u8; 32]>) -> Self {
        let of = |key: &[u8; 32]| {
            let derived = hmac(key).chain_update(PURPOSE).finalize().into_bytes();
            hmac(&derived.into())
        };
        Self { keys: keys.into_iter().map(of).collect() }
    }

    /// The signature of a text.
    #[must_use]
    pub fn sign(&self, text: &[u8]) -> [u8; Self::BYTES] {
        let mut signature = [0; Self::BYTES];
        if let Some(key) = self.keys.first() {
            let whole = key.clone().chain_update(text).finalize().into_bytes();
            signature.copy_from_slice(&whole[..Self::BYTES]);
        }
        signature
    }

    /// Whether the signature is ours; takes as long whatever it is.
    #[must_use]
    pub fn has_signed(&self, text: &[u8], signature: &[u8; Self::BYTES]) -> bool {
        self.keys.iter().any(|key| key.clone().chain_update(text).verify_truncated_left(signature).is_ok())
    }
}

fn hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    // A key that is shorter than a block stands before zeros (RFC 2104 2).
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::new(&block.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_signed_with_this_or_the_former_key_is_known() {
        let (old, new) = (LinkKey::new([&[1; 32]]), LinkKey::new([&[2; 32], &[1; 32]]));
        let signature = old.sign(b"text");
        assert!(old.has_signed(b"text", &signature) && new.has_signed(b"text", &signature));
        assert!(!old.has_signed(b"other", &signature) && !old.has_signed(b"text", &new.sign(b"text")));
        assert!(!LinkKey::new([&[3; 32]]).has_signed(b"text", &signature));
    }
}
