//! The loop: input, domain, one transaction, board, effects.

use super::record::record;
use crate::engine::command::{Answer, Asked, Refused};
use crate::engine::commit::{NotStored, Stored};
use crate::engine::rules::Rules;
use crate::engine::shared::Shared;
use hookflash_domain::acd::{Acd, Command, News, Order, Outcome, Refusal};
use hookflash_domain::agent::Seat;
use hookflash_domain::routing::Abilities;
use hookflash_domain::{OfferId, Timestamp, UserId};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// Between two looks at who waits, also where what was decided could not be stored.
const LEAST_WAIT: Duration = Duration::from_millis(50);

/// What the ACD's mailbox takes.
pub(in crate::engine) enum AcdInput {
    /// An agent asks.
    Ask(Asked<Command>),
    /// A supervisor asks.
    Order(Asked<Order>),
    /// An agent's desk was opened: signs in where the agent is not at work. Nobody waits for it.
    DeskOpened(UserId),
    /// Something happened.
    News(News),
    /// The rules were read again.
    Rules(Arc<Rules>),
}

/// The state with which the task starts.
pub(in crate::engine) struct Start {
    pub(in crate::engine) seats: Vec<(UserId, Seat)>,
}

/// Runs until the engine stops.
pub(in crate::engine) async fn run(shared: Arc<Shared>, start: Start, mut mailbox: mpsc::Receiver<AcdInput>) {
    let mut acd = Acd::default();
    set_rules(&mut acd, &shared.rules());
    for (user, seat) in start.seats {
        shared.board.put_seat(user, seat.clone());
        acd.restore_seat(user, seat);
    }
    shared.tell_all_duties();
    loop {
        let input = tokio::select! {
            () = shared.stop.cancelled() => return,
            input = mailbox.recv() => input,
            () = come(acd.look_again_at()) => Some(AcdInput::News(News::LookAgain)),
        };
        match input {
            None => return,
            Some(AcdInput::Ask(asked)) => {
                let (user, command) = (asked.user, asked.command);
                let decide = |acd: &mut Acd| {
                    let outcome = acd.command(crate::clock::now(), user, command, &mut new_offer_id)?;
                    Ok((outcome, answer_of(acd, user)))
                };
                ask(&shared, &mut acd, asked, decide).await;
            }
            Some(AcdInput::Order(asked)) => {
                let (by, order) = (asked.user, asked.command);
                let decide = |acd: &mut Acd| {
                    Ok((acd.order(crate::clock::now(), by, order, &mut new_offer_id)?, json!({})))
                };
                ask(&shared, &mut acd, asked, decide).await;
            }
            Some(AcdInput::DeskOpened(user)) => desk_opened(&shared, &mut acd, user).await,
            Some(AcdInput::News(news)) => tell(&shared, &mut acd, news).await,
            Some(AcdInput::Rules(rules)) => {
                set_rules(&mut acd, &rules);
                // Who waits may find somebody by the new rules.
                tell(&shared, &mut acd, News::LookAgain).await;
                shared.publish_queues();
            }
        }
    }
}

/// Ends when the moment has come; where there is none, never.
async fn come(at: Option<Timestamp>) {
    let Some(at) = at else { return std::future::pending().await };
    let wait = Duration::from_millis(u64::try_from(at.since_ms(crate::clock::now())).unwrap_or_default());
    tokio::time::sleep(wait.max(LEAST_WAIT)).await;
}

/// Decides, stores, and takes the change back where it is not stored.
async fn ask<C>(
    shared: &Arc<Shared>,
    acd: &mut Acd,
    asked: Asked<C>,
    decide: impl FnOnce(&mut Acd) -> Result<(Outcome, Value), Refusal>,
) {
    let (outcome, answer) = match decide(acd) {
        Ok(decided) => decided,
        Err(refusal) => {
            acd.undo();
            let answer = shared.answer_or(asked.user, asked.command_id, refusal.into()).await;
            return asked.reply(answer);
        }
    };
    let writes = record(acd, &outcome, shared);
    match shared.commit_command(asked.user, asked.command_id, &answer, writes).await {
        Ok(()) => {
            acd.keep();
            shared.after_acd(acd, outcome);
            asked.reply(Ok(answer));
        }
        Err(not_stored) => {
            acd.undo();
            asked.reply(answer_not_stored(not_stored));
        }
    }
}

async fn desk_opened(shared: &Arc<Shared>, acd: &mut Acd, user: UserId) {
    match acd.command(crate::clock::now(), user, Command::SignIn, &mut new_offer_id) {
        Ok(outcome) => settle(shared, acd, outcome).await,
        Err(_) => acd.undo(),
    }
}

async fn tell(shared: &Arc<Shared>, acd: &mut Acd, news: News) {
    let outcome = acd.news(crate::clock::now(), news, &mut new_offer_id);
    settle(shared, acd, outcome).await;
}

async fn settle(shared: &Arc<Shared>, acd: &mut Acd, outcome: Outcome) {
    if outcome == Outcome::default() {
        return acd.keep();
    }
    // What is in doubt is taken as stored: seats are written whole, so the next write heals the row.
    if shared.commit_news(record(acd, &outcome, shared)).await == Stored::Dropped {
        return acd.undo();
    }
    acd.keep();
    shared.after_acd(acd, outcome);
}

fn set_rules(acd: &mut Acd, rules: &Rules) {
    let gone: Vec<_> =
        acd.queues().map(|(queue, _)| queue).filter(|queue| !rules.queues.contains_key(queue)).collect();
    for queue in gone {
        // Who waits in a queue that was switched off is still served by its last members.
        tracing::info!(%queue, "the queue takes no new interactions");
    }
    for (queue, settings) in &rules.queues {
        acd.set_queue(*queue, settings.rule.clone());
    }
    let abilities = rules.agent_abilities.iter();
    acd.set_abilities(abilities.map(|(user, abilities)| (*user, Abilities::clone(abilities))).collect());
}

/// An accepted offer is answered with its interaction, anything else with nothing.
fn answer_of(acd: &Acd, user: UserId) -> Value {
    use hookflash_domain::agent::AgentState;
    match acd.seat(user).map(|seat| seat.state) {
        Some(AgentState::Engaged { interaction }) => json!({ "interaction_id": interaction }),
        _ => json!({}),
    }
}

fn answer_not_stored(not_stored: NotStored) -> Answer {
    match not_stored {
        NotStored::Before(answer) => answer,
        NotStored::Refused(refused) | NotStored::Unknown(refused) => Err::<Value, Refused>(refused),
    }
}

fn new_offer_id() -> OfferId {
    OfferId(crate::ids::new_id())
}
