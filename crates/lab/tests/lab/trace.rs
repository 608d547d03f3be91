//! The annotated trace of ucwa.md §7, step by step; both sides are bare clients.

use serde_json::json;

use crate::bare_client::{BareClient, decode, href, incoming, is, shape, text_of};
use crate::lab::Lab;

#[tokio::test]
async fn two_clients_invite_accept_talk_type_and_end() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let mut expert = lab.client("sven.olsen@lab.test").await;
    agent.invite("sip:sven.olsen@lab.test", "op-2", "Hello+Sven%2c+case+17").await;

    let started = agent.poll().await;
    assert_eq!(
        shape(&started),
        [
            "communication messagingInvitation started",
            "communication conversation added",
            "conversation localParticipant added",
            "conversation messaging updated"
        ]
    );
    let invitation = &started[0]["_embedded"]["messagingInvitation"];
    assert_eq!((&invitation["operationId"], &invitation["state"]), (&json!("op-2"), &json!("Connecting")));
    assert!(invitation["_links"]["cancel"].is_object());

    let rung = expert.until("the invitation", |e| is(e, "messagingInvitation", "started")).await;
    let invitation = rung.last().unwrap()["_embedded"]["messagingInvitation"].clone();
    assert_eq!(invitation["direction"], "Incoming");
    assert_eq!(invitation["_embedded"]["from"]["uri"], "sip:dana@lab.test");
    assert_eq!(decode(&href(&invitation["_links"]["message"])), "Hello Sven, case 17");
    expert.act(&format!("{}?sessionContext=1", href(&invitation["_links"]["accept"]))).await;

    let accepted = agent.poll().await;
    assert_eq!(
        shape(&accepted),
        [
            "communication conversation updated",
            "conversation participant added",
            "conversation participantMessaging added",
            "conversation participantMessaging added",
            "conversation messaging updated",
            "communication messagingInvitation completed"
        ]
    );
    assert_eq!(accepted[5]["status"], "Success");
    let by = &accepted[5]["_embedded"]["messagingInvitation"]["_embedded"]["acceptedByParticipant"][0];
    assert_eq!(by["name"], "Sven Olsen");
    let here = href(&accepted[0]["link"]);

    let opened = expert.until("the first message", incoming).await;
    assert_eq!(text_of(opened.last().unwrap()), "Hello Sven, case 17");
    let there = href(&invitation["_links"]["conversation"]);

    agent.act(&format!("{here}/messaging/typing")).await;
    let typing = |e: &serde_json::Value, kind: &str| {
        is(e, "participant", kind) && e["in"]["rel"] == "typingParticipants"
    };
    expert.until("typing", |e| typing(e, "added")).await;
    let sent = agent.say(&here, "m1", "Can you help?\r\n").await;
    assert_eq!(sent.status(), 201);
    assert!(sent.headers()["location"].to_str().unwrap().starts_with(&format!("{here}/messaging/messages/")));
    let heard = expert.until("the question", incoming).await;
    assert!(heard.iter().any(|e| typing(e, "deleted")), "{heard:#?}");
    let uri = href(&heard.last().unwrap()["_embedded"]["message"]["_links"]["plainMessage"]);
    assert_eq!(uri, "data:text/plain;charset=utf-8,Can+you+help%3f%0d%0a");
    let outcome = agent.until("delivery", |e| is(e, "message", "completed")).await;
    assert_eq!(outcome.last().unwrap()["status"], "Success");

    answer(&mut agent, &mut expert, &here, &there).await;
    end(&mut agent, &mut expert, &here).await;
}

async fn answer(agent: &mut BareClient, expert: &mut BareClient, here: &str, there: &str) {
    assert_eq!(expert.say(there, "e1", "Yes, tell me").await.status(), 201);
    assert_eq!(agent.hears().await, "Yes, tell me");
    let active = agent.read(&agent.path("communication/conversations?filter=active")).await;
    assert_eq!(active["_links"]["conversation"], json!([{"href": here}]));
    assert_eq!(agent.read(&format!("{here}/messaging")).await["state"], "Connected");
    let people = agent.read(&format!("{here}/participants")).await;
    assert_eq!(people["_links"]["participant"][0]["title"], "Sven Olsen");
}

async fn end(agent: &mut BareClient, expert: &mut BareClient, here: &str) {
    agent.act(&format!("{here}/messaging/terminate")).await;
    for client in [&mut *agent, expert] {
        let over = client.until("the end", |e| is(e, "conversation", "deleted")).await;
        let kinds = shape(&over);
        assert!(kinds.contains(&"conversation participant deleted".to_owned()), "{kinds:?}");
    }
    let gone = agent.say(here, "m2", "late").await;
    assert_eq!(gone.status(), 404);
    assert_eq!(gone.json::<serde_json::Value>().await.unwrap()["subcode"], "ConversationNotFound");
    let deleted =
        agent.request(reqwest::Method::DELETE, agent.path("").trim_end_matches('/')).send().await.unwrap();
    assert_eq!(deleted.status(), 204);
    assert_eq!(agent.get(&agent.path("me")).await.status(), 404);
}
