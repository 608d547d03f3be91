use std::{collections::BTreeMap, path::Path};

use rsipstack::sip::{HeadersExt as _, SipMessage};

use super::*;
use crate::sip::{
    framing::{Framed, Framer},
    refusal,
};

/// The torture messages of RFC 4475 (and, with `x_`, our own) and what becomes of each.
const VERDICTS: [(&str, &str); 35] = [
    ("badinv01", "400"),
    ("badvers", "505"),
    ("bigcode", "dropped"),
    ("clerr", "400"),
    ("dblreq", "passed"),
    ("esc01", "passed"),
    ("esc02", "501"),
    ("escnull", "passed"),
    ("escruri", "400"),
    ("insuf", "400"),
    // Valid, but of no use to us: control characters, even escaped in a name, are refused.
    ("intmeth", "400"),
    // Without a Contact there is nowhere to send a BYE: RFC 2543's form is refused.
    ("inv2543", "400"),
    ("longreq", "passed"),
    ("ltgtruri", "400"),
    ("lwsdisp", "passed"),
    ("lwsruri", "400"),
    ("lwsstart", "400"),
    ("mismatch01", "400"),
    ("mpart01bin", "passed"),
    ("multi01", "400"),
    ("ncl", "400"),
    ("noreason", "passed"),
    ("quotbal", "400"),
    ("scalar02", "400"),
    ("scalarlg", "dropped"),
    ("semiuri", "passed"),
    ("transports", "passed"),
    ("trws", "400"),
    ("unkscm", "416"),
    ("unreason", "passed"),
    ("wsinv", "passed"),
    ("x_latin1_from", "passed"),
    ("x_latin1_subject_last", "passed"),
    ("x_nocl_udp", "passed"),
    ("zeromf", "passed"),
];

fn source() -> SocketAddr {
    "192.0.2.99:5060".parse().expect("an address")
}

fn messages() -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/torture");
    let files = std::fs::read_dir(folder).expect("the messages").map(|file| file.expect("a file").path());
    files
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("a message"))
        })
        .collect()
}

fn passed(bytes: &[u8]) -> SipMessage {
    match mend(bytes, source(), false) {
        Verdict::Pass(mended) => SipMessage::try_from(mended.as_slice()).expect("the stack reads it"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_torture_messages_are_judged() {
    let messages = messages();
    assert!(messages.keys().map(String::as_str).eq(VERDICTS.iter().map(|(name, _)| *name)));
    for (name, expected) in VERDICTS {
        let verdict = mend(&messages[name], source(), false);
        let told = match &verdict {
            Verdict::Pass(mended) => {
                SipMessage::try_from(mended.as_slice()).unwrap_or_else(|error| panic!("{name}: {error}"));
                "passed".to_owned()
            }
            Verdict::Reply(reply) => String::from_utf8_lossy(reply).chars().skip(8).take(3).collect(),
            Verdict::Drop(_) => "dropped".to_owned(),
        };
        assert_eq!(told, expected, "{name}: {verdict:?}");
    }
}

#[test]
fn white_space_does_not_cost_the_tags() {
    let message = passed(&messages()["wsinv"]);
    let SipMessage::Request(request) = message else { panic!("a request") };
    let tag = |tag: Option<rsipstack::sip::param::Tag>| tag.map(|tag| tag.to_string());
    let from = request.from_header().expect("From").tag().expect("a tag");
    let to = request.to_header().expect("To").tag().expect("a tag");
    assert_eq!((tag(from).as_deref(), tag(to).as_deref()), (Some("98asjd8"), Some("1918181833n")));
}

#[test]
fn the_body_of_a_datagram_survives_without_its_length() {
    let SipMessage::Request(request) = passed(&messages()["x_nocl_udp"]) else { panic!("a request") };
    assert_eq!(request.body, b"v=0\r\n");
}

#[test]
fn a_semicolon_in_the_user_part_stays_there() {
    let SipMessage::Request(request) = passed(&messages()["semiuri"]) else { panic!("a request") };
    assert_eq!(request.uri.host_with_port.host.to_string(), "example.com");
    assert_eq!(escape::reveal(&request.uri.to_string()), "sip:user;par=u%40example.net@example.com");
}

#[test]
fn a_framed_message_must_state_its_length() {
    let bytes = &messages()["x_nocl_udp"];
    assert!(matches!(mend(bytes, source(), true), Verdict::Reply(_)));
}

#[test]
fn an_ack_is_never_answered() {
    let bytes = b"ACK sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\n\r\n";
    assert!(matches!(mend(bytes, source(), false), Verdict::Drop(_)));
    let old = b"ACK sip:a@b SIP/3.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\n\r\n";
    assert!(matches!(mend(old, source(), false), Verdict::Drop(_)));
}

#[test]
fn mutated_messages_do_not_panic() {
    let seed = crate::clock::random::<u64>();
    println!("seed {seed}");
    let mut random = crate::testing::Random::new(seed);
    let messages: Vec<_> = messages().into_values().collect();
    for round in 0..30_000 {
        let bytes = random.mutate(&messages[round % messages.len()]);
        match mend(&bytes, source(), round % 2 == 0) {
            Verdict::Pass(mended) => {
                let _ = SipMessage::try_from(mended.as_slice());
                let again = mend(&mended, source(), true);
                assert!(matches!(again, Verdict::Pass(_)), "what passed passes again: {again:?}");
                escape::reveal_message(&mended);
            }
            Verdict::Reply(reply) => {
                let reply = Message::split(&reply).expect("a response");
                assert!(reply.start.starts_with("SIP/2.0 ") && !reply.malformed, "{reply:?}");
            }
            Verdict::Drop(_) => {}
        }
        let mut framer = Framer::default();
        framer.push(&bytes);
        while let Ok(Some(framed)) = framer.next() {
            if let Framed::Message(bytes) = framed
                && let Some(message) = Message::split(&bytes)
            {
                refusal::refuse(&message, 400, "No", source());
            }
        }
    }
}
