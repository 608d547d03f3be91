//! Connection and sign-in.

use super::{
    Agent, Answer, Failure, Stage,
    agent::{ensure, message},
};
use crate::{ConnectorError, LinkState, Page, SessionEvent, Trouble, TroubleCode};

pub(super) async fn cut_heals(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let chat = agent.chat_with(&expert).await?;
    stage.cut(true).await;
    let healed = during_cut(stage, &mut agent, &chat, &expert).await;
    stage.cut(false).await;
    let kept = healed?;
    agent.expect("link up", |event| *event == SessionEvent::Link(LinkState::Up)).await?;
    agent.send(&chat, &kept).await?;
    agent.expect_got(stage, &expert, "the kept message", |got| got.texts.last() == Some(&kept.text)).await?;
    let is_it =
        |event: &SessionEvent| matches!(event, SessionEvent::Message { text, .. } if text == "hello?");
    agent.expect("what was said meanwhile", is_it).await?;
    ensure(!agent.seen.iter().any(is_it), || "said once, seen twice".to_owned())?;
    agent.session.sign_out().await;
    Ok(())
}

async fn during_cut(
    stage: &dyn Stage,
    agent: &mut Agent,
    chat: &crate::ChatId,
    expert: &hookflash_domain::PersonId,
) -> Result<crate::Outgoing, Failure> {
    let is_down = |event: &SessionEvent| matches!(event, SessionEvent::Link(LinkState::Down { .. }));
    agent.expect("link down", is_down).await?;
    stage.say(expert, "hello?").await?;
    let kept = message("kept");
    let refused = agent.session.send(chat, &kept).await;
    let later = matches!(refused, Err(ConnectorError::TryLater { .. }));
    ensure(later, || format!("a send during the cut answered {refused:?}"))?;
    Ok(kept)
}

pub(super) async fn wrong_password(stage: &dyn Stage) -> Result<(), Failure> {
    let Some(account) = stage.wrong_password().await else {
        return Ok(());
    };
    let mut agent = Agent::start(stage, account, None);
    let is_it = |event: &SessionEvent| {
        let code = TroubleCode::WrongPassword;
        matches!(event, SessionEvent::Link(LinkState::SignedOut { trouble: Some(Trouble { code: c, .. }) })
            if *c == code)
    };
    agent.expect("wrong password", is_it).await?;
    agent.expect_end().await?;
    let refused = agent.session.search("a", Page::first(1)).await;
    ensure(refused == Err(ConnectorError::NotSignedIn), || format!("a search answered {refused:?}"))
}

pub(super) async fn sign_out(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    agent.chat_with(&expert).await?;
    agent.session.sign_out().await;
    let is_it = |event: &SessionEvent| matches!(event, SessionEvent::Link(LinkState::SignedOut { .. }));
    agent.expect("signed out", is_it).await?;
    agent.expect_end().await?;
    agent.expect_got(stage, &expert, "the end of the chat", |got| got.open == 0).await?;
    let refused = agent.session.search("a", Page::first(1)).await;
    ensure(refused == Err(ConnectorError::NotSignedIn), || format!("a search answered {refused:?}"))
}
