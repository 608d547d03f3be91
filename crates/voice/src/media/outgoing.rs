//! Our one RTP stream towards a caller: one SSRC, a sequence that grows by one,
//! an unbroken timestamp line, whatever the source.

use bytes::Bytes;

use super::{
    digits::EventPacket,
    rtcp,
    rtp::{self, Packet},
    timeline::Timeline,
};

/// Samples in one step of 20 ms.
pub(crate) const STEP: u32 = 160;

/// The stream's state.
#[derive(Debug)]
pub(crate) struct Outgoing {
    ssrc: u32,
    sequence: u16,
    timeline: Timeline,
    marker: bool,
    event_at: u32,
    packets: u32,
    octets: u32,
}

impl Outgoing {
    /// A stream with random starting points (RFC 3550 5.1).
    pub(crate) fn new(ssrc: u32, sequence: u16, timestamp: u32) -> Self {
        Self {
            ssrc,
            sequence,
            timeline: Timeline::new(timestamp),
            marker: true,
            event_at: timestamp,
            packets: 0,
            octets: 0,
        }
    }

    /// Another source follows; its first packet carries the marker.
    pub(crate) fn switch_source(&mut self) {
        self.marker = true;
        self.timeline.switch_source();
    }

    /// A packet of sound with the source's own time, or straight after the last one.
    pub(crate) fn sound(&mut self, payload_type: u8, octets: Bytes, timestamp: Option<u32>) -> Vec<u8> {
        let samples = u32::try_from(octets.len()).unwrap_or(STEP);
        let at = match timestamp {
            Some(timestamp) => self.timeline.map(timestamp, samples),
            None => self.timeline.append(samples),
        };
        let marker = std::mem::take(&mut self.marker);
        self.packet(payload_type, marker, at, octets)
    }

    /// A packet of a key; all packets of one key carry the time of its start.
    pub(crate) fn event(&mut self, payload_type: u8, event: EventPacket) -> Vec<u8> {
        let at = self.timeline.append(STEP);
        if event.first {
            self.event_at = at;
        }
        self.marker = true;
        self.packet(payload_type, event.first, self.event_at, Bytes::copy_from_slice(&event.payload))
    }

    /// A step in which nothing is sent.
    pub(crate) fn pause(&mut self) {
        self.timeline.append(STEP);
    }

    /// What a sender report says at the NTP time `ntp`.
    pub(crate) fn sent(&self, ntp: u64) -> rtcp::Sent {
        rtcp::Sent {
            ssrc: self.ssrc,
            ntp,
            timestamp: self.timeline.next(),
            packets: self.packets,
            octets: self.octets,
        }
    }

    fn packet(&mut self, payload_type: u8, marker: bool, timestamp: u32, payload: Bytes) -> Vec<u8> {
        let sequence = self.sequence;
        self.sequence = sequence.wrapping_add(1);
        self.packets = self.packets.wrapping_add(1);
        self.octets = self.octets.wrapping_add(u32::try_from(payload.len()).unwrap_or_default());
        rtp::build(&Packet { payload_type, marker, sequence, timestamp, ssrc: self.ssrc, payload })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::digits::{DigitSender, Step};

    #[test]
    fn the_line_is_unbroken_over_music_key_and_agent() {
        let mut out = Outgoing::new(9, u16::MAX, 1_000);
        let sound = || Bytes::from_static(&[0; 160]);
        let mut sent = vec![out.sound(0, sound(), None), out.sound(0, sound(), None)];
        let mut digits = DigitSender::default();
        digits.push('7');
        while digits.busy() {
            match digits.step() {
                Step::Send(event) => sent.push(out.event(101, event)),
                _ => out.pause(),
            }
        }
        out.switch_source();
        sent.push(out.sound(0, sound(), Some(77)));
        sent.push(out.sound(0, sound(), Some(237)));
        let packets: Vec<_> = sent.iter().map(|bytes| rtp::parse(bytes).expect("RTP")).collect();
        for (before, after) in packets.iter().zip(packets.iter().skip(1)) {
            assert_eq!(after.sequence, before.sequence.wrapping_add(1));
            assert!(after.timestamp >= before.timestamp);
            assert_eq!(after.ssrc, 9);
        }
        let events: Vec<_> = packets.iter().filter(|packet| packet.payload_type == 101).collect();
        assert!(events.iter().all(|packet| packet.timestamp == 1_320));
        assert_eq!(events.iter().filter(|packet| packet.marker).count(), 1);
        let after = &packets[packets.len() - 2];
        assert_eq!((after.marker, after.timestamp), (true, 1_320 + 15 * 160));
        assert_eq!(packets.last().map(|packet| packet.timestamp), Some(after.timestamp + 160));
    }
}
