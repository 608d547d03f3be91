//! A pool that answers after 5 s, which our time-outs allow, and one that is slower still. Both are scaled
//! down to a tenth, the pool's answers as our time-outs.

use crate::stage::PoolStage;
use hookflash_connectors::{
    ConnectorError, LinkState, Outgoing, SessionEvent,
    conformance::{Agent, Answer, Failure, Got, Stage},
    skype::SkypeConfig,
};
use hookflash_domain::{MessageId, Presence};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

type Outcome = Result<(), Failure>;

fn a_tenth(config: &mut SkypeConfig) {
    config.timing.command /= 10;
    config.timing.call_wait = Duration::from_secs(3);
}

fn message(number: u128, text: &str) -> Outgoing {
    Outgoing { key: MessageId(Uuid::from_u128(number)), text: text.to_owned() }
}

#[tokio::test]
async fn all_goes_on_with_answers_after_five_seconds() -> Outcome {
    let mut stage = PoolStage::start(&[]).await;
    stage.adjust = a_tenth;
    stage.pool.post("/trouble", &json!({ "seconds": 600, "delay_ms": 500 })).await?;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    agent.session.watch(std::slice::from_ref(&expert)).await?;
    let chat = agent.chat_with(&expert).await?;
    for (number, text) in ["first", "second"].into_iter().enumerate() {
        agent.send(&chat, &message(number as u128, text)).await?;
    }
    let both = |got: &Got| got.texts.iter().skip(1).eq(["first", "second"]);
    agent.expect_got(&stage, &expert, "both once, in order", both).await?;
    stage.say(&expert, "an answer").await?;
    let answer =
        |event: &SessionEvent| matches!(event, SessionEvent::Message { text, .. } if text == "an answer");
    agent.expect("the answer", answer).await?;
    stage.set_presence(&expert, Presence::DoNotDisturb).await?;
    let shown = |event: &SessionEvent| matches!(event, SessionEvent::Presence { report, .. } if report.presence == Presence::DoNotDisturb);
    agent.expect("the presence", shown).await?;
    let is_down = |event: &SessionEvent| matches!(event, SessionEvent::Link(LinkState::Down { .. }));
    assert!(!agent.seen.iter().any(is_down), "{:?}", agent.seen);
    agent.session.sign_out().await;
    Ok(())
}

/// The pool takes the message, and answers when nobody waits any more.
#[tokio::test]
async fn an_answer_after_the_time_out_doubles_nothing() -> Outcome {
    let mut stage = PoolStage::start(&[]).await;
    stage.adjust = a_tenth;
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(&stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let slow = json!({ "path": "messaging/messages", "method": "POST", "delay_ms": 2_500, "count": 1 });
    stage.pool.post("/trouble", &slow).await?;
    let refused = agent.session.send(&chat, &message(1, "first")).await;
    assert!(matches!(refused, Err(ConnectorError::TryLater { .. })), "{refused:?}");
    agent.send(&chat, &message(1, "first")).await?;
    agent.send(&chat, &message(2, "second")).await?;
    let both = |got: &Got| got.texts.iter().skip(1).eq(["first", "second"]);
    agent.expect_got(&stage, &expert, "both once, in order", both).await?;
    agent.session.sign_out().await;
    Ok(())
}
