//! Sound from end to end: a caller of plain RTP, a browser of str0m, and tones
//! as the oracle that each hears the other and nobody else.

mod common;

use std::time::Duration;

use common::{
    LIMIT, Room,
    browser::Browser,
    caller::Caller,
    config,
    ear::{AGENT, CALLER, MUSIC},
};
use hookflash_voice::{LineKey, VoiceConfig, VoiceError, VoiceEvent};

const LINE: LineKey = LineKey(1);

async fn line_up(room: &mut Room, line: LineKey) -> Browser {
    let browser = Browser::open(&room.voice, line).await;
    room.wait_for("the line", |event| *event == VoiceEvent::LineUp { line }).await;
    browser
}

async fn start() -> Room {
    Room::start(config()).await
}

async fn call(room: &Room, payload_type: u8) -> Caller {
    Caller::call(room.voice.sip_addresses().udp.expect("an address"), payload_type).await
}

/// Nothing reaches the browser for a while after it has been cut off.
async fn falls_silent(browser: &Browser) {
    let silent = tokio::time::timeout(LIMIT, async {
        loop {
            browser.forget();
            tokio::time::sleep(Duration::from_millis(200)).await;
            if browser.hears_nothing() {
                return;
            }
        }
    });
    assert!(silent.await.is_ok(), "the browser still hears something");
}

async fn whole_call(payload_type: u8) {
    let mut room = start().await;
    let browser = line_up(&mut room, LINE).await;
    let caller = call(&room, payload_type).await;
    let key = room.answered().await;
    caller.hears(MUSIC).await;
    assert!(browser.hears_nothing());

    room.voice.connect(key, LINE);
    caller.hears(AGENT).await;
    browser.hears(CALLER).await;

    room.voice.hold(key);
    caller.hears(MUSIC).await;
    falls_silent(&browser).await;
    room.voice.resume(key);
    caller.hears(AGENT).await;
    browser.hears(CALLER).await;

    room.voice.park(key);
    caller.hears(MUSIC).await;
    caller.assert_one_line();
    room.voice.hang_up(key);
    caller.response("BYE ").await;
    room.wait_for("the end", |event| matches!(event, VoiceEvent::Ended { .. })).await;
    room.voice.stop().await;
}

#[tokio::test]
async fn music_agent_hold_agent_music_in_mu_law() {
    whole_call(0).await;
}

#[tokio::test]
async fn music_agent_hold_agent_music_in_a_law() {
    whole_call(8).await;
}

#[tokio::test]
async fn a_reloaded_desk_gets_its_caller_back() {
    let mut room = start().await;
    let first = line_up(&mut room, LINE).await;
    let caller = call(&room, 0).await;
    let key = room.answered().await;
    room.voice.connect(key, LINE);
    caller.hears(AGENT).await;

    room.voice.close_line(LINE);
    room.wait_for("the line's end", |event| *event == VoiceEvent::LineDown { line: LINE }).await;
    caller.hears(MUSIC).await;
    drop(first);
    let second = line_up(&mut room, LINE).await;
    caller.hears(AGENT).await;
    second.hears(CALLER).await;

    // A second offer without a close replaces the line as well.
    let third = line_up(&mut room, LINE).await;
    third.hears(CALLER).await;
    caller.hears(AGENT).await;
    caller.assert_one_line();
    room.voice.stop().await;
}

#[tokio::test]
async fn two_calls_do_not_mix() {
    let mut room = start().await;
    let (one, two) = (LineKey(1), LineKey(2));
    let (first, second) = (line_up(&mut room, one).await, line_up(&mut room, two).await);
    let caller = call(&room, 0).await;
    let key = room.answered().await;
    let waiting = call(&room, 8).await;
    let other = room.answered().await;
    room.voice.connect(key, one);
    caller.hears(AGENT).await;
    first.hears(CALLER).await;
    waiting.hears(MUSIC).await;
    assert!(second.hears_nothing());
    // The line changes to the other call: the first one goes back to music.
    room.voice.connect(other, one);
    waiting.hears(AGENT).await;
    caller.hears(MUSIC).await;
    assert!(second.hears_nothing());
    room.voice.stop().await;
}

#[tokio::test]
async fn a_muted_agent_is_not_heard() {
    let mut room = start().await;
    let browser = line_up(&mut room, LINE).await;
    let caller = call(&room, 0).await;
    let key = room.answered().await;
    room.voice.connect(key, LINE);
    caller.hears(AGENT).await;
    room.voice.mute(LINE, true);
    let silent = tokio::time::timeout(LIMIT, async {
        loop {
            let packets = caller.heard.lock().expect("the ear").packets.len();
            caller.heard.lock().expect("the ear").ear.forget();
            tokio::time::sleep(Duration::from_millis(400)).await;
            let heard = caller.heard.lock().expect("the ear");
            if heard.ear.only().is_none() && heard.packets.len() > packets {
                return;
            }
        }
    });
    assert!(silent.await.is_ok(), "silence is sent instead of the agent");
    browser.hears(CALLER).await;
    room.voice.mute(LINE, false);
    caller.hears(AGENT).await;
    caller.assert_one_line();
    room.voice.stop().await;
}

#[tokio::test]
async fn keys_go_both_ways() {
    let mut room = start().await;
    let browser = line_up(&mut room, LINE).await;
    let caller = call(&room, 0).await;
    let key = room.answered().await;
    room.voice.connect(key, LINE);
    caller.hears(AGENT).await;
    caller.press(11).await;
    let digit = VoiceEvent::Digit { call: key, digit: '#' };
    room.wait_for("the key", |event| *event == digit).await;
    room.voice.send_digit(key, '4');
    room.voice.send_digit(key, '2');
    let sent = tokio::time::timeout(LIMIT, async {
        loop {
            let events = caller.heard.lock().expect("the ear").events.clone();
            let ended = |digit: u8| events.iter().filter(|event| event[..] == [digit, 0x8a, 5, 0]).count();
            if (ended(4), ended(2)) == (3, 3) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    assert!(sent.await.is_ok(), "both keys arrive with their ends");
    caller.hears(AGENT).await;
    browser.hears(CALLER).await;
    caller.assert_one_line();
    room.voice.stop().await;
}

#[tokio::test]
async fn a_silent_caller_is_hung_up_on() {
    let mut room = Room::start(VoiceConfig { rtp_timeout_ms: 500, ..config() }).await;
    let caller = call(&room, 0).await;
    caller.hears(MUSIC).await;
    caller.stop_speaking();
    caller.response("BYE ").await;
    let ended = room.wait_for("the end", |event| matches!(event, VoiceEvent::Ended { .. })).await;
    assert!(format!("{ended:?}").contains("MediaTimeout"), "{ended:?}");
    room.voice.stop().await;
}

#[tokio::test]
async fn a_stranger_cannot_take_the_sound_over() {
    let mut room = start().await;
    let browser = line_up(&mut room, LINE).await;
    let caller = call(&room, 0).await;
    let key = room.answered().await;
    room.voice.connect(key, LINE);
    browser.hears(CALLER).await;
    let stranger = tokio::net::UdpSocket::bind("127.0.0.2:0").await.expect("a socket");
    let frames: Vec<_> =
        (0..50).map(|index| common::ear::tone(MUSIC, index, common::ear::mu_encode)).collect();
    for number in 0..50u16 {
        let mut packet = vec![0x80, 0];
        packet.extend(number.to_be_bytes());
        packet.extend((u32::from(number) * 160).to_be_bytes());
        packet.extend([9; 4]);
        packet.extend(&frames[usize::from(number)]);
        stranger.send_to(&packet, caller.media).await.expect("sent");
    }
    browser.hears(CALLER).await;
    caller.hears(AGENT).await;
    let mut packet = [0; 2_048];
    assert!(stranger.try_recv(&mut packet).is_err(), "nothing is sent to the stranger");
    room.voice.stop().await;
}

#[tokio::test]
async fn a_bad_offer_is_refused_and_changes_nothing() {
    let mut room = start().await;
    let browser = line_up(&mut room, LINE).await;
    for offer in ["", "hello", "v=0\r\n", &"a".repeat(100_000)] {
        assert!(matches!(room.voice.open_line(LINE, offer).await, Err(VoiceError::Offer(_))));
    }
    let caller = call(&room, 0).await;
    let key = room.answered().await;
    room.voice.connect(key, LINE);
    browser.hears(CALLER).await;
    caller.hears(AGENT).await;
    room.voice.stop().await;
    assert!(matches!(
        room.voice.open_line(LINE, "hello").await,
        Err(VoiceError::Offer(_) | VoiceError::Stopped)
    ));
}

#[tokio::test]
async fn connecting_answers_a_ringing_call_at_once() {
    let mut room = Room::start(VoiceConfig { ring_ms: 600_000, ..config() }).await;
    let browser = line_up(&mut room, LINE).await;
    let address = room.voice.sip_addresses().udp.expect("an address");
    let calling = tokio::spawn(Caller::call(address, 0));
    let key = room.arrived().await;
    room.voice.connect(key, LINE);
    let caller = calling.await.expect("the call");
    caller.hears(AGENT).await;
    browser.hears(CALLER).await;
    room.voice.stop().await;
}

#[tokio::test]
async fn a_holding_caller_is_sent_nothing() {
    let mut room = start().await;
    let caller = call(&room, 0).await;
    let key = room.answered().await;
    caller.hears(MUSIC).await;
    let port = caller.rtp.local_addr().expect("an address").port();
    let sdp = |direction: &str| {
        format!(
            "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
             m=audio {port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na={direction}\r\n"
        )
    };
    caller.request("INVITE", 2, &sdp("sendonly")).await;
    assert!(caller.response("SIP/2.0 200").await.contains("a=recvonly"));
    caller.request("ACK", 2, "").await;
    room.wait_for("the hold", |event| *event == VoiceEvent::CallerHeld { call: key }).await;
    let quiet = tokio::time::timeout(LIMIT, async {
        loop {
            let before = caller.heard.lock().expect("the ear").packets.len();
            tokio::time::sleep(Duration::from_millis(200)).await;
            if caller.heard.lock().expect("the ear").packets.len() == before {
                return;
            }
        }
    });
    assert!(quiet.await.is_ok(), "a holding caller still gets sound");
    caller.request("INVITE", 3, &sdp("sendrecv")).await;
    caller.response("SIP/2.0 200").await;
    caller.request("ACK", 3, "").await;
    room.wait_for("the resumption", |event| *event == VoiceEvent::CallerResumed { call: key }).await;
    caller.heard.lock().expect("the ear").ear.forget();
    caller.hears(MUSIC).await;
    caller.assert_one_line();
    room.voice.stop().await;
}

#[tokio::test]
async fn sender_reports_are_sent() {
    let room = start().await;
    let (caller, rtcp) = loop {
        let caller = call(&room, 0).await;
        let port = caller.rtp.local_addr().expect("an address").port();
        if let Ok(rtcp) = tokio::net::UdpSocket::bind(("127.0.0.1", port + 1)).await {
            break (caller, rtcp);
        }
    };
    let mut packet = [0; 2_048];
    let received = tokio::time::timeout(LIMIT, rtcp.recv_from(&mut packet)).await.expect("a report");
    let (length, from) = received.expect("received");
    assert_eq!((packet[1], from.port()), (200, caller.media.port() + 1));
    let word = |at: usize| u32::from_be_bytes(packet[at..at + 4].try_into().expect("four"));
    let sent = caller.heard.lock().expect("the ear").packets.clone();
    assert_eq!(word(4), sent[0].0, "the report is of our stream");
    assert!(word(20) > 0 && word(24) == word(20) * 160, "{} packets", word(20));
    assert!(length > 28 && packet[29] == 202);
    room.voice.stop().await;
}
