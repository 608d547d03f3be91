//! People: sources and their order, what is written of whom, and that whoever follows sees each change.

use crate::report_runs::by;
use crate::rows;
use hookflash_domain::{NetworkId, Timestamp};
use hookflash_store::people::{PeopleSourceRow, PersonChange, PersonRow};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Store, StoreError};
use uuid::Uuid;

on_both!(
    sources_have_one_name_and_an_order,
    people_are_found_by_addresses_and_followed_by_revision,
    people_of_a_source_that_is_switched_off_or_removed_are_not_there
);

pub(crate) async fn source(store: &Store, name: &str) -> PeopleSourceRow {
    let row = PeopleSourceRow {
        source_id: rows::id(),
        kind: "csv".into(),
        name: name.into(),
        active: true,
        place: 0,
        settings: "{}".into(),
        created_at: Timestamp(1),
        changed_at: Timestamp(1),
    };
    store.create_people_source(&row, 3, &by()).await.unwrap();
    store.people_source(row.source_id).await.unwrap().unwrap()
}

pub(crate) fn put(
    source: &PeopleSourceRow,
    key: &str,
    entry_id: Uuid,
    address: &str,
    left: Option<Uuid>,
) -> PersonChange {
    let row = PersonRow {
        source_id: source.source_id,
        source_key: key.into(),
        entry_id,
        given: None,
        family: Some("Müller".into()),
        display: key.into(),
        company: None,
        department: None,
        title: None,
        location: None,
        email: Some(format!("{address}@X.example")),
        phones: "[]".into(),
        skills: "[]".into(),
        networks: "[]".into(),
        denied_skills: "[]".into(),
        fingerprint: vec![1, 2],
    };
    PersonChange::Put {
        row: Box::new(row),
        addresses: vec![(NetworkId("xmpp".into()), address.into())],
        left,
    }
}

async fn keys(store: &Store) -> Vec<String> {
    let people = store.people_after(Uuid::nil(), 100).await.unwrap();
    people.into_iter().map(|one| one.row.source_key).collect()
}

async fn sources_have_one_name_and_an_order(database: TestDatabase) {
    let store = database.store().await;
    let (hr, ad) = (source(&store, "HR").await, source(&store, "AD").await);
    assert_eq!((hr.place, ad.place), (1, 2));
    let same = PeopleSourceRow { source_id: rows::id(), name: "hr ".into(), ..hr.clone() };
    let taken = store.create_people_source(&same, 3, &by()).await;
    assert_eq!(taken, Err(StoreError::NameTaken("hr ".into())));
    let many = PeopleSourceRow { source_id: rows::id(), name: "third".into(), ..hr.clone() };
    assert_eq!(store.create_people_source(&many, 2, &by()).await, Err(StoreError::TooManySources));
    store.change_people_source(&PeopleSourceRow { place: 3, ..hr.clone() }, &by()).await.unwrap();
    let order = store.people_sources().await.unwrap();
    assert_eq!(order.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["AD", "HR"]);
    assert_eq!(store.people_source_named("hR").await.unwrap().unwrap().source_id, hr.source_id);
    let unknown = PeopleSourceRow { source_id: rows::id(), ..hr };
    let missing = Err(StoreError::NotFound("people source"));
    assert_eq!(store.change_people_source(&unknown, &by()).await, missing);
    assert_eq!(store.change_people(&[put(&unknown, "1", rows::id(), "a", None)]).await, missing);
}

async fn people_are_found_by_addresses_and_followed_by_revision(database: TestDatabase) {
    let store = database.store().await;
    let (hr, ad) = (source(&store, "HR").await, source(&store, "AD").await);
    let (anna, bernd) = (rows::id(), rows::id());
    let before = store.people_clock().await.unwrap();
    let changes = [put(&ad, "a", anna, "Anna", None), put(&hr, "1", anna, "anna", None)];
    let first = store.change_people(&changes).await.unwrap();
    let second = store.change_people(&[put(&ad, "b", bernd, "bernd", None)]).await.unwrap();
    assert!(before.revision < first && first < second);
    assert_eq!(store.changed_entries(before.revision, 10).await.unwrap(), [anna, bernd]);
    assert_eq!(store.changed_entries(first, 10).await.unwrap(), [bernd]);
    let found = store.people_with_emails(&["ANNA@x.example", "nobody@x.example"]).await.unwrap();
    assert_eq!(found.len(), 2);
    let (xmpp, skype) = (NetworkId("xmpp".into()), NetworkId("skype".into()));
    let at = store.people_at_addresses(&[(&xmpp, "BERND"), (&skype, "anna")]).await.unwrap();
    assert_eq!(at, [(xmpp, "bernd".to_owned(), bernd, ad.source_id)]);
    let of_anna = store.people_of_entries(&[anna]).await.unwrap();
    let order: Vec<_> = of_anna.iter().map(|one| (one.row.source_key.as_str(), one.place)).collect();
    assert_eq!(order, [("1", 1), ("a", 2)], "the source that comes first is believed");
    // Somebody else than was thought: both entries have changed.
    let third = store.change_people(&[put(&ad, "a", bernd, "bernd", Some(anna))]).await.unwrap();
    let mut changed = store.changed_entries(second, 10).await.unwrap();
    changed.sort();
    assert_eq!(changed, if anna < bernd { [anna, bernd] } else { [bernd, anna] });
    let gone = PersonChange::Remove { source_id: hr.source_id, source_key: "1".into(), entry_id: anna };
    store.change_people(&[gone]).await.unwrap();
    assert_eq!(store.changed_entries(third, 10).await.unwrap(), [anna]);
    assert_eq!(store.rows_of_entry(anna).await.unwrap(), 0);
    let known = store.known_people(ad.source_id, "a", 10).await.unwrap();
    assert_eq!(known.iter().map(|one| one.source_key.as_str()).collect::<Vec<_>>(), ["b"]);
    let identity = rows::id();
    store.name_people_clock(identity).await.unwrap();
    store.name_people_clock(rows::id()).await.unwrap();
    assert_eq!(store.people_clock().await.unwrap().identity, Some(identity));
}

async fn people_of_a_source_that_is_switched_off_or_removed_are_not_there(database: TestDatabase) {
    let store = database.store().await;
    let hr = source(&store, "HR").await;
    let changes = ["1", "2", "3"].map(|key| put(&hr, key, rows::id(), key, None));
    store.change_people(&changes).await.unwrap();
    assert_eq!(store.empty_people_source(hr.source_id, 10).await.unwrap(), 0, "it is switched on");
    let before = store.people_clock().await.unwrap();
    store.change_people_source(&PeopleSourceRow { active: false, ..hr.clone() }, &by()).await.unwrap();
    assert!(store.people_clock().await.unwrap().whole_revision > before.revision);
    assert_eq!(keys(&store).await, Vec::<String>::new());
    assert_eq!(store.count_people_of_source(hr.source_id).await.unwrap(), 3);
    store.change_people_source(&hr, &by()).await.unwrap();
    assert_eq!(keys(&store).await.len(), 3);
    store.change_people_source(&PeopleSourceRow { active: false, ..hr.clone() }, &by()).await.unwrap();
    assert_eq!(store.empty_people_source(hr.source_id, 2).await.unwrap(), 2);
    store.remove_people_source(hr.source_id, &by()).await.unwrap();
    let missing = Err(StoreError::NotFound("people source"));
    assert_eq!(store.remove_people_source(hr.source_id, &by()).await, missing);
    assert_eq!(store.count_people_of_source(hr.source_id).await.unwrap(), 0);
    assert_eq!(store.people_at_addresses(&[(&NetworkId("xmpp".into()), "3")]).await.unwrap(), []);
}
