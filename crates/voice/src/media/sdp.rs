//! Offer and answer on the SIP leg (RFC 3264): one audio stream of G.711, with
//! telephone-event where the caller has it.

use std::{
    fmt::Write as _,
    net::{IpAddr, SocketAddr},
};

use super::g711::Law;

/// Media sections that are read; an offer with more is refused.
const MEDIA_LIMIT: usize = 16;

/// Our payload type for telephone-event where we make the offer.
const EVENT_PAYLOAD_TYPE: u8 = 101;

/// The direction attribute, as its writer means it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    SendRecv,
    SendOnly,
    RecvOnly,
    Inactive,
}

impl Direction {
    /// The answerer's view (RFC 3264 6.1).
    fn reversed(self) -> Self {
        match self {
            Self::SendOnly => Self::RecvOnly,
            Self::RecvOnly => Self::SendOnly,
            same => same,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::SendRecv => "sendrecv",
            Self::SendOnly => "sendonly",
            Self::RecvOnly => "recvonly",
            Self::Inactive => "inactive",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::SendRecv, Self::SendOnly, Self::RecvOnly, Self::Inactive]
            .into_iter()
            .find(|direction| direction.name() == name)
    }
}

/// What the caller's SDP says of its audio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remote {
    /// Where it wants its RTP.
    pub(crate) address: SocketAddr,
    /// The law that both sides use: the first one that the caller lists.
    pub(crate) law: Law,
    /// Its payload type for telephone-event.
    pub(crate) event_payload_type: Option<u8>,
    /// Its own view of the direction; `c=0.0.0.0` counts as held (RFC 2543).
    pub(crate) direction: Direction,
}

impl Remote {
    /// Whether it wants to hear us.
    pub(crate) fn hears(&self) -> bool {
        matches!(self.direction, Direction::SendRecv | Direction::RecvOnly)
    }

    /// Whether it has put us on hold.
    pub(crate) fn holds(&self) -> bool {
        !self.hears()
    }
}

/// Why an SDP cannot be used; the caller gets 488 or 400.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SdpError {
    #[error("the SDP cannot be read")]
    Malformed,
    #[error("the SDP has more than {MEDIA_LIMIT} media sections")]
    TooManyMedia,
    #[error("no audio over RTP/AVP is offered")]
    NoAudio,
    #[error("neither PCMU nor PCMA is offered")]
    NoG711,
    #[error("no usable address in c=")]
    NoAddress,
}

/// A parsed offer: what we take of it, and what the answer must mirror.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) remote: Remote,
    sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Section {
    Taken,
    /// `media`, `proto` and the formats, to be refused with port 0.
    Refused(String),
}

/// Reads an offer.
pub(crate) fn parse_offer(body: &[u8]) -> Result<Offer, SdpError> {
    let session = parse(body)?;
    let taken = session.medias.iter().position(is_audio).ok_or(SdpError::NoAudio)?;
    let sections = session.medias.iter().enumerate().map(|(at, media)| {
        if at == taken {
            Section::Taken
        } else {
            Section::Refused(format!("{} 0 {} {}", media.media, media.proto, media.fmt))
        }
    });
    let remote = remote_of(&session, session.medias.get(taken).ok_or(SdpError::NoAudio)?)?;
    Ok(Offer { remote, sections: sections.collect() })
}

/// Reads an answer to our own offer.
pub(crate) fn parse_answer(body: &[u8]) -> Result<Remote, SdpError> {
    let session = parse(body)?;
    let media = session.medias.iter().find(|media| is_audio(media)).ok_or(SdpError::NoAudio)?;
    remote_of(&session, media)
}

fn parse(body: &[u8]) -> Result<sdp_types::Session, SdpError> {
    let session = sdp_types::Session::parse(body).map_err(|_| SdpError::Malformed)?;
    if session.medias.len() > MEDIA_LIMIT { Err(SdpError::TooManyMedia) } else { Ok(session) }
}

fn is_audio(media: &sdp_types::Media) -> bool {
    media.media == "audio" && media.port != 0 && media.proto.eq_ignore_ascii_case("RTP/AVP")
}

fn remote_of(session: &sdp_types::Session, media: &sdp_types::Media) -> Result<Remote, SdpError> {
    let connection = media.connections.first().or(session.connection.as_ref()).ok_or(SdpError::NoAddress)?;
    let ip: IpAddr = connection.connection_address.parse().map_err(|_| SdpError::NoAddress)?;
    if ip.is_multicast() {
        return Err(SdpError::NoAddress);
    }
    let formats: Vec<u8> = media.fmt.split_whitespace().filter_map(|format| format.parse().ok()).collect();
    let law = formats
        .iter()
        .find_map(|format| [Law::Mu, Law::A].into_iter().find(|law| law.payload_type() == *format))
        .ok_or(SdpError::NoG711)?;
    let stated = |attributes: &[sdp_types::Attribute]| {
        attributes.iter().find_map(|attribute| Direction::parse(&attribute.attribute))
    };
    let mut direction =
        stated(&media.attributes).or_else(|| stated(&session.attributes)).unwrap_or(Direction::SendRecv);
    if ip.is_unspecified() && direction == Direction::SendRecv {
        direction = Direction::SendOnly;
    }
    Ok(Remote {
        address: SocketAddr::new(ip, media.port),
        law,
        event_payload_type: event_payload_type(media).filter(|event| formats.contains(event)),
        direction,
    })
}

fn event_payload_type(media: &sdp_types::Media) -> Option<u8> {
    media.attributes.iter().filter(|attribute| attribute.attribute == "rtpmap").find_map(|attribute| {
        let (payload_type, encoding) = attribute.value.as_deref()?.split_once(' ')?;
        let named = encoding.trim().eq_ignore_ascii_case("telephone-event/8000");
        payload_type.parse().ok().filter(|payload_type| named && *payload_type < 128)
    })
}

/// Our side of a call's session: every SDP that we send comes from here, with
/// the same session id and port and a version that grows (RFC 3264 8).
#[derive(Debug)]
pub(crate) struct Local {
    address: SocketAddr,
    session_id: u32,
    version: u32,
}

impl Local {
    /// `address` is where the caller shall send its RTP.
    pub(crate) fn new(address: SocketAddr, session_id: u32) -> Self {
        Self { address, session_id, version: 0 }
    }

    /// The answer to an offer.
    pub(crate) fn answer(&mut self, offer: &Offer) -> Vec<u8> {
        let mut text = self.session_part();
        for section in &offer.sections {
            match section {
                Section::Taken => {
                    let direction = offer.remote.direction.reversed();
                    text += &self.audio(&[offer.remote.law], offer.remote.event_payload_type, direction);
                }
                Section::Refused(rest) => {
                    let _ = write!(text, "m={rest}\r\n");
                }
            }
        }
        text.into_bytes()
    }

    /// An offer of our own: everything we can do, or what is in use already.
    pub(crate) fn offer(&mut self, in_use: Option<&Remote>) -> Vec<u8> {
        let mut text = self.session_part();
        text += &match in_use {
            Some(remote) => self.audio(&[remote.law], remote.event_payload_type, remote.direction.reversed()),
            None => self.audio(&[Law::Mu, Law::A], Some(EVENT_PAYLOAD_TYPE), Direction::SendRecv),
        };
        text.into_bytes()
    }

    fn session_part(&mut self) -> String {
        self.version += 1;
        let ip = self.address.ip();
        let family = if ip.is_ipv4() { "IP4" } else { "IP6" };
        format!(
            "v=0\r\no=- {} {} IN {family} {ip}\r\ns=-\r\nc=IN {family} {ip}\r\nt=0 0\r\n",
            self.session_id, self.version
        )
    }

    fn audio(&self, laws: &[Law], event: Option<u8>, direction: Direction) -> String {
        let mut text = format!("m=audio {} RTP/AVP", self.address.port());
        for payload_type in laws.iter().map(|law| law.payload_type()).chain(event) {
            let _ = write!(text, " {payload_type}");
        }
        text += "\r\n";
        for law in laws {
            let _ = write!(text, "a=rtpmap:{} {}/8000\r\n", law.payload_type(), law.name());
        }
        if let Some(event) = event {
            let _ = write!(text, "a=rtpmap:{event} telephone-event/8000\r\na=fmtp:{event} 0-15\r\n");
        }
        let _ = write!(text, "a=ptime:20\r\na={}\r\n", direction.name());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "v=0\r\no=u 1 1 IN IP4 192.0.2.1\r\ns=-\r\n";

    fn offer(rest: &str) -> Result<Offer, SdpError> {
        parse_offer(format!("{HEAD}{rest}").as_bytes())
    }

    fn answer(rest: &str) -> String {
        let mut local = Local::new("198.51.100.5:4000".parse().expect("an address"), 77);
        String::from_utf8(local.answer(&offer(rest).expect("an offer"))).expect("text")
    }

    #[test]
    fn a_usual_offer_is_answered() {
        let text = answer(
            "c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 5000 RTP/AVP 9 8 0 96\r\na=rtpmap:96 telephone-event/8000\r\n",
        );
        assert_eq!(
            text,
            "v=0\r\no=- 77 1 IN IP4 198.51.100.5\r\ns=-\r\nc=IN IP4 198.51.100.5\r\nt=0 0\r\n\
             m=audio 4000 RTP/AVP 8 96\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:96 telephone-event/8000\r\n\
             a=fmtp:96 0-15\r\na=ptime:20\r\na=sendrecv\r\n"
        );
    }

    #[test]
    fn hold_is_answered_in_kind() {
        for (connection, attribute, ours, holds) in [
            ("192.0.2.1", "", "sendrecv", false),
            ("192.0.2.1", "a=sendonly\r\n", "recvonly", true),
            ("192.0.2.1", "a=inactive\r\n", "inactive", true),
            ("192.0.2.1", "a=recvonly\r\n", "sendonly", false),
            ("0.0.0.0", "", "recvonly", true),
            ("0.0.0.0", "a=inactive\r\n", "inactive", true),
        ] {
            let rest = format!("c=IN IP4 {connection}\r\nt=0 0\r\nm=audio 5000 RTP/AVP 0\r\n{attribute}");
            assert!(answer(&rest).ends_with(&format!("a={ours}\r\n")), "{rest}");
            assert_eq!(offer(&rest).expect("an offer").remote.holds(), holds, "{rest}");
        }
    }

    #[test]
    fn a_direction_of_the_session_counts() {
        let rest = "c=IN IP4 192.0.2.1\r\nt=0 0\r\na=sendonly\r\nm=audio 5000 RTP/AVP 0\r\n";
        assert!(offer(rest).expect("an offer").remote.holds());
    }

    #[test]
    fn other_media_are_refused_in_place() {
        let text = answer(
            "c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=video 6000 RTP/AVP 96\r\nm=audio 5000 RTP/AVP 0\r\nm=audio 5002 RTP/SAVP 0\r\n",
        );
        let sections: Vec<_> = text.lines().filter(|line| line.starts_with("m=")).collect();
        assert_eq!(sections, ["m=video 0 RTP/AVP 96", "m=audio 4000 RTP/AVP 0", "m=audio 0 RTP/SAVP 0"]);
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        for (rest, error) in [
            ("t=0 0\r\nm=audio 5000 RTP/AVP 0\r\n", SdpError::NoAddress),
            ("c=IN IP4 host.example\r\nt=0 0\r\nm=audio 5000 RTP/AVP 0\r\n", SdpError::NoAddress),
            ("c=IN IP4 224.0.0.1\r\nt=0 0\r\nm=audio 5000 RTP/AVP 0\r\n", SdpError::NoAddress),
            ("c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 5000 RTP/AVP 111\r\n", SdpError::NoG711),
            ("c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 0 RTP/AVP 0\r\n", SdpError::NoAudio),
            ("c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 5000 RTP/SAVP 0\r\n", SdpError::NoAudio),
            ("c=IN IP4 192.0.2.1\r\nt=0 0\r\n", SdpError::NoAudio),
        ] {
            assert_eq!(offer(rest), Err(error), "{rest}");
        }
        assert_eq!(parse_offer(b"hello"), Err(SdpError::Malformed));
        let many = "m=audio 5000 RTP/AVP 0\r\n".repeat(17);
        assert_eq!(offer(&format!("t=0 0\r\n{many}")), Err(SdpError::TooManyMedia));
    }

    #[test]
    fn an_own_offer_can_be_answered() {
        let mut local = Local::new("198.51.100.5:4000".parse().expect("an address"), 77);
        let parsed = parse_offer(&local.offer(None)).expect("an offer");
        assert_eq!(parsed.remote.law, Law::Mu);
        assert_eq!(parsed.remote.event_payload_type, Some(101));
        let again = String::from_utf8(local.offer(Some(&parsed.remote))).expect("text");
        assert!(again.contains("o=- 77 2 ") && again.contains("RTP/AVP 0 101\r\n"), "{again}");
    }

    #[test]
    fn mutated_offers_do_not_panic() {
        let seed = crate::clock::random::<u64>();
        println!("seed {seed}");
        let mut random = crate::testing::Random::new(seed);
        let whole = format!(
            "{HEAD}c=IN IP4 192.0.2.1\r\nt=0 0\r\nm=video 6000 RTP/AVP 96\r\nm=audio 5000 RTP/AVP 0 8 101\r\n\
             a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=sendrecv\r\n"
        );
        let mut local = Local::new("198.51.100.5:4000".parse().expect("an address"), 77);
        for _ in 0..20_000 {
            if let Ok(offer) = parse_offer(&random.mutate(whole.as_bytes())) {
                local.answer(&offer);
            }
        }
    }
}
