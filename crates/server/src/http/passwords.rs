//! Passwords: Argon2id with the library's defaults (19 MiB, 2 passes: OWASP's first choice), off the
//! async threads, a few at a time.

use super::problem::{Code, Problem};
use crate::secrets::Secret;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Argon2, PasswordHash};
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

/// Shortest password, in characters.
pub const SHORTEST: usize = 12;
/// Longest password, in characters.
pub const LONGEST: usize = 200;
/// Hashes at once: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;
/// Hashes under way or waiting; more are refused.
const WAITING: usize = 64;

/// Hashes and checks passwords; clones share the limits.
#[derive(Clone)]
pub struct Passwords {
    running: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { running: Arc::new(Semaphore::new(AT_ONCE)), places: Arc::new(Semaphore::new(WAITING)) }
    }
}

impl Passwords {
    /// Hashes a password that keeps the rules, in PHC form.
    ///
    /// # Errors
    /// `password_too_short`, `busy`.
    pub async fn hash(&self, password: Secret) -> Result<hookflash_store::Secret<String>, Problem> {
        check_length(&password)?;
        self.run(move || hash_now(&password)).await?.map(hookflash_store::Secret).ok_or_else(failed)
    }

    /// Whether the password is the one of the hash. Without a hash the answer is no, after the same
    /// work: how long it takes does not tell whether there is such a user.
    ///
    /// # Errors
    /// `busy`.
    pub async fn verify(
        &self,
        password: Secret,
        hash: Option<hookflash_store::Secret<String>>,
    ) -> Result<bool, Problem> {
        self.run(move || match hash {
            Some(hash) => verify_now(&password, &hash.0),
            None => {
                verify_now(&password, nobodys_hash());
                false
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let busy = || Problem {
            retry_after_s: Some(5),
            ..Problem::new(Code::Busy, "Too many people are signing in. Try again in a few seconds.")
        };
        let _place = self.places.try_acquire().map_err(|_| busy())?;
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(|_| busy())?;
        let work = move || {
            let _running = running;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| failed())
    }
}

/// Whether a password keeps the rules: only its length counts (NIST SP 800-63B 5.1.1.2).
///
/// # Errors
/// `password_too_short`.
pub fn check_length(password: &Secret) -> Result<(), Problem> {
    if (SHORTEST..=LONGEST).contains(&password.expose().chars().count()) {
        return Ok(());
    }
    let words = format!("A password has {SHORTEST} to {LONGEST} characters.");
    Err(Problem::new(Code::PasswordTooShort, words))
}

fn hash_now(password: &Secret) -> Option<String> {
    Argon2::default()
        .hash_password(password.expose().as_bytes())
        .ok()
        .map(|hash: PasswordHash| hash.to_string())
}

fn verify_now(password: &Secret, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.expose().as_bytes(), &hash).is_ok())
}

/// The hash of a password that nobody has.
fn nobodys_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let password = crate::ids::random_bytes::<32>().map(|byte| format!("{byte:02x}")).concat();
        hash_now(&Secret::new(password)).unwrap_or_default()
    })
}

fn failed() -> Problem {
    tracing::error!("a password could not be hashed");
    Problem::new(Code::Internal, "Nothing was changed. The server's log says more.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_knows_its_password_and_no_other() {
        let passwords = Passwords::default();
        let hash = passwords.hash(Secret::new("correct horse battery")).await.unwrap();
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.0);
        for (password, right) in [("correct horse battery", true), ("correct horse", false), ("", false)] {
            let verified = passwords.verify(Secret::new(password), Some(hash.clone())).await.unwrap();
            assert_eq!(verified, right, "{password}");
        }
        assert!(!passwords.verify(Secret::new("anything"), None).await.unwrap());
    }

    #[test]
    fn length_is_counted_in_characters() {
        for (password, good) in [("ü".repeat(12), true), ("ü".repeat(11), false), ("x".repeat(201), false)]
        {
            assert_eq!(check_length(&Secret::new(password.clone())).is_ok(), good, "{password}");
        }
    }
}
