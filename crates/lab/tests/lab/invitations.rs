//! What becomes of invitations (ucwa.md §5.2 to §5.4), with personas and with clients.

use serde_json::{Value, json};

use crate::bare_client::{BareClient, href, is};
use crate::lab::Lab;

/// Invites `to` and gives the end of the invitation.
async fn end_of(agent: &mut BareClient, to: &str) -> Value {
    agent.invite(to, to, "Hi").await;
    let (end, _) = agent.invitation_completes().await;
    assert_eq!(end["_embedded"]["messagingInvitation"]["state"], "Failed");
    agent.until("the end", |e| is(e, "conversation", "deleted")).await;
    let left = agent.read(&agent.path("communication/conversations")).await;
    assert!(left["_links"]["conversation"].is_null(), "{left}");
    end
}

#[tokio::test]
async fn every_cause_of_failure_has_its_subcode() {
    let lab = Lab::pool(&["--ring-ms", "700", "--unreachable-ms", "20"]);
    let table = [
        ("sip:oskar.lindqvist@lab.test", "RemoteFailure", "Declined"),
        ("sip:tom.becker@lab.test", "RemoteFailure", "Timeout"),
        ("sip:michael.mueller@lab.test", "RemoteFailure", "TemporarilyUnavailable"),
        ("sip:joerg.weiss@lab.test", "RemoteFailure", "DoNotDisturb"),
        ("sip:nobody@lab.test", "RemoteFailure", "DestinationNotFound"),
        ("sip : someone@elsewhere.example", "RemoteFailure", "FederationRequired"),
    ];
    let swift = json!({"kind": "declines", "after_ms": 10});
    lab.control("POST", "/people/oskar.lindqvist@lab.test/persona", swift).await;
    let mut agent = lab.client("dana@lab.test").await;
    for (to, code, subcode) in table {
        let end = end_of(&mut agent, to).await;
        assert_eq!(
            (&end["reason"]["code"], &end["reason"]["subcode"]),
            (&json!(code), &json!(subcode)),
            "{to}"
        );
    }
}

#[tokio::test]
async fn a_cause_can_be_given_another_subcode() {
    let lab = Lab::pool(&["--ring-ms", "300", "--reason", "no_answer=RemoteFailure/Unavailable"]);
    let end = end_of(&mut lab.client("dana@lab.test").await, "sip:tom.becker@lab.test").await;
    assert_eq!(end["reason"]["subcode"], "Unavailable");
}

#[tokio::test]
async fn an_expert_goes_offline_while_it_rings() {
    let lab = Lab::pool(&[]);
    lab.control(
        "POST",
        "/people/mia.krueger@lab.test/persona",
        json!({"kind": "goes_offline", "after_ms": 50}),
    )
    .await;
    let end = end_of(&mut lab.client("dana@lab.test").await, "sip:mia.krueger@lab.test").await;
    assert_eq!(end["reason"]["subcode"], "TemporarilyUnavailable");
    let presence = lab.control("GET", "/people/mia.krueger@lab.test/presence", json!({})).await;
    assert_eq!(presence["availability"], "Offline");
}

#[tokio::test]
async fn the_inviter_cancels_and_both_sides_hear_of_it() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let mut expert = lab.client("priya.raman@lab.test").await;
    agent.invite("sip:priya.raman@lab.test", "op-1", "").await;
    let started = agent.until("the start", |e| is(e, "messagingInvitation", "started")).await;
    let rung = expert.until("the ring", |e| is(e, "messagingInvitation", "started")).await;
    let cancel = href(&started.last().unwrap()["_embedded"]["messagingInvitation"]["_links"]["cancel"]);
    agent.act(&cancel).await;
    let (end, _) = agent.invitation_completes().await;
    assert_eq!(
        (&end["reason"]["code"], &end["reason"]["subcode"]),
        (&json!("LocalFailure"), &json!("Canceled"))
    );
    let (end, _) = expert.invitation_completes().await;
    assert_eq!((&end["status"], &end["reason"]["subcode"]), (&json!("Failure"), &json!("Canceled")));
    expert.until("the end", |e| is(e, "conversation", "deleted")).await;
    let accept = href(&rung.last().unwrap()["_embedded"]["messagingInvitation"]["_links"]["accept"]);
    assert_eq!(expert.post(&accept, &Value::Null).await.status(), 404);
}

#[tokio::test]
async fn a_client_declines_and_the_inviter_is_told() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let mut expert = lab.client("priya.raman@lab.test").await;
    agent.invite("sip:priya.raman@lab.test", "op-1", "").await;
    let rung = expert.until("the ring", |e| is(e, "messagingInvitation", "started")).await;
    let decline = href(&rung.last().unwrap()["_embedded"]["messagingInvitation"]["_links"]["decline"]);
    assert_eq!(expert.post(&decline, &json!({"reason": "Global"})).await.status(), 204);
    let (end, _) = agent.invitation_completes().await;
    assert_eq!(end["reason"]["message"], "Your invitation was declined.");
}

#[tokio::test]
async fn an_expert_without_a_client_starts_a_chat_and_leaves_it() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let wanted = json!({"to": "sip:dana@lab.test", "text": "Hi"});
    lab.control("POST", "/people/priya.raman@lab.test/chats", wanted).await;
    let rung = agent.until("the ring", |e| is(e, "messagingInvitation", "started")).await;
    let invitation = &rung.last().unwrap()["_embedded"]["messagingInvitation"];
    assert_eq!(invitation["_links"]["from"]["title"], "Priya Raman");
    agent.act(&href(&invitation["_links"]["accept"])).await;
    assert_eq!(agent.hears().await, "Hi\r\n");
    lab.control("POST", "/people/priya.raman@lab.test/say", json!({"text": "Are you there?"})).await;
    assert_eq!(agent.hears().await, "Are you there?");
    lab.control("POST", "/people/priya.raman@lab.test/leave", json!({})).await;
    agent.until("the end", |e| is(e, "conversation", "deleted")).await;
}

#[tokio::test]
async fn an_idle_chat_is_invited_again_in_the_same_conversation() {
    let lab = Lab::pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let here = agent.chat_with("sip:echo@lab.test", "op-1").await;
    lab.control("POST", "/people/echo@lab.test/idle", json!({})).await;
    let closed =
        |e: &Value| is(e, "messaging", "updated") && e["_embedded"]["messaging"]["state"] == "Disconnected";
    let events = agent.until("messaging closed", closed).await;
    assert_eq!(agent.say(&here, "m1", "anybody?").await.status(), 409);
    let again = href(&events.last().unwrap()["_embedded"]["messaging"]["_links"]["addMessaging"]);
    let first = json!({"operationId": "op-2", "_links": {"message": {"href": "data:,anybody%3F"}}});
    assert_eq!(agent.post(&again, &first).await.status(), 201);
    let (end, _) = agent.invitation_completes().await;
    assert_eq!(end["status"], "Success");
    assert_eq!(href(&end["_embedded"]["messagingInvitation"]["_links"]["conversation"]), here);
    assert_eq!(agent.hears().await, "echo: anybody?");
}

#[tokio::test]
async fn late_personas_come_back_or_cross_with_the_cancel() {
    let lab = Lab::pool(&["--ring-ms", "200"]);
    lab.control(
        "POST",
        "/people/lena.hartmann@lab.test/persona",
        json!({"kind": "late", "after_ms": 10, "text": "Late"}),
    )
    .await;
    lab.control("POST", "/people/tom.becker@lab.test/persona", json!({"kind": "race"})).await;
    let mut agent = lab.client("dana@lab.test").await;
    agent.invite("sip:lena.hartmann@lab.test", "op-1", "").await;
    let incoming = |e: &Value| {
        is(e, "messagingInvitation", "started")
            && e["_embedded"]["messagingInvitation"]["direction"] == "Incoming"
    };
    let events = agent.until("the late expert", incoming).await;
    assert!(events.iter().any(|e| e["reason"]["subcode"] == "Timeout"));
    agent.invite("sip:tom.becker@lab.test", "op-2", "").await;
    let of_race = |e: &Value| e["_embedded"]["messagingInvitation"]["operationId"] == "op-2";
    let started = agent.until("the start", of_race).await;
    let cancel = href(&started.last().unwrap()["_embedded"]["messagingInvitation"]["_links"]["cancel"]);
    agent.act(&cancel).await;
    let events = agent.until("the end", |e| of_race(e) && is(e, "messagingInvitation", "completed")).await;
    assert_eq!(events.last().unwrap()["status"], "Success");
}
