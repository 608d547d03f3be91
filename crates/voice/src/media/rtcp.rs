//! RTCP, the least that a sender owes (RFC 3550 6.4.1): a sender report with
//! CNAME every five seconds. What the caller reports is read and dropped.

/// Seconds between two reports.
pub(crate) const INTERVAL_S: u64 = 5;

/// What a report says of our stream.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent {
    pub(crate) ssrc: u32,
    /// NTP time of the report.
    pub(crate) ntp: u64,
    /// RTP time of the same moment.
    pub(crate) timestamp: u32,
    pub(crate) packets: u32,
    pub(crate) octets: u32,
}

/// A compound packet: SR without report blocks, then SDES with CNAME.
pub(crate) fn sender_report(sent: Sent, cname: &str) -> Vec<u8> {
    let mut bytes = vec![0x80, 200, 0, 6];
    bytes.extend(sent.ssrc.to_be_bytes());
    bytes.extend(sent.ntp.to_be_bytes());
    bytes.extend(sent.timestamp.to_be_bytes());
    bytes.extend(sent.packets.to_be_bytes());
    bytes.extend(sent.octets.to_be_bytes());
    let cname = &cname.as_bytes()[..cname.len().min(255)];
    let mut chunk = sent.ssrc.to_be_bytes().to_vec();
    chunk.push(1);
    chunk.push(u8::try_from(cname.len()).unwrap_or(u8::MAX));
    chunk.extend_from_slice(cname);
    // At least one null octet ends the items, up to the next word.
    chunk.resize((chunk.len() / 4 + 1) * 4, 0);
    bytes.extend([0x81, 202]);
    bytes.extend(u16::try_from(chunk.len() / 4).unwrap_or(u16::MAX).to_be_bytes());
    bytes.extend(chunk);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_the_lengths_it_says() {
        for cname in ["", "abc", "abcd", "hookflash"] {
            let sent = Sent { ssrc: 1, ntp: 2 << 32 | 3, timestamp: 4, packets: 5, octets: 800 };
            let bytes = sender_report(sent, cname);
            assert_eq!(&bytes[..8], &[0x80, 200, 0, 6, 0, 0, 0, 1]);
            assert_eq!(&bytes[28..30], &[0x81, 202]);
            let sdes_words = usize::from(u16::from_be_bytes([bytes[30], bytes[31]]));
            assert_eq!(bytes.len(), 28 + 4 * (sdes_words + 1), "{cname}");
            assert_eq!(bytes.last(), Some(&0));
        }
    }
}
