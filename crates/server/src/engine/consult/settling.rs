//! Storing what an input came to, and what follows once it is stored.

use super::errand::{Parcel, errands};
use super::record::writes;
use super::task::{Desk, gone_on};
use super::told::Told;
use crate::engine::command::{Asked, Refused};
use crate::engine::commit::{NotStored, Stored};
use crate::engine::shared::Shared;
use hookflash_domain::consult::{Consult, News, Outcome, State};
use hookflash_store::Write;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How long news that may wait waits for other news to share a transaction with. That a message was sent is
/// mostly followed at once by its delivery or an answer.
const COMPANY_WAIT: Duration = Duration::from_millis(10);

/// Stores a command's outcome and answers; an earlier answer to the same command counts.
pub(super) async fn commit(
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
            settle(shared, desk, next, &outcome, parcels).await;
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

pub(super) async fn tell(shared: &Arc<Shared>, desk: &mut Desk, told: Told) {
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

pub(super) async fn tell_waiting(shared: &Arc<Shared>, desk: &mut Desk) {
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
    if !stored.is_empty() {
        give_way().await;
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

pub(super) async fn settle_news(
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
        Stored::Yes => settle(shared, desk, next, &outcome, parcels).await,
        Stored::Dropped => {}
        Stored::Unknown => reread(shared, desk).await,
    }
    shared.networks.places.release(desk.consult.id);
    stored
}

/// Takes over a stored outcome. The errands go first: an expert is further away than the desk.
async fn settle(
    shared: &Arc<Shared>,
    desk: &mut Desk,
    next: Consult,
    outcome: &Outcome,
    parcels: Vec<Parcel>,
) {
    desk.consult = next;
    desk.is_stored = true;
    if let Some(text) = super::last_text(outcome) {
        desk.last_text = text;
    }
    let shown = shared.put_on_board(desk);
    if !parcels.is_empty() {
        for parcel in parcels {
            shared.hand_over(desk, parcel);
        }
        give_way().await;
    }
    shared.show_consult(&mut desk.recent, shown, outcome);
}

/// Lets those whom this task has just woken go on, on this thread, before it wakes others: then no other thread must
/// be woken for them, which takes longer than what they do.
async fn give_way() {
    tokio::task::yield_now().await;
}

/// After a commit in doubt the row says what is true; effects of it are in the outbox.
async fn reread(shared: &Arc<Shared>, desk: &mut Desk) {
    let Ok(Some(row)) = shared.store.consult(desk.consult.id).await else { return };
    if let Some(stored) = super::parse_body(&row.body) {
        desk.consult = stored;
        desk.is_stored = true;
        let shown = shared.put_on_board(desk);
        shared.show_consult(&mut desk.recent, shown, &Outcome::default());
    }
}
