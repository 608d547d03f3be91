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
        Ok((rtc, answer.to_sdp_string()))
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
