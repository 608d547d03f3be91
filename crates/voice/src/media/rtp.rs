//! RTP packets (RFC 3550 5.1).

use bytes::Bytes;

/// The fixed header's length.
pub(crate) const HEADER_LENGTH: usize = 12;

/// A received packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Packet {
    pub(crate) payload_type: u8,
    pub(crate) marker: bool,
    pub(crate) sequence: u16,
    pub(crate) timestamp: u32,
    pub(crate) ssrc: u32,
    pub(crate) payload: Bytes,
}

/// Reads a packet; `None` for anything that is not RTP version 2 (RTCP, STUN,
/// truncated or padded beyond its length).
pub(crate) fn parse(bytes: &[u8]) -> Option<Packet> {
    let (first, second) = (*bytes.first()?, *bytes.get(1)?);
    if first >> 6 != 2 || (192..=223).contains(&second) {
        return None;
    }
    let mut start = HEADER_LENGTH + 4 * usize::from(first & 0x0f);
    if first & 0x10 != 0 {
        start += 4 + 4 * usize::from(u16_at(bytes, start + 2)?);
    }
    let end = if first & 0x20 != 0 {
        bytes.len().checked_sub(usize::from(*bytes.last()?).max(1))?
    } else {
        bytes.len()
    };
    Some(Packet {
        payload_type: second & 0x7f,
        marker: second & 0x80 != 0,
        sequence: u16_at(bytes, 2)?,
        timestamp: u32_at(bytes, 4)?,
        ssrc: u32_at(bytes, 8)?,
        payload: Bytes::copy_from_slice(bytes.get(start..end)?),
    })
}

/// Writes a packet with the fixed header only.
pub(crate) fn build(packet: &Packet) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER_LENGTH + packet.payload.len());
    bytes.push(0x80);
    bytes.push((packet.payload_type & 0x7f) | if packet.marker { 0x80 } else { 0 });
    bytes.extend(packet.sequence.to_be_bytes());
    bytes.extend(packet.timestamp.to_be_bytes());
    bytes.extend(packet.ssrc.to_be_bytes());
    bytes.extend_from_slice(&packet.payload);
    bytes
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet() -> Packet {
        Packet {
            payload_type: 8,
            marker: true,
            sequence: 65_535,
            timestamp: 4_000_000_000,
            ssrc: 7,
            payload: Bytes::from_static(b"abcd"),
        }
    }

    #[test]
    fn what_is_built_is_parsed() {
        assert_eq!(parse(&build(&packet())), Some(packet()));
    }

    #[test]
    fn csrc_extension_and_padding_are_skipped() {
        let mut bytes = build(&packet());
        bytes[0] = 0x80 | 0x20 | 0x10 | 1;
        let tail = bytes.split_off(HEADER_LENGTH);
        bytes.extend([0, 0, 0, 9]);
        bytes.extend([0xbe, 0xde, 0, 1, 1, 2, 3, 4]);
        bytes.extend(tail);
        bytes.extend([0, 0, 3]);
        assert_eq!(parse(&bytes), Some(packet()));
    }

    #[test]
    fn what_is_not_rtp_is_refused() {
        for bytes in [
            &b""[..],
            &[0x80],
            &[0x80; 11],
            &[0x80, 200, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0x00, 0x01, 0, 0, 0x21, 0x12, 0xa4, 0x42, 0, 0, 0, 0],
            &[0x8f, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0x90, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0xa0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 200],
        ] {
            assert_eq!(parse(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn random_bytes_do_not_panic() {
        let seed = crate::clock::random::<u64>();
        let mut random = crate::testing::Random::new(seed);
        for _ in 0..50_000 {
            let length = random.below(40);
            let bytes: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
            let _ = parse(&bytes);
        }
        println!("seed {seed}");
    }
}
