//! Where the caller's sound comes from and where ours goes (symmetric RTP, RFC 4961).
//!
//! A phone behind NAT names an address in its SDP that it does not send from.
//! So we send to where its packets come from, but not to just anybody's: a
//! stranger who guesses the port must not get the call. For a few seconds after
//! each negotiation the best-ranking sender is taken; after that the address is
//! fixed until the next negotiation, and packets from elsewhere are dropped.

use std::{
    net::{IpAddr, SocketAddr},
    time::{Duration, Instant},
};

/// How long after a negotiation a sender may (still) be chosen.
const WINDOW: Duration = Duration::from_secs(5);

/// How well a sender fits what was negotiated; higher is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Neither address is known to us.
    Stranger,
    /// The address that the SIP messages come from.
    SignallingAddress,
    /// The SDP's address with another port.
    SdpAddress,
    /// Just what the SDP says.
    Exact,
}

/// The state of one call's media address.
#[derive(Debug)]
pub(crate) struct Latch {
    negotiated: SocketAddr,
    signalling: IpAddr,
    chosen: Option<(SocketAddr, Rank)>,
    open_until: Instant,
}

impl Latch {
    /// After an offer and answer: `negotiated` is the SDP's address,
    /// `signalling` where the SIP messages come from.
    pub(crate) fn new(negotiated: SocketAddr, signalling: IpAddr, now: Instant) -> Self {
        Self { negotiated, signalling, chosen: None, open_until: now + WINDOW }
    }

    /// A later negotiation; an unchanged address keeps what was chosen.
    pub(crate) fn renegotiate(&mut self, negotiated: SocketAddr, now: Instant) {
        if negotiated != self.negotiated {
            *self = Self::new(negotiated, self.signalling, now);
        } else {
            self.open_until = now + WINDOW;
        }
    }

    /// A packet came; whether it is the caller's.
    pub(crate) fn accept(&mut self, from: SocketAddr, now: Instant) -> bool {
        if let Some((chosen, rank)) = self.chosen {
            if from == chosen {
                return true;
            }
            if now > self.open_until || self.rank(from) <= rank {
                return false;
            }
        }
        let rank = self.rank(from);
        if now > self.open_until && rank == Rank::Stranger {
            return false;
        }
        self.chosen = Some((from, rank));
        true
    }

    /// Where our packets go; `None` while no address is usable.
    pub(crate) fn destination(&self) -> Option<SocketAddr> {
        let address = self.chosen.map_or(self.negotiated, |(chosen, _)| chosen);
        (!address.ip().is_unspecified() && address.port() != 0).then_some(address)
    }

    fn rank(&self, from: SocketAddr) -> Rank {
        if from == self.negotiated {
            Rank::Exact
        } else if from.ip() == self.negotiated.ip() {
            Rank::SdpAddress
        } else if from.ip() == self.signalling {
            Rank::SignallingAddress
        } else {
            Rank::Stranger
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDP: &str = "192.0.2.2:4000";
    const NAT: &str = "198.51.100.1:61000";
    const OTHER_PORT: &str = "192.0.2.2:4444";
    const STRANGER: &str = "203.0.113.66:9";

    fn address(text: &str) -> SocketAddr {
        text.parse().expect("an address")
    }

    /// Packets as (seconds after the negotiation, sender, accepted); then the destination.
    fn check(packets: &[(u64, &str, bool)], destination: &str) {
        let start = crate::clock::now();
        let mut latch = Latch::new(address(SDP), address(NAT).ip(), start);
        for (second, from, accepted) in packets {
            let now = start + Duration::from_secs(*second);
            assert_eq!(latch.accept(address(from), now), *accepted, "{second} {from} in {packets:?}");
        }
        assert_eq!(latch.destination(), Some(address(destination)), "{packets:?}");
    }

    #[test]
    fn the_best_sender_of_the_window_wins() {
        check(&[], SDP);
        check(&[(0, SDP, true), (1, STRANGER, false), (1, NAT, false)], SDP);
        check(&[(0, NAT, true), (1, STRANGER, false)], NAT);
        check(&[(0, STRANGER, true), (1, NAT, true), (2, STRANGER, false), (3, SDP, true)], SDP);
        check(&[(0, OTHER_PORT, true), (1, NAT, false)], OTHER_PORT);
    }

    #[test]
    fn after_the_window_the_address_is_fixed() {
        check(&[(0, NAT, true), (6, SDP, false), (7, NAT, true)], NAT);
        check(&[(6, STRANGER, false), (7, NAT, true), (8, SDP, false)], NAT);
    }

    #[test]
    fn a_new_negotiation_opens_the_window_again() {
        let start = crate::clock::now();
        let mut latch = Latch::new(address(SDP), address(NAT).ip(), start);
        assert!(latch.accept(address(SDP), start));
        let later = start + Duration::from_secs(60);
        assert!(!latch.accept(address("192.0.2.9:5"), later));
        latch.renegotiate(address("192.0.2.9:5"), later);
        assert_eq!(latch.destination(), Some(address("192.0.2.9:5")));
        assert!(latch.accept(address("192.0.2.9:5"), later));
    }

    #[test]
    fn nothing_goes_to_no_address() {
        let latch = Latch::new(address("0.0.0.0:4000"), address(NAT).ip(), crate::clock::now());
        assert_eq!(latch.destination(), None);
    }
}
