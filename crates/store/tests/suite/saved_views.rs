//! Saved views: who sees which, and that no change overwrites another.

use crate::report_runs::{by, user};
use crate::rows;
use hookflash_domain::{Timestamp, UserId};
use hookflash_store::saved_views::{NamedView, SavedViewRow, ViewLimits};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Store, StoreError};

on_both!(
    own_and_shared_views_of_a_page_are_seen,
    a_change_of_what_was_changed_meanwhile_is_not_taken,
    a_removed_view_is_gone,
    no_more_than_may_be
);

const LIMITS: ViewLimits = ViewLimits { all: 3, one_user: 2 };

fn view(user_id: UserId, page: &str, name: &str, shared: bool) -> SavedViewRow {
    SavedViewRow {
        view_id: rows::id(),
        user_id,
        page: page.to_owned(),
        name: name.to_owned(),
        shared,
        filters: "grain=day".to_owned(),
        layout: "{}".to_owned(),
        revision: 1,
        created_at: Timestamp(1),
        changed_at: Timestamp(1),
    }
}

async fn create(store: &Store, view: &SavedViewRow) {
    let room = ViewLimits { all: 100, one_user: 100 };
    store.create_saved_view(view, room, &by()).await.unwrap();
}

async fn own_and_shared_views_of_a_page_are_seen(database: TestDatabase) {
    let store = database.store().await;
    let (sara, tom) = (user(&store, "sara").await, user(&store, "tom").await);
    for (owner, page, name, shared) in [
        (sara, "queues", "b: shared", true),
        (sara, "queues", "a: Sara's own", false),
        (tom, "queues", "c: Tom's own", false),
        (tom, "agents", "d: of another page", true),
    ] {
        create(&store, &view(owner, page, name, shared)).await;
    }
    let seen = async |user| -> Vec<(String, String)> {
        let views = store.saved_views("queues", user).await.unwrap();
        views.into_iter().map(|one: NamedView| (one.view.name, one.user_name)).collect()
    };
    let pair = |name: &str, owner: &str| (name.to_owned(), owner.to_owned());
    assert_eq!(seen(sara).await, [pair("a: Sara's own", "sara"), pair("b: shared", "sara")]);
    assert_eq!(seen(tom).await, [pair("c: Tom's own", "tom"), pair("b: shared", "sara")]);
}

async fn a_change_of_what_was_changed_meanwhile_is_not_taken(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    let old = view(sara, "queues", "Mornings", false);
    create(&store, &old).await;
    let new = SavedViewRow {
        name: "Evenings".to_owned(),
        shared: true,
        filters: String::new(),
        layout: r#"{"order":[]}"#.to_owned(),
        changed_at: Timestamp(2),
        ..old.clone()
    };
    assert!(store.change_saved_view(&new, &by()).await.unwrap().is_some());
    assert_eq!(store.change_saved_view(&new, &by()).await.unwrap(), None, "its revision is another one");
    let kept = store.saved_view(old.view_id).await.unwrap().unwrap();
    assert_eq!(kept.view, SavedViewRow { revision: 2, ..new });
    let nul = SavedViewRow { name: "\0".to_owned(), ..kept.view };
    assert_eq!(store.change_saved_view(&nul, &by()).await, Err(StoreError::NulCharacter("name")));
}

async fn a_removed_view_is_gone(database: TestDatabase) {
    let store = database.store().await;
    let sara = user(&store, "sara").await;
    let view = view(sara, "queues", "Mornings", true);
    create(&store, &view).await;
    store.remove_saved_view(view.view_id, &by()).await.unwrap();
    assert_eq!(store.saved_view(view.view_id).await.unwrap(), None);
    assert_eq!(store.change_saved_view(&view, &by()).await.unwrap(), None);
    let again = store.remove_saved_view(view.view_id, &by()).await;
    assert_eq!(again, Err(StoreError::NotFound("saved view")));
}

async fn no_more_than_may_be(database: TestDatabase) {
    let store = database.store().await;
    let (sara, tom) = (user(&store, "sara").await, user(&store, "tom").await);
    let add = async |user| {
        store.create_saved_view(&view(user, "queues", "Mornings", false), LIMITS, &by()).await.map(drop)
    };
    assert_eq!((add(sara).await, add(sara).await), (Ok(()), Ok(())));
    assert_eq!(add(sara).await, Err(StoreError::TooManyViews));
    assert_eq!(add(tom).await, Ok(()));
    assert_eq!(add(tom).await, Err(StoreError::TooManyViews));
    assert_eq!(add(UserId(rows::id())).await, Err(StoreError::TooManyViews));
}
