//! The key of the secrets is changed: at any moment everything opens, and in the end with the new key alone.

use crate::app::TestApp;
use hookflash::secrets::{Credential, Rekeyed, Secret, Vault, rekey};
use hookflash_domain::{NetworkId, Timestamp, UserId};
use hookflash_store::network_accounts::NetworkAccountRow;
use hookflash_store::{By, Store};

fn password(number: usize) -> Credential {
    Credential::Password(Secret::new(format!("password {number}")))
}

/// Stores as many accounts of one user, sealed by this vault.
async fn fill(store: &Store, user: UserId, vault: &Vault, count: usize) {
    let by = By { at: Timestamp(0), user_id: None, name: "the test".to_owned() };
    for number in 0..count {
        let network = NetworkId(format!("n{number}"));
        let secret = hookflash_store::Secret(vault.seal(&password(number), user, &network).unwrap());
        let sign_in_name = "dana@lab.test".to_owned();
        let row = NetworkAccountRow {
            user_id: user,
            network,
            sign_in_name,
            user_name: None,
            address: None,
            secret,
            connected_at: by.at,
        };
        store.connect_network(&row, &by).await.unwrap();
    }
}

/// How many accounts open with this vault, and to the right password.
async fn opening(store: &Store, vault: &Vault) -> usize {
    let mut count = 0;
    for row in store.network_accounts().await.unwrap() {
        let number = row.network.0[1..].parse().unwrap();
        if let Ok(credential) = vault.open_sealed(&row.secret.0, row.user_id, &row.network) {
            assert_eq!(credential, password(number));
            count += 1;
        }
    }
    count
}

#[tokio::test]
async fn stopped_at_any_moment_it_goes_on_at_the_next_start() {
    let app = TestApp::start().await;
    let (store, user) = (app.store().clone(), app.user_id("dana").await);
    let (old, new) = (Vault::with_keys(&[1; 32], None), Vault::with_keys(&[2; 32], None));
    let both = Vault::with_keys(&[2; 32], Some(&[1; 32]));
    fill(&store, user, &old, 40).await;
    assert_eq!(
        rekey(&store, &new).await.unwrap(),
        Rekeyed::default(),
        "without a former key nothing is done"
    );
    let mut stopped = 0;
    while opening(&store, &new).await < 40 {
        // Stopped after a while that differs from time to time, in the middle of whatever it does.
        let part = std::time::Duration::from_micros(300 + 700 * stopped);
        let _ = tokio::time::timeout(part, rekey(&store, &both)).await;
        assert_eq!(opening(&store, &both).await, 40);
        stopped += 1;
    }
    assert_eq!(opening(&store, &old).await, 0);
    assert_eq!(rekey(&store, &both).await.unwrap(), Rekeyed::default());
    app.stop().await;
}

#[tokio::test]
async fn what_opens_with_neither_key_is_counted_and_left() {
    let app = TestApp::start().await;
    let (store, user) = (app.store().clone(), app.user_id("dana").await);
    let lost = Vault::with_keys(&[9; 32], None);
    fill(&store, user, &lost, 3).await;
    let both = Vault::with_keys(&[2; 32], Some(&[1; 32]));
    assert_eq!(rekey(&store, &both).await.unwrap(), Rekeyed { done_count: 0, lost_count: 3 });
    assert_eq!(opening(&store, &lost).await, 3);
    app.stop().await;
}

#[tokio::test]
async fn passwords_of_sources_of_people_are_encrypted_anew_too() {
    let app = TestApp::start().await;
    let store = app.store().clone();
    let (old, new) = (Vault::with_keys(&[1; 32], None), Vault::with_keys(&[2; 32], None));
    let both = Vault::with_keys(&[2; 32], Some(&[1; 32]));
    let source = hookflash::directory::csv_source("HR");
    let by = By { at: Timestamp(0), user_id: None, name: "the test".to_owned() };
    store.create_people_source(&source, 10, &by).await.unwrap();
    let sealed = old.seal_of_source(Secret::new("read only"), source.source_id).unwrap();
    store.set_people_source_secret(source.source_id, Some(&hookflash_store::Secret(sealed))).await.unwrap();
    assert_eq!(rekey(&store, &both).await.unwrap(), Rekeyed { done_count: 1, lost_count: 0 });
    let row = store.people_source_secret(source.source_id).await.unwrap().unwrap();
    assert_eq!(new.open_of_source(&row.secret.0, source.source_id).unwrap(), Secret::new("read only"));
    assert_eq!(rekey(&store, &both).await.unwrap(), Rekeyed::default());
    app.stop().await;
}
