//! Consults that the agent begins, and those of experts who write first.

use crate::house::{DANA, House, new_id, question, say, wait};
use hookflash::engine::command::{Command, ConsultCommand};
use hookflash_connectors::fake::FakeAnswer;
use hookflash_domain::consult::{InvitationState, MessageState, SolvedState, State};
use hookflash_domain::{ConsultId, UserId};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_question_goes_to_the_next_expert_and_the_chat_is_kept() {
    let house = House::open().await;
    let oskar = house.expert("oskar", FakeAnswer::Decline(Some("In a meeting".into())));
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = house.ask(&oskar).await;
    house.until(id, State::Choosing).await;
    house.consult(id, ConsultCommand::Ask(question(&priya))).await.unwrap();
    house.until(id, State::Talking(1)).await;
    house.consult(id, say("Hello")).await.unwrap();
    house.until_settled(id, 1).await;
    assert_eq!(house.texts(id).await, [("Hello".into(), MessageState::Delivered)]);
    let consult = house.engine.board().consult(id).unwrap();
    let declined = InvitationState::Declined { reason: Some("In a meeting".into()) };
    assert_eq!(consult.invitations[0].state, declined);
    house.consult(id, ConsultCommand::End { outcome: Some(SolvedState::Solved) }).await.unwrap();
    wait(|| house.engine.board().consult(id).is_none(), "the ended consult leaves the desk").await;
    assert_eq!(house.consult(id, say("late")).await, Err("consult_ended"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_command_twice_has_the_effect_of_one_and_the_same_answer() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let start = Command::StartConsult { interaction: None, question: question(&priya) };
    let key = new_id();
    let first = house.engine.command(DANA, key, start.clone()).await.unwrap();
    assert_eq!(house.engine.command(DANA, key, start).await.unwrap(), first);
    assert_eq!(house.engine.board().consults_of(DANA).len(), 1);
    let id = house.engine.board().consults_of(DANA)[0].id;
    house.until(id, State::Talking(0)).await;
    let (key, once) = (new_id(), Command::Consult { consult: id, command: say("once") });
    for _ in 0..3 {
        house.engine.command(DANA, key, once.clone()).await.unwrap();
    }
    house.until_settled(id, 1).await;
    let (key, end) =
        (new_id(), Command::Consult { consult: id, command: ConsultCommand::End { outcome: None } });
    let ended = house.engine.command(DANA, key, end.clone()).await.unwrap();
    wait(|| house.engine.board().consult(id).is_none(), "the ended consult leaves the desk").await;
    assert_eq!(house.engine.command(DANA, key, end).await.unwrap(), ended);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_finds_the_chat_again_and_finishes_what_was_begun() {
    let mut house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = house.ask(&priya).await;
    house.until(id, State::Talking(0)).await;
    house.network.cut(true);
    house.consult(id, say("while the network is gone")).await.unwrap();
    house.engine.stop().await;
    house.network.cut(false);
    house.restart().await;
    house.until_settled(id, 1).await;
    let chat = house.network.chats_with(&priya).into_iter().next().unwrap().0;
    assert!(house.network.say(&chat, "I am still here"));
    house.until_settled(id, 2).await;
    let got = house.network.got(&chat);
    let count = got.iter().filter(|message| message.text == "while the network is gone").count();
    assert_eq!(count, 1, "delivered once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expert_who_writes_first_opens_a_chat() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let chat = house.network.start_chat(&priya, "dana", "about yesterday").unwrap();
    wait(|| house.engine.board().consults_of(DANA).len() == 1, "a consult").await;
    let consult = house.engine.board().consults_of(DANA)[0].clone();
    house.until_settled(consult.id, 1).await;
    house.consult(consult.id, say("Yes?")).await.unwrap();
    house.until_settled(consult.id, 2).await;
    assert_eq!(house.network.got(&chat).last().map(|message| message.text.clone()), Some("Yes?".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_agents_consult_and_unknown_ids_are_refused() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = house.ask(&priya).await;
    let ben = UserId(Uuid::from_u128(2));
    let command = Command::Consult { consult: id, command: say("mine?") };
    let refused = house.engine.command(ben, new_id(), command).await.unwrap_err();
    assert_eq!(refused.code, "not_your_consult");
    let unknown = ConsultId(Uuid::from_u128(99));
    assert_eq!(house.consult(unknown, ConsultCommand::Withdraw).await, Err("consult_ended"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_the_agent_ends_is_left_on_the_network() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = house.ask(&priya).await;
    house.until(id, State::Talking(0)).await;
    house.consult(id, ConsultCommand::End { outcome: None }).await.unwrap();
    let is_over = || house.network.chats_with(&priya).iter().all(|(_, is_open)| !is_open);
    wait(is_over, "the chat is left on the network").await;
    house.stored(id).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_expert_says_before_the_chat_is_left_is_kept() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = house.ask(&priya).await;
    house.until(id, State::Talking(0)).await;
    let chat = house.network.chats_with(&priya)[0].0.clone();
    house.network.cut(true);
    house.consult(id, ConsultCommand::End { outcome: None }).await.unwrap();
    assert!(house.network.say(&chat, "one more thing"), "the chat is open to her");
    house.network.cut(false);
    house.stored(id).await;
    let texts: Vec<_> = house.texts(id).await.into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts.last().map(String::as_str), Some("one more thing"), "{texts:?}");
}
