//! Groups of experts.

use crate::rows;
use hookflash_domain::NetworkId;
use hookflash_store::expert_groups::{ExpertGroup, ExpertGroupMemberRow, ExpertGroupRow, MAX_MEMBERS};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Store, StoreError};

on_both!(groups_keep_their_members_in_order, what_does_not_fit_changes_nothing);

fn member(address: &str) -> ExpertGroupMemberRow {
    ExpertGroupMemberRow {
        network: NetworkId("skype".into()),
        address: address.to_owned(),
        name: address.to_uppercase(),
        consult_limit: Some(1),
        quiet_hours: None,
    }
}

fn group(name: &str, members: &[&str]) -> ExpertGroup {
    ExpertGroup {
        row: ExpertGroupRow {
            group_id: rows::id(),
            name: name.to_owned(),
            mode: "one_by_one".to_owned(),
            within_ms: 30_000,
        },
        members: members.iter().map(|address| member(address)).collect(),
    }
}

async fn create(store: &Store, group: &ExpertGroup) {
    store.create_expert_group(group, &rows::by()).await.unwrap();
}

async fn groups_keep_their_members_in_order(database: TestDatabase) {
    let store = database.store().await;
    let (mortgages, cards) = (group("Mortgages", &["tom", "oskar", "priya"]), group("Cards", &[]));
    create(&store, &mortgages).await;
    create(&store, &cards).await;
    assert_eq!(store.expert_groups().await, Ok(vec![cards.clone(), mortgages.clone()]));
    let mut turned = ExpertGroup { row: ExpertGroupRow { within_ms: 5_000, ..mortgages.row }, ..mortgages };
    turned.members.reverse();
    turned.members[0].quiet_hours = Some("18:00-08:00".to_owned());
    store.change_expert_group(&turned, &rows::by()).await.unwrap();
    assert_eq!(store.expert_groups().await, Ok(vec![cards.clone(), turned.clone()]));
    store.remove_expert_group(cards.row.group_id, &rows::by()).await.unwrap();
    assert_eq!(store.expert_groups().await, Ok(vec![turned]));
}

async fn what_does_not_fit_changes_nothing(database: TestDatabase) {
    let store = database.store().await;
    let mortgages = group("Mortgages", &["tom"]);
    create(&store, &mortgages).await;
    let taken = |name: &str| Err(StoreError::NameTaken(name.to_owned()));
    let made = async |group: &ExpertGroup| store.create_expert_group(group, &rows::by()).await;
    assert_eq!(made(&group("mortGAGES", &[])).await, taken("mortGAGES"));
    assert_eq!(made(&group("Cards", &["tom", "tom"])).await, taken("TOM"));
    let too_many = vec!["tom"; MAX_MEMBERS + 1];
    assert_eq!(made(&group("Cards", &too_many)).await, Err(StoreError::TooLong("the list of members")));
    let mut broken = mortgages.clone();
    broken.members = vec![member("oskar"), member("oskar")];
    assert_eq!(store.change_expert_group(&broken, &rows::by()).await, taken("OSKAR"));
    let nobody = group("Cards", &[]);
    let none = Err(StoreError::NotFound("expert group"));
    assert_eq!(store.change_expert_group(&nobody, &rows::by()).await, none);
    assert_eq!(store.remove_expert_group(nobody.row.group_id, &rows::by()).await, none);
    assert_eq!(store.expert_groups().await, Ok(vec![mortgages]));
}
