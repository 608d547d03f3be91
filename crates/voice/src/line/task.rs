//! The task of one line: str0m, its socket, and the call that it is connected with.

use std::{net::SocketAddr, time::Instant};

use bytes::Bytes;
use str0m::{
    Event, IceConnectionState, Input, Output, Rtc, RtcError,
    format::CodecExtra,
    media::{Frequency, MediaData, MediaKind, MediaTime, Mid, Pt},
    net::{Protocol, Receive},
};
use tokio::{
    net::UdpSocket,
    sync::{mpsc, watch},
};
use tokio_util::sync::CancellationToken;

use super::rtc::law_of;
use crate::{
    clock,
    media::{
        frame::{Frame, Peer},
        g711::{self, Law},
        timeline::Timeline,
    },
};

/// What a line's task works with.
pub(crate) struct LineTask {
    /// `from` of the frames that go to calls.
    pub(crate) id: u128,
    pub(crate) rtc: Rtc,
    pub(crate) socket: UdpSocket,
    /// Our candidate's address, which the browser sends to.
    pub(crate) local: SocketAddr,
    pub(crate) peer: watch::Receiver<Option<Peer>>,
    pub(crate) muted: watch::Receiver<bool>,
    pub(crate) frames: mpsc::Receiver<Frame>,
    pub(crate) close: CancellationToken,
    /// Whether the browser's audio is connected.
    pub(crate) up: watch::Sender<bool>,
}

/// Towards the browser: which media section, what has been sent.
struct Track {
    mid: Option<Mid>,
    /// RTP time, widened so that it never wraps.
    time: u64,
    timeline: Timeline,
}

impl LineTask {
    /// Runs until it is closed or the connection has failed for good.
    pub(crate) async fn run(mut self) {
        let mut track = Track { mid: None, time: 0, timeline: Timeline::new(0) };
        let mut packet = [0; 2048];
        let close = self.close.clone();
        loop {
            let deadline = match self.drain(&mut track).await {
                Ok(deadline) if self.rtc.is_alive() => deadline,
                Ok(_) => break,
                Err(error) => {
                    tracing::info!(%error, "a line's connection failed");
                    break;
                }
            };
            let fed = tokio::select! {
                () = close.cancelled() => break,
                changed = self.peer.changed() => {
                    if changed.is_err() {
                        break;
                    }
                    self.peer.mark_unchanged();
                    track.timeline.switch_source();
                    Ok(())
                },
                Some(frame) = self.frames.recv() => {
                    self.write(&mut track, &frame);
                    Ok(())
                },
                Ok((length, from)) = self.socket.recv_from(&mut packet) => {
                    self.receive(packet.get(..length).unwrap_or_default(), from)
                },
                () = tokio::time::sleep_until(deadline.into()) => self.rtc.handle_input(Input::Timeout(clock::now())),
            };
            if let Err(error) = fed {
                // A single bad datagram must not end the line: anybody can send one.
                tracing::debug!(%error, "a line refused its input");
            }
        }
        self.rtc.disconnect();
        let _ = self.drain(&mut track).await;
        self.up.send_replace(false);
    }

    /// Everything that str0m has to say, until it wants to wait.
    async fn drain(&mut self, track: &mut Track) -> Result<Instant, RtcError> {
        loop {
            match self.rtc.poll_output()? {
                Output::Timeout(deadline) => return Ok(deadline),
                Output::Transmit(transmit) => {
                    let _ = self.socket.send_to(&transmit.contents, transmit.destination).await;
                }
                Output::Event(event) => self.handle(event, track),
            }
        }
    }

    fn handle(&mut self, event: Event, track: &mut Track) {
        match event {
            Event::Connected => self.set_up(true),
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) => self.set_up(false),
            Event::IceConnectionStateChange(
                IceConnectionState::Connected | IceConnectionState::Completed,
            ) if self.rtc.is_connected() => {
                self.set_up(true);
            }
            Event::MediaAdded(media) if media.kind == MediaKind::Audio && track.mid.is_none() => {
                track.mid = Some(media.mid);
            }
            Event::MediaData(media) => self.forward(&media),
            _ => {}
        }
    }

    fn set_up(&self, up: bool) {
        self.up.send_if_modified(|current| std::mem::replace(current, up) != up);
    }

    /// Sound from the browser to the call.
    fn forward(&self, media: &MediaData) {
        if *self.muted.borrow() || matches!(media.codec_extra, CodecExtra::Tele(_)) {
            return;
        }
        if let (Some(law), Some(peer)) = (law_of(media.params.spec().codec), self.peer.borrow().as_ref()) {
            // A full mailbox means a stuck call; late sound is worth nothing.
            let _ = peer.frames.try_send(Frame {
                from: self.id,
                law,
                timestamp: (media.time.numer() & u64::from(u32::MAX)) as u32,
                octets: Bytes::copy_from_slice(&media.data),
            });
        }
    }

    /// Sound from the call to the browser.
    fn write(&mut self, track: &mut Track, frame: &Frame) {
        let connected = self.peer.borrow().as_ref().is_some_and(|peer| peer.id == frame.from);
        let Some(mid) = track.mid.filter(|_| connected && *self.up.borrow()) else { return };
        let Some((payload_type, law)) = self.payload_type(mid, frame.law) else { return };
        let mut octets = frame.octets.to_vec();
        g711::transcode(&mut octets, frame.law, law);
        let samples = u32::try_from(octets.len()).unwrap_or_default();
        let at = track.timeline.map(frame.timestamp, samples);
        track.time += u64::from(at.wrapping_sub(track.time as u32));
        let time = MediaTime::new(track.time, Frequency::EIGHT_KHZ);
        if let Some(writer) = self.rtc.writer(mid)
            && let Err(error) = writer.write(payload_type, clock::now(), time, octets)
        {
            tracing::debug!(%error, "a line took no sound");
        }
    }

    /// The browser's payload type for this law, or else for the other one.
    fn payload_type(&mut self, mid: Mid, wanted: Law) -> Option<(Pt, Law)> {
        let writer = self.rtc.writer(mid)?;
        let mut other = None;
        for params in writer.payload_params() {
            match law_of(params.spec().codec) {
                Some(law) if law == wanted => return Some((params.pt(), law)),
                Some(law) => other = Some((params.pt(), law)),
                None => {}
            }
        }
        other
    }

    fn receive(&mut self, bytes: &[u8], from: SocketAddr) -> Result<(), RtcError> {
        let Ok(contents) = bytes.try_into() else { return Ok(()) };
        let receive = Receive { proto: Protocol::Udp, source: from, destination: self.local, contents };
        self.rtc.handle_input(Input::Receive(clock::now(), receive))
    }
}
