//! The loop: input, domain, one transaction, board and desk, errands.

use super::errand::{Errand, Parcel, errands};
use super::recent::Recent;
use super::record::writes;
use crate::engine::command::{Asked, Refused};
use crate::engine::commit::{NotStored, Stored};
use crate::engine::networks::Route;
use crate::engine::shared::Shared;
use hookflash_connectors::ChatId;
use hookflash_domain::attached::Handover;
use hookflash_domain::consult::{Command, Consult, IncomingChat, Message, News, Outcome, Reception, State};
use hookflash_domain::{ConsultId, Importance, Person};
use hookflash_store::Write;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// What a consult's mailbox takes.
pub(in crate::engine) enum ConsultInput {
    /// The agent begins it; comes first, if at all.
    Start(Box<Asked<Opening>>),
    /// An expert begins it; comes first, if at all.
    StartByExpert { from: Box<IncomingChat>, reception: Reception, stored: oneshot::Sender<()> },
    /// The agent asks.
    Ask(Asked<Command>),
    /// Something happened.
    News(Told),
    /// The interaction beside which it runs is completed.
    InteractionOver,
}

/// News with what is to be done when it is stored.
pub(in crate::engine) struct Told {
    /// What happened.
    pub(in crate::engine) news: Vec<News>,
    /// The errand that is done by it.
    pub(in crate::engine) done: Option<Uuid>,
    /// Hears when it is stored.
    pub(in crate::engine) stored: Option<oneshot::Sender<()>>,
}

/// How an agent's consult begins.
pub(in crate::engine) struct Opening {
    pub(in crate::engine) expert: Person,
    pub(in crate::engine) question: String,
    pub(in crate::engine) handover: Handover,
    pub(in crate::engine) importance: Importance,
}

/// A consult with what its task keeps beside it.
pub(super) struct Desk {
    pub(super) consult: Consult,
    /// The text said last, for lists.
    pub(super) last_text: String,
    /// Whether it was ever stored.
    pub(super) is_stored: bool,
    /// The interaction is over, so the consult leaves the desk when it ends.
    pub(super) interaction_over: bool,
    /// The agent's latest messages, to tell the desk of their new states.
    pub(super) recent: Recent,
    /// Errands under way; the consult stays until they are done.
    pub(super) errands: BTreeSet<Uuid>,
    pub(super) courier: mpsc::UnboundedSender<Parcel>,
}

/// Runs until the consult is of no interest any more or the engine stops.
pub(super) async fn run(shared: Arc<Shared>, mut desk: Desk, mut mailbox: mpsc::Receiver<ConsultInput>) {
    let id = desk.consult.id;
    loop {
        let input = tokio::select! {
            () = shared.stop.cancelled() => return,
            input = mailbox.recv() => input,
        };
        match input {
            None => return,
            Some(ConsultInput::Start(asked)) => start(&shared, &mut desk, *asked).await,
            Some(ConsultInput::StartByExpert { from, reception, stored }) => {
                let mut next = desk.consult.clone();
                let outcome = next.start_by_expert(crate::clock::now(), *from, reception);
                settle_news(&shared, &mut desk, next, outcome, None).await;
                if desk.is_stored {
                    shared.consult_started(&desk.consult);
                }
                let _ = stored.send(());
            }
            Some(ConsultInput::Ask(asked)) => ask(&shared, &mut desk, asked).await,
            Some(ConsultInput::News(told)) => tell(&shared, &mut desk, told).await,
            Some(ConsultInput::InteractionOver) => desk.interaction_over = true,
        }
        let over = desk.consult.state == State::Ended && desk.interaction_over && desk.errands.is_empty();
        if over || !desk.is_stored {
            shared.close_consult(&desk);
            shared.consults.close(id);
            return;
        }
    }
}

async fn start(shared: &Arc<Shared>, desk: &mut Desk, asked: Asked<Opening>) {
    let Asked { user, command_id, command, answer } = asked;
    let mut next = desk.consult.clone();
    let Opening { expert, question, handover, importance } = command;
    let begun = next.start(crate::clock::now(), expert, question, handover, importance);
    let asked = Asked { user, command_id, command: (), answer };
    commit(shared, desk, asked, begun.map(|outcome| (next, outcome)).map_err(Refused::from)).await;
    if desk.is_stored {
        shared.consult_started(&desk.consult);
    }
}

async fn ask(shared: &Arc<Shared>, desk: &mut Desk, asked: Asked<Command>) {
    let Asked { user, command_id, command, answer } = asked;
    let mut next = desk.consult.clone();
    let done = next.command(crate::clock::now(), command);
    let asked = Asked { user, command_id, command: (), answer };
    commit(shared, desk, asked, done.map(|outcome| (next, outcome)).map_err(Refused::from)).await;
}

/// Stores a command's outcome and answers; an earlier answer to the same command counts.
async fn commit(
    shared: &Arc<Shared>,
    desk: &mut Desk,
    asked: Asked<()>,
    done: Result<(Consult, Outcome), Refused>,
) {
    let (user, command_id) = (asked.user, asked.command_id);
    let (next, outcome) = match done {
        Ok(done) => done,
        Err(refused) => {
            let answer = shared.answer_or(user, command_id, refused).await;
            return asked.reply(answer);
        }
    };
    let result: Value = json!({ "consult_id": next.id });
    let parcels = errands(&outcome);
    let writes = writes(&next, &outcome, &parcels, &desk.last_text);
    match shared.commit_command(user, command_id, &result, writes).await {
        Ok(()) => {
            // The board first: the next command may be about what this one made.
            settle(shared, desk, next, &outcome, parcels);
            asked.reply(Ok(result));
        }
        Err(NotStored::Before(answer)) => asked.reply(answer),
        Err(NotStored::Refused(refused)) => asked.reply(Err(refused)),
        Err(NotStored::Unknown(refused)) => {
            asked.reply(Err(refused));
            reread(shared, desk).await;
        }
    }
}

async fn tell(shared: &Arc<Shared>, desk: &mut Desk, told: Told) {
    let now = crate::clock::now();
    let mut next = desk.consult.clone();
    let mut outcome = Outcome::default();
    for news in told.news {
        let one = next.news(now, desk.recent.with_text(news));
        outcome.events.extend(one.events);
        outcome.effects.extend(one.effects);
    }
    settle_news(shared, desk, next, outcome, told.done).await;
    if let Some(done) = told.done {
        desk.errands.remove(&done);
    }
    if let Some(stored) = told.stored {
        let _ = stored.send(());
    }
}

async fn settle_news(
    shared: &Arc<Shared>,
    desk: &mut Desk,
    next: Consult,
    outcome: Outcome,
    done: Option<Uuid>,
) {
    let parcels = errands(&outcome);
    let mut writes = match outcome.events.is_empty() && parcels.is_empty() {
        true => Vec::new(),
        false => writes(&next, &outcome, &parcels, &desk.last_text),
    };
    writes.extend(done.map(Write::OutboxDone));
    if writes.is_empty() {
        return;
    }
    match shared.commit_news(writes).await {
        Stored::Yes => settle(shared, desk, next, &outcome, parcels),
        Stored::Dropped => {}
        Stored::Unknown => reread(shared, desk).await,
    }
}

/// Takes over a stored outcome.
fn settle(shared: &Arc<Shared>, desk: &mut Desk, next: Consult, outcome: &Outcome, parcels: Vec<Parcel>) {
    desk.consult = next;
    desk.is_stored = true;
    if let Some(text) = super::last_text(outcome) {
        desk.last_text = text;
    }
    shared.show_consult(desk, outcome);
    for parcel in parcels {
        shared.hand_over(desk, parcel);
    }
}

/// After a commit in doubt the row says what is true; effects of it are in the outbox.
async fn reread(shared: &Arc<Shared>, desk: &mut Desk) {
    let Ok(Some(row)) = shared.store.consult(desk.consult.id).await else { return };
    if let Some(stored) = super::parse_body(&row.body) {
        desk.consult = stored;
        desk.is_stored = true;
        shared.show_consult(desk, &Outcome::default());
    }
}

impl Shared {
    /// Starts the task of a consult that is stored already, with the errands it left.
    pub(in crate::engine) fn resume_consult(
        self: &Arc<Self>,
        consult: Consult,
        messages: Vec<Message>,
        parcels: Vec<Parcel>,
    ) {
        let interaction_over = consult.interaction.is_none_or(|id| self.board.interaction(id).is_none());
        let mut desk = Desk { is_stored: true, interaction_over, ..self.desk_of(consult) };
        for message in messages {
            desk.last_text.clone_from(&message.text);
            desk.recent.add(&message);
        }
        for parcel in parcels {
            self.hand_over(&mut desk, parcel);
        }
        self.spawn_consult(desk);
    }

    /// Starts the task again from what is stored, after a panic ended it; the old courier still delivers what it has.
    pub(in crate::engine) async fn revive_consult(self: &Arc<Self>, id: ConsultId) -> bool {
        let (Ok(Some(row)), Ok(messages)) = (self.store.consult(id).await, self.store.messages(id).await)
        else {
            return false;
        };
        let Some(consult) = super::parse_body(&row.body) else { return false };
        tracing::warn!(consult_id = %id, "the task of a consult is started again");
        self.resume_consult(consult, messages.into_iter().map(super::message_of).collect(), Vec::new());
        true
    }

    /// Gives the courier an errand. An invitation's chat goes by the errand's id, so its news has a way
    /// before the network has answered; after a restart it may come before the invitation is repeated.
    fn hand_over(&self, desk: &mut Desk, parcel: Parcel) {
        if let Errand::Invite { invitation, .. } = &parcel.errand {
            let (consult, chat) = (&desk.consult, ChatId(parcel.id.to_string()));
            let route = Route { consult: consult.id, invitation: *invitation };
            self.networks.route(consult.agent, &consult.network, &chat, route);
        }
        desk.errands.insert(parcel.id);
        // The courier ends only with this task.
        let _ = desk.courier.send(parcel);
    }

    /// Starts the task of a consult that is about to begin.
    pub(in crate::engine) fn open_consult(self: &Arc<Self>, consult: Consult) {
        self.spawn_consult(self.desk_of(consult));
    }

    fn desk_of(self: &Arc<Self>, consult: Consult) -> Desk {
        let courier = self.start_courier(&consult);
        let interaction_over = consult.interaction.is_none();
        Desk {
            consult,
            last_text: String::new(),
            is_stored: false,
            interaction_over,
            recent: Recent::default(),
            errands: BTreeSet::new(),
            courier,
        }
    }

    fn spawn_consult(self: &Arc<Self>, desk: Desk) {
        use tracing::Instrument as _;
        let mailbox = self.consults.open(desk.consult.id);
        let span = span_of(&desk.consult);
        self.tasks.spawn(run(Arc::clone(self), desk, mailbox).instrument(span));
    }
}

/// The span that gives log lines of a consult its ids.
pub(super) fn span_of(consult: &Consult) -> tracing::Span {
    let interaction_id = consult.interaction.map(|id| id.to_string());
    tracing::info_span!("consult", consult_id = %consult.id, interaction_id)
}
