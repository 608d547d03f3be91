//! The server is killed and started again.

use crate::{
    events::{LIMIT, expect, expect_up},
    server::Site,
    stage::{XmppStage, account},
};
use hookflash_connectors::{
    ConnectorError, Opening, Outgoing, SessionEvent,
    conformance::{Answer, Stage},
};
use hookflash_domain::{Importance, MessageId, PersonId};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

fn question(key: u128) -> Opening {
    Opening {
        key: Uuid::from_u128(key).to_string(),
        subject: "Case 17".to_owned(),
        text: "Can you help?".to_owned(),
        importance: Importance::Normal,
    }
}

/// The expert's client finds the server again by itself.
async fn expect_back(stage: &XmppStage, expert: &PersonId) {
    let back = tokio::time::timeout(LIMIT, async {
        while stage.tell(expert, json!({ "do": "got" })).await.expect("their state")["sessions"] != 2 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    back.await.expect("the expert is back");
}

#[tokio::test]
async fn open_chats_and_pending_questions_outlive_a_restart_of_prosody() {
    open_chats_and_pending_questions_outlive_a_restart(Site::Prosody).await;
}

#[tokio::test]
async fn open_chats_and_pending_questions_outlive_a_restart_of_ejabberd() {
    open_chats_and_pending_questions_outlive_a_restart(Site::Ejabberd).await;
}

async fn open_chats_and_pending_questions_outlive_a_restart(site: Site) {
    let stage = XmppStage::start(site).await;
    let helps = stage.expert(Answer::Accept).await.expect("an expert").id;
    let thinks = stage.expert(Answer::Silent).await.expect("an expert").id;
    let (session, mut batches) = stage.connector().sign_in(account(1), None);
    expect_up(&mut batches).await;
    let open = session.invite(&helps, &question(1)).await.expect("a question");
    expect(&mut batches, "accepted", |event| matches!(event, SessionEvent::Accepted { .. })).await;
    let pending = session.invite(&thinks, &question(2)).await.expect("a question");
    stage.server.restart();
    expect_up(&mut batches).await;
    expect_back(&stage, &helps).await;
    expect_back(&stage, &thinks).await;
    stage.say(&helps, "Back again").await.expect("said");
    let said =
        |event: &SessionEvent| matches!(event, SessionEvent::Message { text, .. } if text == "Back again");
    let event = expect(&mut batches, "a message after the restart", said).await;
    assert!(matches!(event, SessionEvent::Message { chat, .. } if chat == open));
    stage.tell(&thinks, json!({ "do": "answer", "text": "accept" })).await.expect("answered");
    let wanted = SessionEvent::Accepted { chat: pending };
    expect(&mut batches, "an answer after the restart", |event| *event == wanted).await;
}

#[tokio::test]
async fn a_message_that_a_dying_server_did_not_take_arrives_once_after_its_restart() {
    let stage = XmppStage::start(Site::Prosody).await;
    let expert = stage.expert(Answer::Accept).await.expect("an expert").id;
    let (session, mut batches) = stage.connector().sign_in(account(1), None);
    expect_up(&mut batches).await;
    let chat = session.invite(&expert, &question(1)).await.expect("a question");
    expect(&mut batches, "accepted", |event| matches!(event, SessionEvent::Accepted { .. })).await;
    stage.server.freeze();
    let message = Outgoing { key: MessageId(Uuid::from_u128(3)), text: "One moment".to_owned() };
    let sent = session.send(&chat, &message).await;
    assert!(matches!(sent, Err(ConnectorError::TryLater { .. })), "{sent:?}");
    stage.server.restart();
    expect_up(&mut batches).await;
    session.send(&chat, &message).await.expect("the same message again");
    expect_back(&stage, &expert).await;
    // It may have been kept for them: what is said meanwhile could arrive before it.
    expect_text(&stage, &expert, &message.text).await;
    let last = Outgoing { key: MessageId(Uuid::from_u128(4)), text: "The last".to_owned() };
    session.send(&chat, &last).await.expect("another message");
    let texts = expect_text(&stage, &expert, &last.text).await;
    assert_eq!(texts.iter().filter(|text| **text == message.text).count(), 1, "{texts:?}");
}

/// Waits until an expert has read something; gives all that they have.
async fn expect_text(stage: &XmppStage, expert: &PersonId, text: &str) -> Vec<String> {
    let arrived = tokio::time::timeout(LIMIT, async {
        loop {
            let texts = stage.got(expert).await.expect("what they got").texts;
            if texts.iter().any(|one| one == text) {
                return texts;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    arrived.await.unwrap_or_else(|_| panic!("not read: {text}"))
}
