//! In an open chat.

use super::{
    Agent, Answer, Failure, Stage,
    agent::{ensure, message},
};
use crate::{ChatId, ConnectorError, SessionEvent};

/// Texts that encodings get wrong.
const TEXTS: [&str; 5] = [
    "Hello & welcome + 100% <b>sure</b>;",
    "Grüße aus Köln: 日本語, עברית, 😀",
    "two\nlines",
    "https://example.com/a?b=c&d=%20#e",
    "data:text/plain,x 'quoted' \"twice\" \\ back",
];

pub(super) async fn both_ways(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    for text in TEXTS {
        agent.send(&chat, &message(text)).await?;
    }
    let all = |got: &super::Got| got.texts.iter().skip(1).map(String::as_str).eq(TEXTS);
    agent.expect_got(stage, &expert, "five messages in order", all).await?;
    for text in TEXTS {
        stage.say(&expert, text).await?;
    }
    let mut ids = Vec::new();
    for wanted in TEXTS {
        let is_message = |event: &SessionEvent| matches!(event, SessionEvent::Message { .. });
        let event = agent.expect(wanted, is_message).await?;
        let SessionEvent::Message { chat: of, network_message_id, from, text, .. } = event else {
            continue;
        };
        ensure(text == wanted, || format!("expected {wanted:?}, got {text:?}"))?;
        ensure(of == chat && from == expert, || format!("from {from:?} in {of:?}"))?;
        ensure(!ids.contains(&network_message_id), || format!("{network_message_id} twice"))?;
        ids.push(network_message_id);
    }
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn sent_once(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let first = message("once");
    agent.send(&chat, &first).await?;
    agent.send(&chat, &first).await?;
    agent.send(&chat, &message("twice")).await?;
    let got = agent
        .expect_got(stage, &expert, "both messages", |got| got.texts.iter().any(|text| text == "twice"))
        .await?;
    ensure(got.texts.iter().skip(1).eq(["once", "twice"]), || format!("got {:?}", got.texts))?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn too_long(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let limit = stage.connector().capabilities().longest_message;
    let refused = agent.session.send(&chat, &message(&"x".repeat(limit + 1))).await;
    ensure(refused == Err(ConnectorError::TooLong { limit }), || format!("answered {refused:?}"))?;
    let longest = "y".repeat(limit);
    agent.send(&chat, &message(&longest)).await?;
    // It may come in parts.
    let whole =
        |got: &super::Got| got.texts.iter().skip(1).map(String::as_str).collect::<String>() == longest;
    agent.expect_got(stage, &expert, "the longest message", whole).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn delivered(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let sent = message("Hello");
    agent.send(&chat, &sent).await?;
    let wanted = SessionEvent::Delivered { chat: chat.clone(), key: sent.key };
    agent.expect("delivered", |event| *event == wanted).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn lost(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    stage.lose_next(&expert).await?;
    let sent = message("lost");
    agent.send(&chat, &sent).await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Failed { chat: id, key, .. } if *id == chat && *key == sent.key);
    agent.expect("not delivered", is_it).await?;
    agent.send(&chat, &message("not lost")).await?;
    let only = |got: &super::Got| got.texts.iter().skip(1).eq(["not lost"]);
    agent.expect_got(stage, &expert, "the next message only", only).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn kept(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    agent.send(&chat, &message("Which form?")).await?;
    stage.say(&expert, "Form 17").await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Message { .. });
    agent.expect("an answer", is_it).await?;
    agent.leave(&chat, None).await?;
    expect_left(&mut agent, &chat).await?;
    let earlier = agent.session.history(&expert, 2).await?;
    let told: Vec<_> = earlier.iter().map(|message| (message.own, message.text.trim_end())).collect();
    ensure(told == [(true, "Which form?"), (false, "Form 17")], || format!("earlier: {earlier:?}"))?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn sends_typing(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.watching_expert().await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    agent.session.typing(&chat).await;
    agent.expect_got(stage, &expert, "typing", |got| got.typed > 0).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn sees_typing(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    agent.session.typing(&chat).await;
    stage.types(&expert).await?;
    let wanted = SessionEvent::Typing { chat: chat.clone(), typing: true };
    agent.expect("typing", |event| *event == wanted).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn expert_leaves(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    stage.leave(&expert).await?;
    expect_left(&mut agent, &chat).await?;
    let late = agent.session.send(&chat, &message("too late")).await;
    ensure(late == Err(ConnectorError::ChatGone), || format!("a late message: {late:?}"))?;
    agent.leave(&chat, Some("bye")).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn agent_leaves(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    agent.leave(&chat, Some("Thank you!")).await?;
    agent
        .expect_got(stage, &expert, "farewell and end", |got| {
            got.open == 0 && got.texts.last().is_some_and(|text| text == "Thank you!")
        })
        .await?;
    expect_left(&mut agent, &chat).await?;
    agent.session.sign_out().await;
    Ok(())
}

async fn expect_left(agent: &mut Agent, chat: &ChatId) -> Result<(), Failure> {
    let wanted = SessionEvent::Left { chat: chat.clone() };
    agent.expect("left", |event| *event == wanted).await.map(|_| ())
}
