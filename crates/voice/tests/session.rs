//! Session timers in real time (RFC 4028 allows no interval below 90 s, so
//! this takes a minute; the two run side by side to take it once).

mod common;

use common::{LIMIT, Room, caller::Caller, config};
use hookflash_voice::{VoiceConfig, VoiceEvent};

async fn start() -> Room {
    Room::start(VoiceConfig { session_expires_s: 90, ..config() }).await
}

#[tokio::test]
async fn session_timers() {
    tokio::join!(
        we_refresh_at_half_time_and_end_what_is_gone(),
        a_caller_that_does_not_refresh_is_hung_up_on()
    );
}

async fn we_refresh_at_half_time_and_end_what_is_gone() {
    let mut room = start().await;
    let caller = Caller::call(room.voice.sip_addresses().udp.expect("an address"), 0).await;
    let request = caller.response_within("INVITE ", LIMIT * 2).await;
    assert!(
        request.contains("Session-Expires: 90;refresher=uac") && request.contains("m=audio "),
        "{request}"
    );
    // The caller has restarted meanwhile and knows nothing of the call.
    caller.answer(&request, "481 Call/Transaction Does Not Exist").await;
    let ended = room.wait_for("the end", |event| matches!(event, VoiceEvent::Ended { .. })).await;
    assert!(format!("{ended:?}").contains("SessionExpired"), "{ended:?}");
    room.voice.stop().await;
}

async fn a_caller_that_does_not_refresh_is_hung_up_on() {
    let room = start().await;
    let server = room.voice.sip_addresses().udp.expect("an address");
    let caller =
        Caller::call_with(server, 0, "Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n").await;
    let bye = caller.response_within("BYE ", LIMIT * 3).await;
    assert!(bye.contains("Session expired"), "{bye}");
    room.voice.stop().await;
}
