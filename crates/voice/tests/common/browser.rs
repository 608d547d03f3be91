//! A browser made of str0m: offers one audio section, speaks 2000 Hz, listens.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use hookflash_voice::{LineKey, Voice};
use str0m::{
    Candidate, Event, Input, Output, Rtc, RtcConfig,
    change::SdpAnswer,
    format::Codec,
    media::{Direction, Frequency, MediaKind, MediaTime, Mid},
    net::{Protocol, Receive},
};
use tokio::{net::UdpSocket, task::JoinHandle, time::timeout};

use super::{
    LIMIT,
    ear::{self, Ear},
};

pub struct Browser {
    pub ear: Arc<Mutex<Ear>>,
    running: JoinHandle<()>,
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.running.abort();
    }
}

impl Browser {
    /// Opens a line and connects.
    pub async fn open(voice: &Voice, line: LineKey) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a socket");
        let local = socket.local_addr().expect("an address");
        let mut rtc = RtcConfig::new()
            .set_crypto_provider(Arc::new(str0m::crypto::from_feature_flags()))
            .clear_codecs()
            .enable_pcmu(true, false)
            .enable_pcma(true, false)
            .build(now());
        rtc.add_local_candidate(Candidate::host(local, "udp").expect("a candidate"));
        let mut change = rtc.sdp_api();
        let mid = change.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        let (offer, pending) = change.apply().expect("an offer");
        let answer = voice.open_line(line, &offer.to_sdp_string()).await.expect("an answer");
        let answer = SdpAnswer::from_sdp_string(&answer).expect("SDP");
        rtc.sdp_api().accept_answer(pending, answer).expect("an answer that fits");
        let ear = Arc::new(Mutex::new(Ear::default()));
        let running = tokio::spawn(run(rtc, socket, local, mid, ear.clone()));
        Self { ear, running }
    }

    /// Waits until only this tone is heard.
    pub async fn hears(&self, hertz: f64) {
        let heard = timeout(LIMIT, async {
            while self.ear.lock().expect("the ear").only() != Some(hertz) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert!(heard.await.is_ok(), "the browser does not hear {hertz} Hz alone");
    }

    pub fn forget(&self) {
        self.ear.lock().expect("the ear").forget();
    }

    pub fn hears_nothing(&self) -> bool {
        self.ear.lock().expect("the ear").is_empty()
    }
}

async fn run(mut rtc: Rtc, socket: UdpSocket, local: SocketAddr, mid: Mid, ear: Arc<Mutex<Ear>>) {
    let frames: Vec<Vec<u8>> = (0..50).map(|index| ear::tone(ear::AGENT, index, ear::mu_encode)).collect();
    let mut tick = tokio::time::interval(Duration::from_millis(20));
    let mut bytes = vec![0; 2_048];
    let (mut number, mut connected) = (0u32, false);
    loop {
        let deadline = loop {
            match rtc.poll_output().expect("str0m goes on") {
                Output::Timeout(deadline) => break deadline,
                Output::Transmit(packet) => {
                    let _ = socket.send_to(&packet.contents, packet.destination).await;
                }
                Output::Event(Event::Connected) => connected = true,
                Output::Event(Event::MediaData(media)) => {
                    let decode =
                        if media.params.spec().codec == Codec::PCMU { ear::mu_decode } else { ear::a_decode };
                    ear.lock().expect("the ear").hear(&media.data, decode);
                }
                Output::Event(_) => {}
            }
        };
        tokio::select! {
            received = socket.recv_from(&mut bytes) => {
                let (length, from) = received.expect("received");
                if let Ok(contents) = bytes[..length].try_into() {
                    let receive = Receive { proto: Protocol::Udp, source: from, destination: local, contents };
                    let _ = rtc.handle_input(Input::Receive(now(), receive));
                }
            },
            _ = tick.tick(), if connected => {
                let writer = rtc.writer(mid).expect("a writer");
                let payload_type = writer
                    .payload_params()
                    .find(|params| params.spec().codec == Codec::PCMU)
                    .map(str0m::format::PayloadParams::pt)
                    .expect("PCMU");
                let time = MediaTime::new(u64::from(number) * 160, Frequency::EIGHT_KHZ);
                let frame = frames[number as usize % 50].clone();
                writer.write(payload_type, now(), time, frame).expect("written");
                number += 1;
            },
            () = tokio::time::sleep_until(deadline.into()) => {
                let _ = rtc.handle_input(Input::Timeout(now()));
            },
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "str0m is driven by the clock")]
fn now() -> Instant {
    Instant::now()
}
