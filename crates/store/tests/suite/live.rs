//! What is found again after a restart.

use crate::rows;
use hookflash_domain::{Timestamp, UserId};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{StoreError, Write};

on_both!(
    what_is_finished_is_left_out,
    figures_of_the_day,
    events_are_read_in_pages,
    answers_are_forgotten,
    a_backup_is_whole
);

async fn what_is_finished_is_left_out(database: TestDatabase) {
    let store = database.store().await;
    let agent = UserId(rows::id());
    let open = rows::interaction(2_000);
    let mut completed = rows::interaction(1_000);
    completed.state = "completed".to_owned();
    let ended = |mut consult: hookflash_store::ConsultRow| {
        consult.state = "ended".to_owned();
        consult
    };
    let of_open = ended(rows::consult(Some(open.interaction_id), agent));
    let of_completed = ended(rows::consult(Some(completed.interaction_id), agent));
    let outliving = rows::consult(Some(completed.interaction_id), agent);
    let gone = ended(rows::consult(None, agent));
    let ready = rows::agent("ready");
    let mut batch = vec![
        Write::Agent(ready.clone()),
        Write::Interaction(Box::new(completed)),
        Write::Interaction(Box::new(open.clone())),
    ];
    let mut kept_messages = Vec::new();
    for (consult, kept) in [(&of_open, true), (&of_completed, false), (&outliving, true), (&gone, false)] {
        let message = rows::message(consult.consult_id, 5);
        batch.push(Write::Consult(Box::new(consult.clone())));
        batch.push(Write::Message(Box::new(message.clone())));
        kept_messages.extend(kept.then_some(message));
    }
    let later = rows::outbox(of_open.consult_id, 9);
    let earlier = rows::outbox(of_open.consult_id, 8);
    batch.extend([Write::OutboxAdd(later.clone()), Write::OutboxAdd(earlier.clone())]);
    store.commit(batch).await.unwrap();
    store.close().await;

    let store = database.store().await;
    let live = store.live().await.unwrap();
    assert_eq!(live.agents, [ready]);
    assert_eq!(live.interactions, [open]);
    assert_eq!(live.consults, [of_open, outliving]);
    assert_eq!(live.messages, kept_messages);
    assert_eq!(live.outbox, [earlier, later]);
    let ended_ones = store.consults_of_agent(agent, Some("ended"), 10).await.unwrap();
    assert_eq!(ended_ones.len(), 3);
    assert_eq!(store.consults_of_agent(agent, None, 2).await.unwrap().len(), 2);
    let one = store.consult(gone.consult_id).await.unwrap();
    assert_eq!(one, Some(gone));
}

async fn figures_of_the_day(database: TestDatabase) {
    let store = database.store().await;
    let midnight = 1_000_000_000_000;
    let mut batch = Vec::new();
    // Answered the day before; still up; two that count.
    for (started, ended) in [(-60_000, true), (1_000, false), (2_000, true), (-1_000, true)] {
        let mut row = rows::interaction(midnight + started);
        row.call_ended_at = ended.then_some(Timestamp(midnight + started + 70_000));
        batch.push(Write::Interaction(Box::new(row)));
    }
    let agent = rows::interaction(0).agent_id.unwrap();
    for started in [-1, 0, 1] {
        let mut row = rows::consult(None, agent);
        row.started_at = Timestamp(midnight + started);
        batch.push(Write::Consult(Box::new(row)));
    }
    store.commit(batch).await.unwrap();
    let today = store.today(agent, Timestamp(midnight)).await.unwrap();
    assert_eq!(
        (today.handled_count, today.talk_ms, today.wrap_up_ms, today.consult_count),
        (2, 120_000, 6_000, 2)
    );
    let nobody = store.today(UserId(rows::id()), Timestamp(midnight)).await.unwrap();
    assert_eq!((nobody.handled_count, nobody.talk_ms), (0, 0));
}

async fn events_are_read_in_pages(database: TestDatabase) {
    let store = database.store().await;
    store.commit((0..25).map(|n| rows::event(&format!("k{n}"))).collect()).await.unwrap();
    let page = store.events_after(10, 5).await.unwrap();
    let told: Vec<_> = page.iter().map(|event| (event.seq, event.event.kind.as_str())).collect();
    assert_eq!(told, [(11, "k10"), (12, "k11"), (13, "k12"), (14, "k13"), (15, "k14")]);
    assert_eq!(store.events_after(25, 5).await.unwrap(), []);
}

async fn answers_are_forgotten(database: TestDatabase) {
    let store = database.store().await;
    let command = rows::command(UserId(rows::id()), "x");
    store.commit(vec![Write::CommandAnswer(command.clone())]).await.unwrap();
    assert_eq!(store.forget_command_answers(Timestamp(9)).await, Ok(0));
    assert_eq!(store.forget_command_answers(Timestamp(10)).await, Ok(1));
    assert_eq!(store.command_answer(command.user_id, command.command_id).await, Ok(None));
}

async fn a_backup_is_whole(database: TestDatabase) {
    let store = database.store().await;
    store.commit(vec![rows::event("kept")]).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("it's a copy.db");
    let answer = store.backup(&copy).await;
    if store.file().is_none() {
        assert!(matches!(answer, Err(StoreError::NotSupported(words)) if words.contains("pg_dump")));
        return;
    }
    assert_eq!(answer, Ok(()));
    assert!(store.backup(&copy).await.is_err(), "an older backup is not overwritten");
    let url = format!("sqlite:{}", copy.display());
    let restored = hookflash_store::Store::open(&url, hookflash_store::Options::default()).await.unwrap();
    assert_eq!(restored.last_seq().await, Ok(1));
}
