//! Search and presence.

use super::{Agent, Answer, Failure, Stage, agent::ensure};
use crate::SessionEvent;
use hookflash_domain::{PersonId, Presence};

pub(super) async fn search_finds(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?;
    let agent = Agent::sign_in(stage).await?;
    let begin: String = expert.name.chars().take(3).collect();
    for text in [expert.name.clone(), begin.to_lowercase()] {
        let found = agent.session.search(&text, 100).await?;
        let known = found.iter().any(|person| person.id == expert.id && person.name == expert.name);
        ensure(known, || format!("search {text:?} did not find {expert:?} in {found:?}"))?;
    }
    let one = agent.session.search(&begin, 1).await?;
    ensure(one.len() == 1, || format!("a limit of 1 gave {one:?}"))?;
    let none = agent.session.search("zzqx-nobody", 10).await?;
    ensure(none.is_empty(), || format!("nobody was found as {none:?}"))?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn search_survives(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?;
    let agent = Agent::sign_in(stage).await?;
    for text in ["x".repeat(10_000), "\u{0}\"<&;%2e\u{202e}".to_owned(), String::new()] {
        // Refused or empty are both right; what counts is that the session lives on.
        let _ = agent.session.search(&text, 10).await;
    }
    let found = agent.session.search(&expert.name, 10).await?;
    ensure(!found.is_empty(), || "search finds nobody after bad queries".to_owned())?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn presence_is_told(stage: &dyn Stage) -> Result<(), Failure> {
    let first = stage.expert(Answer::Accept).await?.id;
    let second = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    agent.session.watch(std::slice::from_ref(&first)).await?;
    expect_presence(&mut agent, &first, Presence::Available).await?;
    stage.set_presence(&first, Presence::Busy).await?;
    expect_presence(&mut agent, &first, Presence::Busy).await?;
    stage.set_presence(&second, Presence::DoNotDisturb).await?;
    agent.session.watch(&[first.clone(), second.clone()]).await?;
    expect_presence(&mut agent, &second, Presence::DoNotDisturb).await?;
    agent.session.watch(std::slice::from_ref(&second)).await?;
    stage.set_presence(&second, Presence::Available).await?;
    expect_presence(&mut agent, &second, Presence::Available).await?;
    agent.session.sign_out().await;
    Ok(())
}

async fn expect_presence(agent: &mut Agent, expert: &PersonId, wanted: Presence) -> Result<(), Failure> {
    let what = format!("{wanted:?} of {expert:?}");
    let is_it = |event: &SessionEvent| {
        matches!(event, SessionEvent::Presence { person, report }
            if person == expert && report.presence == wanted)
    };
    agent.expect(&what, is_it).await.map(|_| ())
}
