//! A client that people use: profanity, in a terminal.

use crate::{
    events::{expect, expect_up},
    experts::Experts,
    server::{DOMAIN, PASSWORD, Site},
    stage::{XmppStage, account},
};
use hookflash_connectors::{Opening, Outgoing, SessionEvent, conformance::Stage};
use hookflash_domain::{Importance, MessageId, NetworkId, PersonId, Presence};
use serde_json::json;
use uuid::Uuid;

fn question(key: u128, text: &str) -> Opening {
    let (key, subject) = (Uuid::from_u128(key).to_string(), String::new());
    Opening { key, subject, text: text.to_owned(), importance: Importance::Normal }
}

async fn told(terminal: &Experts, command: &str, text: &str) {
    terminal.tell(&json!({ "do": command, "text": text })).await.expect("the terminal does it");
}

#[tokio::test]
async fn a_person_at_a_terminal_is_asked_helps_and_declines() {
    let stage = XmppStage::start(Site::Prosody).await;
    stage.server.add("paula");
    let paula = PersonId { network: NetworkId("xmpp".to_owned()), address: format!("paula@{DOMAIN}") };
    let (session, mut batches) = stage.connector().sign_in(account(1), None);
    expect_up(&mut batches).await;
    session.watch(std::slice::from_ref(&paula)).await.expect("watched");
    let terminal = Experts::at_a_terminal(stage.server.clients, &paula.address, PASSWORD);
    let is_there = |event: &SessionEvent| matches!(event, SessionEvent::Presence { report, .. } if report.presence == Presence::Available);
    expect(&mut batches, "Paula", is_there).await;

    let chat = session.invite(&paula, &question(1, "Can you help?")).await.expect("a question");
    told(&terminal, "shows", "chat message").await;
    told(&terminal, "type", "/win 2").await;
    told(&terminal, "shows", "Can you help?").await;
    told(&terminal, "type", "On my way").await;
    let said =
        |event: &SessionEvent| matches!(event, SessionEvent::Message { text, .. } if text == "On my way");
    expect(&mut batches, "what Paula said", said).await;
    let message = Outgoing { key: MessageId(Uuid::from_u128(2)), text: "Wonderful".to_owned() };
    session.send(&chat, &message).await.expect("sent");
    told(&terminal, "shows", "Wonderful").await;
    let delivered = SessionEvent::Delivered { chat: chat.clone(), key: message.key };
    expect(&mut batches, "delivered", |event| *event == delivered).await;

    session.leave(&chat, None).await.expect("left");
    let chat = session.invite(&paula, &question(3, "Once more?")).await.expect("a question");
    told(&terminal, "shows", "Once more?").await;
    told(&terminal, "type", "decline").await;
    let declined =
        |event: &SessionEvent| matches!(event, SessionEvent::Declined { chat: of, .. } if *of == chat);
    expect(&mut batches, "declined", declined).await;
}
