//! Presence of people as desks name them.

use crate::stage::PoolStage;
use hookflash_connectors::{
    SessionEvent,
    conformance::{Agent, Answer, Failure, Stage},
};
use hookflash_domain::{PersonId, Presence};

async fn is_shown(agent: &mut Agent, person: &PersonId, wanted: Presence) -> Result<(), Failure> {
    let is_it = |event: &SessionEvent| {
        matches!(event, SessionEvent::Presence { person: who, report }
            if who == person && report.presence == wanted)
    };
    agent.expect(&format!("{wanted:?} of {}", person.address), is_it).await.map(|_| ())
}

#[tokio::test]
async fn a_person_is_watched_under_every_spelling_of_the_address() -> Result<(), Failure> {
    let stage = PoolStage::start(&[]).await;
    let expert = stage.expert(Answer::Accept).await?.id;
    let bare = expert.address.trim_start_matches("sip:");
    let named = |address: &str| PersonId { address: address.to_owned(), ..expert.clone() };
    let mut all = vec![named(bare), named(&format!("SIP:{}", bare.to_uppercase()))];
    let mut agent = Agent::sign_in(&stage).await?;
    agent.session.watch(&all).await?;
    for person in &all {
        is_shown(&mut agent, person, Presence::Available).await?;
    }
    // One more name for somebody who is watched already.
    all.push(expert.clone());
    agent.session.watch(&all).await?;
    is_shown(&mut agent, &expert, Presence::Available).await?;
    stage.set_presence(&expert, Presence::DoNotDisturb).await?;
    for person in &all {
        is_shown(&mut agent, person, Presence::DoNotDisturb).await?;
    }
    agent.session.sign_out().await;
    Ok(())
}
