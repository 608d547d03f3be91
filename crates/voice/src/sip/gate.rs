//! Who may send us SIP, and how much. Pure: time comes in.

use std::{
    collections::HashMap,
    net::IpAddr,
    time::{Duration, Instant},
};

use crate::Network;

/// Addresses whose rates are remembered at once.
const SOURCES: usize = 4_096;

/// What may be done with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    /// Read it.
    Open,
    /// Not from a trunk: refuse an INVITE, drop the rest.
    Stranger,
    /// Too much from there: drop it.
    TooMany,
}

/// A bucket that fills at a rate and holds one second's worth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bucket {
    tokens: f64,
    filled_at: Instant,
}

impl Bucket {
    /// A full bucket.
    pub(crate) fn full(rate: u32, now: Instant) -> Self {
        Self { tokens: f64::from(rate), filled_at: now }
    }

    /// Takes one token, if there is one.
    pub(crate) fn take(&mut self, rate: u32, now: Instant) -> bool {
        let gone = now.saturating_duration_since(self.filled_at).as_secs_f64();
        self.tokens = (self.tokens + gone * f64::from(rate)).min(f64::from(rate));
        self.filled_at = now;
        let taken = self.tokens >= 1.0;
        if taken {
            self.tokens -= 1.0;
        }
        taken
    }
}

#[derive(Debug)]
struct Source {
    all: Bucket,
    bad: Bucket,
}

/// The state of all sources.
#[derive(Debug)]
pub(crate) struct Gate {
    trunks: Vec<Network>,
    rate: u32,
    bad_rate: u32,
    sources: HashMap<IpAddr, Source>,
}

impl Gate {
    /// `rate` and `bad_rate` are messages a second from one address.
    pub(crate) fn new(trunks: Vec<Network>, rate: u32, bad_rate: u32) -> Self {
        Self { trunks, rate, bad_rate, sources: HashMap::new() }
    }

    /// Whether connections from there are taken at all.
    pub(crate) fn is_trunk(&self, from: IpAddr) -> bool {
        self.trunks.iter().any(|trunk| trunk.contains(from))
    }

    /// A message came.
    pub(crate) fn admit(&mut self, from: IpAddr, now: Instant) -> Admission {
        let trunk = self.is_trunk(from);
        let rate = self.rate;
        if !self.source(from, now).is_some_and(|source| source.all.take(rate, now)) {
            Admission::TooMany
        } else if trunk {
            Admission::Open
        } else {
            Admission::Stranger
        }
    }

    /// A message was bad; whether it may still be answered.
    pub(crate) fn may_answer_bad(&mut self, from: IpAddr, now: Instant) -> bool {
        let rate = self.bad_rate;
        self.source(from, now).is_some_and(|source| source.bad.take(rate, now))
    }

    fn source(&mut self, from: IpAddr, now: Instant) -> Option<&mut Source> {
        if self.sources.len() >= SOURCES && !self.sources.contains_key(&from) {
            // Two seconds of quiet fill any bucket: such a source need not be remembered.
            let quiet = Duration::from_secs(2);
            self.sources.retain(|_, source| now.saturating_duration_since(source.all.filled_at) < quiet);
            if self.sources.len() >= SOURCES {
                return None;
            }
        }
        let (rate, bad_rate) = (self.rate, self.bad_rate);
        Some(
            self.sources
                .entry(from)
                .or_insert_with(|| Source { all: Bucket::full(rate, now), bad: Bucket::full(bad_rate, now) }),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate() -> Gate {
        Gate::new(vec!["192.0.2.0/24".parse().expect("a network")], 3, 1)
    }

    #[test]
    fn rates_are_kept_by_address() {
        let (mut gate, start) = (gate(), crate::clock::now());
        let (one, two) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let admitted: Vec<_> = (0..5).map(|_| gate.admit(one, start)).collect();
        assert_eq!(admitted[..3], [Admission::Open; 3]);
        assert_eq!(admitted[3..], [Admission::TooMany; 2]);
        assert_eq!(gate.admit(two, start), Admission::Open);
        assert_eq!(gate.admit(one, start + Duration::from_secs(1)), Admission::Open);
        assert!(gate.may_answer_bad(one, start) && !gate.may_answer_bad(one, start));
    }

    #[test]
    fn strangers_are_told_apart() {
        let stranger = IpAddr::from([203, 0, 113, 1]);
        assert_eq!(gate().admit(stranger, crate::clock::now()), Admission::Stranger);
    }

    #[test]
    fn a_flood_of_addresses_is_bounded_and_forgotten() {
        let (mut gate, start) = (gate(), crate::clock::now());
        for number in 0..10_000u32 {
            gate.admit(IpAddr::from(number.to_be_bytes()), start);
        }
        assert_eq!(gate.sources.len(), SOURCES);
        let late = IpAddr::from([192, 0, 2, 1]);
        assert_eq!(gate.admit(late, start), Admission::TooMany);
        assert_eq!(gate.admit(late, start + Duration::from_secs(3)), Admission::Open);
    }
}
