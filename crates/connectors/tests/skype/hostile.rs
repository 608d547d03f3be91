//! Answers that are lost, broken, too large or refusing.

use crate::stage::PoolStage;
use hookflash_connectors::{
    ConnectorError, LinkState, Opening, Outgoing, Page, SessionEvent, Trouble, TroubleCode,
    conformance::{Agent, Answer, Failure, Stage},
};
use hookflash_domain::{Importance, MessageId};
use serde_json::json;
use uuid::Uuid;

type Outcome = Result<(), Failure>;

/// The pool takes the message, and its answer is lost.
#[tokio::test]
async fn a_lost_answer_to_a_message_doubles_nothing() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let lost = json!({ "path": "messaging/messages", "method": "POST", "cut_after": true, "count": 1 });
    stage.pool.post("/trouble", &lost).await?;
    let first = Outgoing { key: MessageId(Uuid::from_u128(1)), text: "first".to_owned() };
    let refused = agent.session.send(&chat, &first).await;
    assert!(matches!(refused, Err(ConnectorError::TryLater { .. })), "{refused:?}");
    agent.send(&chat, &first).await?;
    let second = Outgoing { key: MessageId(Uuid::from_u128(2)), text: "second".to_owned() };
    agent.send(&chat, &second).await?;
    let both =
        |got: &hookflash_connectors::conformance::Got| got.texts.iter().skip(1).eq(["first", "second"]);
    agent.expect_got(&stage, &expert, "both once", both).await?;
    agent.session.sign_out().await;
    Ok(())
}

/// The pool rings, and its answer is lost.
#[tokio::test]
async fn a_lost_answer_to_an_invitation_rings_once() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Silent).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let lost = json!({ "path": "messagingInvitations", "method": "POST", "cut_after": true, "count": 1 });
    stage.pool.post("/trouble", &lost).await?;
    let key = Uuid::from_u128(3).to_string();
    let (subject, text) = ("Case 17".to_owned(), "Can you help?".to_owned());
    let opening = Opening { key, subject, text, importance: Importance::Normal };
    let first = agent.session.invite(&expert, &opening).await;
    assert!(matches!(first, Err(ConnectorError::TryLater { .. })), "{first:?}");
    let chat = agent.session.invite(&expert, &opening).await?;
    let reached = SessionEvent::Reached { chat: chat.clone() };
    agent.expect("reached", |event| *event == reached).await?;
    let got = agent.expect_got(&stage, &expert, "one ring", |got| got.ringing == 1).await?;
    assert_eq!(got.rings, 1);
    agent.session.leave(&chat, None).await?;
    let withdrawn = |event: &SessionEvent| matches!(event, SessionEvent::Withdrawn { chat: id, elsewhere: false, .. } if *id == chat);
    agent.expect("withdrawn", withdrawn).await?;
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn broken_and_oversized_answers_are_refused_and_the_session_lives() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?;
    let mut agent = Agent::sign_in(&stage).await?;
    let bodies = ["{\"_embedded\":", "[]", "{\"_embedded\":{\"contact\":[7,{},{\"uri\":5}]}}", "null"];
    let oversized = format!("\"{}\"", "x".repeat(1_200_000));
    for body in bodies.into_iter().chain([oversized.as_str()]) {
        let broken = json!({ "path": "people/search", "status": 200, "body": body, "count": 1 });
        stage.pool.post("/trouble", &broken).await?;
        match agent.session.search("anna", Page::first(10)).await {
            Ok(found) => assert!(found.people.is_empty(), "{found:?}"),
            Err(error) => assert!(error.is_transient(), "{error:?}"),
        }
    }
    let broken = json!({ "path": "/events", "status": 200, "body": "{\"sender\":7}", "count": 1 });
    stage.pool.post("/trouble", &broken).await?;
    stage.pool.post("/cut-channels", &json!({})).await?;
    let is_down = |event: &SessionEvent| matches!(event, SessionEvent::Link(LinkState::Down { .. }));
    agent.expect("down", is_down).await?;
    agent.expect("up", |event| *event == SessionEvent::Link(LinkState::Up)).await?;
    agent.chat_with(&expert.id).await?;
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn a_pool_without_passwords_is_explained() -> Outcome {
    let stage = PoolStage::start(&["--grants", "urn:microsoft.rtc:passive"]).await;
    let mut agent = Agent::start(&stage, stage.agent().await?, None);
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Link(LinkState::SignedOut { .. }));
    let told = agent.expect("signed out", is_it).await?;
    let SessionEvent::Link(LinkState::SignedOut { trouble: Some(Trouble { code, words }) }) = told else {
        return Err(Failure("no reason was given".to_owned()));
    };
    assert_eq!(code, TroubleCode::NoCommonGrant);
    assert!(words.contains("urn:microsoft.rtc:passive"), "{words}");
    Ok(())
}
