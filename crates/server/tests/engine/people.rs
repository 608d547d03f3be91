//! Search, favourites, photos and history through the engine.

use crate::house::{DANA, House, wait};
use hookflash::engine::feed::{Told, Volatile};
use hookflash_connectors::fake::FakeAnswer;
use hookflash_domain::Presence;
use std::collections::BTreeSet;

#[tokio::test(flavor = "multi_thread")]
async fn a_search_goes_on_page_by_page_without_a_double() {
    let house = House::open().await;
    for number in 0..45 {
        house.expert(&format!("max{number:02}"), FakeAnswer::Accept);
    }
    let (mut names, mut after) = (Vec::new(), None);
    loop {
        let found = house.engine.search(DANA, None, "max", after.as_ref()).await.unwrap();
        names.extend(found.people.into_iter().map(|person| person.name));
        assert_eq!(found.more, !found.next.is_empty());
        if found.next.is_empty() {
            break;
        }
        after = Some(found.next);
    }
    names.sort();
    let all: Vec<_> = (0..45).map(|number| format!("max{number:02}")).collect();
    assert_eq!(names, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn favourites_are_those_of_the_network() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let tom = house.expert("tom", FakeAnswer::Accept);
    let names = async || -> Vec<(String, Vec<String>)> {
        let favourites = house.engine.favourites(DANA).await.unwrap();
        favourites.into_iter().map(|one| (one.person.name, one.groups)).collect()
    };
    assert_eq!(names().await, []);
    house.engine.set_favourite(DANA, &priya, true).await.unwrap();
    house.engine.set_favourite(DANA, &priya, true).await.unwrap();
    house.network.add_favourite("dana", &tom, "Tax");
    let mut both = names().await;
    both.sort();
    assert_eq!(both, [("priya".to_owned(), vec![]), ("tom".to_owned(), vec!["Tax".to_owned()])]);
    house.engine.set_favourite(DANA, &priya, false).await.unwrap();
    assert_eq!(names().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_is_what_the_network_has_and_is_kept() {
    let house = House::open().await;
    let (priya, tom) = (house.expert("priya", FakeAnswer::Accept), house.expert("tom", FakeAnswer::Accept));
    house.network.set_photo(&priya, b"GIF89a first".as_slice().into());
    let bytes =
        async |person| house.engine.photo(DANA, person, 64).await.unwrap().map(|photo| photo.bytes.clone());
    assert_eq!(bytes(&priya).await.as_deref(), Some(b"GIF89a first".as_slice()));
    assert_eq!(bytes(&tom).await, None);
    house.network.set_photo(&priya, b"GIF89a later".as_slice().into());
    assert_eq!(bytes(&priya).await.as_deref(), Some(b"GIF89a first".as_slice()), "kept for an hour");
    house.license(&[]).await;
    let refused = house.engine.photo(DANA, &priya, 64).await.map_err(|refused| refused.code);
    assert_eq!(refused, Err("licence_required"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_is_told_at_once_what_is_known_of_whom_it_begins_to_show() {
    let house = House::open().await;
    let priya = house.expert("priya", FakeAnswer::Accept);
    let people = BTreeSet::from([priya.clone()]);
    house.engine.watch(DANA, 1, &people).await.unwrap();
    wait(|| house.engine.presence(&priya).is_some(), "her presence is known").await;
    let mut second = house.engine.open_window(DANA, 2, true, None).await;
    for told in [true, false] {
        house.engine.watch(DANA, 2, &people).await.unwrap();
        let mut seen = Vec::new();
        while let Ok(told) = second.told.try_recv() {
            if let Told::Volatile(Volatile::Presence { person, report }) = told {
                seen.push((person, report.presence));
            }
        }
        assert_eq!(seen.contains(&(priya.clone(), Presence::Available)), told, "{seen:?}");
    }
}
