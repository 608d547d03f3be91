//! Chats that experts start with a team.

use super::{
    Agent, Answer, Failure, Stage,
    agent::{ensure, message},
};
use crate::{ChatId, Duty, SessionEvent, Team};
use hookflash_domain::PersonId;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(super) async fn first_has_it(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let team = team(stage);
    let (mut first, mut second) = (on_duty(stage, &team, true).await?, on_duty(stage, &team, true).await?);
    stage.write_to_team(&expert, &team, "Hi + hello?").await?;
    let (late, chat) =
        (incoming(&mut first, &expert, &team).await?, incoming(&mut second, &expert, &team).await?);
    second.session.accept(&chat).await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Withdrawn { chat, elsewhere: true, .. } if *chat == late);
    first.expect("taken by another", is_it).await?;
    let accepted = first.session.accept(&late).await;
    ensure(accepted.is_err(), || "accepted after another agent had".to_owned())?;
    let wanted = SessionEvent::Accepted { chat: chat.clone() };
    second.expect("accepted", |event| *event == wanted).await?;
    expect_said(&mut second, &chat, "Hi + hello?").await?;
    second.send(&chat, &message("Hello")).await?;
    expect_last(&mut second, stage, &expert, "Hello").await?;
    stage.say(&expert, "One more thing").await?;
    expect_said(&mut second, &chat, "One more thing").await?;
    let strays = first.seen.iter().filter(|event| is_message(event)).count();
    ensure(strays == 0, || "the other agent reads along".to_owned())?;
    second.leave(&chat, Some("Bye")).await?;
    let got = expect_last(&mut second, stage, &expert, "Bye").await?;
    ensure(got.open == 0 && got.declined == 0, || format!("at the end {got:?}"))?;
    first.session.sign_out().await;
    second.session.sign_out().await;
    Ok(())
}

pub(super) async fn last_declines(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let team = team(stage);
    let (mut first, mut second) = (on_duty(stage, &team, true).await?, on_duty(stage, &team, true).await?);
    stage.write_to_team(&expert, &team, "Hi").await?;
    let (one, other) =
        (incoming(&mut first, &expert, &team).await?, incoming(&mut second, &expert, &team).await?);
    first.session.decline(&one, None).await?;
    let late = first.session.accept(&one).await;
    ensure(late.is_err(), || "accepted after a refusal".to_owned())?;
    let got = stage.got(&expert).await?;
    ensure(got.declined == 0, || "refused while another agent is asked".to_owned())?;
    second.session.decline(&other, None).await?;
    let got = second.expect_got(stage, &expert, "a refusal", |got| got.declined > 0 && got.open == 0).await?;
    ensure(got.declined == 1, || format!("refused {} times", got.declined))?;
    first.session.sign_out().await;
    second.session.sign_out().await;
    Ok(())
}

pub(super) async fn free_first(stage: &dyn Stage) -> Result<(), Failure> {
    let (expert, another) = (stage.expert(Answer::Accept).await?.id, stage.expert(Answer::Accept).await?.id);
    let team = team(stage);
    let (mut free, mut busy) = (on_duty(stage, &team, true).await?, on_duty(stage, &team, false).await?);
    stage.write_to_team(&expert, &team, "Hi").await?;
    let chat = incoming(&mut free, &expert, &team).await?;
    free.session.accept(&chat).await?;
    free.session.answer_for(&duty(&team, false)).await?;
    stage.write_to_team(&another, &team, "Hello").await?;
    incoming(&mut free, &another, &team).await?;
    let chat = incoming(&mut busy, &another, &team).await?;
    let is_ring = |event: &&SessionEvent| matches!(event, SessionEvent::Incoming { .. });
    ensure(busy.seen.iter().filter(is_ring).count() == 0, || "rang who had no time".to_owned())?;
    // Who becomes free while it rings elsewhere is rung too.
    busy.session.decline(&chat, None).await?;
    let mut third = on_duty(stage, &team, true).await?;
    incoming(&mut third, &another, &team).await?;
    free.session.sign_out().await;
    busy.session.sign_out().await;
    third.session.sign_out().await;
    Ok(())
}

pub(super) async fn left_the_team(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let team = team(stage);
    let mut agent = on_duty(stage, &team, true).await?;
    stage.write_to_team(&expert, &team, "Hi").await?;
    let chat = incoming(&mut agent, &expert, &team).await?;
    agent.session.answer_for(&[]).await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Missed { chat: id, .. } if *id == chat);
    agent.expect("missed", is_it).await?;
    let got = agent.expect_got(stage, &expert, "a refusal", |got| got.declined > 0 && got.open == 0).await?;
    ensure(got.declined == 1, || format!("refused {} times", got.declined))?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn given_up(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let team = team(stage);
    let mut agents = [on_duty(stage, &team, true).await?, on_duty(stage, &team, true).await?];
    stage.write_to_team(&expert, &team, "Hi").await?;
    let mut chats = Vec::new();
    for agent in &mut agents {
        chats.push(incoming(agent, &expert, &team).await?);
    }
    for _ in &agents {
        // A stage that knows of two chats leaves one at a time.
        let _ = stage.leave(&expert).await;
    }
    for (agent, chat) in agents.iter_mut().zip(chats) {
        let is_it =
            |event: &SessionEvent| matches!(event, SessionEvent::Missed { chat: id, .. } if *id == chat);
        agent.expect("missed", is_it).await?;
        agent.session.sign_out().await;
    }
    Ok(())
}

pub(super) async fn goes_on(stage: &dyn Stage) -> Result<(), Failure> {
    let (expert, another) = (stage.expert(Answer::Accept).await?.id, stage.expert(Answer::Accept).await?.id);
    let team = team(stage);
    let mut agent = on_duty(stage, &team, true).await?;
    stage.write_to_team(&expert, &team, "Hi").await?;
    let open = incoming(&mut agent, &expert, &team).await?;
    agent.session.accept(&open).await?;
    expect_said(&mut agent, &open, "Hi").await?;
    stage.write_to_team(&another, &team, "Anybody?").await?;
    let rings = incoming(&mut agent, &another, &team).await?;
    agent.send(&open, &message("Hello")).await?;
    expect_last(&mut agent, stage, &expert, "Hello").await?;
    let (account, resume) = agent.die();

    let mut agent = Agent::sign_in_as(stage, account, resume).await?;
    agent.session.adopt(&[open.clone(), rings.clone()]).await?;
    stage.say(&expert, "Are you still there?").await?;
    expect_said(&mut agent, &open, "Are you still there?").await?;
    agent.session.accept(&rings).await?;
    expect_said(&mut agent, &rings, "Anybody?").await?;
    agent.send(&rings, &message("Yes")).await?;
    expect_last(&mut agent, stage, &another, "Yes").await?;
    agent.session.sign_out().await;
    Ok(())
}

/// A fresh team that experts can write to.
fn team(stage: &dyn Stage) -> String {
    static NUMBERED: AtomicUsize = AtomicUsize::new(1);
    let address = format!("team-{}", NUMBERED.fetch_add(1, Ordering::Relaxed));
    stage.connector().set_teams(&[Team { address: address.clone(), name: "Mortgages".to_owned() }]);
    address
}

fn duty(team: &str, free: bool) -> [Duty; 1] {
    [Duty { team: team.to_owned(), free }]
}

async fn on_duty(stage: &dyn Stage, team: &str, free: bool) -> Result<Agent, Failure> {
    let agent = Agent::sign_in(stage).await?;
    agent.session.answer_for(&duty(team, free)).await?;
    Ok(agent)
}

async fn incoming(agent: &mut Agent, expert: &PersonId, to: &str) -> Result<ChatId, Failure> {
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Incoming { .. });
    match agent.expect("an incoming chat", is_it).await? {
        SessionEvent::Incoming { chat, from, team: Some(team), .. } if from.id == *expert && team == to => {
            Ok(chat)
        }
        other => Err(Failure(format!("not from {expert:?} to {to}: {other:?}"))),
    }
}

fn is_message(event: &SessionEvent) -> bool {
    matches!(event, SessionEvent::Message { .. })
}

async fn expect_said(agent: &mut Agent, chat: &ChatId, text: &str) -> Result<(), Failure> {
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Message { chat: id, text: said, .. } if id == chat && said.trim_end() == text);
    agent.expect(text, is_it).await.map(drop)
}

async fn expect_last(
    agent: &mut Agent,
    stage: &dyn Stage,
    expert: &PersonId,
    text: &str,
) -> Result<super::Got, Failure> {
    let is_it = |got: &super::Got| got.texts.last().is_some_and(|last| last == text);
    agent.expect_got(stage, expert, text, is_it).await
}
