//! Documents as a pool sends them (UCWA 5.1 to 5.7), and what is told of them.

use super::tests::read;
use crate::{
    ChatId, SessionEvent, Unreachable,
    skype::{
        chats::{Chat, Chats, Phase},
        people::person_id,
    },
};
use hookflash_domain::{MessageId, NetworkId, Timestamp};
use serde_json::{Value, json};

const C: &str = "/a/communication/conversations/c1";
const I: &str = "/a/communication/messagingInvitations/i1";

fn document(sender: &str, events: &[Value]) -> Value {
    json!({"sender": [{"rel": "conversation", "href": sender, "events": events}]})
}

fn event(rel: &str, href: &str, kind: &str, resource: &Value) -> Value {
    json!({"link": {"rel": rel, "href": href}, "_embedded": {rel: resource}, "type": kind})
}

fn invitation(kind: &str, operation: &str) -> Value {
    let resource = json!({"direction": "Outgoing", "operationId": operation, "threadId": "t", "state": "Connecting",
        "_links": {"conversation": {"href": C}, "cancel": {"href": "/cancel"}}});
    event("messagingInvitation", I, kind, &resource)
}

fn failed(operation: &str, subcode: &str) -> Value {
    let mut event = invitation("completed", operation);
    event["status"] = json!("Failure");
    event["reason"] = json!({"code": "RemoteFailure", "subcode": subcode, "message": "words"});
    event
}

fn deleted() -> Value {
    json!({"link": {"rel": "conversation", "href": C}, "type": "deleted"})
}

fn chat() -> ChatId {
    ChatId("op-1".to_owned())
}

fn inviting() -> Chats {
    let mut chats = Chats::default();
    let person = person_id(&NetworkId("skype".to_owned()), "sip:erika@lab.test");
    chats.by_id.insert(chat(), Chat::new(Phase::Inviting, Some(person)));
    chats
}

fn open() -> Chats {
    let mut chats = inviting();
    let kept = &mut chats.by_id.get_mut(&chat()).expect("just made").kept;
    kept.phase = Phase::Open;
    kept.conversation = Some(C.to_owned());
    chats
}

#[test]
fn an_accepted_invitation() {
    let started = document("/a/communication", &[invitation("started", "op-1")]);
    let mut done = invitation("completed", "op-1");
    done["status"] = json!("Success");
    let messaging = json!({"state": "Connected", "_links": {"conversation": {"href": C}, "sendMessage": {"href": "/send"}}});
    let accepted = document(C, &[event("messaging", "/m", "updated", &messaging), done]);
    let mut chats = inviting();
    let told = read(&mut chats, &[started, accepted]);
    assert_eq!(told, [SessionEvent::Reached { chat: chat() }, SessionEvent::Accepted { chat: chat() }]);
    assert_eq!(chats.by_id[&chat()].links.send.as_deref(), Some("/send"));
    assert_eq!(chats.by_id[&chat()].links.stop.as_deref(), Some("/cancel"));
}

#[test]
fn a_declined_invitation_in_any_order_is_told_once() {
    let declined = SessionEvent::Declined {
        chat: chat(),
        reason: Some("words".to_owned()),
        words: Some("words".to_owned()),
    };
    let orders = [vec![failed("op-1", "Declined"), deleted()], vec![deleted(), failed("op-1", "Declined")]];
    for order in orders {
        let started = document("/a/communication", &[invitation("started", "op-1")]);
        let mut chats = inviting();
        let told = read(&mut chats, &[started, document("/a/communication", &order)]);
        assert_eq!(told, [SessionEvent::Reached { chat: chat() }, declined.clone()]);
        assert!(chats.by_id.is_empty());
    }
    let at_once = document("/a/communication", &[failed("op-1", "Declined")]);
    assert_eq!(read(&mut inviting(), &[at_once]), [declined], "only `completed` may come");
}

#[test]
fn the_time_of_ringing_tells_silence_from_absence() {
    let started = document("/a/communication", &[invitation("started", "op-1")]);
    let over = document("/a/communication", &[failed("op-1", "Unavailable")]);
    let told = read(&mut inviting(), &[started, over.clone()]);
    assert_eq!(
        told.last(),
        Some(&SessionEvent::NoAnswer { chat: chat(), words: Some("words".to_owned()) }),
        "a minute later"
    );
    let (why, words) = (Unreachable::Offline, Some("words".to_owned()));
    assert_eq!(read(&mut inviting(), &[over]), [SessionEvent::Unreachable { chat: chat(), why, words }]);
}

#[test]
fn an_invitation_from_before_a_restart_is_known_by_its_operation() {
    let again = document("/a/communication", &[invitation("started", "op-0")]);
    let before = ChatId("op-0".to_owned());
    assert_eq!(read(&mut Chats::default(), &[again]), [SessionEvent::Reached { chat: before }]);
}

#[test]
fn a_conversation_that_vanishes_is_left() {
    let gone = document("/a/communication", &[deleted()]);
    assert_eq!(read(&mut open(), std::slice::from_ref(&gone)), [SessionEvent::Left { chat: chat() }]);
    let started = document("/a/communication", &[invitation("started", "op-1")]);
    let told = read(&mut inviting(), &[started, gone]);
    assert_eq!(told, [SessionEvent::Reached { chat: chat() }, SessionEvent::Left { chat: chat() }]);
}

#[test]
fn messages_are_decoded_and_html_is_made_safe() {
    let resource = json!({"direction": "Incoming", "timeStamp": "/Date(1383784870271)/",
        "_links": {"htmlMessage": {"href": "data:text/html;charset=utf-8,%3cspan+style%3d%22x%22%3eHi+%26amp%3b%3cscript%3ealert(1)%3c%2fscript%3e%3c%2fspan%3e"}}});
    let told = read(&mut open(), &[document(C, &[event("message", "/m/3", "completed", &resource)])]);
    let expected = SessionEvent::Message {
        chat: chat(),
        network_message_id: "/m/3".to_owned(),
        from: person_id(&NetworkId("skype".to_owned()), "sip:erika@lab.test"),
        text: "Hi &".to_owned(),
        html: Some("<span>Hi &amp;</span>".to_owned()),
        at: Timestamp(1_383_784_870_271),
    };
    assert_eq!(told, [expected]);
}

#[test]
fn deliveries_and_typing_find_their_chat() {
    let key = MessageId(uuid::Uuid::from_u128(7));
    let mut failed = event(
        "message",
        "/m/4",
        "completed",
        &json!({"direction": "Outgoing", "operationId": key.to_string()}),
    );
    failed["status"] = json!("Failure");
    let typing = json!({"link": {"rel": "participant", "href": "/p"}, "in": {"rel": "typingParticipants"}, "type": "added"});
    let told = read(&mut open(), &[document(C, &[failed, typing.clone()]), document("/other", &[typing])]);
    let expected = [
        SessionEvent::Failed { chat: chat(), key, reason: None },
        SessionEvent::Typing { chat: chat(), typing: true },
    ];
    assert_eq!(told, expected);
}

#[test]
fn an_incoming_invitation_is_offered_and_may_be_answered_elsewhere() {
    let resource = json!({"direction": "Incoming", "subject": "", "threadId": "t",
        "_links": {"conversation": {"href": C}, "accept": {"href": "/accept"}, "decline": {"href": "/decline"},
            "message": {"href": "data:text/plain;charset=utf-8,Hi+Tosh%0d%0a"}},
        "_embedded": {"from": {"uri": "sip:Evan@lab.test", "name": "Evan\u{0}"}}});
    let started = event("messagingInvitation", I, "started", &resource);
    let mut over =
        json!({"link": {"rel": "messagingInvitation", "href": I}, "type": "completed", "status": "Failure"});
    over["reason"] = json!({"code": "LocalFailure", "subcode": "ConnectedElsewhere"});
    let told =
        read(&mut Chats::default(), &[document("/a/communication", &[started]), document("/a", &[over])]);
    let [SessionEvent::Incoming { chat, from, subject: None, text: Some(text), .. }, end] = told.as_slice()
    else {
        panic!("told {told:?}");
    };
    assert_eq!(
        (from.id.address.as_str(), from.name.as_str(), text.as_str()),
        ("sip:evan@lab.test", "Evan", "Hi Tosh")
    );
    assert_eq!(*end, SessionEvent::Withdrawn { chat: chat.clone(), elsewhere: true, words: None });
}

/// Any subset, order and repetition of the events is taken, and the end of a chat is told at most
/// once.
#[test]
fn events_in_any_order_do_no_harm() {
    let mut done = invitation("completed", "op-1");
    done["status"] = json!("Success");
    let pool = [
        invitation("started", "op-1"),
        done,
        failed("op-1", "Declined"),
        deleted(),
        event("messaging", "/m", "updated", &json!({"_links": {"conversation": {"href": C}}})),
        event("message", "/m/1", "completed", &json!({"direction": "Outgoing"})),
        json!({"link": {"rel": "participant", "href": "/p"}, "in": {"rel": "typingParticipants"}, "type": "deleted"}),
    ];
    for seed in 1..=500_u64 {
        let mut random = seed;
        let mut chats = inviting();
        let mut below = |bound: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            usize::try_from(random % bound as u64).expect("small")
        };
        let documents: Vec<Value> = (0..4)
            .map(|_| {
                let events: Vec<Value> = (0..below(4)).map(|_| pool[below(pool.len())].clone()).collect();
                document(C, &events)
            })
            .collect();
        let told = read(&mut chats, &documents);
        let is_end = |event: &&SessionEvent| {
            matches!(event, SessionEvent::Declined { .. } | SessionEvent::Left { .. })
        };
        assert!(told.iter().filter(is_end).count() <= 1, "seed {seed}: {told:?}");
        assert!(chats.by_id.len() <= 1, "seed {seed}");
    }
}
