//! Users of sources that provision.

use crate::people::{put, source};
use hookflash_domain::Timestamp;
use hookflash_store::people::{PersonChange, Provisioned, ProvisionedRow};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Store, StoreError};
use uuid::Uuid;

on_both!(users_are_found_and_changed_with_the_person_that_is_made_of_them);

fn user(source_id: Uuid, name: &str) -> ProvisionedRow {
    ProvisionedRow {
        provisioned_id: crate::rows::id(),
        source_id,
        user_name: name.to_owned(),
        external_id: Some(format!("x-{}", name.to_lowercase())),
        active: true,
        resource: "{}".to_owned(),
        revision: 1,
        created_at: Timestamp(1),
        changed_at: Timestamp(1),
    }
}

async fn names(store: &Store, source_id: Uuid, whom: Provisioned<'_>, skip: i64) -> (Vec<String>, i64) {
    let (found, count) = store.provisioned(source_id, whom, skip, 2).await.unwrap();
    (found.into_iter().map(|row| row.user_name).collect(), count)
}

async fn users_are_found_and_changed_with_the_person_that_is_made_of_them(database: TestDatabase) {
    let store = database.store().await;
    let [one, other] = [source(&store, "one").await, source(&store, "other").await];
    let anna = user(one.source_id, "Anna");
    let entry = crate::rows::id();
    let person = put(&one, "anna", entry, "anna", None);
    store.add_provisioned(&anna, Some(person)).await.unwrap();
    for row in [user(one.source_id, "Bernd"), user(one.source_id, "Clara"), user(other.source_id, "ANNA")] {
        store.add_provisioned(&row, None).await.unwrap();
    }
    let again = store.add_provisioned(&user(one.source_id, "anna"), None).await;
    assert!(matches!(again, Err(StoreError::NameTaken(_))), "{again:?}");

    let found = |names: &[&str], count| (names.iter().map(ToString::to_string).collect::<Vec<_>>(), count);
    let one_id = one.source_id;
    assert_eq!(names(&store, one_id, Provisioned::All, 0).await, found(&["Anna", "Bernd"], 3));
    assert_eq!(names(&store, one_id, Provisioned::All, 2).await, found(&["Clara"], 3));
    assert_eq!(names(&store, one_id, Provisioned::UserName("ANNA"), 0).await, found(&["Anna"], 1));
    assert_eq!(
        names(&store, one_id, Provisioned::UserName("ANNA"), 1).await,
        found(&[], 1),
        "of one, the second"
    );
    assert_eq!(names(&store, one_id, Provisioned::ExternalId("x-clara"), 0).await, found(&["Clara"], 1));
    assert_eq!(names(&store, one_id, Provisioned::Id(anna.provisioned_id), 0).await, found(&["Anna"], 1));
    assert_eq!(names(&store, other.source_id, Provisioned::Id(anna.provisioned_id), 0).await, found(&[], 0));

    let gone = PersonChange::Remove { source_id: one_id, source_key: "anna".into(), entry_id: entry };
    let changed = ProvisionedRow { active: false, revision: 2, ..anna.clone() };
    assert!(store.replace_provisioned(&changed, Some(gone.clone())).await.unwrap());
    assert_eq!(store.person_of_source(one_id, "anna").await.unwrap(), None);
    let late = put(&one, "anna", entry, "anna", None);
    assert!(!store.replace_provisioned(&changed, Some(late)).await.unwrap(), "another one was faster");
    assert_eq!(store.person_of_source(one_id, "anna").await.unwrap(), None);
    assert!(store.remove_provisioned(one_id, anna.provisioned_id, Some(gone)).await.unwrap());
    assert!(!store.remove_provisioned(one_id, anna.provisioned_id, None).await.unwrap());
}
