//! Failed attempts to sign in, counted by name and by address, so that passwords cannot be guessed.
//! In memory and bounded: whoever is over a limit waits until the window ends.

use crate::config::LimitsConfig;
use hookflash_domain::Timestamp;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;

/// How long failures count.
const WINDOW_MS: i64 = 5 * 60 * 1_000;
/// Names and addresses remembered at once.
const MOST: usize = 20_000;

/// The counts.
pub(super) struct Attempts {
    per_name: u32,
    per_address: u32,
    windows: Mutex<HashMap<Key, Window>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Name(String),
    Address(IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Window {
    count: u32,
    ends_at: Timestamp,
}

/// An attempt under way. It counts as failed until it is told to have succeeded.
#[must_use]
pub(super) struct Attempt<'a> {
    attempts: &'a Attempts,
    keys: [Key; 2],
}

impl Attempts {
    /// With the limits of the configuration.
    pub(super) fn new(limits: &LimitsConfig) -> Self {
        Self::with_limits(limits.sign_in_per_name, limits.sign_in_per_address)
    }

    /// With limits of its own: so many of one name and from one address within five minutes.
    pub(super) fn with_limits(per_name: u32, per_address: u32) -> Self {
        Self { per_name, per_address, windows: Mutex::default() }
    }

    /// Begins an attempt, or says for how many seconds to wait.
    pub(super) fn begin(&self, name: &str, address: IpAddr, now: Timestamp) -> Result<Attempt<'_>, u64> {
        let keys = [Key::Name(name.trim().to_lowercase()), Key::Address(network_of(address))];
        let windows = &mut *self.windows.lock();
        for (key, most) in keys.iter().zip([self.per_name, self.per_address]) {
            let full = windows.get(key).filter(|window| window.ends_at > now && window.count >= most);
            if let Some(window) = full {
                return Err(u64::try_from(window.ends_at.since_ms(now) / 1_000 + 1).unwrap_or(1));
            }
        }
        for key in &keys {
            make_room(windows, now);
            let fresh = Window { count: 0, ends_at: now.plus_ms(WINDOW_MS) };
            let window = windows.entry(key.clone()).or_insert(fresh);
            if window.ends_at <= now {
                *window = fresh;
            }
            window.count += 1;
        }
        Ok(Attempt { attempts: self, keys })
    }
}

impl Attempt<'_> {
    /// The password was right, so the attempt does not count.
    pub(super) fn succeeded(self) {
        let windows = &mut *self.attempts.windows.lock();
        for key in &self.keys {
            if let Some(window) = windows.get_mut(key) {
                window.count = window.count.saturating_sub(1);
            }
        }
    }
}

/// Forgets windows that have ended and, when that is not enough, the half that ends first: so the
/// work of forgetting is spread over many attempts.
fn make_room(windows: &mut HashMap<Key, Window>, now: Timestamp) {
    if windows.len() < MOST {
        return;
    }
    windows.retain(|_, window| window.ends_at > now);
    if windows.len() > MOST / 2 {
        let mut ends: Vec<_> = windows.values().map(|window| window.ends_at).collect();
        let (_, middle, _) = ends.select_nth_unstable(MOST / 2);
        let middle = *middle;
        windows.retain(|_, window| window.ends_at > middle);
    }
}

/// A household has a whole /64 of IPv6 addresses, so it counts as one.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & (u128::MAX << 64)).into()),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempts() -> Attempts {
        Attempts::new(&LimitsConfig { connections: 10, sign_in_per_name: 2, sign_in_per_address: 4 })
    }

    fn fails(attempts: &Attempts, name: &str, address: &str, at: i64) -> Result<(), u64> {
        attempts.begin(name, address.parse().unwrap(), Timestamp(at)).map(drop)
    }

    #[test]
    fn a_name_waits_after_its_failures_and_may_try_again_later() {
        let attempts = attempts();
        assert_eq!(fails(&attempts, "dana", "192.0.2.1", 0), Ok(()));
        assert_eq!(fails(&attempts, " DANA ", "192.0.2.2", 1_000), Ok(()));
        assert_eq!(fails(&attempts, "dana", "192.0.2.3", 2_000), Err(299));
        assert_eq!(fails(&attempts, "ben", "192.0.2.3", 2_000), Ok(()));
        assert_eq!(fails(&attempts, "dana", "192.0.2.3", WINDOW_MS), Ok(()));
    }

    #[test]
    fn an_address_waits_whatever_the_names() {
        let attempts = attempts();
        for (number, name) in (1..).zip(["a", "b", "c", "d"]) {
            assert_eq!(fails(&attempts, name, &format!("2001:db8::{number}"), 0), Ok(()));
        }
        assert_eq!(fails(&attempts, "e", "2001:db8::ffff", 0), Err(301));
        assert_eq!(fails(&attempts, "e", "2001:db8:0:1::1", 0), Ok(()));
    }

    #[test]
    fn what_succeeds_does_not_count() {
        let attempts = attempts();
        for _ in 0..10 {
            attempts
                .begin("dana", IpAddr::from([192, 0, 2, 1]), Timestamp(0))
                .map(Attempt::succeeded)
                .unwrap();
        }
        assert_eq!(fails(&attempts, "dana", "192.0.2.1", 0), Ok(()));
    }

    #[test]
    fn memory_is_bounded() {
        let attempts = attempts();
        for number in 0..30_000_u32 {
            let _ = attempts.begin(
                &number.to_string(),
                IpAddr::from(number.to_be_bytes()),
                Timestamp(i64::from(number)),
            );
        }
        assert!(attempts.windows.lock().len() <= MOST);
    }
}
