//! The loop: input, domain, one transaction, board and desk, errands.

use super::courier::Lanes;
use super::recent::Recent;
use super::settling::{commit, settle_news, tell, tell_waiting};
use super::told::Told;
use crate::engine::command::{Asked, Refused};
use crate::engine::commit::Stored;
use crate::engine::handover::PageAsked;
use crate::engine::shared::Shared;
use hookflash_domain::consult::{
    Command, Consult, IncomingChat, Invitation, InvitationState, News, Outcome, Reception, State,
};
use hookflash_store::{ResumePointRow, Write};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// How long an expert's last words are waited for when the chat was left and the network has not told that it
/// is over.
const LAST_WORDS_WAIT: Duration = Duration::from_secs(3);

/// What a consult's mailbox takes.
pub(in crate::engine) enum ConsultInput {
    /// The agent begins it; comes first, if at all.
    Start(Asked<Command>),
    /// An expert begins it; comes first, if at all.
    StartByExpert {
        from: Box<IncomingChat>,
        reception: Reception,
        /// Where its network has come to with it, stored in the same transaction.
        point: Option<ResumePointRow>,
        stored: oneshot::Sender<()>,
    },
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
    pub(super) lanes: Lanes,
    /// News that waits for company, and until when.
    pub(super) waiting: Option<(Told, Instant)>,
    /// Until when the expert's last words are waited for, once all else is done.
    pub(super) last_words: Option<Instant>,
    /// Whether the presence of a hunt's people is followed.
    pub(super) looks: bool,
    /// The invitation of whose chat nothing more is to be heard.
    pub(super) heard_out: Option<usize>,
}

impl Desk {
    /// The consult as the database has it.
    pub(super) fn stored(&self) -> Option<&Consult> {
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
        ConsultInput::StartByExpert { from, reception, point, stored } => {
            let mut next = desk.consult.clone();
            let outcome = next.start_by_expert(crate::clock::now(), *from, reception);
            let with = point.map(Write::ResumePoint).into_iter().collect();
            settle_news(shared, desk, next, outcome, with).await;
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
pub(super) fn gone_on(shared: &Shared, mut consult: Consult, mut outcome: Outcome) -> (Consult, Outcome) {
    shared.go_on(&mut consult, &mut outcome);
    (consult, outcome)
}
