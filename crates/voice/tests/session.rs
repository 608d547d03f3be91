//! Session timers in real time (RFC 4028 allows no interval below 90 s, so
//! this takes a minute; all run side by side to take it once).

mod common;

use common::{LIMIT, Room, caller::Caller, config, ear::MUSIC};
use hookflash_voice::{VoiceConfig, VoiceEvent};

async fn start() -> Room {
    Room::start(VoiceConfig { session_expires_s: 90, ..config() }).await
}

#[tokio::test]
async fn session_timers() {
    tokio::join!(
        we_refresh_at_half_time_and_end_what_is_gone(),
        a_refreshed_call_goes_on(),
        update_is_used_where_it_is_allowed(),
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
    caller.answer(&request, "481 Call/Transaction Does Not Exist", "").await;
    let ended = room.wait_for("the end", |event| matches!(event, VoiceEvent::Ended { .. })).await;
    assert!(format!("{ended:?}").contains("SessionExpired"), "{ended:?}");
    room.voice.stop().await;
}

async fn a_refreshed_call_goes_on() {
    let mut room = start().await;
    let caller = Caller::call(room.voice.sip_addresses().udp.expect("an address"), 0).await;
    let call = room.answered().await;
    let request = caller.response_within("INVITE ", LIMIT * 2).await;
    let port = caller.rtp.local_addr().expect("an address").port();
    let sdp = format!(
        "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n"
    );
    caller.answer(&request, "200 OK", &sdp).await;
    caller.response("ACK ").await;
    caller.hears(MUSIC).await;
    caller.assert_one_line();
    room.voice.hang_up(call);
    caller.response("BYE ").await;
    room.voice.stop().await;
}

async fn update_is_used_where_it_is_allowed() {
    let mut room = start().await;
    let server = room.voice.sip_addresses().udp.expect("an address");
    let caller = Caller::call_with(server, 0, "Allow: INVITE, UPDATE\r\n").await;
    let call = room.answered().await;
    let request = caller.response_within("UPDATE ", LIMIT * 2).await;
    assert!(request.contains("Session-Expires: 90;refresher=uac"), "{request}");
    caller.answer(&request, "200 OK", "").await;
    caller.hears(MUSIC).await;
    room.voice.hang_up(call);
    caller.response("BYE ").await;
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
