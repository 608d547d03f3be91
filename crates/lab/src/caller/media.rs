//! Audio of a call: a packet every 20 ms out, whatever comes in (RFC 3550).

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::sync::watch;

use super::offer::Remote;
use super::tone;
use crate::clock::random_u64;

const SAMPLES: u32 = tone::RATE / 50;
/// Ten minutes.
const MAX_RECORDED: usize = 600 * 8_000;

/// Counters of a call's audio.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) sent: AtomicU64,
    pub(crate) received: AtomicU64,
    /// Loudness of the last packet, 0 to 32767.
    pub(crate) level: AtomicU32,
}

/// Plays and listens until the watched session is gone.
pub(crate) async fn run(
    socket: UdpSocket,
    mut session: watch::Receiver<Option<Remote>>,
    counters: Arc<Counters>,
    tone_hz: Option<f32>,
    record: Option<PathBuf>,
) -> anyhow::Result<()> {
    let mut stream = Stream::new(tone_hz);
    let mut heard: Vec<i16> = Vec::new();
    let mut tick = tokio::time::interval(Duration::from_millis(20));
    let mut buffer = [0_u8; 2_048];
    loop {
        tokio::select! {
            _ = tick.tick() => {
                let remote = *session.borrow();
                let packet = stream.next_packet();
                if let Some(remote) = remote.filter(|remote| remote.direction.sends())
                    && socket.send_to(&packet, remote.rtp).await.is_ok()
                {
                    counters.sent.fetch_add(1, Ordering::Relaxed);
                }
            }
            got = socket.recv_from(&mut buffer) => {
                // An ICMP error of an earlier packet says nothing about the next.
                let Ok((length, _)) = got else { continue };
                let samples = payload(buffer.get(..length).unwrap_or_default());
                counters.received.fetch_add(u64::from(!samples.is_empty()), Ordering::Relaxed);
                let loudest = samples.iter().map(|s| u32::from(s.unsigned_abs())).max().unwrap_or(0);
                counters.level.store(loudest, Ordering::Relaxed);
                if record.is_some() && heard.len() < MAX_RECORDED {
                    heard.extend(samples);
                }
            }
            ended = session.changed() => if ended.is_err() { break },
        }
    }
    if let Some(path) = record {
        std::fs::write(path, wav(&heard))?;
    }
    Ok(())
}

struct Stream {
    ssrc: u32,
    sequence: u16,
    at: u32,
    tone_hz: Option<f32>,
}

impl Stream {
    fn new(tone_hz: Option<f32>) -> Self {
        let random = random_u64();
        #[expect(clippy::cast_possible_truncation, reason = "any bits will do")]
        Self { ssrc: random as u32, sequence: (random >> 40) as u16, at: 0, tone_hz }
    }

    fn next_packet(&mut self) -> Vec<u8> {
        let marker = if self.at == 0 { 0x80 } else { 0 };
        let mut packet = vec![0x80, marker];
        packet.extend(self.sequence.to_be_bytes());
        packet.extend(self.at.to_be_bytes());
        packet.extend(self.ssrc.to_be_bytes());
        packet
            .extend((0..SAMPLES).map(|i| tone::encode(tone::sample(self.at.wrapping_add(i), self.tone_hz))));
        self.sequence = self.sequence.wrapping_add(1);
        self.at = self.at.wrapping_add(SAMPLES);
        packet
    }
}

/// The samples of a PCMU packet; none of anything else.
fn payload(packet: &[u8]) -> Vec<i16> {
    let (Some(first), Some(second)) = (packet.first(), packet.get(1)) else { return Vec::new() };
    if first >> 6 != 2 || second & 0x7f != 0 {
        return Vec::new();
    }
    let header = 12 + 4 * usize::from(first & 0x0f);
    packet.get(header..).unwrap_or_default().iter().map(|code| tone::decode(*code)).collect()
}

fn wav(samples: &[i16]) -> Vec<u8> {
    let size = u32::try_from(samples.len() * 2).unwrap_or(u32::MAX - 36);
    let mut out = b"RIFF".to_vec();
    out.extend((36 + size).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    out.extend(tone::RATE.to_le_bytes());
    out.extend((tone::RATE * 2).to_le_bytes());
    out.extend(b"\x02\0\x10\0data");
    out.extend(size.to_le_bytes());
    samples.iter().for_each(|sample| out.extend(sample.to_le_bytes()));
    out
}
