//! How invitations end.

use super::{
    Agent, Answer, Failure, Got, Stage,
    agent::{ensure, message, opening},
};
use crate::{Opening, SessionEvent};
use hookflash_domain::Importance;

pub(super) async fn accepted(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let question = opening("Tarif ändern", "Grüße & \"Fragen\" + 100%: https://example.com/?a=b&c=d");
    let chat = agent.session.invite(&expert, &question).await?;
    let wanted = SessionEvent::Accepted { chat: chat.clone() };
    agent.expect("accepted", |event| *event == wanted).await?;
    agent.expect_got(stage, &expert, "the opening", |got| got.texts == [question.text.clone()]).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn declined(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Decline).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.session.invite(&expert, &opening("Case 17", "Can you help?")).await?;
    agent
        .expect("declined", |event| matches!(event, SessionEvent::Declined { chat: id, .. } if *id == chat))
        .await?;
    let answered = |event: &SessionEvent| matches!(event, SessionEvent::Accepted { .. });
    ensure(!agent.seen.iter().any(answered), || "declined and accepted".to_owned())?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn offline(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Offline).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.session.invite(&expert, &opening("Case 17", "Can you help?")).await?;
    agent
        .expect(
            "unreachable",
            |event| matches!(event, SessionEvent::Unreachable { chat: id, .. } if *id == chat),
        )
        .await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn withdrawn(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Silent).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.session.invite(&expert, &opening("Case 17", "Can you help?")).await?;
    agent.expect_got(stage, &expert, "the invitation", |got| got.ringing == 1).await?;
    agent.leave(&chat, Some("Not needed any more")).await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Withdrawn { chat: id, elsewhere: false, .. } if *id == chat);
    agent.expect("withdrawn", is_it).await?;
    agent.expect_got(stage, &expert, "silence", |got| got.ringing == 0 && got.open == 0).await?;
    agent.leave(&chat, None).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn elsewhere(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Silent).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.session.invite(&expert, &opening("Case 17", "Can you help?")).await?;
    agent.expect_got(stage, &expert, "the invitation", |got| got.ringing == 1).await?;
    for _ in 0..2 {
        let opened = agent.session.open(&chat).await;
        ensure(opened.is_ok(), || format!("answered {opened:?}"))?;
    }
    agent.send(&chat, &message("thank you")).await?;
    let came = |got: &Got| got.texts.last().is_some_and(|text| text == "thank you");
    agent.expect_got(stage, &expert, "the message", came).await?;
    stage.say(&expert, "it is the limit").await?;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Message { chat: of, text, .. } if *of == chat && text == "it is the limit");
    agent.expect("the answer", is_it).await?;
    agent.leave(&chat, None).await?;
    let gone = agent.session.open(&chat).await;
    ensure(gone == Err(crate::ConnectorError::ChatGone), || format!("answered {gone:?}"))?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn rings_once(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Silent).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let question = opening("Case 17", "Can you help?");
    let chat = agent.session.invite(&expert, &question).await?;
    agent.expect_got(stage, &expert, "the invitation", |got| got.ringing == 1).await?;
    let again = agent.session.invite(&expert, &question).await?;
    ensure(chat == again, || format!("the same key gave {chat:?} and {again:?}"))?;
    let got = stage.got(&expert).await?;
    ensure(got.rings == 1, || format!("rang {} times", got.rings))?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn importance(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Silent).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let urgent = Opening { importance: Importance::Urgent, ..opening("Case 17", "Can you help?") };
    agent.session.invite(&expert, &urgent).await?;
    let shown = |got: &Got| got.ringing == 1 && got.importance == Importance::Urgent;
    agent.expect_got(stage, &expert, "an urgent invitation", shown).await?;
    agent.session.sign_out().await;
    Ok(())
}
