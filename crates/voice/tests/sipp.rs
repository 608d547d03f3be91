//! Signalling against sipp, an independent SIP implementation: each scenario
//! checks what the caller sees, the test what the server is told.

mod common;

use common::{Room, Sipp, config};
use hookflash_voice::{VoiceConfig, VoiceEvent};

/// Runs a scenario once while nobody answers, and gives what was told.
async fn wait_in_queue(scenario: &str, tcp: bool, config: VoiceConfig) -> Vec<String> {
    let mut room = Room::start(config).await;
    Sipp { scenario, tcp, calls: 1 }.run(&room).await;
    room.voice.stop().await;
    room.drain()
}

macro_rules! scenarios {
    ($($name:ident: $scenario:literal, $tcp:literal => [$($told:literal),*];)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                let told = wait_in_queue($scenario, $tcp, config()).await;
                assert_eq!(told, [$($told),*] as [&str; 0 $(+ { let _ = $told; 1 })*]);
            }
        )*
    };
}

scenarios! {
    basic_over_udp: "basic", false => ["arrived", "answered", "CallerHungUp"];
    basic_over_tcp: "basic", true => ["arrived", "answered", "CallerHungUp"];
    retransmission: "retransmission", false => ["arrived", "answered", "CallerHungUp"];
    hold_by_the_caller: "hold", false => ["arrived", "answered", "held", "resumed", "CallerHungUp"];
    late_offer: "late_offer", false => ["arrived", "answered", "CallerHungUp"];
    late_offer_over_tcp: "late_offer", true => ["arrived", "answered", "CallerHungUp"];
    session_timer: "session_timer", false => ["arrived", "answered", "CallerHungUp"];
    session_timer_too_small: "session_timer_small", false => [];
    unknown_method: "unknown_method", false => [];
    unknown_method_over_tcp: "unknown_method", true => [];
    method_that_is_not_ours: "register", false => [];
    latin_1_in_a_name: "latin1", false => ["arrived", "answered", "CallerHungUp"];
    no_content_length: "no_length", false => ["arrived", "answered", "CallerHungUp"];
    stray_bye: "stray_bye", false => [];
    cancel_of_nothing: "cancel_unknown", false => [];
    options: "options", false => [];
    options_over_tcp: "options", true => [];
    update: "update", false => ["arrived", "answered", "held", "CallerHungUp"];
    digit_by_info: "info", false => ["arrived", "answered", "digit 5", "CallerHungUp"];
    reinvite_without_offer: "reinvite_without_offer", false => ["arrived", "answered", "held", "CallerHungUp"];
    no_common_codec: "no_common_codec", false => [];
}

#[tokio::test]
async fn the_answer_is_repeated_until_it_is_acknowledged() {
    let mut room = Room::start(config()).await;
    let trace = Sipp { scenario: "missing_ack", tcp: false, calls: 1 }.run(&room).await;
    room.voice.stop().await;
    let answers = trace.matches("SIP/2.0 200 OK").count() - 1;
    assert!(answers >= 3, "the 200 of the INVITE came {answers} times:\n{trace}");
    assert_eq!(room.drain(), ["arrived", "answered", "CallerHungUp"]);
}

#[tokio::test]
async fn cancel_while_ringing() {
    for tcp in [false, true] {
        let slow = VoiceConfig { ring_ms: 20_000, ..config() };
        assert_eq!(wait_in_queue("cancel", tcp, slow).await, ["arrived", "CallerCancelled"]);
    }
}

/// Runs a scenario in which the server hangs up when the call is answered.
async fn hung_up_on(scenario: &str, tcp: bool) {
    let mut room = Room::start(config()).await;
    let voice = room.voice.clone();
    let sipp = Sipp { scenario, tcp, calls: 1 };
    let (mut sender, mut receiver) = (Some(()), Vec::new());
    let events = std::mem::replace(&mut room.events, tokio::sync::mpsc::channel(1).1);
    let mut events = events;
    let hanging_up = async {
        while let Some(event) = events.recv().await {
            if let VoiceEvent::Answered { call } = event
                && sender.take().is_some()
            {
                voice.hang_up(call);
            }
            let ended = matches!(event, VoiceEvent::Ended { .. });
            receiver.push(event);
            if ended {
                break;
            }
        }
    };
    tokio::join!(sipp.run(&room), hanging_up);
    room.voice.stop().await;
    let last = format!("{:?}", receiver.last());
    assert!(last.contains("AgentHungUp"), "{scenario} {last}");
}

#[tokio::test]
async fn the_bye_goes_to_the_contact_as_it_was_sent() {
    hung_up_on("escaped_contact", false).await;
    hung_up_on("escaped_contact", true).await;
}

#[tokio::test]
async fn the_bye_follows_the_record_route() {
    hung_up_on("record_route", false).await;
}

#[tokio::test]
async fn the_agent_hangs_up() {
    hung_up_on("agent_hangs_up", false).await;
    hung_up_on("agent_hangs_up", true).await;
}

#[tokio::test]
async fn a_full_house_says_when_to_come_again() {
    let full = VoiceConfig { max_calls: 0, ..config() };
    assert!(wait_in_queue("busy", false, full).await.is_empty());
    let slow = VoiceConfig { max_calls_per_second: 0, ..config() };
    assert!(wait_in_queue("busy", true, slow).await.is_empty());
}

#[tokio::test]
async fn strangers_are_refused() {
    let closed = VoiceConfig { trunks: vec!["192.0.2.0/24".parse().expect("a network")], ..config() };
    assert!(wait_in_queue("forbidden", false, closed).await.is_empty());
}

#[tokio::test]
async fn fifty_calls_wait_at_once() {
    let mut room = Room::start(config()).await;
    Sipp { scenario: "queued", tcp: false, calls: 50 }.run(&room).await;
    room.voice.stop().await;
    let told = room.drain();
    for (what, count) in [("arrived", 50), ("answered", 50), ("CallerHungUp", 50)] {
        assert_eq!(told.iter().filter(|it| *it == what).count(), count, "{what}");
    }
}

#[tokio::test]
async fn stopping_tells_every_caller() {
    let mut room = Room::start(config()).await;
    let voice = room.voice.clone();
    let sipp = Sipp { scenario: "agent_hangs_up", tcp: false, calls: 3 };
    let stopping = async {
        for _ in 0..3 {
            room.answered().await;
        }
        voice.stop().await;
        room
    };
    let sipp_room = Room { voice: voice.clone(), events: tokio::sync::mpsc::channel(1).1 };
    let (_, mut room) = tokio::join!(sipp.run(&sipp_room), stopping);
    assert_eq!(room.drain().iter().filter(|told| *told == "Stopped").count(), 3);
}
