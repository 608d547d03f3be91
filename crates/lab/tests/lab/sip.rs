//! An expert with a real desktop client, pidgin-sipe, and an agent on UCWA (ucwa.md §9).

use serde_json::{Value, json};

use crate::bare_client::{BareClient, href, is};
use crate::lab::Lab;
use crate::sip_expert::SipExpert;

const AGENT: &str = "sip:dana@lab.test";
const EXPERT: &str = "sip:sven.olsen@lab.test";

fn pool(more: &[&str]) -> Lab {
    Lab::pool(&[&["--sip", "127.0.0.1:0"], more].concat())
}

/// Waits until the agent sees this availability of the expert.
async fn sees(agent: &mut BareClient, availability: &str) {
    let path = agent.path("people/sven.olsen@lab.test/presence");
    while agent.read(&path).await["availability"] != availability {
        agent.until("a change", |e| is(e, "contactPresence", "updated")).await;
    }
}

async fn watch(agent: &BareClient) {
    let wanted = json!({"duration": 30, "uris": [EXPERT]});
    let made = agent.post(&agent.path("people/presenceSubscriptions"), &wanted).await;
    assert_eq!(made.status(), 201);
}

#[tokio::test]
async fn the_two_sides_see_each_others_presence() {
    let lab = pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let path = "people/groupMemberships";
    let colleague = lab.client("sven.olsen@lab.test").await;
    let added = colleague.post(&colleague.path(path), &json!({"contactUri": AGENT})).await;
    assert_eq!(added.status(), 201, "the list is one for all of a person's clients");
    let gone =
        colleague.request(reqwest::Method::DELETE, colleague.path("").trim_end_matches('/')).send().await;
    assert_eq!(gone.unwrap().status(), 204);

    watch(&agent).await;
    let mut expert = SipExpert::sign_in(&lab, "sven.olsen@lab.test").await;
    let of_agent =
        |e: &Value, status: &str| e["event"] == "presence" && e["uri"] == AGENT && e["status"] == status;
    expert.until("the agent online", |e| of_agent(e, "available")).await;
    for (chosen, shown) in
        [("Busy", "busy"), ("DoNotDisturb", "do-not-disturb"), ("BeRightBack", "be-right-back")]
    {
        assert_eq!(
            agent.post(&agent.path("me/presence"), &json!({"availability": chosen})).await.status(),
            204
        );
        expert.until(shown, |e| of_agent(e, shown)).await;
    }
    let chosen =
        [("busy", "Busy"), ("do-not-disturb", "DoNotDisturb"), ("available", "Online"), ("away", "Away")];
    for (chosen, seen) in chosen {
        expert.tell(json!({"do": "status", "id": chosen})).await;
        sees(&mut agent, seen).await;
    }
    expert.tell(json!({"do": "quit"})).await;
    // The persona is at home again.
    sees(&mut agent, "Online").await;
}

#[tokio::test]
async fn an_expert_answers_a_question_and_closes_the_chat() {
    let lab = pool(&[]);
    let mut agent = lab.client_of("dana@lab.test", "rich", &["Plain", "Html"]).await;
    let mut expert = SipExpert::sign_in(&lab, "sven.olsen@lab.test").await;
    agent.invite(EXPERT, "op-1", "Hello+Sven+%26+%3call%3e").await;
    let (done, _) = agent.invitation_completes().await;
    assert_eq!(done["status"], "Success", "{done}");
    let invitation = &done["_embedded"]["messagingInvitation"];
    assert_eq!(invitation["_embedded"]["acceptedByParticipant"][0]["uri"], EXPERT);
    let here = href(&invitation["_links"]["conversation"]);
    assert_eq!(expert.hears(AGENT).await, "Hello Sven & <all>");
    agent.act(&format!("{here}/messaging/typing")).await;
    expert.until("typing", |e| e["event"] == "typing" && e["begins"] == true).await;
    assert_eq!(agent.say(&here, "m1", "Can you help? ä€😀").await.status(), 201);
    assert_eq!(expert.hears(AGENT).await, "Can you help? ä€😀");
    let sent = agent.until("delivery", |e| is(e, "message", "completed")).await;
    assert_eq!(sent.last().unwrap()["status"], "Success");

    expert.tell(json!({"do": "typing", "to": AGENT})).await;
    agent.until("typing", |e| is(e, "participant", "added") && e["in"]["rel"] == "typingParticipants").await;
    expert.tell(json!({"do": "send", "to": AGENT, "text": "Yes, tell me"})).await;
    let heard = agent.until("the answer", crate::bare_client::incoming).await;
    let links = &heard.last().unwrap()["_embedded"]["message"]["_links"];
    assert!(links.to_string().contains("Yes%2c+tell+me"), "{links}");
    expert.tell(json!({"do": "close", "peer": AGENT})).await;
    agent.until("the end", |e| is(e, "conversation", "deleted")).await;
    assert_eq!(agent.say(&here, "m2", "late").await.status(), 404);
}

#[tokio::test]
async fn an_expert_starts_a_chat_and_the_agent_ends_it() {
    let lab = pool(&[]);
    let mut agent = lab.client("dana@lab.test").await;
    let mut expert = SipExpert::sign_in(&lab, "sven.olsen@lab.test").await;
    expert.tell(json!({"do": "send", "to": AGENT, "text": "Do you have a minute?"})).await;
    let rung = agent.until("the ring", |e| is(e, "messagingInvitation", "started")).await;
    let invitation = rung.last().unwrap()["_embedded"]["messagingInvitation"].clone();
    assert_eq!(invitation["_embedded"]["from"]["uri"], EXPERT);
    assert!(href(&invitation["_links"]["message"]).contains("Do+you+have+a+minute%3f"), "{invitation}");
    agent.act(&href(&invitation["_links"]["accept"])).await;
    assert_eq!(agent.hears().await.trim_end(), "Do you have a minute?");
    let here = href(&invitation["_links"]["conversation"]);
    assert_eq!(agent.say(&here, "m1", "Yes").await.status(), 201);
    assert_eq!(expert.hears(AGENT).await, "Yes");
    agent.act(&format!("{here}/messaging/terminate")).await;
    agent.until("the end", |e| is(e, "conversation", "deleted")).await;

    // Another agent declines. (Nothing tells when the client has read that the first chat is over.)
    let mut other = lab.client("ben@lab.test").await;
    expert.tell(json!({"do": "send", "to": "sip:ben@lab.test", "text": "One more thing"})).await;
    let rung = other.until("the ring", |e| is(e, "messagingInvitation", "started")).await;
    let invitation = rung.last().unwrap()["_embedded"]["messagingInvitation"].clone();
    other.act(&href(&invitation["_links"]["decline"])).await;
    expert.until("the refusal", |e| e["event"] == "error" || e["event"] == "notice").await;
}

#[tokio::test]
async fn an_agent_gives_up_while_the_desktop_rings() {
    let lab = pool(&["--sip-more-devices", "1"]);
    let mut agent = lab.client("dana@lab.test").await;
    let mut expert = SipExpert::sign_in(&lab, "sven.olsen@lab.test").await;
    // The client learns that there is another device from the answer to what it publishes.
    watch(&agent).await;
    expert.tell(json!({"do": "status", "id": "busy"})).await;
    sees(&mut agent, "Busy").await;
    agent.invite(EXPERT, "op-1", "First").await;
    let is_first = |e: &Value| e["_embedded"]["messagingInvitation"]["operationId"] == "op-1";
    let started = agent.until("the start", is_first).await;
    agent.act(&href(&started.last().unwrap()["_embedded"]["messagingInvitation"]["_links"]["cancel"])).await;
    let (end, _) = agent.invitation_completes().await;
    assert_eq!((&end["status"], &end["reason"]["subcode"]), (&json!("Failure"), &json!("Canceled")));

    agent.invite(EXPERT, "op-2", "Second").await;
    let (end, _) = agent.invitation_completes().await;
    assert_eq!(end["status"], "Success", "{end}");
    assert_eq!(expert.hears(AGENT).await, "Second");
}
