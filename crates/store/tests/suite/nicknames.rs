//! The administrator's nicknames.

use crate::rows;
use hookflash_store::people::{MAX_NICKNAMES, NicknameRow};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Store, StoreError};

on_both!(the_table_is_replaced_as_a_whole_or_not_at_all);

fn row(name: &str, nicknames: &str) -> NicknameRow {
    NicknameRow { name: name.into(), name_key: name.to_lowercase(), nicknames: nicknames.into() }
}

async fn replaced(store: &Store, rows: &[NicknameRow], revision: i64) -> Result<bool, StoreError> {
    Ok(store.replace_nicknames(rows, revision, &rows::by()).await?.is_some())
}

async fn the_table_is_replaced_as_a_whole_or_not_at_all(database: TestDatabase) {
    let store = database.store().await;
    assert_eq!(store.nicknames().await, Ok((0, vec![])));
    let set = vec![row("Ignatius", r#"["Iggy"]"#), row("Bartholomew", r#"["Bart"]"#)];
    assert_eq!(replaced(&store, &set, 0).await, Ok(true));
    assert_eq!(store.nicknames().await, Ok((1, set.clone())));
    assert_eq!(store.people_clock().await.unwrap().nicknames_revision, 1);
    assert_eq!(replaced(&store, &[], 0).await, Ok(false), "of a table that was changed meanwhile");
    for (wrong, error) in [
        (vec![row("Ada", "[]"), row("ADA", "[]")], StoreError::NameTaken("ADA".to_owned())),
        (vec![row("Ada", "[]"); MAX_NICKNAMES + 1], StoreError::TooLong("the list of names")),
    ] {
        assert_eq!(replaced(&store, &wrong, 1).await, Err(error));
        assert_eq!(store.nicknames().await, Ok((1, set.clone())), "what was refused changed nothing");
    }
    assert_eq!(replaced(&store, &[], 1).await, Ok(true));
    assert_eq!(store.nicknames().await, Ok((2, vec![])));
}
