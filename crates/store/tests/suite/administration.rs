//! Users, sessions, queues, dispositions, keys and network accounts.

use crate::rows;
use hookflash_domain::{DispositionId, NetworkId, QueueId, Timestamp, UserId};
use hookflash_store::agent_choices::AgentChoiceRow;
use hookflash_store::attached_keys::AttachedKeyRow;
use hookflash_store::dispositions::{Disposition, DispositionChange, DispositionRow};
use hookflash_store::licences::LicenceGrant;
use hookflash_store::network_accounts::NetworkAccountRow;
use hookflash_store::queues::{Queue, QueueChange};
use hookflash_store::sessions::SessionRow;
use hookflash_store::testing::TestDatabase;
use hookflash_store::users::{Role, Roles, UserChange, UserRow};
use hookflash_store::{ResumePointRow, Secret, StoreError, Write};

on_both!(
    users,
    sessions,
    queues,
    members_are_set_aside,
    dispositions,
    attached_keys,
    network_accounts,
    licences,
    agent_choices,
    the_last_administrator_stays
);

fn taken<T>(name: &str) -> Result<T, StoreError> {
    Err(StoreError::NameTaken(name.to_owned()))
}

async fn users(database: TestDatabase) {
    let store = database.store().await;
    let (root, ada) = (rows::administrator(), rows::user("Ädä", [Role::Agent, Role::Supervisor]));
    assert_eq!(store.create_user(&root, &[], &[], &rows::by()).await, Ok(1));
    assert_eq!(store.create_user(&ada, &[], &[], &rows::by()).await, Ok(2));
    assert_eq!(store.create_user(&rows::user(" äDÄ", []), &[], &[], &rows::by()).await, taken(" äDÄ"));
    let nowhere = [QueueId(rows::id())];
    let bob = rows::user("bob", []);
    assert_eq!(store.create_user(&bob, &nowhere, &[], &rows::by()).await, Err(StoreError::NotFound("queue")));
    assert_eq!(store.user(bob.user_id).await, Ok(None));
    assert_eq!(store.user_by_sign_in_name("ÄDÄ").await, Ok(Some(ada.clone())));
    assert_eq!(store.users().await, Ok(vec![root, ada.clone()]));
    let change = UserChange {
        name: Some("Ada".to_owned()),
        language: Some(Some("de".to_owned())),
        ..UserChange::default()
    };
    assert_eq!(store.change_user(ada.user_id, change, &rows::by()).await, Ok(3));
    let changed = store.user(ada.user_id).await.unwrap().unwrap();
    assert_eq!((changed.name.as_str(), changed.language.as_deref()), ("Ada", Some("de")));
    assert_eq!(changed.roles, ada.roles);
    let rename = UserChange { sign_in_name: Some("ROOT".to_owned()), ..UserChange::default() };
    assert_eq!(store.change_user(ada.user_id, rename, &rows::by()).await, taken("ROOT"));
    let nobody = store.change_user(UserId(rows::id()), UserChange::default(), &rows::by()).await;
    assert_eq!(nobody, Err(StoreError::NotFound("user")));
    let events = store.events_after(0, 10).await.unwrap();
    assert_eq!(
        events.iter().map(|of| of.event.kind.as_str()).collect::<Vec<_>>(),
        ["user_created", "user_created", "user_changed"]
    );
    assert_eq!(events[2].event.by_name.as_deref(), Some("command line"));
    assert!(!format!("{ada:?}").contains("argon2"));
}

fn session(user_id: UserId, token: u8) -> SessionRow {
    SessionRow {
        token_hash: vec![token; 32],
        user_id,
        csrf: Secret("c".to_owned()),
        created_at: Timestamp(1),
        seen_at: Timestamp(1),
        expires_at: Timestamp(100),
        user_agent: "Mozilla".to_owned(),
    }
}

async fn sessions(database: TestDatabase) {
    let store = database.store().await;
    let ada = rows::user("ada", [Role::Agent]);
    store.create_user(&ada, &[], &[], &rows::by()).await.unwrap();
    let unknown = store.create_session(&session(UserId(rows::id()), 9)).await;
    assert_eq!(unknown, Err(StoreError::NotFound("user")));
    for token in 1..=4 {
        store.create_session(&session(ada.user_id, token)).await.unwrap();
    }
    let valid = async |token: u8, now: i64| store.signed_in(&[token; 32], Timestamp(now)).await.unwrap();
    let found = valid(1, 99).await.unwrap();
    assert_eq!((found.session, found.user), (session(ada.user_id, 1), ada.clone()));
    assert!(valid(1, 100).await.is_none());
    assert!(valid(7, 1).await.is_none());
    store.touch_session(&[1; 32], Timestamp(50), Timestamp(200)).await.unwrap();
    assert!(valid(1, 150).await.is_some());
    store.end_session(&[2; 32]).await.unwrap();
    assert!(valid(2, 1).await.is_none());
    store.set_password(ada.user_id, &Secret("new".to_owned()), Some(&[3; 32]), &rows::by()).await.unwrap();
    assert!(valid(3, 1).await.is_some());
    assert!(valid(1, 1).await.is_none() && valid(4, 1).await.is_none());
    store.create_session(&session(ada.user_id, 5)).await.unwrap();
    assert_eq!(store.forget_expired_sessions(Timestamp(99)).await, Ok(0));
    assert_eq!(store.end_sessions_of(ada.user_id).await, Ok(2));
    store.create_session(&session(ada.user_id, 6)).await.unwrap();
    assert_eq!(store.forget_expired_sessions(Timestamp(100)).await, Ok(1));
    store.create_session(&session(ada.user_id, 7)).await.unwrap();
    let off = UserChange { active: Some(false), ..UserChange::default() };
    store.change_user(ada.user_id, off, &rows::by()).await.unwrap();
    let on = UserChange { active: Some(true), ..UserChange::default() };
    store.change_user(ada.user_id, on, &rows::by()).await.unwrap();
    assert!(valid(7, 1).await.is_none(), "they ended with the account's rest");
}

async fn queues(database: TestDatabase) {
    let store = database.store().await;
    let ada = rows::user("ada", []);
    store.create_user(&ada, &[], &[], &rows::by()).await.unwrap();
    let queue = |name: &str, numbers: &[&str]| Queue {
        row: rows::queue(name),
        numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
        member_ids: vec![ada.user_id],
    };
    let (help, sales) = (queue("Help", &["100", "101"]), queue("Sales", &["200"]));
    assert_eq!(store.create_queue(&help, &rows::by()).await, Ok(2));
    store.create_queue(&sales, &rows::by()).await.unwrap();
    assert_eq!(store.queues().await, Ok(vec![help.clone(), sales.clone()]));
    assert_eq!(store.create_queue(&queue("hELP ", &[]), &rows::by()).await, taken("hELP "));
    let stolen = store.create_queue(&queue("New", &["300", "101"]), &rows::by()).await;
    assert_eq!(stolen, Err(StoreError::NumberTaken("101".to_owned())));
    let stranger = QueueChange { member_ids: Some(vec![UserId(rows::id())]), ..QueueChange::default() };
    let refused = store.change_queue(help.row.queue_id, stranger, &rows::by()).await;
    assert_eq!(refused, Err(StoreError::NotFound("user")));
    let change = QueueChange {
        numbers: Some(vec!["101".to_owned(), "102".to_owned()]),
        member_ids: Some(vec![]),
        wrap_up_timeout_ms: Some(Some(30_000)),
        ..QueueChange::default()
    };
    store.change_queue(help.row.queue_id, change, &rows::by()).await.unwrap();
    let address = |address: Option<&str>| QueueChange {
        team_address: Some(address.map(str::to_owned)),
        ..QueueChange::default()
    };
    store.change_queue(help.row.queue_id, address(Some("help")), &rows::by()).await.unwrap();
    let refused = store.change_queue(sales.row.queue_id, address(Some("help")), &rows::by()).await;
    assert_eq!(refused, Err(StoreError::TeamAddressTaken("help".to_owned())));
    let kept = store.queues().await.unwrap();
    assert_eq!(kept[0].row.team_address.as_deref(), Some("help"));
    store.change_queue(help.row.queue_id, address(None), &rows::by()).await.unwrap();
    let list = store.queues().await.unwrap();
    assert_eq!((&list[0].numbers, &list[0].member_ids), (&vec!["101".to_owned(), "102".to_owned()], &vec![]));
    assert_eq!(list[0].row.wrap_up_timeout_ms, Some(30_000));
    assert_eq!(list[1], sales);
    let serve = UserChange { queue_ids: Some(vec![help.row.queue_id]), ..UserChange::default() };
    store.change_user(ada.user_id, serve, &rows::by()).await.unwrap();
    let members = store.queue_members().await.unwrap();
    assert_eq!(
        members.iter().map(|of| (of.queue_id, of.user_id)).collect::<Vec<_>>(),
        [(help.row.queue_id, ada.user_id)]
    );
}

async fn members_are_set_aside(database: TestDatabase) {
    let store = database.store().await;
    let (ada, ben) = (rows::user("ada", []), rows::user("ben", []));
    store.create_user(&ada, &[], &[], &rows::by()).await.unwrap();
    store.create_user(&ben, &[], &[], &rows::by()).await.unwrap();
    let help = Queue { row: rows::queue("Help"), numbers: vec![], member_ids: vec![ada.user_id] };
    let queue = help.row.queue_id;
    store.create_queue(&help, &rows::by()).await.unwrap();
    let set = async |user, active| store.set_member_active(queue, user, active, &rows::by()).await;
    let members = async || {
        let rows = store.queue_members().await.unwrap().into_iter();
        rows.map(|row| (row.user_id, row.active)).collect::<std::collections::BTreeMap<_, _>>()
    };
    assert_eq!(set(ben.user_id, false).await, Err(StoreError::NotFound("queue member")));
    set(ada.user_id, false).await.unwrap();
    // Being set aside outlives other changes of the membership, from either side, but not its end.
    let change = |ids: &[UserId]| QueueChange { member_ids: Some(ids.to_vec()), ..QueueChange::default() };
    store.change_queue(queue, change(&[ada.user_id, ben.user_id]), &rows::by()).await.unwrap();
    let serve = |ids: &[QueueId]| UserChange { queue_ids: Some(ids.to_vec()), ..UserChange::default() };
    store.change_user(ada.user_id, serve(&[queue]), &rows::by()).await.unwrap();
    assert_eq!(members().await, [(ada.user_id, false), (ben.user_id, true)].into());
    store.change_queue(queue, change(&[ben.user_id]), &rows::by()).await.unwrap();
    store.change_user(ada.user_id, serve(&[queue]), &rows::by()).await.unwrap();
    assert_eq!(members().await, [(ada.user_id, true), (ben.user_id, true)].into());
}

async fn dispositions(database: TestDatabase) {
    let store = database.store().await;
    let help = Queue { row: rows::queue("Help"), numbers: vec![], member_ids: vec![] };
    store.create_queue(&help, &rows::by()).await.unwrap();
    let disposition = |name: &str, queue_ids: &[QueueId]| Disposition {
        row: DispositionRow {
            disposition_id: DispositionId(rows::id()),
            name: name.to_owned(),
            active: true,
        },
        queue_ids: queue_ids.to_vec(),
    };
    let solved = disposition("Solved", &[help.row.queue_id]);
    store.create_disposition(&solved, &rows::by()).await.unwrap();
    assert_eq!(store.create_disposition(&disposition("SOLVED", &[]), &rows::by()).await, taken("SOLVED"));
    let nowhere = store.create_disposition(&disposition("Other", &[QueueId(rows::id())]), &rows::by()).await;
    assert_eq!(nowhere, Err(StoreError::NotFound("queue")));
    assert_eq!(store.dispositions().await, Ok(vec![solved.clone()]));
    let id = solved.row.disposition_id;
    let off = DispositionChange { active: Some(false), queue_ids: Some(vec![]), name: None };
    store.change_disposition(id, off, &rows::by()).await.unwrap();
    let list = store.dispositions().await.unwrap();
    assert!(!list[0].row.active && list[0].queue_ids.is_empty() && list[0].row.name == "Solved");
}

async fn attached_keys(database: TestDatabase) {
    let store = database.store().await;
    let key = |key: &str| AttachedKeyRow {
        key: key.to_owned(),
        label: format!("{key} 😀"),
        private: true,
        hidden: false,
    };
    let keys = [key("x-b"), key("x-a")];
    store.replace_attached_keys(&keys, &rows::by()).await.unwrap();
    assert_eq!(store.attached_keys().await.unwrap(), keys);
    assert_eq!(store.replace_attached_keys(&[key("x"), key("x")], &rows::by()).await, taken("x"));
    assert_eq!(store.attached_keys().await.unwrap(), keys);
    store.replace_attached_keys(&[], &rows::by()).await.unwrap();
    assert_eq!(store.attached_keys().await.unwrap(), []);
}

async fn network_accounts(database: TestDatabase) {
    let store = database.store().await;
    let ada = rows::user("ada", []);
    store.create_user(&ada, &[], &[], &rows::by()).await.unwrap();
    let network = NetworkId("skype".to_owned());
    let mut account = NetworkAccountRow {
        user_id: ada.user_id,
        network: network.clone(),
        sign_in_name: "ada@example.test".to_owned(),
        user_name: None,
        address: Some("https://pool.example.test".to_owned()),
        secret: Secret(vec![0, 1, 255]),
        connected_at: Timestamp(5),
    };
    store.connect_network(&account, &rows::by()).await.unwrap();
    let resume = ResumePointRow { user_id: ada.user_id, network: network.clone(), value: "app/1".to_owned() };
    store.commit(vec![Write::ResumePoint(resume)]).await.unwrap();
    account.secret = Secret(vec![2]);
    store.connect_network(&account, &rows::by()).await.unwrap();
    assert_eq!(store.network_accounts().await.unwrap(), [account.clone()]);
    assert!(store.live().await.unwrap().resume_points.is_empty(), "another password is another session");
    store.disconnect_network(ada.user_id, &network, &rows::by()).await.unwrap();
    assert_eq!(store.network_accounts_of(ada.user_id).await.unwrap(), []);
    let again = store.disconnect_network(ada.user_id, &network, &rows::by()).await;
    assert_eq!(again, Err(StoreError::NotFound("network account")));
}

async fn licences(database: TestDatabase) {
    let store = database.store().await;
    let seats =
        |network: &str, seat_count| LicenceGrant { network: NetworkId(network.to_owned()), seat_count };
    let full = || Err(StoreError::NoSeatLeft("skype".to_owned()));
    let [ada, bob, cy] = ["ada", "bob", "cy"].map(|name| rows::user(name, [Role::Agent]));
    store.create_user(&ada, &[], &[seats("skype", Some(2)), seats("xmpp", None)], &rows::by()).await.unwrap();
    store.create_user(&bob, &[], &[seats("skype", Some(2))], &rows::by()).await.unwrap();
    assert_eq!(store.create_user(&cy, &[], &[seats("skype", Some(2))], &rows::by()).await, full());
    assert_eq!(
        store.user(cy.user_id).await,
        Ok(None),
        "a user without the licence that was asked for is none"
    );
    store.create_user(&cy, &[], &[], &rows::by()).await.unwrap();
    let change = |user: &UserRow, licences: Vec<LicenceGrant>| {
        let (id, change) = (user.user_id, UserChange { licences: Some(licences), ..UserChange::default() });
        let store = store.clone();
        async move { store.change_user(id, change, &rows::by()).await }
    };
    assert_eq!(change(&cy, vec![seats("skype", Some(2))]).await, full());
    // Fewer seats than are taken: who has one keeps it, nobody gets one.
    assert!(change(&bob, vec![seats("skype", Some(1))]).await.is_ok());
    assert_eq!(change(&cy, vec![seats("skype", Some(1))]).await, full());
    assert!(change(&ada, vec![seats("xmpp", None)]).await.is_ok());
    assert!(change(&cy, vec![seats("skype", Some(2))]).await.is_ok());
    let held = store.licences().await.unwrap();
    let mut of_skype: Vec<_> =
        held.iter().filter(|row| row.network.0 == "skype").map(|row| row.user_id).collect();
    of_skype.sort();
    let mut expected = vec![bob.user_id, cy.user_id];
    expected.sort();
    assert_eq!((of_skype, held.len()), (expected, 3));
}

async fn agent_choices(database: TestDatabase) {
    let store = database.store().await;
    let ada = rows::user("ada", [Role::Agent]);
    store.create_user(&ada, &[], &[], &rows::by()).await.unwrap();
    assert_eq!(store.agent_choices().await, Ok(vec![]));
    let mut choice =
        AgentChoiceRow { user_id: ada.user_id, incoming: Some("ask".to_owned()), shows_calls: false };
    store.set_agent_choice(&choice, &rows::by()).await.unwrap();
    assert_eq!(store.agent_choices().await, Ok(vec![choice.clone()]));
    choice.incoming = None;
    store.set_agent_choice(&choice, &rows::by()).await.unwrap();
    assert_eq!(store.agent_choices().await, Ok(vec![choice.clone()]));
    choice.user_id = UserId(rows::id());
    assert_eq!(store.set_agent_choice(&choice, &rows::by()).await, Err(StoreError::NotFound("user")));
}

async fn the_last_administrator_stays(database: TestDatabase) {
    let store = database.store().await;
    let (one, two) = (rows::administrator(), rows::user("two", [Role::Administrator]));
    for user in [&one, &two] {
        store.create_user(user, &[], &[], &rows::by()).await.unwrap();
    }
    let off = || UserChange { active: Some(false), ..UserChange::default() };
    let lesser = || UserChange { roles: Some(Roles::from([Role::Agent])), ..UserChange::default() };
    // Both at once: one of them must stay.
    let (by, by_too) = (rows::by(), rows::by());
    let (first, second) = tokio::join!(
        store.change_user(one.user_id, off(), &by),
        store.change_user(two.user_id, lesser(), &by_too),
    );
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let left = if first.is_ok() { two.user_id } else { one.user_id };
    for change in [off(), lesser()] {
        assert_eq!(store.change_user(left, change, &rows::by()).await, Err(StoreError::LastAdministrator));
    }
    let rename = UserChange { name: Some("still".to_owned()), ..UserChange::default() };
    assert!(store.change_user(left, rename, &rows::by()).await.is_ok());
}
