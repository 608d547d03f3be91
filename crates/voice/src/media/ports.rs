//! Sockets for media: RTP on an even port with RTCP on the next (RFC 3550 11),
//! and single ones for lines.

use std::{
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
};

use tokio::net::UdpSocket;

use crate::clock;

/// Attempts to find a free pair where the system chooses the port.
const ATTEMPTS: usize = 64;

/// Where media sockets are bound.
#[derive(Debug, Clone)]
pub(crate) struct MediaPorts {
    pub(crate) ip: IpAddr,
    pub(crate) range: Option<RangeInclusive<u16>>,
}

/// RTP and RTCP of one call.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) rtp: UdpSocket,
    pub(crate) rtcp: UdpSocket,
}

impl MediaPorts {
    /// A free pair; `None` when there is none.
    pub(crate) async fn pair(&self) -> Option<Pair> {
        match &self.range {
            None => {
                for _ in 0..ATTEMPTS {
                    let rtp = self.bind(0).await?;
                    let port = rtp.local_addr().ok()?.port();
                    if port % 2 == 0
                        && let Some(rtcp) = self.bind(port + 1).await
                    {
                        return Some(Pair { rtp, rtcp });
                    }
                }
                None
            }
            Some(range) => {
                for port in from_anywhere(range).filter(|port| port % 2 == 0 && range.contains(&(port + 1))) {
                    if let (Some(rtp), Some(rtcp)) = (self.bind(port).await, self.bind(port + 1).await) {
                        return Some(Pair { rtp, rtcp });
                    }
                }
                None
            }
        }
    }

    /// One free socket; `None` when there is none.
    pub(crate) async fn single(&self) -> Option<UdpSocket> {
        match &self.range {
            None => self.bind(0).await,
            Some(range) => {
                for port in from_anywhere(range) {
                    if let Some(socket) = self.bind(port).await {
                        return Some(socket);
                    }
                }
                None
            }
        }
    }

    async fn bind(&self, port: u16) -> Option<UdpSocket> {
        UdpSocket::bind(SocketAddr::new(self.ip, port)).await.ok()
    }
}

/// All ports of the range, starting at a random one, so that a port that was
/// just left is not taken again at once.
fn from_anywhere(range: &RangeInclusive<u16>) -> impl Iterator<Item = u16> + use<> {
    let (first, last) = (*range.start(), *range.end());
    let count = usize::from(last.saturating_sub(first)) + 1;
    let start = first.saturating_add(clock::random::<u16>() % u16::try_from(count).unwrap_or(u16::MAX));
    (start..=last).chain(first..start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_port_of_a_range_comes_once() {
        for range in [4000..=4003, 0..=u16::MAX, 7..=7] {
            let mut ports: Vec<_> = from_anywhere(&range).collect();
            ports.sort_unstable();
            assert!(ports.iter().copied().eq(range));
        }
    }

    #[tokio::test]
    async fn a_pair_is_even_and_odd() {
        let ports = MediaPorts { ip: IpAddr::from([127, 0, 0, 1]), range: None };
        let pair = ports.pair().await.expect("a pair");
        let (rtp, rtcp) = (pair.rtp.local_addr().expect("bound"), pair.rtcp.local_addr().expect("bound"));
        assert_eq!((rtp.port() % 2, rtcp.port()), (0, rtp.port() + 1));
    }
}
