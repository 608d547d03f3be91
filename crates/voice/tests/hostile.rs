//! Hostile and broken peers on the real sockets: each gets a refusal or silence, and calls go on.

mod common;

use std::{net::SocketAddr, time::Duration};

use common::{LIMIT, Room, caller::Caller, config, ear::MUSIC};
use hookflash_voice::{EndReason, TlsListen, VoiceConfig, VoiceEvent};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpStream, UdpSocket},
    time::timeout,
};

/// An OPTIONS with its own branch, and one thing changed.
fn options(number: u32, from: &str, to: &str) -> String {
    format!(
        "OPTIONS sip:q@h SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK{number}\r\n\
         From: <sip:a@h>;tag=1\r\nTo: <sip:q@h>\r\nCall-ID: o{number}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
    )
    .replace(from, to)
}

async fn ask(socket: &UdpSocket, server: SocketAddr, text: &str) -> String {
    socket.send_to(text.as_bytes(), server).await.expect("sent");
    let mut bytes = vec![0; 8_192];
    let (length, _) =
        timeout(LIMIT, socket.recv_from(&mut bytes)).await.expect("an answer").expect("received");
    String::from_utf8_lossy(&bytes[..length]).into_owned()
}

#[tokio::test]
async fn bad_requests_are_answered_in_kind() {
    let room = Room::start(config()).await;
    let server = room.voice.sip_addresses().udp.expect("an address");
    let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a socket");
    for (number, (from, to, code)) in [
        ("", "", "200"),
        ("SIP/2.0\r\nVia", "SIP/3.0\r\nVia", "505"),
        ("Call-ID: ", "X-Call-ID: ", "400"),
        ("CSeq: 1 OPTIONS", "CSeq: 1 INVITE", "400"),
        ("Content-Length: 0", "Content-Length: 5", "400"),
        ("To: <sip:q@h>", "To: <sip:q@h>\r\nTo: <sip:r@h>", "400"),
        ("OPTIONS", "FROBNICATE", "501"),
        ("OPTIONS", "PUBLISH", "405"),
        ("To: <sip:q@h>", "To: <sip:q@h>;tag=gone", "481"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = ask(&socket, server, &options(number as u32, from, to)).await;
        assert!(answer.starts_with(&format!("SIP/2.0 {code} ")), "{from} -> {to}: {answer}");
    }
    room.voice.stop().await;
}

#[tokio::test]
async fn a_flood_of_rubbish_does_not_touch_a_call() {
    let mut room = Room::start(config()).await;
    let server = room.voice.sip_addresses().udp.expect("an address");
    let caller = Caller::call(server, 0).await;
    let key = room.answered().await;
    let flood = UdpSocket::bind("127.0.0.9:0").await.expect("a socket");
    for number in 0..5_000u32 {
        let text = match number % 4 {
            0 => "\0\u{ff}".repeat(200),
            1 => "INVITE".to_owned(),
            2 => options(number, "CSeq: 1", "CSeq: x"),
            _ => format!("INVITE sip:a SIP/2.0\r\n{}", "X".repeat(9_000)),
        };
        let _ = flood.send_to(text.as_bytes(), server).await;
    }
    caller.heard.lock().expect("the ear").ear.forget();
    caller.hears(MUSIC).await;
    let mut answers = 0;
    let mut bytes = [0; 2_048];
    while flood.try_recv(&mut bytes).is_ok() {
        answers += 1;
    }
    assert!(answers < 200, "a flood is not answered one for one: {answers}");
    caller.request("BYE", 2, "").await;
    caller.response("SIP/2.0 200").await;
    let ended = room.wait_for("the end", |event| matches!(event, VoiceEvent::Ended { .. })).await;
    assert_eq!(ended, VoiceEvent::Ended { call: key, reason: EndReason::CallerHungUp });
    room.voice.stop().await;
}

#[tokio::test]
async fn a_bye_while_it_rings_ends_the_invite_too() {
    let mut room = Room::start(VoiceConfig { ring_ms: 600_000, ..config() }).await;
    let server = room.voice.sip_addresses().udp.expect("an address");
    let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a socket");
    let message = |method: &str, number: u32, to: &str| {
        format!(
            "{method} sip:q@h SIP/2.0\r\nVia: SIP/2.0/UDP h;rport;branch=z9hG4bK{method}\r\nFrom: <sip:a@h>;tag=1\r\n\
             To: {to}\r\nCall-ID: e\r\nCSeq: {number} {method}\r\nContact: <sip:a@127.0.0.1>\r\nContent-Length: 0\r\n\r\n"
        )
    };
    socket.send_to(message("INVITE", 1, "<sip:q@h>").as_bytes(), server).await.expect("sent");
    let mut bytes = vec![0; 8_192];
    let mut codes = Vec::new();
    while !codes.contains(&"487".to_owned()) {
        let (length, _) =
            timeout(LIMIT, socket.recv_from(&mut bytes)).await.expect("an answer").expect("received");
        let answer = String::from_utf8_lossy(&bytes[..length]).into_owned();
        if answer.starts_with("SIP/2.0 180") {
            let to = answer.lines().find_map(|line| line.strip_prefix("To: ")).expect("To");
            socket.send_to(message("BYE", 2, to).as_bytes(), server).await.expect("sent");
        }
        codes.push(answer[8..11].to_owned());
    }
    assert!(codes.contains(&"200".to_owned()), "{codes:?}");
    let ended = room.wait_for("the end", |event| matches!(event, VoiceEvent::Ended { .. })).await;
    assert!(format!("{ended:?}").contains("CallerHungUp"));
    room.voice.stop().await;
}

#[tokio::test]
async fn a_stream_that_cannot_be_followed_is_closed() {
    let room = Room::start(config()).await;
    let server = room.voice.sip_addresses().tcp.expect("an address");
    for bytes in [
        options(1, "Content-Length: 0", "Content-Length: -1").into_bytes(),
        options(2, "Content-Length: 0\r\n", "").into_bytes(),
        vec![b'x'; 80_000],
    ] {
        let mut stream = TcpStream::connect(server).await.expect("connected");
        let _ = stream.write_all(&bytes).await;
        let mut rest = Vec::new();
        let read = timeout(LIMIT, stream.read_to_end(&mut rest)).await.expect("it is closed");
        assert!(read.is_err() || !rest.starts_with(b"SIP/2.0 200"));
    }
    let mut stream = TcpStream::connect(server).await.expect("connected");
    stream.write_all(b"\r\n\r\n").await.expect("sent");
    let mut pong = [0; 2];
    timeout(LIMIT, stream.read_exact(&mut pong)).await.expect("a pong").expect("a pong");
    assert_eq!(&pong, b"\r\n");
    room.voice.stop().await;
}

#[tokio::test]
async fn connections_are_limited() {
    let room = Room::start(VoiceConfig { max_connections: 1, ..config() }).await;
    let server = room.voice.sip_addresses().tcp.expect("an address");
    let mut first = TcpStream::connect(server).await.expect("connected");
    let ping = async |stream: &mut TcpStream| {
        let _ = stream.write_all(b"\r\n\r\n").await;
        stream.read_exact(&mut [0; 2]).await.is_ok()
    };
    assert!(ping(&mut first).await);
    let mut second = TcpStream::connect(server).await.expect("connected");
    assert!(!timeout(LIMIT, ping(&mut second)).await.expect("it is closed"));
    drop(first);
    let again = timeout(LIMIT, async {
        while !ping(&mut TcpStream::connect(server).await.expect("connected")).await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    assert!(again.await.is_ok(), "a place that is left is free again");
    room.voice.stop().await;
}

#[tokio::test]
async fn sip_over_tls() {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
    let listen = TlsListen {
        address: SocketAddr::from(([127, 0, 0, 1], 0)),
        certificate_pem: made.cert.pem().into_bytes(),
        key_pem: made.signing_key.serialize_pem().into_bytes(),
    };
    let room = Room::start(VoiceConfig { sip_tls: Some(listen), ..config() }).await;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).expect("a root");
    let client = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(std::sync::Arc::new(client));
    let stream =
        TcpStream::connect(room.voice.sip_addresses().tls.expect("an address")).await.expect("connected");
    let name = "localhost".try_into().expect("a name");
    let mut stream =
        timeout(LIMIT, connector.connect(name, stream)).await.expect("in time").expect("a handshake");
    stream.write_all(options(1, "/UDP ", "/TLS ").as_bytes()).await.expect("sent");
    let mut bytes = [0; 2_048];
    let length = timeout(LIMIT, stream.read(&mut bytes)).await.expect("an answer").expect("read");
    assert!(bytes[..length].starts_with(b"SIP/2.0 200 "), "{}", String::from_utf8_lossy(&bytes[..length]));
    room.voice.stop().await;
}
