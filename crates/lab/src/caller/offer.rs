//! The session descriptions of the caller: PCMU and telephone events on one stream (RFC 4566, RFC 3264).

use std::net::{IpAddr, SocketAddr};

/// Which way audio goes, seen from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    SendRecv,
    SendOnly,
    RecvOnly,
    Inactive,
}

impl Direction {
    /// Whether this side sends.
    pub(crate) fn sends(self) -> bool {
        matches!(self, Self::SendRecv | Self::SendOnly)
    }

    fn word(self) -> &'static str {
        match self {
            Self::SendRecv => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }
}

/// What the other side said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Remote {
    /// Where its audio goes.
    pub(crate) rtp: SocketAddr,
    /// What this side does in answer.
    pub(crate) direction: Direction,
}

/// An offer or answer of this side.
pub(crate) fn write(local: IpAddr, port: u16, version: u32, direction: Direction) -> String {
    let family = if local.is_ipv4() { "IP4" } else { "IP6" };
    format!(
        "v=0\r\no=caller 1 {version} IN {family} {local}\r\ns=call\r\nc=IN {family} {local}\r\nt=0 0\r\n\
         m=audio {port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n\
         a=fmtp:101 0-16\r\na=ptime:20\r\na={}\r\n",
        direction.word()
    )
}

/// Reads the other side's description; `None` when there is no audio in it.
pub(crate) fn read(sdp: &str) -> Option<Remote> {
    let mut host: Option<IpAddr> = None;
    let mut port: Option<u16> = None;
    let mut direction = Direction::SendRecv;
    for line in sdp.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("c=IN IP4 ").or_else(|| line.strip_prefix("c=IN IP6 ")) {
            host = rest.split('/').next()?.parse().ok();
        } else if let Some(rest) = line.strip_prefix("m=audio ") {
            port = rest.split_whitespace().next()?.parse().ok();
        }
        direction = match line {
            "a=sendonly" => Direction::RecvOnly,
            "a=recvonly" => Direction::SendOnly,
            "a=inactive" => Direction::Inactive,
            _ => direction,
        };
    }
    Some(Remote { rtp: SocketAddr::new(host?, port.filter(|port| *port != 0)?), direction })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_a_hold() {
        let local: IpAddr = [127, 0, 0, 1].into();
        let remote = read(&write(local, 4000, 1, Direction::SendRecv)).expect("audio");
        assert_eq!(remote, Remote { rtp: SocketAddr::new(local, 4000), direction: Direction::SendRecv });
        let held = read(&write(local, 4000, 2, Direction::SendOnly)).expect("audio");
        assert_eq!(held.direction, Direction::RecvOnly);
        assert_eq!(read("v=0\r\nc=IN IP4 1.2.3.4\r\nm=audio 0 RTP/AVP 0\r\n"), None);
    }
}
