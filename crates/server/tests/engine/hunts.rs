//! Hunts: several experts are asked one by one, or all at once.

use crate::house::{DANA, House, new_id, wait};
use hookflash::engine::command::{Command, ConsultCommand, Hunt};
use hookflash_connectors::fake::FakeAnswer;
use hookflash_domain::consult::{Consult, HuntEnd, HuntMode, InvitationState, SkipReason, State};
use hookflash_domain::{ConsultId, Importance, PersonId, Presence};
use std::collections::BTreeSet;
use std::sync::Arc;

fn hunt(mode: HuntMode, people: &[&PersonId]) -> Hunt {
    Hunt {
        as_link: false,
        people: people.iter().map(|one| (*one).clone()).collect(),
        mode,
        within_ms: 5_000,
        text: "Why AM04?".into(),
        share: Vec::new(),
        importance: Importance::Normal,
    }
}

async fn start(house: &House, hunt: Hunt) -> ConsultId {
    let answer = house.command(Command::StartHunt { interaction: None, hunt }).await.unwrap();
    ConsultId(answer["consult_id"].as_str().unwrap().parse().unwrap())
}

fn consult(house: &House, id: ConsultId) -> Arc<Consult> {
    house.engine.board().consult(id).unwrap()
}

fn skipped(house: &House, id: ConsultId) -> Vec<(PersonId, SkipReason)> {
    let hunt = consult(house, id).hunt.clone().unwrap();
    hunt.skipped.into_iter().map(|one| (one.expert.id, one.why)).collect()
}

/// How often the network was asked to invite somebody, and whether that rings or is open still.
fn chats(house: &House, person: &PersonId) -> Vec<bool> {
    house.network.chats_with(person).into_iter().map(|(_, is_open)| is_open).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_third_is_asked_after_a_decline_and_a_silence() {
    let house = House::open().await;
    let oskar = house.expert("oskar", FakeAnswer::Decline(None));
    let tom = house.expert("tom", FakeAnswer::Silent);
    let priya = house.expert("priya", FakeAnswer::Accept);
    let id = start(&house, hunt(HuntMode::OneByOne, &[&oskar, &tom, &priya])).await;
    house.until(id, State::Talking(2)).await;
    let consult = consult(&house, id);
    let states: Vec<_> = consult.invitations.iter().map(|one| one.state.clone()).collect();
    let declined = InvitationState::Declined { reason: None };
    assert_eq!(states, [declined, InvitationState::NoAnswer, InvitationState::Accepted]);
    assert_eq!(consult.hunt.as_ref().unwrap().end, Some(HuntEnd::Answered));
    wait(|| chats(&house, &tom) == [false], "nobody is left ringing").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_all_asked_at_once_the_first_wins_and_no_other_is_left_ringing() {
    let house = House::open().await;
    let [oskar, tom, priya] = ["oskar", "tom", "priya"].map(|name| house.expert(name, FakeAnswer::Silent));
    let id = start(&house, hunt(HuntMode::AllAtOnce, &[&oskar, &tom, &priya])).await;
    let all_placed = || consult(&house, id).invitations.iter().all(|one| one.chat.is_some());
    wait(all_placed, "all three are asked").await;
    assert!(house.network.accept(&house.network.chats_with(&tom)[0].0));
    house.until(id, State::Talking(1)).await;
    wait(|| chats(&house, &oskar) == [false] && chats(&house, &priya) == [false], "they are let go").await;
    assert_eq!(consult(&house, id).invitations[0].state, InvitationState::Taken);
    assert_eq!(chats(&house, &tom), [true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_middle_of_a_hunt_asks_each_exactly_once() {
    let mut house = House::open().await;
    let oskar = house.expert("oskar", FakeAnswer::Silent);
    let tom = house.expert("tom", FakeAnswer::Accept);
    let id = start(&house, hunt(HuntMode::OneByOne, &[&oskar, &tom])).await;
    wait(|| consult(&house, id).invitations[0].chat.is_some(), "oskar is asked").await;
    house.engine.stop().await;
    // He says no while nobody listens.
    house.network.decline(&house.network.chats_with(&oskar)[0].0, None);
    house.restart().await;
    house.until(id, State::Talking(1)).await;
    assert_eq!((chats(&house, &oskar).len(), chats(&house, &tom)), (1, vec![true]));
    assert_eq!(consult(&house, id).invitations.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hunt_whose_time_was_up_while_the_server_was_down_goes_on() {
    let mut house = House::open().await;
    let oskar = house.expert("oskar", FakeAnswer::Silent);
    let tom = house.expert("tom", FakeAnswer::Accept);
    let id = start(&house, hunt(HuntMode::OneByOne, &[&oskar, &tom])).await;
    wait(|| consult(&house, id).invitations[0].chat.is_some(), "oskar is asked").await;
    let expires_at = consult(&house, id).invitations[0].expires_at;
    house.engine.stop().await;
    wait(|| hookflash::clock::now() > expires_at, "his time is up").await;
    house.restart().await;
    house.until(id, State::Talking(1)).await;
    assert_eq!(consult(&house, id).invitations[0].state, InvitationState::NoAnswer);
    wait(|| chats(&house, &oskar) == [false], "he is not left ringing").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_offline_or_at_their_limit_is_skipped_with_the_reason() {
    let house = House::open().await;
    let [oskar, tom] = ["oskar", "tom"].map(|name| house.expert(name, FakeAnswer::Accept));
    let priya = house.expert("priya", FakeAnswer::Silent);
    for _ in 0..3 {
        let id = house.ask(&tom).await;
        house.until(id, State::Talking(0)).await;
    }
    house.network.set_presence(&oskar, Presence::Offline);
    house.engine.watch(DANA, 1, &BTreeSet::from([oskar.clone()])).await.unwrap();
    let is_known = || house.engine.presence(&oskar).is_some_and(|one| one.presence == Presence::Offline);
    wait(is_known, "oskar's presence").await;
    let id = start(&house, hunt(HuntMode::OneByOne, &[&oskar, &tom, &priya])).await;
    let expected = [(oskar.clone(), SkipReason::Offline), (tom.clone(), SkipReason::AtLimit)];
    assert_eq!(skipped(&house, id), expected);
    house.consult(id, ConsultCommand::Jump { person: oskar.clone() }).await.unwrap();
    house.until(id, State::Talking(1)).await;
    wait(|| chats(&house, &priya).iter().all(|is_open| !is_open), "priya is let go").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hunts_at_the_same_time_do_not_share_an_experts_last_place() {
    let house = House::open().await;
    let tom = house.expert("tom", FakeAnswer::Silent);
    let hunts = (0..8).map(|_| {
        let hunt = hunt(HuntMode::AllAtOnce, &[&tom]);
        house.engine.command(DANA, new_id(), Command::StartHunt { interaction: None, hunt })
    });
    for answer in futures_util::future::join_all(hunts).await {
        answer.unwrap();
    }
    let consults = house.engine.board().consults_of(DANA);
    let asked = consults.iter().filter(|one| one.invitations.len() == 1).count();
    assert_eq!((consults.len(), asked), (8, 3), "three places, eight hunts");
}

#[tokio::test(flavor = "multi_thread")]
async fn stopped_nobody_else_is_asked() {
    let house = House::open().await;
    let [oskar, tom] = ["oskar", "tom"].map(|name| house.expert(name, FakeAnswer::Silent));
    let priya = house.expert("priya", FakeAnswer::Silent);
    let id = start(&house, hunt(HuntMode::OneByOne, &[&oskar, &tom])).await;
    house.consult(id, ConsultCommand::AddToHunt { person: priya.clone() }).await.unwrap();
    let again = ConsultCommand::AddToHunt { person: priya.clone() };
    assert_eq!(house.consult(id, again).await, Err("already_in_hunt"));
    house.consult(id, ConsultCommand::StopHunt).await.unwrap();
    assert_eq!(consult(&house, id).state, State::Choosing);
    assert_eq!(house.consult(id, ConsultCommand::StopHunt).await, Err("no_hunt"));
    wait(|| chats(&house, &oskar).iter().all(|is_open| !is_open), "oskar is let go").await;
    assert_eq!((chats(&house, &tom).len(), chats(&house, &priya).len()), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hunt_of_nobody_or_too_many_is_refused() {
    let house = House::open().await;
    let oskar = house.expert("oskar", FakeAnswer::Silent);
    let many: Vec<_> = std::iter::repeat_n(&oskar, 21).collect();
    for (people, code) in [(vec![], "nobody_to_ask"), (many, "too_many_invitations")] {
        let hunt = hunt(HuntMode::OneByOne, &people);
        assert_eq!(house.command(Command::StartHunt { interaction: None, hunt }).await, Err(code));
    }
    let hunt = Hunt { within_ms: 1, ..hunt(HuntMode::OneByOne, &[&oskar]) };
    assert_eq!(house.command(Command::StartHunt { interaction: None, hunt }).await, Err("bad_time"));
    assert_eq!(house.engine.board().consults_of(DANA).len(), 0, "nothing is left of a refused one");
}
