//! What others see of the agent.

use super::{Agent, Failure, Stage};
use crate::OwnPresence;
use hookflash_domain::Presence;
use std::time::Duration;

/// How often a presence that must not change is looked at.
const LOOKS: usize = 15;

pub(super) async fn in_a_call(stage: &dyn Stage) -> Result<(), Failure> {
    let mut agent = Agent::sign_in(stage).await?;
    agent.session.set_presence(OwnPresence::Available).await?;
    expect(stage, &mut agent, "available", |shown| shown == Presence::Available).await?;
    agent.session.set_presence(OwnPresence::InACall).await?;
    expect(stage, &mut agent, "engaged", is_engaged).await?;
    agent.session.set_presence(OwnPresence::Automatic).await?;
    expect(stage, &mut agent, "available again", |shown| shown == Presence::Available).await?;
    agent.session.sign_out().await;
    Ok(())
}

pub(super) async fn undisturbed(stage: &dyn Stage) -> Result<(), Failure> {
    let mut agent = Agent::sign_in(stage).await?;
    let is_undisturbed = |shown| shown == Presence::DoNotDisturb;
    stage.choose_presence(&agent.account, Presence::DoNotDisturb).await?;
    expect(stage, &mut agent, "do not disturb", is_undisturbed).await?;
    for presence in [OwnPresence::InACall, OwnPresence::Automatic] {
        agent.session.set_presence(presence).await?;
        for _ in 0..LOOKS {
            expect(stage, &mut agent, "do not disturb, still", is_undisturbed).await?;
            take_a_moment(&mut agent).await;
        }
    }
    stage.choose_presence(&agent.account, Presence::Available).await?;
    agent.session.set_presence(OwnPresence::InACall).await?;
    expect(stage, &mut agent, "engaged", is_engaged).await?;
    agent.session.sign_out().await;
    Ok(())
}

fn is_engaged(shown: Presence) -> bool {
    matches!(shown, Presence::Busy | Presence::InACall)
}

async fn expect(
    stage: &dyn Stage,
    agent: &mut Agent,
    what: &str,
    wanted: impl Fn(Presence) -> bool,
) -> Result<(), Failure> {
    let found = tokio::time::timeout(super::agent::LIMIT, async {
        loop {
            if wanted(stage.agent_presence(&agent.account).await?) {
                return Ok(());
            }
            take_a_moment(agent).await;
        }
    });
    match found.await {
        Ok(outcome) => outcome,
        Err(_) => Err(Failure(format!("the agent was not shown as: {what}"))),
    }
}

async fn take_a_moment(agent: &mut Agent) {
    // Others' view has no event to wait for.
    let _ = tokio::time::timeout(Duration::from_millis(20), agent.receive()).await;
}
