//! What the server signs in to sources with, and what sources sign in with here.

use crate::people::source;
use hookflash_domain::Timestamp;
use hookflash_store::people::{PeopleSourceSecretRow, PeopleSourceTokenRow};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Secret, Store, StoreError};

on_both!(a_source_has_one_secret_and_one_token);

async fn a_source_has_one_secret_and_one_token(database: TestDatabase) {
    let store: Store = database.store().await;
    let [one, other] = [source(&store, "one").await.source_id, source(&store, "other").await.source_id];
    let secret = |byte: u8| Secret(vec![byte; 3]);
    for byte in [1, 2] {
        store.set_people_source_secret(one, Some(&secret(byte))).await.unwrap();
    }
    assert!(!store.replace_people_source_secret(one, &secret(1), &secret(3)).await.unwrap());
    assert!(store.replace_people_source_secret(one, &secret(2), &secret(3)).await.unwrap());
    let kept = PeopleSourceSecretRow { source_id: one, secret: secret(3) };
    assert_eq!(store.people_source_secrets().await.unwrap(), std::slice::from_ref(&kept));
    assert_eq!(store.people_source_secret(one).await.unwrap(), Some(kept));
    store.set_people_source_secret(one, None).await.unwrap();
    assert_eq!(store.people_source_secret(one).await.unwrap(), None);

    let token = |source_id, byte: u8, at| PeopleSourceTokenRow {
        source_id,
        token_hash: vec![byte; 32],
        made_at: Timestamp(at),
    };
    for token in [token(one, 1, 1), token(other, 2, 2), token(one, 3, 3)] {
        store.set_people_source_token(&token).await.unwrap();
    }
    assert_eq!(store.people_source_token(&[1; 32]).await.unwrap(), None, "a new token ends the old one");
    assert_eq!(store.people_source_token(&[3; 32]).await.unwrap(), Some(token(one, 3, 3)));
    let unknown = store.set_people_source_token(&token(crate::rows::id(), 4, 4)).await;
    assert!(matches!(unknown, Err(StoreError::NotFound("people source"))), "{unknown:?}");
}
