//! What the voice room is told at start.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    ops::RangeInclusive,
    str::FromStr,
};

/// Settings of the voice room; `Default` listens nowhere and trusts loopback.
#[derive(Debug, Clone)]
pub struct VoiceConfig {
    /// SIP over UDP; port 0 takes a free one.
    pub sip_udp: Option<SocketAddr>,
    /// SIP over TCP.
    pub sip_tcp: Option<SocketAddr>,
    /// SIP over TLS.
    pub sip_tls: Option<TlsListen>,
    /// The address that peers reach us at (in Contact, SDP and ICE candidates)
    /// where it is not the one we listen on.
    pub advertised_ip: Option<IpAddr>,
    /// The address that RTP sockets bind to; never unspecified.
    pub media_ip: IpAddr,
    /// Ports for RTP (even) with RTCP above it, and for lines. `None`: any free port.
    pub media_ports: Option<RangeInclusive<u16>>,
    /// Addresses that may call us. An INVITE from elsewhere gets 403, anything else silence.
    pub trunks: Vec<Network>,
    /// Headers handed over as attached data; a trailing `*` matches a prefix, case is ignored.
    pub header_allow_list: Vec<String>,
    /// Calls at once; one more gets 503 with Retry-After.
    pub max_calls: usize,
    /// New calls a second; one more gets 503 with Retry-After.
    pub max_calls_per_second: u32,
    /// A caller without RTP or RTCP for so long (and not holding) is hung up on.
    pub rtp_timeout_ms: u64,
    /// How long the caller hears ringing (180) before the call is answered with music.
    pub ring_ms: u64,
    /// Session interval that we ask for (RFC 4028); at least 90.
    pub session_expires_s: u32,
    /// The least session interval that we take (Min-SE, RFC 4028); at least 90.
    pub session_min_s: u32,
    /// What a waiting caller hears.
    pub music: Music,
    /// Malformed or unwelcome SIP messages a second from one address that are
    /// answered; above that they are dropped in silence.
    pub max_bad_messages_per_second: u32,
    /// SIP messages a second from one address; above that they are dropped.
    pub max_messages_per_second: u32,
    /// TCP and TLS connections at once.
    pub max_connections: usize,
}

impl Default for VoiceConfig {
    fn default() -> Self {
        Self {
            sip_udp: None,
            sip_tcp: None,
            sip_tls: None,
            advertised_ip: None,
            media_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            media_ports: None,
            trunks: vec![
                Network { address: IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), prefix: 8 },
                Network { address: IpAddr::V6(std::net::Ipv6Addr::LOCALHOST), prefix: 128 },
            ],
            header_allow_list: vec!["X-*".to_owned()],
            max_calls: 500,
            max_calls_per_second: 50,
            rtp_timeout_ms: 60_000,
            ring_ms: 1_500,
            session_expires_s: 1_800,
            session_min_s: 90,
            music: Music::Piece,
            max_bad_messages_per_second: 20,
            max_messages_per_second: 2_000,
            max_connections: 256,
        }
    }
}

/// A TLS listener with its certificate chain and key, both PEM.
#[derive(Clone)]
pub struct TlsListen {
    /// Where to listen.
    pub address: SocketAddr,
    /// Certificate chain, leaf first.
    pub certificate_pem: Vec<u8>,
    /// Private key (PKCS#8, PKCS#1 or SEC1).
    pub key_pem: Vec<u8>,
}

impl std::fmt::Debug for TlsListen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TlsListen").field("address", &self.address).finish_non_exhaustive()
    }
}

/// What a waiting caller hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Music {
    /// A short generated piece, looped.
    Piece,
    /// A sine of so many hertz: tests tell sources apart by it.
    Tone(u16),
}

/// A range of addresses, written `10.0.0.0/8` or as one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Any address of the range.
    pub address: IpAddr,
    /// Leading bits that are fixed: 0-32 for IPv4, 0-128 for IPv6.
    pub prefix: u8,
}

impl Network {
    /// Whether the range holds this address. An IPv4 address mapped into IPv6
    /// counts as the IPv4 address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address.to_canonical(), address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                same_bits(u128::from(ours.to_bits()) << 96, u128::from(theirs.to_bits()) << 96, self.prefix)
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => {
                same_bits(ours.to_bits(), theirs.to_bits(), self.prefix)
            }
            _ => false,
        }
    }
}

fn same_bits(one: u128, other: u128, prefix: u8) -> bool {
    match prefix {
        0 => true,
        1..=127 => (one ^ other) >> (128 - u32::from(prefix)) == 0,
        _ => one == other,
    }
}

impl FromStr for Network {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let wrong = || ConfigError::Network(text.to_owned());
        let (address, prefix) = text.split_once('/').map_or((text, None), |(a, p)| (a, Some(p)));
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(prefix) => prefix.trim().parse().map_err(|_| wrong())?,
            None => longest,
        };
        if prefix > longest { Err(wrong()) } else { Ok(Self { address, prefix }) }
    }
}

/// A setting that cannot work.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ConfigError {
    /// Not an address or range of addresses.
    #[error("`{0}` is not an address or a range such as 10.0.0.0/8")]
    Network(String),
    /// Media needs a concrete address, or callers could not be told where to send.
    #[error("media_ip must be a concrete address, not {0}")]
    MediaIp(IpAddr),
    /// RFC 4028 allows no session interval below 90 s, and ours must not be below our least.
    #[error("session_expires_s and session_min_s must be at least 90, and the first not below the second")]
    SessionInterval,
    /// Too few ports for one call (RTP, RTCP) and one line.
    #[error("media_ports must hold at least four ports")]
    MediaPorts,
    /// Nobody could call.
    #[error("no SIP address to listen on: set sip_udp, sip_tcp or sip_tls")]
    NoListener,
}

impl VoiceConfig {
    /// Checks the settings; all mistakes at once.
    ///
    /// # Errors
    /// The list of everything that is wrong.
    pub fn check(&self) -> Result<(), Vec<ConfigError>> {
        let mut wrong = Vec::new();
        if self.media_ip.is_unspecified() {
            wrong.push(ConfigError::MediaIp(self.media_ip));
        }
        if self.session_min_s < 90 || self.session_expires_s < self.session_min_s {
            wrong.push(ConfigError::SessionInterval);
        }
        if self.media_ports.as_ref().is_some_and(|ports| ports.clone().count() < 4) {
            wrong.push(ConfigError::MediaPorts);
        }
        if self.sip_udp.is_none() && self.sip_tcp.is_none() && self.sip_tls.is_none() {
            wrong.push(ConfigError::NoListener);
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses() {
        for (network, address, held) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:1::5", true),
            ("127.0.0.0/8", "::ffff:127.0.0.1", true),
        ] {
            let network: Network = network.parse().expect("a network");
            assert_eq!(network.contains(address.parse().expect("an address")), held, "{network:?} {address}");
        }
    }

    #[test]
    fn nonsense_is_no_network() {
        for text in ["", "10.0.0.0/33", "::/129", "host", "10.0.0.0/x", "10.0.0.0/-1"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }

    #[test]
    fn all_mistakes_are_listed_at_once() {
        let config = VoiceConfig {
            media_ip: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            media_ports: Some(4000..=4001),
            session_min_s: 10,
            ..VoiceConfig::default()
        };
        assert_eq!(config.check().expect_err("mistakes").len(), 4);
    }
}
