//! The loop: input, domain, one transaction, board and desk, effects.

use super::record::{event_rows, row};
use crate::engine::command::Asked;
use crate::engine::commit::{NotStored, Stored};
use crate::engine::shared::Shared;
use hookflash_domain::InteractionId;
use hookflash_domain::figures::{Target, of_interaction};
use hookflash_domain::interaction::{Command, Event, Interaction, News, Outcome};
use hookflash_domain::routing::Ability;
use hookflash_store::Write;
use hookflash_store::abilities::AskedRow;
use serde_json::json;
use std::sync::Arc;
use tokio::sync::mpsc;

/// What an interaction's mailbox takes.
pub(in crate::engine) enum InteractionInput {
    /// The agent asks.
    Ask(Asked<Command>),
    /// Something happened.
    News(News),
    /// A consult began beside it: its row counts them.
    ConsultStarted,
}

/// What one input leaves behind.
enum After {
    Go,
    /// Completed, or in doubt: the task ends.
    End,
}

/// Runs until the interaction is completed or the engine stops.
pub(in crate::engine) async fn run(
    shared: Arc<Shared>,
    mut interaction: Interaction,
    mut mailbox: mpsc::Receiver<InteractionInput>,
) {
    let id = interaction.id;
    loop {
        let input = tokio::select! {
            () = shared.stop.cancelled() => return,
            input = mailbox.recv() => input,
        };
        let after = match input {
            None => return,
            Some(InteractionInput::Ask(asked)) => ask(&shared, &mut interaction, asked).await,
            Some(InteractionInput::News(news)) => tell(&shared, &mut interaction, news).await,
            Some(InteractionInput::ConsultStarted) => {
                let write = Write::Interaction(Box::new(row(&interaction, &shared)));
                shared.commit_news(vec![write]).await;
                After::Go
            }
        };
        if matches!(after, After::End) {
            shared.interactions.close(id);
            return;
        }
    }
}

async fn ask(shared: &Arc<Shared>, interaction: &mut Interaction, asked: Asked<Command>) -> After {
    let mut next = interaction.clone();
    let outcome = match next.command(crate::clock::now(), asked.user, asked.command.clone()) {
        Ok(outcome) => outcome,
        Err(refusal) => {
            let answer = shared.answer_or(asked.user, asked.command_id, refusal.into()).await;
            asked.reply(answer);
            return After::Go;
        }
    };
    let writes = writes(shared, &next, &outcome);
    match shared.commit_command(asked.user, asked.command_id, &json!({}), writes).await {
        Ok(()) => {
            let after = settle(shared, interaction, next, outcome).await;
            asked.reply(Ok(json!({})));
            after
        }
        Err(NotStored::Before(answer)) => {
            asked.reply(answer);
            After::Go
        }
        Err(NotStored::Refused(refused)) => {
            asked.reply(Err(refused));
            After::Go
        }
        Err(NotStored::Unknown(refused)) => {
            asked.reply(Err(refused));
            reread(shared, interaction).await
        }
    }
}

async fn tell(shared: &Arc<Shared>, interaction: &mut Interaction, news: News) -> After {
    let mut next = interaction.clone();
    let outcome = next.news(crate::clock::now(), news);
    if outcome.events.is_empty() {
        for effect in outcome.effects {
            shared.run_interaction(&next, effect).await;
        }
        return After::Go;
    }
    match shared.commit_news(writes(shared, &next, &outcome)).await {
        Stored::Yes => settle(shared, interaction, next, outcome).await,
        Stored::Dropped => After::Go,
        Stored::Unknown => reread(shared, interaction).await,
    }
}

/// Takes over a stored outcome.
async fn settle(
    shared: &Arc<Shared>,
    interaction: &mut Interaction,
    next: Interaction,
    outcome: Outcome,
) -> After {
    *interaction = next;
    shared.show_interaction(interaction, &outcome).await;
    for effect in outcome.effects {
        shared.run_interaction(interaction, effect).await;
    }
    if interaction.is_completed() {
        shared.close_interaction(interaction).await;
        return After::End;
    }
    After::Go
}

/// After a commit in doubt the row says what is true.
async fn reread(shared: &Arc<Shared>, interaction: &mut Interaction) -> After {
    match shared.store.interaction(interaction.id).await {
        Ok(Some(named)) => match super::parse_body(&named.interaction.body) {
            Some(stored) => {
                *interaction = stored;
                shared.board.put_interaction(Arc::new(interaction.clone()));
                After::Go
            }
            None => After::End,
        },
        _ => After::Go,
    }
}

fn writes(shared: &Shared, interaction: &Interaction, outcome: &Outcome) -> Vec<Write> {
    let mut writes = vec![Write::Interaction(Box::new(row(interaction, shared)))];
    writes
        .extend(event_rows(interaction, outcome, shared).into_iter().map(|row| Write::Event(Box::new(row))));
    if outcome.events.contains(&Event::Completed) {
        writes.push(Write::Facts(of_interaction(interaction, Target::default())));
    }
    writes
}

/// What it asks for, to find it by later.
fn asked(interaction: &Interaction) -> Option<Write> {
    let row = |ability: &Ability| AskedRow { interaction_id: interaction.id, ability_id: ability.id() };
    let rows: Vec<_> = interaction.demand.asked.iter().map(row).collect();
    (!rows.is_empty()).then_some(Write::Asked(rows))
}

impl Shared {
    /// Takes a new interaction: stores it, starts its task. False where it could not be stored.
    pub(in crate::engine) async fn start_interaction(self: &Arc<Self>, mut interaction: Interaction) -> bool {
        let outcome = interaction.start();
        let mut writes = writes(self, &interaction, &outcome);
        writes.extend(asked(&interaction));
        if self.commit_news(writes).await != Stored::Yes {
            return false;
        }
        self.board.put_interaction(Arc::new(interaction.clone()));
        self.spawn_interaction(interaction);
        true
    }

    /// Starts the task again from what is stored, after a panic ended it.
    pub(in crate::engine) async fn revive_interaction(self: &Arc<Self>, id: InteractionId) -> bool {
        let stored = self.store.interaction(id).await.ok().flatten();
        let Some(interaction) = stored.and_then(|named| super::parse_body(&named.interaction.body)) else {
            return false;
        };
        tracing::warn!(interaction_id = %id, "the task of an interaction is started again");
        self.spawn_interaction(interaction);
        true
    }

    /// Starts the task of a stored interaction.
    pub(in crate::engine) fn spawn_interaction(self: &Arc<Self>, interaction: Interaction) {
        use tracing::Instrument as _;
        let mailbox = self.interactions.open(interaction.id);
        let span = tracing::info_span!("interaction", interaction_id = %interaction.id);
        self.tasks.spawn(run(Arc::clone(self), interaction, mailbox).instrument(span));
    }
}
