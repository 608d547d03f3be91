//! The agent's own list, and photos.

use super::{Agent, Answer, Failure, Stage, agent::ensure};
use crate::SessionEvent;
use hookflash_domain::PersonId;

pub(super) async fn told(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    let before = agent.session.favourites().await?;
    ensure(before.is_empty(), || format!("a fresh agent has {before:?}"))?;
    stage.add_favourite(&agent.account, &expert, "Tax").await?;
    changed_to(&mut agent, "the expert in a group", |all| {
        all.iter().any(|(id, groups)| *id == expert && groups == &["Tax"])
    })
    .await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn changed(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    for favourite in [true, false] {
        for _repeated in 0..2 {
            agent.session.set_favourite(&expert, favourite).await?;
        }
        let what = if favourite { "added" } else { "taken off" };
        changed_to(&mut agent, what, |all| all.iter().any(|(id, _)| *id == expert) == favourite).await?;
    }
    agent.session.sign_out().await;
    Ok(())
}

/// Waits for the event and asks again, until the list is as wanted.
async fn changed_to(
    agent: &mut Agent,
    what: &str,
    wanted: impl Fn(&[(PersonId, Vec<String>)]) -> bool,
) -> Result<(), Failure> {
    loop {
        agent.expect(what, |event| *event == SessionEvent::FavouritesChanged).await?;
        let all = agent.session.favourites().await?;
        let all: Vec<_> = all.into_iter().map(|one| (one.person.id, one.groups)).collect();
        if wanted(&all) {
            return Ok(());
        }
    }
}

pub(super) async fn photo(stage: &dyn Stage) -> Result<(), Failure> {
    let [with, without] = stage.with_and_without_photo().await?;
    let agent = Agent::sign_in(stage).await?;
    let photo = agent.session.photo(&with, 64).await?;
    ensure(photo.is_some_and(|photo| !photo.bytes.is_empty()), || "no photo".to_owned())?;
    let none = agent.session.photo(&without, 64).await?;
    ensure(none.is_none(), || format!("a photo of somebody without: {none:?}"))?;
    agent.session.sign_out().await;
    Ok(())
}
