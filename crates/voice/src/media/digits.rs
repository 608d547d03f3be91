//! Keys pressed during a call, as named events (RFC 4733 2.3, 2.5).

use std::collections::VecDeque;

const KEYS: &str = "0123456789*#ABCD";

/// Keys that may wait to be sent; more are dropped.
const WAITING: usize = 32;

/// A packet covers 20 ms at 8 kHz.
const STEP: u16 = 160;

/// Steps with the key down (160 ms), then the end packet three times.
const STEPS_DOWN: u16 = 8;
const STEPS_END: u16 = 3;

/// Steps of silence after a key, so that two equal keys are told apart.
const STEPS_PAUSE: u16 = 4;

/// Reads the keys out of received event packets.
#[derive(Debug, Default)]
pub(crate) struct DigitReader {
    last: Option<u32>,
}

impl DigitReader {
    /// The key of this packet, once for each event: events are told apart by
    /// their timestamp, so the key is reported with the first packet that
    /// arrives, whichever that is.
    pub(crate) fn read(&mut self, timestamp: u32, payload: &[u8]) -> Option<char> {
        let event = *payload.first()?;
        if payload.len() < 4 || self.last == Some(timestamp) {
            return None;
        }
        let key = char::from(*KEYS.as_bytes().get(usize::from(event))?);
        self.last = Some(timestamp);
        Some(key)
    }
}

/// One event packet to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EventPacket {
    /// The first packet of an event carries the marker.
    pub(crate) first: bool,
    pub(crate) payload: [u8; 4],
}

/// What the sender does in this 20 ms step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing to send: sound goes on.
    Idle,
    /// Send this packet with the timestamp of the event's start.
    Send(EventPacket),
    /// Between two keys: send nothing.
    Pause,
}

/// Sends keys one after the other in steps of 20 ms.
#[derive(Debug, Default)]
pub(crate) struct DigitSender {
    waiting: VecDeque<u8>,
    step: u16,
}

impl DigitSender {
    /// Queues a key; `false` when it is no key or too many wait.
    pub(crate) fn push(&mut self, key: char) -> bool {
        let Some(event) = KEYS.find(key.to_ascii_uppercase()) else {
            return false;
        };
        if self.waiting.len() >= WAITING {
            return false;
        }
        self.waiting.push_back(u8::try_from(event).unwrap_or_default());
        true
    }

    /// Whether a key is being sent or waits.
    pub(crate) fn busy(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// The next 20 ms.
    pub(crate) fn step(&mut self) -> Step {
        let Some(&event) = self.waiting.front() else {
            return Step::Idle;
        };
        self.step += 1;
        if self.step <= STEPS_DOWN + STEPS_END {
            let ended = self.step > STEPS_DOWN;
            let duration = (self.step.min(STEPS_DOWN) * STEP).to_be_bytes();
            let end_and_volume = if ended { 0x8a } else { 0x0a };
            let payload = [event, end_and_volume, duration[0], duration[1]];
            return Step::Send(EventPacket { first: self.step == 1, payload });
        }
        if self.step >= STEPS_DOWN + STEPS_END + STEPS_PAUSE {
            self.waiting.pop_front();
            self.step = 0;
        }
        Step::Pause
    }
}

/// The key in an INFO's body: `application/dtmf-relay` (`Signal=5`) or
/// `application/dtmf` (`5`), both in wide use without an RFC.
pub(crate) fn digit_of_info(content_type: &str, body: &[u8]) -> Option<char> {
    let text = std::str::from_utf8(body).ok()?;
    let media_type = content_type.split(';').next()?.trim();
    let signal = if media_type.eq_ignore_ascii_case("application/dtmf-relay") {
        text.lines().find_map(|line| {
            let (name, value) = line.split_once('=')?;
            name.trim().eq_ignore_ascii_case("signal").then_some(value.trim())
        })?
    } else if media_type.eq_ignore_ascii_case("application/dtmf") {
        text.trim()
    } else {
        return None;
    };
    let mut characters = signal.chars();
    let key = characters.next()?.to_ascii_uppercase();
    (characters.next().is_none() && KEYS.contains(key)).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_reported_once_even_when_packets_are_lost() {
        let mut reader = DigitReader::default();
        assert_eq!(reader.read(100, &[5, 0x0a, 0, 160]), Some('5'));
        assert_eq!(reader.read(100, &[5, 0x0a, 1, 64]), None);
        assert_eq!(reader.read(100, &[5, 0x8a, 1, 64]), None);
        assert_eq!(reader.read(900, &[5, 0x8a, 5, 0]), Some('5'));
        assert_eq!(reader.read(901, &[11, 0x8a, 5, 0]), Some('#'));
        assert_eq!(reader.read(902, &[16, 0x8a, 5, 0]), None, "a hook flash is no key");
        assert_eq!(reader.read(903, &[1, 0x8a, 5]), None);
        assert_eq!(reader.read(904, &[]), None);
    }

    #[test]
    fn what_is_sent_is_read() {
        let mut sender = DigitSender::default();
        assert!(!sender.push('x') && sender.push('a') && sender.push('1') && sender.push('1'));
        let (mut reader, mut timestamp, mut read) = (DigitReader::default(), 0, String::new());
        while sender.busy() {
            if let Step::Send(packet) = sender.step() {
                if packet.first {
                    timestamp += 5_000;
                }
                read.extend(reader.read(timestamp, &packet.payload));
            }
        }
        assert_eq!(read, "A11");
        assert_eq!(sender.step(), Step::Idle);
    }

    #[test]
    fn the_end_is_sent_three_times() {
        let mut sender = DigitSender::default();
        sender.push('0');
        let mut ends = 0;
        while sender.busy() {
            if let Step::Send(packet) = sender.step() {
                ends += usize::from(packet.payload == [0, 0x8a, 5, 0]);
            }
        }
        assert_eq!(ends, 3);
    }

    #[test]
    fn too_many_keys_are_refused() {
        let mut sender = DigitSender::default();
        assert_eq!((0..100).filter(|_| sender.push('9')).count(), WAITING);
    }

    #[test]
    fn info_bodies() {
        for (content_type, body, key) in [
            ("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", Some('5')),
            ("Application/DTMF-Relay;x=1", "duration= 1\nsignal= # \n", Some('#')),
            ("application/dtmf", " d ", Some('D')),
            ("application/dtmf", "12", None),
            ("application/dtmf", "", None),
            ("application/dtmf-relay", "Duration=160", None),
            ("text/plain", "5", None),
        ] {
            assert_eq!(digit_of_info(content_type, body.as_bytes()), key, "{content_type} {body}");
        }
        assert_eq!(digit_of_info("application/dtmf", &[0xff]), None);
    }
}
