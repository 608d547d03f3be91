//! The loop: input, domain, one transaction, board and desk, errands.

use super::courier::Lanes;
use super::errand::{Errand, Parcel, errands};
use super::recent::Recent;
use super::record::writes;
use super::told::Told;
use crate::engine::command::{Asked, Refused};
use crate::engine::commit::{NotStored, Stored};
use crate::engine::handover::PageAsked;
use crate::engine::networks::Route;
use crate::engine::shared::Shared;
use hookflash_connectors::ChatId;
use hookflash_domain::ConsultId;
use hookflash_domain::consult::{
    Command, Consult, IncomingChat, Invitation, InvitationState, Message, News, Outcome, Reception, State,
};
use hookflash_store::Write;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// How long news that may wait waits for other news to share a transaction with. That a message was sent is
/// mostly followed at once by its delivery or an answer.
const COMPANY_WAIT: Duration = Duration::from_millis(10);
/// How long an expert's last words are waited for when the chat was left and the network has not told that it
/// is over.
const LAST_WORDS_WAIT: Duration = Duration::from_secs(3);

/// What a consult's mailbox takes.
pub(in crate::engine) enum ConsultInput {
    /// The agent begins it; comes first, if at all.
    Start(Asked<Command>),
    /// An expert begins it; comes first, if at all.
    StartByExpert { from: Box<IncomingChat>, reception: Reception, stored: oneshot::Sender<()> },
    /// The agent asks.
    Ask(Asked<Command>),
    /// An expert does something on the page of a link.
    Page(PageAsked),
    /// Something happened.
    News(Told),
    /// The interaction beside which it runs is completed.
    InteractionOver,
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
    /// Where its errands are put.
    lanes: Lanes,
    /// News that waits for company, and until when.
    waiting: Option<(Told, Instant)>,
    /// Until when the expert's last words are waited for, once all else is done.
    last_words: Option<Instant>,
    /// Whether the presence of a hunt's people is followed.
    pub(super) looks: bool,
    /// The invitation of whose chat nothing more is to be heard.
    heard_out: Option<usize>,
}

impl Desk {
    /// The consult as the database has it.
    fn stored(&self) -> Option<&Consult> {
        Some(&self.consult).filter(|_| self.is_stored)
    }
}

/// Runs until the consult is of no interest any more or the engine stops.
pub(super) async fn run(shared: Arc<Shared>, mut desk: Desk, mut mailbox: mpsc::Receiver<ConsultInput>) {
    let id = desk.consult.id;
    shared.look_on(&mut desk).await;
    loop {
        let until = desk.waiting.as_ref().map(|(_, until)| *until);
        let last_words = desk.last_words;
        tokio::select! {
            () = shared.stop.cancelled() => return tell_waiting(&shared, &mut desk).await,
            input = mailbox.recv() => match input {
                Some(input) => take(&shared, &mut desk, input).await,
                None => return,
            },
            () = wait_until(until), if until.is_some() => {
                tell_waiting(&shared, &mut desk).await;
                continue;
            }
            () = wait_until(last_words), if last_words.is_some() => {
                desk.last_words = None;
                desk.heard_out = desk.consult.current().map(|(n, _)| n);
            }
        }
        shared.look_on(&mut desk).await;
        if is_over(&mut desk) || !desk.is_stored {
            shared.close_consult(&desk);
            shared.consults.close(id);
            return;
        }
    }
}

/// Whether nothing more is to be done or heard.
fn is_over(desk: &mut Desk) -> bool {
    let consult = &desk.consult;
    if consult.state != State::Ended || !desk.interaction_over || !desk.errands.is_empty() {
        return false;
    }
    let may_say_more = |(n, last): (usize, &Invitation)| {
        last.state == InvitationState::Accepted && last.left_at.is_none() && desk.heard_out != Some(n)
    };
    if !consult.current().is_some_and(may_say_more) {
        return true;
    }
    desk.last_words.get_or_insert_with(|| crate::clock::monotonic() + LAST_WORDS_WAIT);
    false
}

async fn wait_until(until: Option<Instant>) {
    if let Some(until) = until {
        tokio::time::sleep_until(until.into()).await;
    }
}

async fn take(shared: &Arc<Shared>, desk: &mut Desk, input: ConsultInput) {
    match input {
        ConsultInput::News(told) => {
            for news in &told.news {
                if let News::Left(n) = news {
                    desk.heard_out = Some(*n);
                }
            }
            return tell(shared, desk, told).await;
        }
        ConsultInput::InteractionOver => desk.interaction_over = true,
        // A command must be refused or done by itself, so what waits goes before it.
        _ => tell_waiting(shared, desk).await,
    }
    match input {
        ConsultInput::Start(asked) => start(shared, desk, asked).await,
        ConsultInput::StartByExpert { from, reception, stored } => {
            let mut next = desk.consult.clone();
            let outcome = next.start_by_expert(crate::clock::now(), *from, reception);
            settle_news(shared, desk, next, outcome, Vec::new()).await;
            if desk.is_stored {
                shared.consult_started(&desk.consult);
                // The network's batch waits for it.
                let _ = stored.send(());
            }
        }
        ConsultInput::Ask(asked) => ask(shared, desk, asked).await,
        ConsultInput::Page(asked) => act_on_page(shared, desk, asked).await,
        ConsultInput::News(_) | ConsultInput::InteractionOver => {}
    }
}

async fn start(shared: &Arc<Shared>, desk: &mut Desk, asked: Asked<Command>) {
    let Asked { user, command_id, command, answer } = asked;
    shared.look_ahead(desk, &command).await;
    let mut next = desk.consult.clone();
    let begun = next.start(crate::clock::now(), command);
    let asked = Asked { user, command_id, command: (), answer };
    let begun = begun.map(|outcome| gone_on(shared, next, outcome)).map_err(Refused::from);
    commit(shared, desk, asked, begun).await;
    if desk.is_stored {
        shared.consult_started(&desk.consult);
    }
}

async fn ask(shared: &Arc<Shared>, desk: &mut Desk, asked: Asked<Command>) {
    let Asked { user, command_id, command, answer } = asked;
    shared.look_ahead(desk, &command).await;
    let mut next = desk.consult.clone();
    let done = next.command(crate::clock::now(), command);
    let asked = Asked { user, command_id, command: (), answer };
    let done = done.map(|outcome| gone_on(shared, next, outcome)).map_err(Refused::from);
    commit(shared, desk, asked, done).await;
}

/// An act on the page is answered when it is stored. One that was stored before, known by its message, is done.
async fn act_on_page(shared: &Arc<Shared>, desk: &mut Desk, asked: PageAsked) {
    let PageAsked { invitation, act, answer } = asked;
    let mut next = desk.consult.clone();
    let done = match next.page(crate::clock::now(), invitation, act) {
        Err(refusal) => Err(refusal),
        Ok(outcome) => {
            let (next, outcome) = gone_on(shared, next, outcome);
            if settle_news(shared, desk, next, outcome, Vec::new()).await == Stored::Unknown {
                // Whoever asked hears nothing and asks again.
                return;
            }
            Ok(())
        }
    };
    // The page may have been closed meanwhile.
    let _ = answer.send(done);
}

/// A hunt goes on in the outcome of what let it.
fn gone_on(shared: &Shared, mut consult: Consult, mut outcome: Outcome) -> (Consult, Outcome) {
    shared.go_on(&mut consult, &mut outcome);
    (consult, outcome)
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
    let mut writes = writes(desk.stored(), &next, &outcome, &parcels, &desk.last_text);
    writes.extend(shared.consult_facts(&next, &outcome).await);
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
    shared.networks.places.release(desk.consult.id);
}

async fn tell(shared: &Arc<Shared>, desk: &mut Desk, told: Told) {
    let (told, until) = match desk.waiting.take() {
        Some((waiting, until)) => (waiting.and(told), until),
        None => (told, crate::clock::monotonic() + COMPANY_WAIT),
    };
    // An ended consult may leave the desk at any moment.
    if told.may_wait && desk.consult.state != State::Ended {
        desk.waiting = Some((told, until));
    } else {
        store_told(shared, desk, told).await;
    }
}

async fn tell_waiting(shared: &Arc<Shared>, desk: &mut Desk) {
    if let Some((told, _)) = desk.waiting.take() {
        store_told(shared, desk, told).await;
    }
}

/// Stores news in one transaction; where the database refuses one piece (a message that came before), each by
/// itself, so that only the guilty one is dropped.
async fn store_told(shared: &Arc<Shared>, desk: &mut Desk, told: Told) {
    let Told { news, with, stored, may_wait: _ } = told;
    let is_one = news.len() == 1 && with.is_empty();
    let done: Vec<Uuid> = with.iter().filter_map(ended_errand).collect();
    let (next, outcome) = after(shared, desk, news.clone());
    let mut result = settle_news(shared, desk, next, outcome, with.clone()).await;
    if result == Stored::Dropped && !is_one {
        for one in news {
            let (next, outcome) = after(shared, desk, vec![one]);
            result = result.and(settle_news(shared, desk, next, outcome, Vec::new()).await);
        }
        let as_it_is = desk.consult.clone();
        result = result.and(settle_news(shared, desk, as_it_is, Outcome::default(), with).await);
    }
    if result == Stored::Unknown {
        // Whoever told it hears nothing and tells it again.
        return;
    }
    for errand in done {
        desk.errands.remove(&errand);
    }
    for stored in stored {
        // Whoever wanted to hear may have gone.
        let _ = stored.send(());
    }
}

fn ended_errand(write: &Write) -> Option<Uuid> {
    match write {
        Write::OutboxDone(errand) => Some(*errand),
        _ => None,
    }
}

/// The consult after news, its hunt gone on.
fn after(shared: &Shared, desk: &Desk, news: Vec<News>) -> (Consult, Outcome) {
    let now = crate::clock::now();
    let mut next = desk.consult.clone();
    let mut outcome = Outcome::default();
    for news in news {
        outcome.add(next.news(now, desk.recent.with_text(news)));
    }
    gone_on(shared, next, outcome)
}

async fn settle_news(
    shared: &Arc<Shared>,
    desk: &mut Desk,
    next: Consult,
    outcome: Outcome,
    with: Vec<Write>,
) -> Stored {
    let parcels = errands(&outcome);
    let mut writes = match outcome.events.is_empty() && parcels.is_empty() {
        true => Vec::new(),
        false => writes(desk.stored(), &next, &outcome, &parcels, &desk.last_text),
    };
    writes.extend(shared.consult_facts(&next, &outcome).await);
    writes.extend(with);
    if writes.is_empty() {
        return Stored::Yes;
    }
    let stored = shared.commit_news(writes).await;
    match stored {
        Stored::Yes => settle(shared, desk, next, &outcome, parcels),
        Stored::Dropped => {}
        Stored::Unknown => reread(shared, desk).await,
    }
    shared.networks.places.release(desk.consult.id);
    stored
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
        let mut desk = Desk { is_stored: true, interaction_over, looks: true, ..Self::desk_of(consult) };
        for message in messages {
            desk.last_text.clone_from(&message.text);
            desk.recent.add(&message);
        }
        for parcel in parcels {
            self.hand_over(&mut desk, parcel);
        }
        self.spawn_consult(desk);
    }

    /// Starts the task again from what is stored, after a panic ended it; the old lanes still deliver what they have.
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

    /// Has an errand carried. An invitation's chat goes by the errand's id, so its news has a way
    /// before the network has answered; after a restart it may come before the invitation is repeated.
    fn hand_over(self: &Arc<Self>, desk: &mut Desk, parcel: Parcel) {
        if let Errand::Invite { invitation, .. } = &parcel.errand {
            let (consult, chat) = (&desk.consult, ChatId(parcel.id.to_string()));
            let route = Route { consult: consult.id, invitation: *invitation };
            self.networks.route(consult.agent, consult.network_of(*invitation), &chat, route);
        }
        desk.errands.insert(parcel.id);
        self.carry(&mut desk.lanes, &desk.consult, parcel);
    }

    /// Starts the task of a consult that is about to begin.
    pub(in crate::engine) fn open_consult(self: &Arc<Self>, consult: Consult) {
        self.spawn_consult(Self::desk_of(consult));
    }

    fn desk_of(consult: Consult) -> Desk {
        let interaction_over = consult.interaction.is_none();
        Desk {
            consult,
            last_text: String::new(),
            is_stored: false,
            interaction_over,
            recent: Recent::default(),
            errands: BTreeSet::new(),
            lanes: Lanes::default(),
            waiting: None,
            last_words: None,
            looks: false,
            heard_out: None,
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
