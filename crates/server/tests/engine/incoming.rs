//! Chats that experts begin, by policy.

use crate::house::{DANA, House, say, wait};
use hookflash::engine::command::ConsultCommand;
use hookflash_connectors::ChatId;
use hookflash_connectors::fake::FakeAnswer;
use hookflash_domain::consult::{Consult, IncomingPolicy, InvitationState, State};
use hookflash_domain::{ConsultId, PersonId};
use std::time::Duration;

/// Priya writes to Dana; the chat and the consult that it began.
async fn rings(house: &House) -> (PersonId, ChatId, ConsultId) {
    let priya = house.expert("priya", FakeAnswer::Accept);
    let chat = house.network.start_chat(&priya, "dana", "about yesterday").unwrap();
    let consult = house.consult_that_comes().await;
    assert_eq!(consult.state, State::Ringing(0));
    assert_eq!(consult.invitations[0].question, "about yesterday");
    (priya, chat, consult.id)
}

fn end_of(consult: &Consult) -> &InvitationState {
    &consult.invitations[0].state
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_the_agent_takes_is_open_also_after_a_restart() {
    let mut house = House::with(IncomingPolicy::Ask).await;
    let (_, chat, id) = rings(&house).await;
    assert_eq!(house.consult(id, say("too early")).await, Err("nobody_there"));
    house.restart().await;
    house.until(id, State::Ringing(0)).await;
    house.consult(id, ConsultCommand::Accept).await.unwrap();
    house.until_settled(id, 1).await;
    house.consult(id, say("Yes?")).await.unwrap();
    house.until_settled(id, 2).await;
    assert_eq!(house.network.got(&chat).last().map(|message| message.text.clone()), Some("Yes?".into()));
    assert_eq!(house.consult(id, ConsultCommand::Accept).await, Err("nobody_asks"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sees_a_chat_has_the_place_of_its_network_too() {
    let house = House::with(IncomingPolicy::Ask).await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    assert_eq!(house.store.resume_point(DANA, &priya.network).await, Ok(None));
    house.network.start_chat(&priya, "dana", "about yesterday").unwrap();
    let seen = async {
        while house.engine.board().consults_of(DANA).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), seen).await.expect("the chat is seen");
    let point = house.store.resume_point(DANA, &priya.network).await.unwrap();
    assert_eq!(point.as_deref(), Some("fake:dana"), "a kill now would lose the chat");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_the_agent_declines_is_over_on_the_network_too() {
    let house = House::with(IncomingPolicy::Ask).await;
    let (priya, _, id) = rings(&house).await;
    house.consult(id, ConsultCommand::Decline { reason: Some("On a call".into()) }).await.unwrap();
    wait(|| house.network.chats_with(&priya).iter().all(|(_, is_open)| !is_open), "the chat is refused")
        .await;
    let consult = house.stored(id).await;
    assert_eq!(end_of(&consult), &InvitationState::Declined { reason: Some("On a call".into()) });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_nobody_takes_is_missed_and_one_answered_elsewhere_is_left_there() {
    type End = fn(&House, &ChatId);
    let ends: [(End, InvitationState); 2] = [
        (|house, chat| house.network.leave(chat), InvitationState::Missed),
        (|house, chat| house.network.answer_elsewhere(chat), InvitationState::AnsweredElsewhere),
    ];
    for (end, expected) in ends {
        let house = House::with(IncomingPolicy::Ask).await;
        let (_, chat, id) = rings(&house).await;
        end(&house, &chat);
        assert_eq!(end_of(&house.stored(id).await), &expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_was_given_up_while_the_server_was_down_is_missed() {
    let mut house = House::with(IncomingPolicy::Ask).await;
    let (_, chat, id) = rings(&house).await;
    house.engine.stop().await;
    house.network.leave(&chat);
    house.restart().await;
    assert_eq!(end_of(&house.stored(id).await), &InvitationState::Missed);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agents_own_choice_counts_before_the_networks() {
    let house = House::with(IncomingPolicy::Accept).await;
    house.choose(Some(IncomingPolicy::OnCall), true).await;
    let (_, chat, id) = rings(&house).await;
    assert!(
        house.engine.board().consult(id).unwrap().invitations[0].quiet,
        "without a call it rings elsewhere"
    );
    house.network.leave(&chat);
    house.stored(id).await;
    house.choose(None, true).await;
    let mia = house.expert("mia", FakeAnswer::Accept);
    house.network.start_chat(&mia, "dana", "hello").unwrap();
    let consult = house.consult_that_comes().await;
    house.until(consult.id, State::Talking(0)).await;
}
