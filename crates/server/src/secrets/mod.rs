//! Secrets at rest: what agents sign in to chat networks with, encrypted with the key of one file.
//!
//! ChaCha20-Poly1305 (RFC 8439). A record is a byte that says what it is, a random nonce of 12 bytes
//! and the ciphertext; user and network are its associated data, so that a record copied to another
//! user's row does not open. With random nonces one key is good for far more than the some thousand
//! accounts that there are (NIST SP 800-38D 8.3: 2^32).
//!
//! While the key is being changed, records of the former key open too; see [`rekey`].

mod accounts;
mod key_file;
mod link_key;
mod rekey;

pub use accounts::{StoredAccounts, component_node};
pub use hookflash_connectors::{Credential, Secret};
pub use link_key::LinkKey;
pub use rekey::{Rekeyed, rekey};

use crate::config::SecretsConfig;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use hookflash_domain::{NetworkId, UserId};
use std::fmt;
use uuid::Uuid;

/// The first byte of a record with a password.
const PASSWORD: u8 = 1;
/// The first byte of a record with an authorisation.
const AUTHORISATION: u8 = 2;
const NONCE_BYTES: usize = 12;

/// Encrypts and opens secrets.
#[derive(Clone)]
pub struct Vault {
    key: ChaCha20Poly1305,
    former: Option<ChaCha20Poly1305>,
    link_key: LinkKey,
}

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
    #[error("the stored secret does not open with this key; connect the account again")]
    DoesNotOpen,
    /// The cipher refused to encrypt.
    #[error("the secret could not be encrypted")]
    NotEncrypted,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// Takes the key from its file, which is made (readable by its owner alone) where there is none,
    /// and the former key from its own, which must be there.
    ///
    /// # Errors
    /// `KeyFile`: one cannot be read or made, or others may read it.
    pub fn open(config: &SecretsConfig) -> Result<Self, VaultError> {
        let key = key_file::read_or_make(&config.key_file)?;
        let former = config.old_key_file.as_deref().map(key_file::read).transpose()?;
        Ok(Self::with_keys(&key, former.as_ref()))
    }

    /// Uses this key, and still opens what the former one has sealed.
    #[must_use]
    pub fn with_keys(key: &[u8; 32], former: Option<&[u8; 32]>) -> Self {
        let cipher = |key: &[u8; 32]| ChaCha20Poly1305::new(&Key::from(*key));
        let link_key = LinkKey::new(std::iter::once(key).chain(former));
        Self { key: cipher(key), former: former.map(cipher), link_key }
    }

    /// Encrypts what a user signs in to a network with; of nothing the record is empty.
    ///
    /// # Errors
    /// `NotEncrypted`.
    pub fn seal(
        &self,
        credential: &Credential,
        user: UserId,
        network: &NetworkId,
    ) -> Result<Vec<u8>, VaultError> {
        let (kind, secret) = match credential {
            Credential::None => return Ok(Vec::new()),
            Credential::Password(secret) => (PASSWORD, secret),
            Credential::Authorisation(secret) => (AUTHORISATION, secret),
        };
        let nonce: [u8; NONCE_BYTES] = crate::ids::random_bytes();
        let owner = owner(kind, user, network);
        let payload = Payload { msg: secret.expose().as_bytes(), aad: &owner };
        let sealed = self.key.encrypt(&Nonce::from(nonce), payload).map_err(|_| VaultError::NotEncrypted)?;
        Ok([&[kind], nonce.as_slice(), &sealed].concat())
    }

    /// Opens what a user signs in to a network with.
    ///
    /// # Errors
    /// `DoesNotOpen`.
    pub fn open_sealed(
        &self,
        record: &[u8],
        user: UserId,
        network: &NetworkId,
    ) -> Result<Credential, VaultError> {
        let of_key = |key: &ChaCha20Poly1305| open_with(key, record, user, network);
        let opened = of_key(&self.key).or_else(|| self.former.as_ref().and_then(of_key));
        opened.ok_or(VaultError::DoesNotOpen)
    }

    /// Encrypts the password with which the server signs in to a source of people.
    ///
    /// # Errors
    /// `NotEncrypted`.
    pub fn seal_of_source(&self, password: Secret, source_id: Uuid) -> Result<Vec<u8>, VaultError> {
        self.seal(&Credential::Password(password), UserId(source_id), &of_sources())
    }

    /// Opens the password with which the server signs in to a source of people.
    ///
    /// # Errors
    /// `DoesNotOpen`.
    pub fn open_of_source(&self, record: &[u8], source_id: Uuid) -> Result<Secret, VaultError> {
        match self.open_sealed(record, UserId(source_id), &of_sources())? {
            Credential::Password(password) => Ok(password),
            _ => Err(VaultError::DoesNotOpen),
        }
    }

    /// What signs links.
    #[must_use]
    pub fn link_key(&self) -> &LinkKey {
        &self.link_key
    }

    /// Whether the key is being changed.
    #[must_use]
    pub fn has_former(&self) -> bool {
        self.former.is_some()
    }

    /// Whether the record of a source opens with the key of today.
    fn is_current_of_source(&self, record: &[u8], source_id: Uuid) -> bool {
        self.is_current(record, UserId(source_id), &of_sources())
    }

    /// Whether the record opens with the key of today.
    fn is_current(&self, record: &[u8], user: UserId, network: &NetworkId) -> bool {
        open_with(&self.key, record, user, network).is_some()
    }
}

fn open_with(key: &ChaCha20Poly1305, record: &[u8], user: UserId, network: &NetworkId) -> Option<Credential> {
    let Some((kind, rest)) = record.split_first() else { return Some(Credential::None) };
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>()?;
    let owner = owner(*kind, user, network);
    let opened = key.decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: &owner }).ok()?;
    let secret = Secret::new(String::from_utf8(opened).ok()?);
    match *kind {
        PASSWORD => Some(Credential::Password(secret)),
        AUTHORISATION => Some(Credential::Authorisation(secret)),
        _ => None,
    }
}

/// In the place of a network: a source's secret opens as no user's, for no network's id has a blank.
fn of_sources() -> NetworkId {
    NetworkId("source of people".to_owned())
}

/// A user's id has a fixed length and no network's id has a NUL, so no two owners give the same bytes.
fn owner(kind: u8, user: UserId, network: &NetworkId) -> Vec<u8> {
    let mut owner = [user.0.as_bytes().as_slice(), network.0.as_bytes()].concat();
    if kind != PASSWORD {
        owner.extend([0, kind]);
    }
    owner
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn password(text: &str) -> Credential {
        Credential::Password(Secret::new(text))
    }

    #[test]
    fn a_secret_opens_for_its_owner_alone() {
        let vault = Vault::with_keys(&[7; 32], None);
        let (dana, ben) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let (skype, xmpp) = (NetworkId("skype".into()), NetworkId("xmpp".into()));
        let other = Vault::with_keys(&[8; 32], Some(&[9; 32]));
        for credential in [password("pässword"), Credential::Authorisation(Secret::new("{}"))] {
            let record = vault.seal(&credential, dana, &skype).unwrap();
            assert_eq!(vault.open_sealed(&record, dana, &skype).unwrap(), credential);
            for (vault, user, network) in
                [(&vault, ben, &skype), (&vault, dana, &xmpp), (&other, dana, &skype)]
            {
                assert!(vault.open_sealed(&record, user, network).is_err());
            }
            for length in 1..record.len() {
                assert!(vault.open_sealed(&record[..length], dana, &skype).is_err(), "{length}");
            }
            for kind in [0, 1, 2, 3].into_iter().filter(|kind| *kind != record[0]) {
                let turned = [&[kind], &record[1..]].concat();
                assert!(vault.open_sealed(&turned, dana, &skype).is_err(), "{kind}");
            }
        }
        assert_eq!(vault.seal(&Credential::None, dana, &skype).unwrap(), Vec::<u8>::new());
        assert_eq!(vault.open_sealed(&[], dana, &skype).unwrap(), Credential::None);
    }

    #[test]
    fn a_source_s_password_opens_for_that_source_alone() {
        let vault = Vault::with_keys(&[7; 32], None);
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let record = vault.seal_of_source(Secret::new("read only"), one).unwrap();
        assert_eq!(vault.open_of_source(&record, one).unwrap(), Secret::new("read only"));
        assert!(vault.open_of_source(&record, other).is_err());
        assert!(vault.open_sealed(&record, UserId(one), &NetworkId("skype".into())).is_err());
    }

    #[test]
    fn the_same_secret_twice_gives_two_records() {
        let (vault, user, network) =
            (Vault::with_keys(&[7; 32], None), UserId(Uuid::nil()), NetworkId("n".into()));
        let seal = || vault.seal(&password("x"), user, &network).unwrap();
        assert_ne!(seal(), seal());
    }

    #[test]
    fn the_former_key_opens_and_does_not_seal() {
        let (user, network) = (UserId(Uuid::nil()), NetworkId("n".into()));
        let (old, new) = (Vault::with_keys(&[1; 32], None), Vault::with_keys(&[2; 32], None));
        let both = Vault::with_keys(&[2; 32], Some(&[1; 32]));
        let record = old.seal(&password("x"), user, &network).unwrap();
        assert!(!both.is_current(&record, user, &network));
        assert_eq!(both.open_sealed(&record, user, &network).unwrap(), password("x"));
        let fresh = both.seal(&password("x"), user, &network).unwrap();
        assert!(both.is_current(&fresh, user, &network) && new.open_sealed(&fresh, user, &network).is_ok());
        assert!(old.open_sealed(&fresh, user, &network).is_err());
    }
}
