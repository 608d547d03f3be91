//! A pool that has lost its memory of us: what was open goes on, what was pending is over.

use crate::stage::PoolStage;
use hookflash_connectors::{
    ChatId, LinkState, Outgoing, SessionEvent,
    conformance::{Agent, Answer, Failure, Got, Stage},
};
use hookflash_domain::{MessageId, PersonId};
use serde_json::json;
use uuid::Uuid;

type Outcome = Result<(), Failure>;

/// The message reaches the expert once in a chat that nobody has seen end, and the answer comes back.
async fn goes_on(stage: &PoolStage, agent: &mut Agent, chat: &ChatId, expert: &PersonId) -> Outcome {
    let key = MessageId(Uuid::from_u128(rand::random()));
    agent.send(chat, &Outgoing { key, text: "still there?".to_owned() }).await?;
    let once = |got: &Got| got.texts.iter().filter(|text| *text == "still there?").count() == 1;
    agent.expect_got(stage, expert, "it once", once).await?;
    stage.say(expert, "yes").await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Message { chat: id, text, .. } if id == chat && text == "yes");
    agent.expect("the answer in the same chat", is_it).await?;
    let noticed =
        |event: &SessionEvent| matches!(event, SessionEvent::Left { .. } | SessionEvent::Incoming { .. });
    assert!(!agent.seen.iter().any(noticed), "{:?}", agent.seen);
    Ok(())
}

/// The message is under way before we know that the pool was restarted.
#[tokio::test]
async fn what_is_said_right_after_a_restart_is_not_refused() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    for _ in 0..5 {
        stage.pool.post("/restart", &json!({})).await?;
        goes_on(&stage, &mut agent, &chat, &expert).await?;
        stage.pool.forget_inbox(&expert.address).await?;
    }
    agent.session.sign_out().await;
    Ok(())
}

/// The first sign-in after the restart makes an application and gets no further; the second finds it,
/// and it has none of our chats all the same.
#[tokio::test]
async fn a_sign_in_that_got_half_way_forgets_no_chat() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let half = json!({ "path": "makeMeAvailable", "status": 503, "count": 1 });
    stage.pool.post("/trouble", &half).await?;
    stage.pool.post("/restart", &json!({})).await?;
    for _ in 0..2 {
        let is_down = |event: &SessionEvent| matches!(event, SessionEvent::Link(LinkState::Down { .. }));
        agent.expect("down", is_down).await?;
    }
    agent.expect("up again", |event| *event == SessionEvent::Link(LinkState::Up)).await?;
    goes_on(&stage, &mut agent, &chat, &expert).await?;
    agent.session.sign_out().await;
    Ok(())
}

/// The pool answers with `resync` to a place that is too old, and is in trouble when it is asked how
/// chats stand.
#[tokio::test]
async fn an_end_that_was_lost_is_found_also_in_trouble() -> Outcome {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let (old, left) = (agent.resume.clone(), SessionEvent::Left { chat: chat.clone() });
    stage.say(&expert, "goodbye").await?;
    agent.expect("goodbye", |event| matches!(event, SessionEvent::Message { .. })).await?;
    stage.leave(&expert).await?;
    agent.expect("the end", |event| *event == left).await?;
    let newest = agent.resume.clone();
    assert_ne!(newest, old);
    // The end is acknowledged by what is asked after it.
    agent.chat_with(&expert).await?;
    let (account, _) = agent.die();
    let trouble =
        json!({ "path": "communication/conversations", "method": "GET", "status": 503, "count": 1 });
    stage.pool.post("/trouble", &trouble).await?;
    let mut agent = Agent::start(&stage, account, old);
    agent.expect("the end of what the old place knew", |event| *event == left).await?;
    agent.session.sign_out().await;
    Ok(())
}
