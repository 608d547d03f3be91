//! Who sent a request.

use crate::config::Network;
use axum::http::{Extensions, HeaderMap};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The other end of the connection, put into each request by the server.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) SocketAddr);

/// The address of the client: the peer, or what a trusted proxy says in the last entry of
/// `X-Forwarded-For` that is not itself a trusted proxy.
pub(super) fn client_address(headers: &HeaderMap, extensions: &Extensions, proxies: &[Network]) -> IpAddr {
    let peer = peer_address(extensions);
    let trusted = |address: IpAddr| proxies.iter().any(|network| network.contains(address));
    if !trusted(peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let told: Vec<&str> = forwarded.flat_map(|value| value.split(',')).collect();
    let addresses = told.iter().rev().map_while(|text| text.trim().parse::<IpAddr>().ok());
    addresses.take(20).find(|address| !trusted(*address)).unwrap_or(peer)
}

/// Whether a program on this machine asks, and not a proxy for somebody else.
pub(super) fn is_direct_from(headers: &HeaderMap, extensions: &Extensions, allowed: &[Network]) -> bool {
    let proxied =
        ["forwarded", "x-forwarded-for", "x-real-ip"].iter().any(|name| headers.contains_key(*name));
    let peer = peer_address(extensions).to_canonical();
    !proxied && (peer.is_loopback() || allowed.iter().any(|network| network.contains(peer)))
}

fn peer_address(extensions: &Extensions) -> IpAddr {
    extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(peer: &str, forwarded: Option<&str>) -> (HeaderMap, Extensions) {
        let mut extensions = Extensions::new();
        extensions.insert(Peer(SocketAddr::new(peer.parse().unwrap(), 1)));
        let headers = forwarded.map(|value| ("x-forwarded-for".parse().unwrap(), value.parse().unwrap()));
        (headers.into_iter().collect(), extensions)
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let proxies: Vec<Network> = vec!["10.0.0.0/8".parse().unwrap()];
        for (peer, forwarded, expected) in [
            ("192.0.2.1", None, "192.0.2.1"),
            ("192.0.2.1", Some("198.51.100.9"), "192.0.2.1"),
            ("10.0.0.1", Some("198.51.100.9"), "198.51.100.9"),
            ("10.0.0.1", Some("203.0.113.1, 198.51.100.9, 10.0.0.2"), "198.51.100.9"),
            ("10.0.0.1", Some("nonsense"), "10.0.0.1"),
        ] {
            let (headers, extensions) = request(peer, forwarded);
            let found = client_address(&headers, &extensions, &proxies);
            assert_eq!(found.to_string(), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn metrics_are_for_this_machine_and_those_allowed() {
        let allowed: Vec<Network> = vec!["192.0.2.0/24".parse().unwrap()];
        for (peer, forwarded, may) in [
            ("127.0.0.1", None, true),
            ("::ffff:127.0.0.1", None, true),
            ("127.0.0.1", Some("198.51.100.9"), false),
            ("192.0.2.7", None, true),
            ("198.51.100.9", None, false),
        ] {
            let (headers, extensions) = request(peer, forwarded);
            assert_eq!(is_direct_from(&headers, &extensions, &allowed), may, "{peer} {forwarded:?}");
        }
    }
}
