//! What survives the end of our process.

use super::{
    Agent, Answer, Failure, Stage,
    agent::{ensure, message, opening},
};
use crate::{ChatId, SessionEvent};

pub(super) async fn nothing_is_lost(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    let texts: Vec<String> = (1..=8).map(|number| format!("line {number}")).collect();
    let mut seen = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        agent.confirming = at % 2 == 1;
        stage.say(&expert, text).await?;
        let is_it =
            |event: &SessionEvent| matches!(event, SessionEvent::Message { text: got, .. } if got == text);
        let event = agent.expect(text, is_it).await?;
        let confirmed = agent.confirming;
        if confirmed {
            seen.extend(messages(&[event]));
            seen.extend(messages(&agent.seen));
        }
        if at % 2 == 0 {
            let (account, resume) = agent.die();
            agent = Agent::sign_in_as(stage, account, resume).await?;
            agent.session.adopt(std::slice::from_ref(&chat)).await?;
        }
    }
    seen.sort();
    seen.dedup();
    let got: Vec<_> = seen.iter().map(|(_, text)| text.clone()).collect();
    let mut sorted = got.clone();
    sorted.sort();
    ensure(sorted == texts, || format!("after restarts seen (once by id): {got:?}"))?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn dropped_comes_again(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    agent.chat_with(&expert).await?;
    agent.confirming = false;
    stage.say(&expert, "again").await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Message { text, .. } if text == "again");
    let first = agent.expect("the message", is_it).await?;
    agent.confirming = true;
    let second = agent.expect("the message again", is_it).await?;
    ensure(messages(std::slice::from_ref(&first)) == messages(std::slice::from_ref(&second)), || {
        format!("not the same: {first:?} and {second:?}")
    })?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn chat_goes_on(stage: &dyn Stage) -> Result<(), Failure> {
    let accepts = stage.expert(Answer::Accept).await?.id;
    let silent = stage.expert(Answer::Silent).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let open = agent.chat_with(&accepts).await?;
    let question = opening("Case 17", "Can you help?");
    let pending = agent.session.invite(&silent, &question).await?;
    agent.expect_got(stage, &silent, "the invitation", |got| got.ringing == 1).await?;
    let (account, resume) = agent.die();

    let mut agent = Agent::sign_in_as(stage, account, resume).await?;
    agent.session.adopt(&[open.clone(), pending.clone()]).await?;
    agent.send(&open, &message("still here")).await?;
    agent
        .expect_got(stage, &accepts, "a message after the restart", |got| {
            got.texts.last().is_some_and(|text| text == "still here")
        })
        .await?;
    let again = agent.session.invite(&silent, &question).await?;
    ensure(again == pending, || format!("the same key gave {pending:?} and {again:?}"))?;
    let got = stage.got(&silent).await?;
    ensure(got.ringing == 1, || format!("{} invitations ring", got.ringing))?;
    agent.leave(&pending, None).await?;
    let got = agent.expect_got(stage, &silent, "silence", |got| got.ringing == 0).await?;
    ensure(got.rings == 1, || format!("rang {} times", got.rings))?;
    agent.leave(&open, None).await?;
    agent.expect_got(stage, &accepts, "the end", |got| got.open == 0).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn unknown_is_left(stage: &dyn Stage) -> Result<(), Failure> {
    let mut agent = Agent::sign_in(stage).await?;
    let unknown = ChatId("0198c0de-0000-7000-8000-000000000000".to_owned());
    agent.session.adopt(std::slice::from_ref(&unknown)).await?;
    let wanted = SessionEvent::Left { chat: unknown };
    agent.expect("left", |event| *event == wanted).await?;
    agent.session.sign_out().await;
    Ok(())
}

fn messages(events: &[SessionEvent]) -> Vec<(String, String)> {
    let each = events.iter().filter_map(|event| match event {
        SessionEvent::Message { network_message_id, text, .. } => {
            Some((network_message_id.clone(), text.clone()))
        }
        _ => None,
    });
    each.collect()
}
