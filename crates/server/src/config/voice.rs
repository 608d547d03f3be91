//! `[voice]`: calls. See `hookflash_voice::VoiceConfig`.

use super::reader::Reader;
use hookflash_voice::{ConfigError, TlsListen, VoiceConfig};
use std::net::SocketAddr;
use std::path::PathBuf;

/// The settings; none when there is no SIP address to listen on.
pub(super) fn read(reader: &mut Reader) -> Option<VoiceConfig> {
    let mut config = VoiceConfig::default();
    read_addresses(reader, &mut config);
    read_media(reader, &mut config);
    read_limits(reader, &mut config);
    let mistakes = config.check().err().unwrap_or_default();
    let is_off = mistakes.contains(&ConfigError::NoListener);
    for mistake in mistakes.into_iter().filter(|mistake| *mistake != ConfigError::NoListener) {
        reader.wrong("voice", mistake.to_string());
    }
    (!is_off).then_some(config)
}

fn read_addresses(reader: &mut Reader, config: &mut VoiceConfig) {
    config.sip_udp = reader.optional(
        "voice.sip_udp",
        "SIP over UDP, such as 0.0.0.0:5060. Without any SIP address \
         there are no calls.",
    );
    config.sip_tcp = reader.optional("voice.sip_tcp", "SIP over TCP.");
    config.sip_tls = read_tls(reader);
    config.advertised_ip = reader.optional(
        "voice.advertised_ip",
        "The address that callers and browsers reach this server at, where it is not the one listened on.",
    );
    config.trunks = reader.value(
        "voice.trunks",
        config.trunks.clone(),
        "Addresses that may call: the provider's or the exchange's. An INVITE from elsewhere is refused.",
    );
    config.header_allow_list = reader.value(
        "voice.header_allow_list",
        config.header_allow_list.clone(),
        "SIP headers handed over as attached data; a trailing * matches a beginning, case does not count.",
    );
}

fn read_media(reader: &mut Reader, config: &mut VoiceConfig) {
    config.media_ip =
        reader.value("voice.media_ip", config.media_ip, "The address for audio; never 0.0.0.0.");
    config.media_ports = reader.optional("voice.media_ports", "Ports for audio. Left out: any free port.");
    config.music = reader.value("voice.music", config.music, "What a waiting caller hears.");
    config.rtp_timeout_ms = u64::from(reader.number(
        "voice.rtp_timeout_ms",
        60_000,
        1_000..=3_600_000,
        "A caller without audio for so long, and not on hold, is hung up on.",
    ));
    config.ring_ms = u64::from(reader.number(
        "voice.ring_ms",
        1_500,
        0..=60_000,
        "How long a caller hears ringing before music.",
    ));
}

fn read_limits(reader: &mut Reader, config: &mut VoiceConfig) {
    config.max_calls = reader.number("voice.max_calls", 500, 1..=100_000, "Calls at once.") as usize;
    config.max_calls_per_second = reader.number(
        "voice.max_calls_per_second",
        config.max_calls_per_second,
        1..=10_000,
        "New calls a second.",
    );
    config.session_expires_s = reader.number(
        "voice.session_expires_s",
        config.session_expires_s,
        90..=86_400,
        "The session interval that is asked for (RFC 4028), in seconds.",
    );
    config.session_min_s = reader.number(
        "voice.session_min_s",
        config.session_min_s,
        90..=86_400,
        "The least session interval that is taken (RFC 4028), in seconds.",
    );
    config.max_bad_messages_per_second = reader.number(
        "voice.max_bad_messages_per_second",
        config.max_bad_messages_per_second,
        1..=10_000,
        "Malformed SIP messages a second from one address that are answered.",
    );
    config.max_messages_per_second = reader.number(
        "voice.max_messages_per_second",
        config.max_messages_per_second,
        10..=1_000_000,
        "SIP messages a second from one address that are read.",
    );
    config.max_connections =
        reader.number("voice.max_connections", 256, 1..=100_000, "SIP connections (TCP, TLS) at once.")
            as usize;
}

fn read_tls(reader: &mut Reader) -> Option<TlsListen> {
    let address: Option<SocketAddr> = reader.optional("voice.sip_tls", "SIP over TLS, such as 0.0.0.0:5061.");
    let cert: Option<PathBuf> = reader.optional("voice.tls_cert", "Certificate chain for SIP over TLS, PEM.");
    let key: Option<PathBuf> = reader.optional("voice.tls_key", "The certificate's private key, PEM.");
    let address = address?;
    let (Some(cert), Some(key)) = (cert, key) else {
        reader.wrong("voice.sip_tls", "needs voice.tls_cert and voice.tls_key");
        return None;
    };
    let certificate_pem = read_file(reader, "voice.tls_cert", &cert)?;
    let key_pem = read_file(reader, "voice.tls_key", &key)?;
    Some(TlsListen { address, certificate_pem, key_pem })
}

fn read_file(reader: &mut Reader, key: &str, path: &std::path::Path) -> Option<Vec<u8>> {
    match std::fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            reader.wrong(key, format!("{} cannot be read: {error}", path.display()));
            None
        }
    }
}
