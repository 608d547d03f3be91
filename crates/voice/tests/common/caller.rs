//! A caller made by hand: SIP and RTP over two plain sockets.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    net::UdpSocket,
    task::JoinHandle,
    time::{interval, timeout},
};

use super::{
    LIMIT,
    ear::{self, Ear},
};

#[derive(Default)]
pub struct Heard {
    pub ear: Ear,
    /// SSRC, sequence and timestamp of every packet of sound or keys.
    pub packets: Vec<(u32, u16, u32)>,
    /// Payloads of named events.
    pub events: Vec<Vec<u8>>,
}

pub struct Caller {
    sip: UdpSocket,
    server: SocketAddr,
    payload_type: u8,
    call_id: String,
    to_tag: String,
    pub rtp: Arc<UdpSocket>,
    pub media: SocketAddr,
    pub heard: Arc<Mutex<Heard>>,
    speaking: JoinHandle<()>,
    listening: JoinHandle<()>,
}

impl Drop for Caller {
    fn drop(&mut self) {
        self.speaking.abort();
        self.listening.abort();
    }
}

impl Caller {
    /// Calls, waits for the 200, acknowledges it and speaks 1000 Hz in G.711
    /// with this payload type (0: mu-law, 8: A-law).
    pub async fn call(server: SocketAddr, payload_type: u8) -> Self {
        Self::call_with(server, payload_type, "").await
    }

    /// As [`Caller::call`], with more headers in the INVITE.
    pub async fn call_with(server: SocketAddr, payload_type: u8, headers: &str) -> Self {
        let sip = UdpSocket::bind("127.0.0.1:0").await.expect("a socket");
        let rtp = Arc::new(UdpSocket::bind("127.0.0.1:0").await.expect("a socket"));
        let port = rtp.local_addr().expect("an address").port();
        let call_id = format!("{}-{port}", std::process::id());
        let placeholder = tokio::spawn(async {});
        let mut caller = Self {
            sip,
            server,
            payload_type,
            call_id,
            to_tag: String::new(),
            rtp,
            media: server,
            heard: Arc::default(),
            speaking: placeholder,
            listening: tokio::spawn(async {}),
        };
        let sdp = format!(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
             m=audio {port} RTP/AVP {payload_type} 101\r\na=rtpmap:101 telephone-event/8000\r\n"
        );
        caller.send("INVITE", 1, headers, &sdp).await;
        let answer = caller.response("SIP/2.0 200").await;
        caller.to_tag = line(&answer, "To: ").split(";tag=").nth(1).expect("a tag").to_owned();
        let media = line(&answer, "m=audio ").split(' ').next().expect("a port").parse().expect("a port");
        caller.media = SocketAddr::new(server.ip(), media);
        caller.request("ACK", 1, "").await;
        caller.speak();
        caller
    }

    pub async fn request(&self, method: &str, number: u32, body: &str) {
        self.send(method, number, "", body).await;
    }

    /// Answers a request of the server's.
    pub async fn answer(&self, request: &str, status: &str, body: &str) {
        let mirrored = ["Via", "From", "To", "Call-ID", "CSeq"].map(|name| {
            let start = format!("{name}: ");
            format!("{start}{}\r\n", line(request, &start))
        });
        let local = self.sip.local_addr().expect("an address");
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let text = format!(
            "SIP/2.0 {status}\r\n{}Contact: <sip:caller@{local}>\r\n{kind}Content-Length: {}\r\n\r\n{body}",
            mirrored.concat(),
            body.len()
        );
        self.sip.send_to(text.as_bytes(), self.server).await.expect("sent");
    }

    async fn send(&self, method: &str, number: u32, headers: &str, body: &str) {
        let local = self.sip.local_addr().expect("an address");
        let tag = if self.to_tag.is_empty() { String::new() } else { format!(";tag={}", self.to_tag) };
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        let text = format!(
            "{method} sip:queue@{} SIP/2.0\r\nVia: SIP/2.0/UDP {local};branch=z9hG4bK{}{method}{number}\r\n\
             From: <sip:caller@{local}>;tag=c\r\nTo: <sip:queue@{}>{tag}\r\nCall-ID: {}\r\nCSeq: {number} {method}\r\n\
             Contact: <sip:caller@{local}>\r\nMax-Forwards: 70\r\n{headers}{kind}Content-Length: {}\r\n\r\n{body}",
            self.server,
            self.call_id,
            self.server,
            self.call_id,
            body.len()
        );
        self.sip.send_to(text.as_bytes(), self.server).await.expect("sent");
    }

    /// The next message that starts so.
    pub async fn response(&self, start: &str) -> String {
        self.response_within(start, LIMIT).await
    }

    /// As [`Caller::response`], with its own limit.
    pub async fn response_within(&self, start: &str, limit: Duration) -> String {
        let mut bytes = vec![0; 8_192];
        let found = timeout(limit, async {
            loop {
                let (length, _) = self.sip.recv_from(&mut bytes).await.expect("received");
                let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
                if text.starts_with(start) {
                    return text;
                }
            }
        });
        found.await.unwrap_or_else(|_| panic!("no {start} came"))
    }

    /// Sends a key as named event packets.
    pub async fn press(&self, event: u8) {
        for (number, end) in [(0u16, 0x0a), (1, 0x0a), (2, 0x8a), (3, 0x8a)] {
            let mut packet = vec![0x80, 101];
            packet.extend((30_000 + number).to_be_bytes());
            packet.extend(7_000u32.to_be_bytes());
            packet.extend(77u32.to_be_bytes());
            packet.extend([event, end, 1, 64]);
            self.rtp.send_to(&packet, self.media).await.expect("sent");
        }
    }

    /// Waits until only this tone is heard.
    pub async fn hears(&self, hertz: f64) {
        let heard = timeout(LIMIT, async {
            while self.heard.lock().expect("the ear").ear.only() != Some(hertz) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert!(heard.await.is_ok(), "the caller does not hear {hertz} Hz alone");
    }

    /// One SSRC, every sequence number once, time that only grows.
    pub fn assert_one_line(&self) {
        let heard = self.heard.lock().expect("the ear");
        for pair in heard.packets.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            assert_eq!(after.0, before.0, "one SSRC");
            assert_eq!(after.1, before.1.wrapping_add(1), "an unbroken sequence");
            assert!(after.2.wrapping_sub(before.2) < 16_000, "time that grows: {before:?} {after:?}");
        }
        assert!(heard.packets.len() > 20);
    }

    pub fn stop_speaking(&self) {
        self.speaking.abort();
    }

    fn speak(&mut self) {
        let (rtp, media, payload_type) = (self.rtp.clone(), self.media, self.payload_type);
        let encode = if payload_type == 0 { ear::mu_encode } else { ear::a_encode };
        let frames: Vec<Vec<u8>> = (0..50).map(|index| ear::tone(ear::CALLER, index, encode)).collect();
        self.speaking = tokio::spawn(async move {
            let mut tick = interval(Duration::from_millis(20));
            for number in 0u32.. {
                tick.tick().await;
                let mut packet = vec![0x80, payload_type];
                packet.extend((number as u16).to_be_bytes());
                packet.extend((number * 160).to_be_bytes());
                packet.extend(77u32.to_be_bytes());
                packet.extend(&frames[number as usize % 50]);
                let _ = rtp.send_to(&packet, media).await;
            }
        });
        let (rtp, heard) = (self.rtp.clone(), self.heard.clone());
        let decode = if payload_type == 0 { ear::mu_decode } else { ear::a_decode };
        self.listening = tokio::spawn(async move {
            let mut packet = vec![0; 2_048];
            while let Ok((length, _)) = rtp.recv_from(&mut packet).await {
                let word = |at: usize| u32::from_be_bytes(packet[at..at + 4].try_into().expect("four"));
                let mut heard = heard.lock().expect("the ear");
                heard.packets.push((word(8), u16::from_be_bytes([packet[2], packet[3]]), word(4)));
                match packet[1] & 127 {
                    101 => heard.events.push(packet[12..length].to_vec()),
                    law => {
                        assert_eq!(law, payload_type, "the negotiated law");
                        heard.ear.hear(&packet[12..length], decode);
                    }
                }
            }
        });
    }
}

fn line<'a>(message: &'a str, start: &str) -> &'a str {
    message
        .lines()
        .find_map(|line| line.strip_prefix(start))
        .unwrap_or_else(|| panic!("no {start} in {message}"))
}
