//! What crosses on its way or gets lost on it: an answer and its withdrawal, two sides that ring each
//! other, events that never come.

use crate::stage::PoolStage;
use hookflash_connectors::{
    ChatId, Opening, Outgoing, SessionEvent,
    conformance::{Agent, Answer, Failure, Got, Stage},
};
use hookflash_domain::{Importance, MessageId, PersonId};
use serde_json::json;
use uuid::Uuid;

type Outcome = Result<(), Failure>;

/// An open chat that the expert's client has closed for being idle; whether the agent has heard of
/// the end of the messaging is up to the test.
async fn idle(stage: &PoolStage, lost: Option<&str>) -> Result<(Agent, PersonId, ChatId), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    if let Some(rel) = lost {
        lose(stage, &agent, rel).await?;
    }
    stage.pool.post(&format!("/people/{}/idle", expert.address), &json!({})).await?;
    Ok((agent, expert, chat))
}

/// The agent's next event of this kind is lost.
async fn lose(stage: &PoolStage, agent: &Agent, rel: &str) -> Outcome {
    let lost = json!({ "person": agent.account.address, "rel": rel, "drop": 1 });
    stage.pool.post("/events", &lost).await.map(|_| ())
}

fn opening() -> Opening {
    Opening {
        key: Uuid::from_u128(rand::random()).to_string(),
        subject: "Case 17".to_owned(),
        text: "Can you help?".to_owned(),
        importance: Importance::Normal,
    }
}

/// The agent's events wait at the pool until it is well again.
async fn hold(stage: &PoolStage, agent: &Agent) -> Outcome {
    let held = json!({ "person": agent.account.address, "hold_ms": 60_000 });
    stage.pool.post("/events", &held).await.map(|_| ())
}

/// An expert rings, and a new process of the agent has not been told of it.
async fn asked_before_a_restart(stage: &PoolStage) -> Result<(Agent, PersonId, ChatId), Failure> {
    let expert = stage.expert(Answer::Silent).await?.id;
    let agent = Agent::sign_in(stage).await?;
    hold(stage, &agent).await?;
    let chat = agent.session.invite(&expert, &opening()).await?;
    let (account, resume) = agent.die();
    let agent = Agent::start(stage, account, resume);
    agent.session.adopt(std::slice::from_ref(&chat)).await?;
    Ok((agent, expert, chat))
}

/// A message of the agent arrives, once.
async fn arrives(stage: &PoolStage, agent: &mut Agent, expert: &PersonId, chat: &ChatId) -> Outcome {
    let (key, text) = (MessageId(Uuid::from_u128(7)), "still there?".to_owned());
    agent.send(chat, &Outgoing { key, text }).await?;
    let once = |got: &Got| got.texts.iter().filter(|text| *text == "still there?").count() == 1;
    agent.expect_got(stage, expert, "it once", once).await?;
    let over = |event: &SessionEvent| matches!(event, SessionEvent::Left { .. });
    assert!(!agent.seen.iter().any(over), "{:?}", agent.seen);
    Ok(())
}

#[tokio::test]
async fn an_invitation_that_was_accepted_unheard_is_not_taken_for_withdrawn() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Silent).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    hold(&stage, &agent).await?;
    let chat = agent.session.invite(&expert, &opening()).await?;
    stage.pool.post(&format!("/people/{}/accept", expert.address), &json!({})).await?;
    agent.session.leave(&chat, None).await?;
    stage.pool.events_well().await?;
    let told = |event: &SessionEvent| match event {
        SessionEvent::Accepted { chat: id } | SessionEvent::Withdrawn { chat: id, .. } => *id == chat,
        _ => false,
    };
    let told = agent.expect("the answer", told).await?;
    assert_eq!(told, SessionEvent::Accepted { chat: chat.clone() });
    agent.session.leave(&chat, None).await?;
    agent.expect("left", |event| *event == SessionEvent::Left { chat: chat.clone() }).await?;
    agent.expect_got(&stage, &expert, "the end", |got| got.open + got.ringing == 0).await?;
    Ok(())
}

#[tokio::test]
async fn what_is_taken_back_after_a_restart_before_the_pool_has_told_of_it_stops_ringing() -> Outcome {
    let stage = PoolStage::start(&["--ring-ms", "600000"]).await;
    let (mut agent, expert, chat) = asked_before_a_restart(&stage).await?;
    agent.leave(&chat, None).await?;
    stage.pool.events_well().await?;
    let withdrawn =
        |event: &SessionEvent| matches!(event, SessionEvent::Withdrawn { chat: id, .. } if *id == chat);
    agent.expect("withdrawn", withdrawn).await?;
    agent.expect_got(&stage, &expert, "the end", |got| got.open + got.ringing == 0).await?;
    Ok(())
}

#[tokio::test]
async fn what_is_said_right_after_a_restart_in_a_chat_that_the_pool_has_not_told_of_yet_arrives() -> Outcome {
    let stage = PoolStage::start(&["--ring-ms", "600000"]).await;
    let (mut agent, expert, chat) = asked_before_a_restart(&stage).await?;
    stage.pool.post(&format!("/people/{}/accept", expert.address), &json!({})).await?;
    arrives(&stage, &mut agent, &expert, &chat).await
}

#[tokio::test]
async fn a_message_goes_on_where_the_end_of_the_messaging_was_never_told() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let (mut agent, expert, chat) = idle(&stage, Some("messaging")).await?;
    arrives(&stage, &mut agent, &expert, &chat).await
}

#[tokio::test]
async fn a_message_goes_on_where_both_sides_ring_at_once() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let (mut agent, expert, chat) = idle(&stage, None).await?;
    let crossed = json!({ "path": "messagingInvitations", "method": "POST", "status": 409,
        "reason": "Conflict/AlreadyExists", "count": 1 });
    stage.pool.post("/trouble", &crossed).await?;
    arrives(&stage, &mut agent, &expert, &chat).await
}

#[tokio::test]
async fn a_message_goes_on_where_what_rings_was_never_told() -> Outcome {
    let stage = PoolStage::start(&["--ring-ms", "600000"]).await;
    let (mut agent, expert, chat) = idle(&stage, None).await?;
    lose(&stage, &agent, "messagingInvitation").await?;
    stage.say(&expert, "by the way").await?;
    arrives(&stage, &mut agent, &expert, &chat).await
}

#[tokio::test]
async fn what_was_said_before_both_sides_left_is_told_before_the_end() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    // The agent's side takes no events meanwhile: the second message waits at the pool.
    stage.say(&expert, "one thing").await?;
    stage.say(&expert, "and another").await?;
    stage.leave(&expert).await?;
    agent.session.leave(&chat, None).await?;
    agent.expect("left", |event| *event == SessionEvent::Left { chat: chat.clone() }).await?;
    let said = agent.seen.iter().filter_map(|event| match event {
        SessionEvent::Message { text, .. } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(said.collect::<Vec<_>>(), ["one thing", "and another"]);
    Ok(())
}

#[tokio::test]
async fn what_rings_again_is_taken_after_the_pause_that_the_pool_asks_for() -> Outcome {
    let stage = PoolStage::start(&["--ring-ms", "600000"]).await;
    let (mut agent, expert, chat) = idle(&stage, None).await?;
    let paused = json!({ "path": "accept", "status": 503, "retry_after": 1, "count": 1 });
    stage.pool.post("/trouble", &paused).await?;
    stage.say(&expert, "by the way").await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Message { chat: id, text, .. } if *id == chat && text == "by the way");
    agent.expect("the message in the same chat", is_it).await?;
    Ok(())
}
