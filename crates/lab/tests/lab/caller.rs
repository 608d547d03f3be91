//! The caller against a hand-written callee on a bare socket.

use std::net::UdpSocket;
use std::time::Duration;

use serde_json::{Value, json};

use crate::lab::Lab;

/// A callee that reads requests and answers as told.
struct Callee(UdpSocket);

impl Callee {
    fn new() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self(socket)
    }

    /// The next request of a method; repeated ones of others are skipped.
    fn next(&self, method: &str) -> (String, std::net::SocketAddr) {
        let mut buffer = [0_u8; 65_536];
        loop {
            let (length, from) = self.0.recv_from(&mut buffer).unwrap_or_else(|e| panic!("no {method}: {e}"));
            let text = String::from_utf8(buffer[..length].to_vec()).unwrap();
            if text.starts_with(method) {
                return (text, from);
            }
        }
    }

    fn answer(&self, request: &str, to: std::net::SocketAddr, status: &str, sdp: &str) {
        let mut out = format!("SIP/2.0 {status}\r\n");
        for line in request
            .lines()
            .filter(|l| ["Via:", "From:", "Call-ID:", "CSeq:"].iter().any(|h| l.starts_with(h)))
        {
            out.push_str(&format!("{line}\r\n"));
        }
        let callee = request.lines().find(|line| line.starts_with("To:")).unwrap();
        let tag = if callee.contains("tag=") { "" } else { ";tag=callee" };
        out.push_str(&format!("{callee}{tag}\r\nContact: <sip:{}>\r\n", self.0.local_addr().unwrap()));
        out.push_str(&format!("Content-Length: {}\r\n\r\n{sdp}", sdp.len()));
        self.0.send_to(out.as_bytes(), to).unwrap();
    }
}

fn caller(callee: &Callee) -> Lab {
    let to = format!("sip:billing@{}", callee.0.local_addr().unwrap());
    Lab::start(&["caller", "--serve", "127.0.0.1:0", "--to", &to], tempfile::tempdir().unwrap())
}

async fn api(lab: &Lab, method: &str, path: &str, body: Value) -> Value {
    let request =
        reqwest::Client::new().request(method.parse().unwrap(), format!("{}{path}", lab.address("caller")));
    let request = if method == "GET" { request } else { request.json(&body) };
    request.send().await.unwrap().json().await.unwrap()
}

/// Waits until the call is in a state.
async fn reaches(lab: &Lab, state: &str) -> Value {
    for _ in 0..400 {
        let view = api(lab, "GET", "/calls/1", Value::Null).await;
        if view["state"] == state {
            return view;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the call never was {state}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prepared_customer_calls_talks_is_held_and_hangs_up() {
    let callee = Callee::new();
    let lab = caller(&callee);
    api(&lab, "POST", "/calls", json!({"customer": "anna"})).await;
    let (invite, from) = callee.next("INVITE");
    for line in [
        "X-Customer-Number: DE-2098113",
        "X-Case: https://crm.example/cases/48213",
        "X-Topic: SEPA mandate refused after IBAN change",
        "X-Language: German",
        "User-to-User: 636173653d3438323133;encoding=hex",
    ] {
        assert!(invite.contains(&format!("{line}\r\n")), "{line} is not in {invite}");
    }
    assert!(invite.contains("From: \"Anna Müller\" <sip:+493055501234@lab.test>;tag="), "{invite}");
    callee.answer(&invite, from, "180 Ringing", "");
    reaches(&lab, "ringing").await;
    let ear = UdpSocket::bind("127.0.0.1:0").unwrap();
    ear.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let port = ear.local_addr().unwrap().port();
    let sdp = |direction: &str| {
        format!(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n\
            a=rtpmap:0 PCMU/8000\r\na={direction}\r\n"
        )
    };
    callee.answer(&invite, from, "200 OK", &sdp("sendrecv"));
    callee.next("ACK");
    let mut packet = [0_u8; 400];
    let (length, _) = ear.recv_from(&mut packet).expect("audio");
    assert_eq!((length, packet[0], packet[1] & 0x7f), (172, 0x80, 0));
    let tag = |text: &str, name: &str| text.lines().find(|l| l.starts_with(name)).unwrap().to_owned();
    let hold = sdp("sendonly");
    let reinvite = format!(
        "INVITE sip:caller@{from} SIP/2.0\r\nVia: SIP/2.0/UDP {};branch=z9hG4bKhold\r\n{};tag=callee\r\n{}\r\n{}\r\n\
         CSeq: 1 INVITE\r\nContent-Type: application/sdp\r\nContent-Length: {}\r\n\r\n{hold}",
        callee.0.local_addr().unwrap(),
        tag(&invite, "To:").replacen("To:", "From:", 1),
        tag(&invite, "From:").replacen("From:", "To:", 1),
        tag(&invite, "Call-ID:"),
        hold.len()
    );
    callee.0.send_to(reinvite.as_bytes(), from).unwrap();
    let (answer, _) = callee.next("SIP/2.0 200");
    assert!(answer.contains("a=recvonly"), "{answer}");
    assert_eq!(reaches(&lab, "connected").await["on_hold"], true);
    api(&lab, "POST", "/calls/1/hangup", json!({})).await;
    let (bye, from) = callee.next("BYE");
    callee.answer(&bye, from, "200 OK", "");
    assert_eq!(reaches(&lab, "ended").await["reason"], "hung up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ringing_call_is_cancelled() {
    let callee = Callee::new();
    let lab = caller(&callee);
    api(&lab, "POST", "/calls", json!({"customer": "james"})).await;
    let (invite, from) = callee.next("INVITE sip:cards@");
    callee.answer(&invite, from, "180 Ringing", "");
    reaches(&lab, "ringing").await;
    api(&lab, "POST", "/calls/1/hangup", json!({})).await;
    let (cancel, from) = callee.next("CANCEL");
    let via = |text: &str| text.lines().find(|l| l.starts_with("Via:")).unwrap().to_owned();
    assert_eq!(via(&cancel), via(&invite));
    callee.answer(&cancel, from, "200 OK", "");
    callee.answer(&invite, from, "487 Request Terminated", "");
    callee.next("ACK");
    assert_eq!(reaches(&lab, "ended").await["reason"], "cancelled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_call_says_why_and_headers_cannot_be_forged() {
    let callee = Callee::new();
    let lab = caller(&callee);
    let forged = json!({"headers": [["X-A", "b\r\nX-Evil: 1"]]});
    let url = format!("{}/calls", lab.address("caller"));
    let refused = reqwest::Client::new().post(url).json(&forged).send().await.unwrap();
    assert_eq!(refused.status(), 422);
    api(&lab, "POST", "/calls", json!({"name": "A \"quoted\" name"})).await;
    let (invite, from) = callee.next("INVITE");
    callee.answer(&invite, from, "486 Busy Here", "");
    callee.next("ACK");
    assert_eq!(reaches(&lab, "ended").await["reason"], "486 Busy Here");
}
