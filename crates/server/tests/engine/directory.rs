//! The directory as an agent searches it.

use crate::house::{DANA, House, licence};
use hookflash::directory::{Import, SourceRecord, Told, csv_source};
use hookflash_connectors::fake::FakeAnswer;
use hookflash_domain::consult::State;
use hookflash_domain::{NetworkId, PersonId, Timestamp};
use hookflash_store::By;
use std::time::Duration;
use uuid::Uuid;

async fn import(house: &House, people: &[(&str, &[&PersonId])]) {
    let source = csv_source("HR");
    let by = By { at: Timestamp(1), user_id: None, name: "test".into() };
    house.store.create_people_source(&source, 10, &by).await.unwrap();
    let told = people.iter().map(|(name, networks)| {
        Told::person(SourceRecord {
            key: (*name).into(),
            display: Some((*name).into()),
            networks: networks.iter().copied().cloned().collect(),
            ..SourceRecord::default()
        })
    });
    let mut import = Import::begin(&house.store, source.source_id, true, "test").await.unwrap();
    import.add(told.collect()).await.unwrap();
    import.finish().await.unwrap();
}

type Skilled<'a> = (&'a str, &'a PersonId, &'a [&'a str]);

/// Imports people with skills from a new source.
pub(crate) async fn import_skilled(house: &House, people: &[Skilled<'_>]) -> Uuid {
    let source = csv_source("HR");
    let by = By { at: Timestamp(1), user_id: None, name: "test".into() };
    house.store.create_people_source(&source, 10, &by).await.unwrap();
    tell_skilled(house, source.source_id, people).await;
    source.source_id
}

/// Imports people with skills from a source, and nobody else.
pub(crate) async fn tell_skilled(house: &House, source_id: Uuid, people: &[Skilled<'_>]) {
    let told = people.iter().map(|(name, person, skills)| {
        Told::person(SourceRecord {
            key: (*name).into(),
            display: Some((*name).into()),
            skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
            networks: vec![(*person).clone()],
            ..SourceRecord::default()
        })
    });
    let mut import = Import::begin(&house.store, source_id, true, "test").await.unwrap();
    import.add(told.collect()).await.unwrap();
    import.finish().await.unwrap();
}

/// Name, address of the best network, and why nobody can be asked, of those who are found, once so many are.
async fn found(house: &House, text: &str, count: usize) -> Vec<(String, String, &'static str)> {
    for _ in 0..400 {
        let found = house.engine.search_directory(DANA, text, &[]).await.unwrap_or_default();
        if found.len() == count {
            let line = |one: hookflash::engine::directory::FoundEntry| {
                let best = one.best.map(|best| best.address).unwrap_or_default();
                (one.entry.display, best, one.cannot_ask.unwrap_or_default())
            };
            return found.into_iter().map(line).collect();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{text:?} does not find {count}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_found_is_asked_where_they_can_be_or_it_is_said_why_not() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let elsewhere = PersonId { network: NetworkId("teams".into()), address: "tom".into() };
    import(
        &house,
        &[("Maier, Anna", &[&elsewhere, &priya]), ("Maier, Bernd", &[&elsewhere]), ("Maier, Clara", &[])],
    )
    .await;
    let line = |name: &str, best: &PersonId, why| (name.to_owned(), best.address.clone(), why);
    let nowhere = PersonId { network: NetworkId(String::new()), address: String::new() };
    let expected = [
        line("Maier, Anna", &priya, ""),
        line("Maier, Bernd", &nowhere, "no_address"),
        line("Maier, Clara", &nowhere, "no_address"),
    ];
    assert_eq!(found(&house, "maier", 3).await, expected, "a network that is not configured is none");
    let id = house.ask(&priya).await;
    house.until(id, State::Talking(0)).await;
    let asked = house.engine.board().consult(id).unwrap().invitations[0].expert.name.clone();
    assert_eq!(asked, "Maier, Anna", "who was found in the directory goes by that name");
    house.license(&[]).await;
    assert_eq!(found(&house, "anna", 1).await, [line("Maier, Anna", &priya, "licence_required")]);
    house.license(&[licence()]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_the_agent_asked_comes_before_others() {
    let house = House::open().await;
    let (ada, zoe) = (house.expert("ada", FakeAnswer::Accept), house.expert("zoe", FakeAnswer::Accept));
    import(&house, &[("Ada Maier", &[&ada]), ("Zoe Maier", &[&zoe])]).await;
    let id = house.ask(&zoe).await;
    house.until(id, State::Talking(0)).await;
    let names: Vec<_> = found(&house, "maier", 2).await.into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["Zoe Maier", "Ada Maier"]);
}
