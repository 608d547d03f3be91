//! What experts are shown, and how their clients are told apart.

use crate::{
    events::{LIMIT, expect, expect_up},
    server::{COMPONENT, DOMAIN, PASSWORD, Site},
    stage::{XmppStage, account},
};
use hookflash_connectors::{
    Opening, Outgoing, SessionEvent,
    conformance::{Answer, Stage},
};
use hookflash_domain::{Importance, MessageId, PersonId};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

fn question() -> Opening {
    Opening {
        key: Uuid::from_u128(1).to_string(),
        subject: "Case 17".to_owned(),
        text: "Can you help?".to_owned(),
        importance: Importance::Normal,
    }
}

/// Waits until an expert's client has got what is wanted.
async fn expect_got(stage: &XmppStage, client: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let got = tokio::time::timeout(LIMIT, async {
        loop {
            let got = stage.experts.tell(&json!({ "do": "got", "expert": client })).await.expect("its state");
            if wanted(&got) {
                return got;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    got.await.unwrap_or_else(|_| panic!("{client} did not get it"))
}

fn name(expert: &PersonId) -> &str {
    expert.address.split('@').next().unwrap_or_default()
}

#[tokio::test]
async fn a_question_has_a_subject_a_name_and_a_way_to_answer_in_the_experts_language() {
    let stage = XmppStage::start(Site::Prosody).await;
    let expert = stage.expert(Answer::Silent).await.expect("an expert").id;
    let (session, mut batches) = stage.connector().sign_in(account(1), None);
    expect_up(&mut batches).await;
    stage.tell(&expert, json!({ "do": "language", "language": "de" })).await.expect("set");
    stage.start_chat(&expert, &account(1), "Hallo").await.expect("said");
    let incoming =
        expect(&mut batches, "a chat", |event| matches!(event, SessionEvent::Incoming { .. })).await;
    let SessionEvent::Incoming { chat, .. } = incoming else { return };
    session.decline(&chat, None).await.expect("declined");
    expect_got(&stage, name(&expert), |got| got["declined"] == 1).await;

    session.invite(&expert, &question()).await.expect("a question");
    let got = expect_got(&stage, name(&expert), |got| got["rings"] == 1).await;
    let whole =
        "Can you help?\n\n(Zum Helfen einfach antworten. Wenn es nicht geht, antworten Sie: ablehnen)";
    assert_eq!(got["subjects"], json!(["Case 17"]));
    assert_eq!(got["whole"], whole);
    assert_eq!(got["nicks"], json!(["Anna Agent 1"]));
    stage
        .tell(&expert, json!({ "do": "answer", "text": "Ablehnen, fragen Sie Ann" }))
        .await
        .expect("answered");
    let declined =
        expect(&mut batches, "declined", |event| matches!(event, SessionEvent::Declined { .. })).await;
    assert!(
        matches!(&declined, SessionEvent::Declined { reason: Some(reason), words: None, .. } if reason == "fragen Sie Ann"),
        "{declined:?}"
    );
}

#[tokio::test]
async fn a_chat_is_with_the_client_that_answered() {
    let stage = XmppStage::start(Site::Prosody).await;
    let expert = stage.expert(Answer::Silent).await.expect("an expert").id;
    for client in ["phone", "tablet"] {
        let command = json!({
            "do": "sign_in", "expert": client, "jid": format!("{}@{DOMAIN}/{client}", name(&expert)),
            "password": PASSWORD, "answer": "silent", "name": "Evan Expert1",
        });
        stage.experts.tell(&command).await.expect("signed in");
    }
    let (session, mut batches) = stage.connector().sign_in(account(1), None);
    expect_up(&mut batches).await;
    let chat = session.invite(&expert, &question()).await.expect("a question");
    for client in [name(&expert), "phone", "tablet"] {
        expect_got(&stage, client, |got| got["ringing"] == 1).await;
    }
    let answer = json!({ "do": "answer", "expert": "phone", "text": "On my way" });
    stage.experts.tell(&answer).await.expect("answered");
    expect(&mut batches, "a message", |event| matches!(event, SessionEvent::Message { .. })).await;
    for (key, text) in [(2, "Thank you"), (3, "That is all")] {
        let message = Outgoing { key: MessageId(Uuid::from_u128(key)), text: text.to_owned() };
        session.send(&chat, &message).await.expect("sent");
    }
    let got =
        expect_got(&stage, "phone", |got| got["texts"].as_array().is_some_and(|all| all.len() == 3)).await;
    assert_eq!(got["texts"], json!(["Can you help?", "Thank you", "That is all"]));
    for client in [name(&expert), "tablet"] {
        let got = expect_got(&stage, client, |_| true).await;
        assert_eq!(got["texts"], json!(["Can you help?"]), "{client}");
    }
}

#[tokio::test]
async fn who_writes_to_nobody_is_told_so_in_their_language() {
    let stage = XmppStage::start(Site::Prosody).await;
    let expert = stage.expert(Answer::Silent).await.expect("an expert").id;
    let (_session, mut batches) = stage.connector().sign_in(account(1), None);
    expect_up(&mut batches).await;
    stage.tell(&expert, json!({ "do": "language", "language": "de" })).await.expect("set");
    let say = json!({ "do": "say", "text": "Hallo?", "to": COMPONENT });
    stage.tell(&expert, say).await.expect("said");
    let got = expect_got(&stage, name(&expert), |got| got["refused"] != json!([])).await;
    let words = "Diese Adresse liest niemand. Bitte schreiben Sie einer Person.";
    assert_eq!(got["refused"], json!([{ "condition": "item-not-found", "text": words }]));
}

#[tokio::test]
async fn a_receipt_says_that_a_message_is_committed() {
    let stage = XmppStage::start(Site::Prosody).await;
    let expert = stage.expert(Answer::Accept).await.expect("an expert").id;
    let (session, mut batches) = stage.connector().sign_in(account(1), None);
    expect_up(&mut batches).await;
    session.invite(&expert, &question()).await.expect("a question");
    expect(&mut batches, "accepted", |event| matches!(event, SessionEvent::Accepted { .. })).await;
    let before = expect_got(&stage, name(&expert), |got| got["receipts"] != json!([])).await;
    let to = format!("anna1@{COMPONENT}/{}", question().key);
    let say = json!({ "do": "say", "text": "Yes?", "to": to });
    let said = stage.tell(&expert, say).await.expect("said");
    let has_it = |batch: &hookflash_connectors::Batch| {
        batch.events.iter().any(|event| matches!(event, SessionEvent::Message { .. }))
    };
    let batch = loop {
        let batch = tokio::time::timeout(LIMIT, batches.recv()).await.expect("in time").expect("a batch");
        if has_it(&batch) {
            break batch;
        }
        batch.done.confirm();
    };
    let held = expect_got(&stage, name(&expert), |_| true).await;
    assert_eq!(held["receipts"], before["receipts"]);
    batch.done.confirm();
    expect_got(&stage, name(&expert), |got| {
        got["receipts"].as_array().is_some_and(|all| all.last() == Some(&said["id"]))
    })
    .await;
}
