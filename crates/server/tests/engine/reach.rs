//! Whom hunts skip: by presence that nobody has on screen, and by what groups say of experts.

use crate::house::{DANA, House, wait};
use hookflash::engine::command::{Command, ConsultCommand, Hunt};
use hookflash_connectors::fake::FakeAnswer;
use hookflash_domain::consult::{Consult, HuntMode, SkipReason, State};
use hookflash_domain::{ConsultId, Importance, PersonId, Presence};
use hookflash_store::expert_groups::{ExpertGroup, ExpertGroupMemberRow, ExpertGroupRow};
use std::sync::Arc;

async fn hunt(house: &House, people: &[&PersonId]) -> ConsultId {
    let hunt = Hunt {
        as_link: false,
        people: people.iter().map(|one| (*one).clone()).collect(),
        mode: HuntMode::OneByOne,
        within_ms: 5_000,
        text: "Why AM04?".into(),
        share: Vec::new(),
        importance: Importance::Normal,
    };
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

fn member(person: &PersonId, limit: Option<i64>, quiet: Option<&str>) -> ExpertGroupMemberRow {
    ExpertGroupMemberRow {
        network: person.network.clone(),
        address: person.address.clone(),
        name: "As the group has it".into(),
        consult_limit: limit,
        quiet_hours: quiet.map(str::to_owned),
    }
}

fn group(members: Vec<ExpertGroupMemberRow>) -> ExpertGroup {
    let (group_id, name) = (hookflash::ids::new_id(), "Mortgages".to_owned());
    ExpertGroup {
        row: ExpertGroupRow { group_id, name, mode: "one_by_one".into(), within_ms: 30_000 },
        members,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn presence_counts_though_nobody_has_the_people_on_screen() {
    let house = House::open().await;
    let [oskar, tom, priya, uma] =
        ["oskar", "tom", "priya", "uma"].map(|name| house.expert(name, FakeAnswer::Silent));
    house.network.set_presence(&oskar, Presence::Offline);
    let id = hunt(&house, &[&oskar, &tom, &priya]).await;
    assert_eq!(skipped(&house, id), [(oskar.clone(), SkipReason::Offline)]);
    // Who waits is followed until asked, one who is added too; who was asked is not looked at any more.
    house.network.set_presence(&priya, Presence::DoNotDisturb);
    wait(|| house.engine.presence(&tom).is_none(), "tom is not followed").await;
    let is_known = || house.engine.presence(&priya).is_some_and(|one| one.presence == Presence::DoNotDisturb);
    wait(is_known, "priya's presence").await;
    house.network.set_presence(&uma, Presence::Offline);
    house.consult(id, ConsultCommand::AddToHunt { person: uma.clone() }).await.unwrap();
    assert!(house.engine.presence(&uma).is_some(), "who is added is looked at before the command is done");
    house.network.decline(&house.network.chats_with(&tom)[0].0, None);
    house.until(id, State::Choosing).await;
    let [_, second, third] = &skipped(&house, id)[..] else { panic!("{:?}", skipped(&house, id)) };
    assert_eq!(*second, (priya.clone(), SkipReason::DoNotDisturb));
    assert_eq!(*third, (uma.clone(), SkipReason::Offline));
    wait(|| house.engine.presence(&priya).is_none(), "nobody is followed when it is over").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_says_more_of_an_expert_than_the_network() {
    let house = House::open().await;
    let [oskar, tom] = ["oskar", "tom"].map(|name| house.expert(name, FakeAnswer::Accept));
    let unknown = PersonId { address: "sip:nobody@lab.test".into(), ..oskar.clone() };
    house
        .group(&group(vec![
            member(&oskar, None, Some("00:00-24:00")),
            member(&tom, Some(1), None),
            member(&unknown, None, None),
        ]))
        .await;
    let reasons = || [&oskar, &tom].map(|person| house.engine.would_skip(DANA, person));
    assert_eq!(reasons(), [Some(SkipReason::QuietHours), None]);
    let first = house.ask(&tom).await;
    house.until(first, State::Talking(0)).await;
    assert_eq!(reasons(), [Some(SkipReason::QuietHours), Some(SkipReason::AtLimit)]);
    let id = hunt(&house, &[&oskar, &tom, &unknown]).await;
    let expected = [(oskar.clone(), SkipReason::QuietHours), (tom, SkipReason::AtLimit)];
    assert_eq!(skipped(&house, id)[..2], expected);
    let named = consult(&house, id).invitations.first().map(|one| one.expert.name.clone());
    assert_eq!(named.as_deref(), Some("As the group has it"));
    house.until(id, State::Choosing).await;
    let again = hunt(&house, &[&oskar]).await;
    assert_eq!(consult(&house, again).state, State::Choosing);
    // A question to one person is the agent's own business.
    let asked = house.ask(&oskar).await;
    house.until(asked, State::Talking(0)).await;
}
