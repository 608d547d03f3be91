//! The task that moves one caller's sound: its RTP socket, the music, and the
//! line it is connected with.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    sync::{mpsc, watch},
    time::{Interval, MissedTickBehavior, interval},
};

use super::{
    digits::{DigitReader, DigitSender, Step},
    frame::{Frame, Peer},
    g711,
    latch::Latch,
    music::Tune,
    outgoing::Outgoing,
    ports::Pair,
    rtcp, rtp,
    sdp::{Direction, Remote},
};
use crate::clock;

/// Without a frame from the agent's line for so long, silence is sent.
const SILENCE_AFTER: Duration = Duration::from_millis(60);

/// What the media task tells its call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Report {
    /// The caller pressed a key.
    Digit(char),
    /// No RTP came for too long.
    TimedOut,
}

/// What a media task works with.
pub(crate) struct MediaTask {
    /// `from` of the frames that go to lines.
    pub(crate) id: u128,
    pub(crate) sockets: Pair,
    /// Where the SIP messages come from.
    pub(crate) signalling: IpAddr,
    pub(crate) tune: Arc<Tune>,
    pub(crate) rtp_timeout: Duration,
    /// The newest negotiation; `None` until the first.
    pub(crate) remote: watch::Receiver<Option<Remote>>,
    /// The line to be connected with; `None` means music.
    pub(crate) peer: watch::Receiver<Option<Peer>>,
    pub(crate) frames: mpsc::Receiver<Frame>,
    /// Keys to be sent.
    pub(crate) digits: mpsc::Receiver<char>,
    pub(crate) reports: mpsc::Sender<Report>,
}

impl MediaTask {
    /// Runs until its owner drops the other ends or aborts it.
    pub(crate) async fn run(mut self) {
        let Ok(remote) = self.remote.wait_for(Option::is_some).await.map(|remote| remote.clone()) else {
            return;
        };
        let Some(remote) = remote else { return };
        let now = clock::now();
        let mut stream = Stream {
            latch: Latch::new(remote.address, self.signalling, now),
            remote,
            peer: self.peer.borrow_and_update().clone(),
            out: Outgoing::new(clock::random(), clock::random(), clock::random()),
            digits_in: DigitReader::default(),
            digits_out: DigitSender::default(),
            music_at: 0,
            silent: false,
            heard_at: now,
            sent_at: now,
        };
        let mut tick = interval(Duration::from_millis(20));
        tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut report = interval(Duration::from_secs(rtcp::INTERVAL_S));
        report.set_missed_tick_behavior(MissedTickBehavior::Skip);
        report.reset();
        self.serve(&mut stream, tick, report).await;
    }

    async fn serve(&mut self, stream: &mut Stream, mut tick: Interval, mut report: Interval) {
        let mut packet = [0; 2048];
        let mut control = [0; 2048];
        let cname = format!("hookflash-{:016x}", clock::random::<u64>());
        let mut digits_open = true;
        loop {
            tokio::select! {
                changed = self.remote.changed() => match (changed, self.remote.borrow_and_update().clone()) {
                    (Ok(()), Some(remote)) => stream.renegotiate(remote, clock::now()),
                    (Ok(()), None) => {}
                    (Err(_), _) => return,
                },
                changed = self.peer.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    let peer = self.peer.borrow_and_update().clone();
                    stream.connect(peer);
                },
                digit = self.digits.recv(), if digits_open => match digit {
                    Some(digit) => stream.press(digit),
                    None => digits_open = false,
                },
                Some(frame) = self.frames.recv() => {
                    if let Some(bytes) = stream.frame_from_line(&frame) {
                        self.send(stream, &bytes).await;
                    }
                },
                Ok((length, from)) = self.sockets.rtp.recv_from(&mut packet) => {
                    let heard = stream.packet_from_caller(packet.get(..length).unwrap_or_default(), from, self.id);
                    if let Some(digit) = heard && self.reports.try_send(Report::Digit(digit)).is_err() {
                        tracing::warn!("a caller's key was dropped: too many keys at once");
                    }
                },
                Ok((_, from)) = self.sockets.rtcp.recv_from(&mut control) => stream.report_from_caller(from, clock::now()),
                _ = tick.tick() => {
                    if stream.timed_out(self.rtp_timeout, clock::now()) {
                        let _ = self.reports.send(Report::TimedOut).await;
                        return;
                    }
                    if let Some(bytes) = stream.step(&self.tune, clock::now()) {
                        self.send(stream, &bytes).await;
                    }
                },
                _ = report.tick() => self.send_report(stream, &cname).await,
            }
        }
    }

    /// Sends RTP; a refusal by the network is no news, the time-out notices it.
    async fn send(&self, stream: &mut Stream, bytes: &[u8]) {
        if let Some(to) = stream.latch.destination() {
            let _ = self.sockets.rtp.send_to(bytes, to).await;
            stream.sent_at = clock::now();
        }
    }

    async fn send_report(&self, stream: &Stream, cname: &str) {
        if let Some(to) = stream.latch.destination() {
            let bytes = rtcp::sender_report(stream.out.sent(clock::ntp_now()), cname);
            let to = SocketAddr::new(to.ip(), to.port().saturating_add(1));
            let _ = self.sockets.rtcp.send_to(&bytes, to).await;
        }
    }
}

/// The state of the sound, without sockets.
struct Stream {
    remote: Remote,
    latch: Latch,
    peer: Option<Peer>,
    out: Outgoing,
    digits_in: DigitReader,
    digits_out: DigitSender,
    music_at: usize,
    /// Whether silence stands in for the agent's line.
    silent: bool,
    heard_at: Instant,
    sent_at: Instant,
}

impl Stream {
    fn renegotiate(&mut self, remote: Remote, now: Instant) {
        self.latch.renegotiate(remote.address, now);
        self.remote = remote;
        self.heard_at = now;
    }

    fn connect(&mut self, peer: Option<Peer>) {
        self.peer = peer;
        self.silent = false;
        self.out.switch_source();
    }

    fn press(&mut self, digit: char) {
        if self.remote.event_payload_type.is_some() && !self.digits_out.push(digit) {
            tracing::debug!("a key was not sent: unknown, or too many wait");
        }
    }

    fn packet_from_caller(&mut self, bytes: &[u8], from: SocketAddr, id: u128) -> Option<char> {
        let packet = rtp::parse(bytes)?;
        let now = clock::now();
        if !self.latch.accept(from, now) {
            return None;
        }
        self.heard_at = now;
        if Some(packet.payload_type) == self.remote.event_payload_type {
            return self.digits_in.read(packet.timestamp, &packet.payload);
        }
        if packet.payload_type == self.remote.law.payload_type()
            && !packet.payload.is_empty()
            && let Some(peer) = &self.peer
        {
            // A full mailbox means a stuck line; late sound is worth nothing.
            let _ = peer.frames.try_send(Frame {
                from: id,
                law: self.remote.law,
                timestamp: packet.timestamp,
                octets: packet.payload,
            });
        }
        None
    }

    /// RTCP is a sign of life of a caller that sends no sound while it is silent.
    fn report_from_caller(&mut self, from: SocketAddr, now: Instant) {
        if self.latch.destination().is_some_and(|to| to.ip() == from.ip()) {
            self.heard_at = now;
        }
    }

    fn frame_from_line(&mut self, frame: &Frame) -> Option<Vec<u8>> {
        let connected = self.peer.as_ref().is_some_and(|peer| peer.id == frame.from);
        if !connected || !self.remote.hears() || self.digits_out.busy() {
            return None;
        }
        self.silent = false;
        let mut octets = frame.octets.to_vec();
        g711::transcode(&mut octets, frame.law, self.remote.law);
        Some(self.out.sound(self.remote.law.payload_type(), octets.into(), Some(frame.timestamp)))
    }

    /// What is sent in this step of 20 ms without anybody's asking.
    fn step(&mut self, tune: &Tune, now: Instant) -> Option<Vec<u8>> {
        if !self.remote.hears() {
            return None;
        }
        let law = self.remote.law;
        if self.digits_out.busy() {
            return match (self.digits_out.step(), self.remote.event_payload_type) {
                (Step::Send(event), Some(payload_type)) => Some(self.out.event(payload_type, event)),
                _ => {
                    self.out.pause();
                    None
                }
            };
        }
        if self.peer.is_none() {
            let octets = tune.frame(law, self.music_at);
            self.music_at = self.music_at.wrapping_add(1);
            return Some(self.out.sound(law.payload_type(), octets, None));
        }
        self.silent = self.silent || now.duration_since(self.sent_at) >= SILENCE_AFTER;
        if self.silent {
            let octets = vec![law.silence(); 160].into();
            return Some(self.out.sound(law.payload_type(), octets, None));
        }
        None
    }

    fn timed_out(&self, limit: Duration, now: Instant) -> bool {
        self.remote.direction == Direction::SendRecv && now.duration_since(self.heard_at) > limit
    }
}
