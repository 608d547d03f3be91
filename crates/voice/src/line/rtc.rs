//! The WebRTC side of a line on str0m: G.711 only, ICE-lite, one certificate
//! for the whole process.

use std::{net::SocketAddr, sync::Arc};

use str0m::{
    Candidate, Rtc, RtcConfig,
    change::SdpOffer,
    config::{CryptoProvider, DtlsCert},
    format::Codec,
};

use crate::{clock, media::g711::Law};

/// The longest offer that is read; a browser's is some 3 kB.
const OFFER_LIMIT: usize = 32 * 1024;

/// What all lines share.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    provider: Arc<CryptoProvider>,
    certificate: DtlsCert,
}

impl Identity {
    /// Makes the certificate; `None` when the cryptography library cannot.
    pub(crate) fn new() -> Option<Self> {
        let provider = Arc::new(str0m::crypto::from_feature_flags());
        let certificate = provider.dtls_provider.generate_certificate()?;
        Some(Self { provider, certificate })
    }

    /// Answers a browser's offer; `address` is where it reaches us.
    ///
    /// The error says in words what is wrong with the offer.
    pub(crate) fn answer(&self, offer: &str, address: SocketAddr) -> Result<(Rtc, String), String> {
        if offer.len() > OFFER_LIMIT {
            return Err(format!("the offer is longer than {OFFER_LIMIT} bytes"));
        }
        let offer = SdpOffer::from_sdp_string(offer).map_err(|error| error.to_string())?;
        let mut rtc = RtcConfig::new()
            .set_crypto_provider(self.provider.clone())
            .set_dtls_cert(self.certificate.clone())
            .clear_codecs()
            .enable_pcmu(true, false)
            .enable_pcma(true, false)
            .set_ice_lite(true)
            .build(clock::now());
        let candidate = Candidate::host(address, "udp").map_err(|error| error.to_string())?;
        rtc.add_local_candidate(candidate);
        let answer = rtc.sdp_api().accept_offer(offer).map_err(|error| error.to_string())?;
        let answer = answer.to_sdp_string();
        if ![Law::Mu, Law::A].iter().any(|law| answer.contains(&format!(" {}/8000", law.name()))) {
            return Err("the offer has no audio with PCMU or PCMA".to_owned());
        }
        Ok((rtc, answer))
    }
}

/// The codec's law; `None` for anything but G.711.
pub(crate) fn law_of(codec: Codec) -> Option<Law> {
    match codec {
        Codec::PCMU => Some(Law::Mu),
        Codec::PCMA => Some(Law::A),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chromium's own offer, with what it says of codecs in one place.
    fn offer(formats: &str, codecs: &str) -> String {
        format!(
            "v=0\r\no=- 6446456129446712281 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
             a=extmap-allow-mixed\r\na=msid-semantic: WMS\r\nm=audio 9 UDP/TLS/RTP/SAVPF {formats}\r\n\
             c=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:4mAS\r\n\
             a=ice-pwd:vbTILGaWyRpVsw9s/sgX0ogV\r\na=ice-options:trickle\r\na=fingerprint:sha-256 \
             05:29:F2:AE:D2:E9:30:52:BD:7A:84:2C:B1:E0:3E:12:E3:26:C3:3C:58:E8:E3:8C:C9:F5:D3:62:22:76:CB:A2\r\n\
             a=setup:actpass\r\na=mid:0\r\na=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n\
             a=sendrecv\r\na=msid:- 25e9e9ad\r\na=rtcp-mux\r\na=rtcp-rsize\r\na=rtcp-xr:rcvr-rtt=all\r\n{codecs}\
             a=ssrc:689566512 cname:Qfl2pFxwdaDMRggH\r\na=ssrc:689566512 msid:- 25e9e9ad\r\n"
        )
    }

    const OPUS: &str = "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n";
    const G711: &str =
        "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:126 telephone-event/8000\r\n";

    fn answer(offer: &str) -> Result<String, String> {
        let address = "192.0.2.5:4000".parse().expect("an address");
        Identity::new().expect("a certificate").answer(offer, address).map(|(_, answer)| answer)
    }

    #[test]
    fn a_browser_gets_g711_ice_lite_and_our_address() {
        let answer = answer(&offer("111 0 8 126", &format!("{OPUS}{G711}"))).expect("an answer");
        for part in ["a=ice-lite", "a=setup:passive", "192.0.2.5 4000 typ host", " PCMU/8000", " PCMA/8000"] {
            assert!(answer.contains(part), "{part} in {answer}");
        }
        assert!(!answer.contains("opus"), "{answer}");
    }

    #[test]
    fn an_offer_without_g711_is_refused() {
        assert!(answer(&offer("111", OPUS)).is_err());
    }

    #[test]
    fn mutated_offers_do_not_panic() {
        let seed = clock::random::<u64>();
        println!("seed {seed}");
        let mut random = crate::testing::Random::new(seed);
        let identity = Identity::new().expect("a certificate");
        let offer = offer("111 0 8 126", &format!("{OPUS}{G711}"));
        for _ in 0..500 {
            let bytes = random.mutate(offer.as_bytes());
            let address = "192.0.2.5:4000".parse().expect("an address");
            let _ = identity.answer(&String::from_utf8_lossy(&bytes), address);
        }
    }
}
