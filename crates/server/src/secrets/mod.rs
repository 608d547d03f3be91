//! Secrets at rest: passwords of chat networks, encrypted with the key of one file.
//!
//! ChaCha20-Poly1305 (RFC 8439). A record is a version byte, a random nonce of 12 bytes and the
//! ciphertext; user and network are its associated data, so that a record copied to another user's
//! row does not open. With random nonces one key is good for far more than the some thousand
//! accounts that there are (NIST SP 800-38D 8.3: 2^32).

mod accounts;
mod key_file;

pub use accounts::StoredAccounts;
pub use hookflash_connectors::Secret;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hookflash_domain::{NetworkId, UserId};
use std::fmt;
use std::path::Path;

/// The first byte of a record; another key or cipher gets another number.
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;

/// Encrypts and opens secrets.
#[derive(Clone)]
pub struct Vault(ChaCha20Poly1305);

/// Why a secret cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The key file cannot be read or made.
    #[error("the key file {path} {words}")]
    KeyFile {
        /// Which file.
        path: String,
        /// What is wrong.
        words: String,
    },
    /// The record does not open: another key, another owner, or damage.
    #[error("the stored password does not open with this key; connect the account again")]
    DoesNotOpen,
    /// The cipher refused to encrypt.
    #[error("the password could not be encrypted")]
    NotEncrypted,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// Takes the key from a file, which is made (readable by its owner alone) where there is none.
    ///
    /// # Errors
    /// `KeyFile`: it cannot be read or made, or others may read it.
    pub fn open(path: &Path) -> Result<Self, VaultError> {
        key_file::read_or_make(path).map(|key| Self::with_key(&key))
    }

    /// Uses this key.
    #[must_use]
    pub fn with_key(key: &[u8; 32]) -> Self {
        Self(ChaCha20Poly1305::new(&Key::from(*key)))
    }

    /// Encrypts a user's secret for a network.
    ///
    /// # Errors
    /// `NotEncrypted`.
    pub fn seal(&self, secret: &Secret, user: UserId, network: &NetworkId) -> Result<Vec<u8>, VaultError> {
        let nonce: [u8; NONCE_BYTES] = crate::ids::random_bytes();
        let owner = owner(user, network);
        let payload = Payload { msg: secret.expose().as_bytes(), aad: &owner };
        let sealed = self.0.encrypt(&Nonce::from(nonce), payload).map_err(|_| VaultError::NotEncrypted)?;
        Ok([&[VERSION], nonce.as_slice(), &sealed].concat())
    }

    /// Opens a user's secret for a network.
    ///
    /// # Errors
    /// `DoesNotOpen`.
    pub fn open_sealed(
        &self,
        record: &[u8],
        user: UserId,
        network: &NetworkId,
    ) -> Result<Secret, VaultError> {
        let (version, rest) = record.split_first().ok_or(VaultError::DoesNotOpen)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::DoesNotOpen)?;
        if *version != VERSION {
            return Err(VaultError::DoesNotOpen);
        }
        let owner = owner(user, network);
        let opened = self
            .0
            .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: &owner })
            .map_err(|_| VaultError::DoesNotOpen)?;
        String::from_utf8(opened).map(Secret::new).map_err(|_| VaultError::DoesNotOpen)
    }
}

/// A user's id has a fixed length, so no two owners give the same bytes.
fn owner(user: UserId, network: &NetworkId) -> Vec<u8> {
    [user.0.as_bytes().as_slice(), network.0.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_secret_opens_for_its_owner_alone() {
        let vault = Vault::with_key(&[7; 32]);
        let (dana, ben) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let (skype, xmpp) = (NetworkId("skype".into()), NetworkId("xmpp".into()));
        let record = vault.seal(&Secret::new("pässword"), dana, &skype).unwrap();
        assert_eq!(vault.open_sealed(&record, dana, &skype).unwrap().expose(), "pässword");
        for (vault, user, network) in
            [(&vault, ben, &skype), (&vault, dana, &xmpp), (&Vault::with_key(&[8; 32]), dana, &skype)]
        {
            assert!(vault.open_sealed(&record, user, network).is_err());
        }
        for length in 0..record.len() {
            assert!(vault.open_sealed(&record[..length], dana, &skype).is_err(), "{length}");
        }
    }

    #[test]
    fn the_same_secret_twice_gives_two_records() {
        let (vault, user, network) = (Vault::with_key(&[7; 32]), UserId(Uuid::nil()), NetworkId("n".into()));
        let seal = || vault.seal(&Secret::new("x"), user, &network).unwrap();
        assert_ne!(seal(), seal());
    }
}
