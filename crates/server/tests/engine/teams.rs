//! Experts write to the team address of a queue.

use crate::house::{BEN, DANA, House, new_id, say, wait};
use hookflash::engine::command::{Command, ConsultCommand};
use hookflash_connectors::fake::FakeAnswer;
use hookflash_connectors::{Duty, Team};
use hookflash_domain::agent::NotReadyReason;
use hookflash_domain::consult::{self, Consult, IncomingPolicy, InvitationState, State};
use hookflash_domain::{ConsultId, QueueId, Timestamp, UserId};
use hookflash_store::By;
use hookflash_store::queues::{Queue, QueueChange, QueueRow};
use std::sync::Arc;
use uuid::Uuid;

const QUEUE: QueueId = QueueId(Uuid::from_u128(7));

/// Dana and Ben serve Mortgages, whose address is `mortgages`; what experts write to Dana is taken at once.
async fn house() -> House {
    let house = House::with(IncomingPolicy::Accept).await;
    house.hire_ben().await;
    let row = QueueRow {
        queue_id: QUEUE,
        name: "Mortgages".into(),
        offer_timeout_ms: 20_000,
        wrap_up_mode: "optional".into(),
        wrap_up_timeout_ms: None,
        active: true,
        team_address: Some("mortgages".into()),
    };
    let queue = Queue { row, numbers: vec![], member_ids: vec![DANA, BEN] };
    house.store.create_queue(&queue, &by()).await.unwrap();
    house.engine.apply_directory().await;
    house
}

fn by() -> By {
    By { at: Timestamp(0), user_id: None, name: "test".into() }
}

async fn change(house: &House, change: QueueChange) {
    house.store.change_queue(QUEUE, change, &by()).await.unwrap();
    house.engine.apply_directory().await;
}

async fn ready(house: &House, user: UserId) {
    let _window = house.engine.open_window(user, 1, true, None).await;
    wait(|| house.engine.board().seat(user).is_some(), "the agent is at work").await;
    house.engine.command(user, new_id(), Command::Ready).await.unwrap();
}

async fn until_rung(house: &House, agent: &str, free: Option<bool>) {
    let duties: Vec<_> = free.map(|free| Duty { team: "mortgages".into(), free }).into_iter().collect();
    wait(|| house.network.duties(agent) == duties, &format!("{agent}'s duties are {duties:?}")).await;
}

async fn consult_of(house: &House, user: UserId) -> Arc<Consult> {
    wait(|| house.engine.board().consults_of(user).len() == 1, "a consult").await;
    Arc::clone(&house.engine.board().consults_of(user)[0])
}

async fn act(house: &House, user: UserId, id: ConsultId, command: ConsultCommand) {
    house.engine.command(user, new_id(), Command::Consult { consult: id, command }).await.unwrap();
}

/// A house in which an expert has written to the team, with Dana's consult and Ben's, which ring.
async fn both_rung() -> (House, Arc<Consult>, Arc<Consult>) {
    let house = house().await;
    ready(&house, DANA).await;
    ready(&house, BEN).await;
    until_rung(&house, "dana", Some(true)).await;
    until_rung(&house, "ben", Some(true)).await;
    let olivia = house.expert("olivia", FakeAnswer::Accept);
    house.network.write_to_team(&olivia, "mortgages", "May I?");
    let (dana, ben) = (consult_of(&house, DANA).await, consult_of(&house, BEN).await);
    (house, dana, ben)
}

#[tokio::test(flavor = "multi_thread")]
async fn both_are_rung_and_the_first_has_the_chat() {
    let (house, dana, ben) = both_rung().await;
    let team = consult::Team { queue: QUEUE, name: "Mortgages".into() };
    for consult in [&dana, &ben] {
        assert_eq!(consult.state, State::Ringing(0), "it rings whatever is done with one's own chats");
        assert_eq!(consult.invitations[0].team.as_ref(), Some(&team));
    }
    act(&house, BEN, ben.id, ConsultCommand::Accept).await;
    let lost = house.stored(dana.id).await;
    assert_eq!(lost.invitations[0].state, InvitationState::AnsweredElsewhere);
    house.until_settled(ben.id, 1).await;
    act(&house, BEN, ben.id, say("Yes")).await;
    house.until_settled(ben.id, 2).await;
    let read: Consult =
        serde_json::from_str(&house.store.consult(ben.id).await.unwrap().unwrap().body).unwrap();
    assert_eq!(read.invitations[0].team, Some(team));
}

#[tokio::test(flavor = "multi_thread")]
async fn both_take_it_in_one_moment_and_one_has_it() {
    let (house, dana, ben) = both_rung().await;
    tokio::join!(
        act(&house, DANA, dana.id, ConsultCommand::Accept),
        act(&house, BEN, ben.id, ConsultCommand::Accept)
    );
    let is_gone = |id| house.engine.board().consult(id).is_none();
    wait(|| is_gone(dana.id) || is_gone(ben.id), "one of them is told").await;
    let (held, lost) = if is_gone(dana.id) { (ben.id, dana.id) } else { (dana.id, ben.id) };
    assert_eq!(house.stored(lost).await.invitations[0].state, InvitationState::AnsweredElsewhere);
    house.until_settled(held, 1).await;
    house.until(held, State::Talking(0)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_rung_follows_the_state_the_queue_and_a_restart() {
    let mut house = house().await;
    let named = |name: &str| vec![Team { address: "mortgages".into(), name: name.into() }];
    assert_eq!(house.network.teams(), named("Mortgages"));
    until_rung(&house, "dana", None).await;
    ready(&house, DANA).await;
    until_rung(&house, "dana", Some(true)).await;
    let pause = Command::NotReady { reason: NotReadyReason::Meal };
    house.command(pause).await.unwrap();
    until_rung(&house, "dana", None).await;
    house.command(Command::Ready).await.unwrap();
    until_rung(&house, "dana", Some(true)).await;
    house.restart().await;
    wait(|| house.network.teams() == named("Mortgages"), "the network is told of the team again").await;
    until_rung(&house, "dana", Some(true)).await;
    change(&house, QueueChange { member_ids: Some(vec![BEN]), ..QueueChange::default() }).await;
    until_rung(&house, "dana", None).await;
    let both = QueueChange {
        member_ids: Some(vec![BEN, DANA]),
        name: Some("Loans".into()),
        ..QueueChange::default()
    };
    change(&house, both).await;
    until_rung(&house, "dana", Some(true)).await;
    assert_eq!(house.network.teams(), named("Loans"));
    change(&house, QueueChange { active: Some(false), ..QueueChange::default() }).await;
    until_rung(&house, "dana", None).await;
    assert_eq!(house.network.teams(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_on_queue_goes_and_the_expert_is_told() {
    let house = house().await;
    ready(&house, DANA).await;
    until_rung(&house, "dana", Some(true)).await;
    let olivia = house.expert("olivia", FakeAnswer::Accept);
    let chats = house.network.write_to_team(&olivia, "mortgages", "May I?");
    let consult = consult_of(&house, DANA).await;
    house.command(Command::NotReady { reason: NotReadyReason::Meal }).await.unwrap();
    assert_eq!(house.stored(consult.id).await.invitations[0].state, InvitationState::Missed);
    assert_eq!(house.network.seen_by(&olivia).declined, chats.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_goes_on_when_the_address_of_its_team_is_taken_away() {
    let house = house().await;
    ready(&house, DANA).await;
    until_rung(&house, "dana", Some(true)).await;
    let olivia = house.expert("olivia", FakeAnswer::Accept);
    let chats = house.network.write_to_team(&olivia, "mortgages", "May I?");
    let consult = consult_of(&house, DANA).await;
    act(&house, DANA, consult.id, ConsultCommand::Accept).await;
    house.until_settled(consult.id, 1).await;
    change(&house, QueueChange { team_address: Some(None), ..QueueChange::default() }).await;
    until_rung(&house, "dana", None).await;
    assert!(house.network.say(&chats[0], "Still there?"));
    house.until_settled(consult.id, 2).await;
    house.until(consult.id, State::Talking(0)).await;
}
