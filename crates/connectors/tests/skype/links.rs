//! Links that should be there and are not: the resource is read again, and nothing is lost.

use crate::stage::PoolStage;
use hookflash_connectors::{
    LinkState, Outgoing, SessionEvent,
    conformance::{Agent, Answer, Failure, Got, Stage},
};
use hookflash_domain::{MessageId, Presence};
use serde_json::json;
use uuid::Uuid;

type Outcome = Result<(), Failure>;

fn is_up(event: &SessionEvent) -> bool {
    *event == SessionEvent::Link(LinkState::Up)
}

fn is_down(event: &SessionEvent) -> bool {
    matches!(event, SessionEvent::Link(LinkState::Down { .. }))
}

/// The next answer of these has no links at all.
async fn without_links(stage: &PoolStage, method: &str, path: &str) -> Outcome {
    let broken = json!({ "path": path, "method": method, "mangle": "no_links", "count": 1 });
    stage.pool.post("/trouble", &broken).await.map(|_| ())
}

#[tokio::test]
async fn an_application_without_links_is_made_again() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    without_links(&stage, "POST", "ucwa/oauth/v1/applications").await?;
    let mut agent = Agent::start(&stage, stage.agent().await?, None);
    agent.expect("down", is_down).await?;
    agent.expect("up", is_up).await?;
    agent.chat_with(&stage.expert(Answer::Accept).await?.id).await?;
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn events_and_people_without_links_are_read_again() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    without_links(&stage, "GET", "people/search").await?;
    agent.session.watch(std::slice::from_ref(&expert)).await?;
    agent.expect("presence", |event| matches!(event, SessionEvent::Presence { .. })).await?;
    stage.set_presence(&expert, Presence::DoNotDisturb).await?;
    let shown = |event: &SessionEvent| matches!(event, SessionEvent::Presence { report, .. } if report.presence == Presence::DoNotDisturb);
    agent.expect("the next presence", shown).await?;
    without_links(&stage, "GET", "events").await?;
    stage.pool.post("/cut-channels", &json!({})).await?;
    stage.say(&expert, "an answer").await?;
    agent.expect("down", is_down).await?;
    let answer = |event: &SessionEvent| matches!(event, SessionEvent::Message { chat: id, text, .. } if *id == chat && text == "an answer");
    agent.expect("the answer", answer).await?;
    assert!(!agent.seen.iter().any(answer), "once");
    agent.session.sign_out().await;
    Ok(())
}

#[tokio::test]
async fn a_conversation_without_links_is_asked_again() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    stage.pool.post(&format!("/people/{}/idle", expert.address), &json!({})).await?;
    without_links(&stage, "GET", "communication/conversations").await?;
    let text = "still there?".to_owned();
    agent.send(&chat, &Outgoing { key: MessageId(Uuid::from_u128(1)), text }).await?;
    let once = |got: &Got| got.texts.iter().skip(1).eq(["still there?"]);
    agent.expect_got(&stage, &expert, "it once", once).await?;
    assert!(!agent.seen.iter().any(|event| matches!(event, SessionEvent::Left { .. })), "{:?}", agent.seen);
    agent.session.sign_out().await;
    Ok(())
}
