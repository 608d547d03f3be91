//! One batch: all of it or nothing, and what is refused.

use crate::rows;
use hookflash_domain::{ConsultId, NetworkId, UserId};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Duplicate, ResumePointRow, StoreError, Write};
use uuid::Uuid;

on_both!(
    everything_written_is_read_again,
    a_refused_batch_leaves_no_trace,
    repeated_news_and_commands_are_known,
    texts_that_engines_disagree_on_are_refused,
    long_notes_with_any_letters_are_kept,
);

async fn everything_written_is_read_again(database: TestDatabase) {
    let store = database.store().await;
    let mut interaction = rows::interaction(1_000);
    let agent = UserId(Uuid::from_u128(2));
    let consult = rows::consult(Some(interaction.interaction_id), agent);
    let mut message = rows::message(consult.consult_id, 5);
    message.network_message_id = Some("n1".to_owned());
    let outbox = rows::outbox(consult.consult_id, 6);
    let command = rows::command(agent, r#"{"ok":true}"#);
    let resume =
        ResumePointRow { user_id: agent, network: NetworkId("skype".to_owned()), value: "…".to_owned() };
    let done = store
        .commit(vec![
            Write::Interaction(Box::new(interaction.clone())),
            rows::event("answered"),
            Write::Consult(Box::new(consult.clone())),
            Write::Message(Box::new(message.clone())),
            rows::event("consult_started"),
            Write::OutboxAdd(outbox.clone()),
            Write::CommandAnswer(command.clone()),
            Write::ResumePoint(resume.clone()),
        ])
        .await
        .unwrap();
    assert_eq!((done.seqs, done.last_seq), (vec![1, 2], Some(2)));

    interaction.note = "later".to_owned();
    interaction.agent_id = None;
    message.state = "failed".to_owned();
    message.reason = Some("gone".to_owned());
    let state = (message.state.clone(), message.reason.clone());
    store
        .commit(vec![
            Write::Interaction(Box::new(interaction.clone())),
            Write::MessageState { message_id: message.message_id, state: state.0, reason: state.1 },
        ])
        .await
        .unwrap();

    let live = store.live().await.unwrap();
    assert_eq!(live.interactions, [interaction]);
    assert_eq!(live.consults, [consult]);
    assert_eq!(live.messages, [message]);
    assert_eq!(live.outbox, std::slice::from_ref(&outbox));
    assert_eq!(live.resume_points, std::slice::from_ref(&resume));
    assert_eq!(live.last_seq, 2);
    assert_eq!(
        store.command_answer(agent, command.command_id).await.unwrap().as_deref(),
        Some(r#"{"ok":true}"#)
    );

    let ResumePointRow { user_id, network, .. } = resume;
    store
        .commit(vec![Write::OutboxDone(outbox.outbox_id), Write::ResumePointGone { user_id, network }])
        .await
        .unwrap();
    assert!(store.outbox().await.unwrap().is_empty());
    assert!(store.live().await.unwrap().resume_points.is_empty());
    store.close().await;
    assert_eq!(store.commit(vec![rows::event("late")]).await, Err(StoreError::Closed));
}

async fn a_refused_batch_leaves_no_trace(database: TestDatabase) {
    let store = database.store().await;
    let orphan = rows::message(ConsultId(rows::id()), 5);
    let agent = rows::agent("ready");
    let refused = store
        .commit(vec![Write::Agent(agent), rows::event("ready"), Write::Message(Box::new(orphan.clone()))])
        .await;
    assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    let state = Write::MessageState { message_id: orphan.message_id, state: "sent".to_owned(), reason: None };
    assert_eq!(store.commit(vec![rows::event("sent"), state]).await, Err(StoreError::NotFound("message")));
    assert!(store.live().await.unwrap().agents.is_empty());
    assert_eq!(store.last_seq().await.unwrap(), 0);
    let too_many = (0..2_000).map(|_| rows::event("flood")).collect();
    assert_eq!(store.commit(too_many).await, Err(StoreError::TooLong("the batch")));
}

async fn repeated_news_and_commands_are_known(database: TestDatabase) {
    let store = database.store().await;
    let consult = rows::consult(None, UserId(rows::id()));
    let mut first = rows::message(consult.consult_id, 5);
    first.network_message_id = Some("abc".to_owned());
    let mut again = rows::message(consult.consult_id, 6);
    again.network_message_id = Some("abc".to_owned());
    store.commit(vec![Write::Consult(Box::new(consult.clone()))]).await.unwrap();
    store.commit(vec![Write::Message(Box::new(first.clone())), rows::event("said")]).await.unwrap();
    let repeated = store.commit(vec![rows::event("said"), Write::Message(Box::new(again))]).await;
    assert_eq!(repeated, Err(StoreError::Duplicate(Duplicate::Message)));
    assert_eq!(store.messages(consult.consult_id).await.unwrap(), [first.clone()]);
    // What was said is never changed, also not by its own id; messages without a network id are many.
    let mut changed = rows::message(consult.consult_id, 7);
    changed.message_id = first.message_id;
    for batch in [vec![changed.clone()], vec![rows::message(consult.consult_id, 8), changed.clone(), changed]]
    {
        let writes = batch.into_iter().map(|row| Write::Message(Box::new(row))).collect();
        assert_eq!(store.commit(writes).await, Err(StoreError::Duplicate(Duplicate::Message)));
    }
    assert_eq!(store.messages(consult.consult_id).await.unwrap(), [first]);
    for at in 0..3 {
        store.commit(vec![Write::Message(Box::new(rows::message(consult.consult_id, at)))]).await.unwrap();
    }
    let command = rows::command(UserId(rows::id()), "first");
    store.commit(vec![Write::CommandAnswer(command.clone())]).await.unwrap();
    let repeated = store.commit(vec![rows::event("twice"), Write::CommandAnswer(command)]).await;
    assert_eq!(repeated, Err(StoreError::Duplicate(Duplicate::Command)));
    assert_eq!(store.last_seq().await.unwrap(), 1);
}

async fn texts_that_engines_disagree_on_are_refused(database: TestDatabase) {
    let store = database.store().await;
    let mut interaction = rows::interaction(1);
    interaction.note = "a\0b".to_owned();
    let refused = store.commit(vec![Write::Interaction(Box::new(interaction.clone()))]).await;
    assert_eq!(refused, Err(StoreError::NulCharacter("note")));
    interaction.note = "x".repeat(5 << 20);
    let refused = store.commit(vec![Write::Interaction(Box::new(interaction))]).await;
    assert_eq!(refused, Err(StoreError::TooLong("note")));
    assert_eq!(store.user_by_sign_in_name("a\0").await, Err(StoreError::NulCharacter("sign_in_name")));
}

async fn long_notes_with_any_letters_are_kept(database: TestDatabase) {
    let store = database.store().await;
    let mut interaction = rows::interaction(1);
    interaction.note = "👩‍💻é%_'\"\\;--\u{202e}\u{fffd}".chars().cycle().take(10_000).collect();
    interaction.caller_name = Some("Robert'); drop table interaction;--".to_owned());
    store.commit(vec![Write::Interaction(Box::new(interaction.clone()))]).await.unwrap();
    let found = store.interaction(interaction.interaction_id).await.unwrap().unwrap();
    assert_eq!(found.interaction, interaction);
}
