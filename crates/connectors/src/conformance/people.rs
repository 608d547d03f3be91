//! Search and presence.

use super::{Agent, Answer, Failure, Stage, agent::ensure};
use crate::{Found, Page, SessionEvent};
use hookflash_domain::{PersonId, Presence, PresenceReport};

pub(super) async fn search_finds(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?;
    let agent = Agent::sign_in(stage).await?;
    let begin: String = expert.name.chars().take(3).collect();
    for text in [expert.name.clone(), begin.to_lowercase()] {
        let found = agent.session.search(&text, Page::first(100)).await?;
        let known = found.people.iter().any(|person| person.id == expert.id && person.name == expert.name);
        ensure(known, || format!("search {text:?} did not find {expert:?} in {found:?}"))?;
    }
    let one = agent.session.search(&begin, Page::first(1)).await?;
    ensure(one.people.len() == 1, || format!("a limit of 1 gave {one:?}"))?;
    let none = agent.session.search("zzqx-nobody", Page::first(10)).await?;
    ensure(none == Found::default(), || format!("nobody was found as {none:?}"))?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn search_survives(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?;
    let agent = Agent::sign_in(stage).await?;
    for text in ["x".repeat(10_000), "\u{0}\"<&;%2e\u{202e}".to_owned(), String::new()] {
        // Refused or empty are both right; what counts is that the session lives on.
        let _ = agent.session.search(&text, Page::first(10)).await;
    }
    let found = agent.session.search(&expert.name, Page::first(10)).await?;
    ensure(!found.people.is_empty(), || "search finds nobody after bad queries".to_owned())?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn search_pages(stage: &dyn Stage) -> Result<(), Failure> {
    let (first, second) = (stage.expert(Answer::Accept).await?.id, stage.expert(Answer::Accept).await?.id);
    let agent = Agent::sign_in(stage).await?;
    let bare = |id: &PersonId| id.address.trim_start_matches("sip:").to_owned();
    let (left, right) = (bare(&first), bare(&second));
    let both = left.chars().zip(right.chars()).take_while(|(left, right)| left == right);
    let text: String = both.map(|(letter, _)| letter).collect();
    let mut page = Page::first(1);
    let mut seen: Vec<PersonId> = Vec::new();
    for _ in 0..2 {
        let found = agent.session.search(&text, page).await?;
        let [person] = found.people.as_slice() else {
            return Err(Failure(format!("a page of 1 for {text:?} gave {found:?}")));
        };
        ensure(!seen.contains(&person.id), || format!("{:?} is on two pages", person.id))?;
        seen.push(person.id.clone());
        if seen.len() == 1 {
            let next = found.next.ok_or_else(|| Failure(format!("no next page in {found:?}")))?;
            ensure(found.more, || "a next page, but no more".to_owned())?;
            page.skip = next;
        }
    }
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn presence_is_told(stage: &dyn Stage) -> Result<(), Failure> {
    let first = stage.expert(Answer::Accept).await?.id;
    let second = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    agent.session.watch(std::slice::from_ref(&first)).await?;
    expect_presence(&mut agent, &first, Presence::Available).await?;
    let occupied = stage.occupied();
    stage.set_presence(&first, occupied).await?;
    let busy = expect_presence(&mut agent, &first, occupied).await?;
    ensure(busy.since.is_some(), || "a change has no beginning".to_owned())?;
    stage.set_presence(&second, Presence::DoNotDisturb).await?;
    agent.session.watch(&[first.clone(), second.clone()]).await?;
    expect_presence(&mut agent, &second, Presence::DoNotDisturb).await?;
    agent.session.watch(std::slice::from_ref(&second)).await?;
    stage.set_presence(&second, Presence::Available).await?;
    expect_presence(&mut agent, &second, Presence::Available).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn note_is_told(stage: &dyn Stage) -> Result<(), Failure> {
    let expert = stage.expert(Answer::Accept).await?.id;
    let mut agent = Agent::sign_in(stage).await?;
    agent.session.watch(std::slice::from_ref(&expert)).await?;
    stage.set_note(&expert, "In Köln until Friday").await?;
    let is_it = |event: &SessionEvent| {
        matches!(event, SessionEvent::Presence { person, report }
            if *person == expert && report.note.as_ref().is_some_and(|note| note.text == "In Köln until Friday"))
    };
    agent.expect("a note", is_it).await?;
    agent.session.sign_out().await;
    Ok(())
}

async fn expect_presence(
    agent: &mut Agent,
    expert: &PersonId,
    wanted: Presence,
) -> Result<PresenceReport, Failure> {
    let what = format!("{wanted:?} of {expert:?}");
    let is_it = |event: &SessionEvent| {
        matches!(event, SessionEvent::Presence { person, report }
            if person == expert && report.presence == wanted)
    };
    match agent.expect(&what, is_it).await? {
        SessionEvent::Presence { report, .. } => Ok(report),
        other => Err(Failure(format!("{other:?} is no presence"))),
    }
}
