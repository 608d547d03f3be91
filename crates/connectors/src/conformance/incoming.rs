//! Chats that experts start.

use super::{
    Agent, Answer, Failure, Stage,
    agent::{ensure, message},
};
use crate::{ChatId, SessionEvent};
use hookflash_domain::PersonId;

pub(super) async fn taken(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    stage.start_chat(&expert, &agent.account, "Hi + hello?").await?;
    let chat = incoming(&mut agent, &expert).await?;
    agent.session.accept(&chat).await?;
    let wanted = SessionEvent::Accepted { chat: chat.clone() };
    agent.expect("accepted", |event| *event == wanted).await?;
    let is_message = |event: &SessionEvent| matches!(event, SessionEvent::Message { .. });
    let first = agent.expect("its first message", is_message).await?;
    let right = matches!(&first, SessionEvent::Message { text, .. } if text.trim_end() == "Hi + hello?");
    ensure(right, || format!("first message {first:?}"))?;
    agent.send(&chat, &message("Hello")).await?;
    agent
        .expect_got(stage, &expert, "the reply", |got| got.texts.last().is_some_and(|text| text == "Hello"))
        .await?;
    let again = agent.seen.iter().any(is_message);
    ensure(!again, || "the first message came twice".to_owned())?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn refused(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    stage.start_chat(&expert, &agent.account, "Hi").await?;
    let chat = incoming(&mut agent, &expert).await?;
    agent.session.decline(&chat, Some("I am on a call")).await?;
    agent.expect_got(stage, &expert, "a refusal", |got| got.declined == 1 && got.open == 0).await?;
    let late = agent.session.accept(&chat).await;
    ensure(late.is_err(), || "accepted after a refusal".to_owned())?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn missed(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    stage.start_chat(&expert, &agent.account, "Hi").await?;
    let chat = incoming(&mut agent, &expert).await?;
    stage.leave(&expert).await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Missed { chat: id, .. } if *id == chat);
    agent.expect("missed", is_it).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn answered_elsewhere(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    stage.other_client_answers(&agent.account).await?;
    stage.start_chat(&expert, &agent.account, "Hi").await?;
    let chat = incoming(&mut agent, &expert).await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Withdrawn { chat: id, elsewhere: true, .. } if *id == chat);
    agent.expect("answered elsewhere", is_it).await?;
    let late = agent.session.accept(&chat).await;
    ensure(late.is_err(), || "accepted after the other client had".to_owned())?;
    agent.session.sign_out().await;
    Ok(())
}

async fn incoming(agent: &mut Agent, expert: &PersonId) -> Result<ChatId, Failure> {
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Incoming { .. });
    match agent.expect("an incoming chat", is_it).await? {
        SessionEvent::Incoming { chat, from, .. } if from.id == *expert => Ok(chat),
        other => Err(Failure(format!("not from {expert:?}: {other:?}"))),
    }
}
