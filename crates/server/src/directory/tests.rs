//! Imports against a database: what is there before, what a source tells, what is there then.

use super::rows::entries;
use super::{
    Import, NotBegun, People, Refusal, RefusalReason, SourceRecord, Told, put_person, remove_person,
};
use hookflash_directory::index::Search;
use hookflash_domain::{NetworkId, PersonId, Timestamp};
use hookflash_store::people::{NicknameRow, PeopleImportRow, PeopleSourceRow};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{By, Store};
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

async fn source(store: &Store, name: &str) -> Uuid {
    let source_id = crate::ids::new_id();
    let row = PeopleSourceRow {
        source_id,
        kind: "csv".into(),
        name: name.into(),
        active: true,
        place: 0,
        settings: "{}".into(),
        created_at: Timestamp(1),
        changed_at: Timestamp(1),
    };
    let by = By { at: Timestamp(1), user_id: None, name: "test".into() };
    store.create_people_source(&row, 100, &by).await.unwrap();
    source_id
}

/// `key name e-mail network:address`, each of which but the first two may be `-`.
fn record(line: &str) -> SourceRecord {
    let mut words = line.split(' ');
    let mut next = || words.next().filter(|word| *word != "-").map(|word| word.replace('_', " "));
    let (key, display, email) = (next().unwrap_or_default(), next(), next());
    let networks = next().into_iter().filter_map(|at| {
        let (network, address) = at.split_once(':')?;
        Some(PersonId { network: NetworkId(network.into()), address: address.into() })
    });
    SourceRecord { key, display, email, networks: networks.collect(), ..Default::default() }
}

fn told(lines: &[&str]) -> Vec<Told> {
    lines.iter().map(|line| Told::person(record(line))).collect()
}

async fn import(store: &Store, source_id: Uuid, full: bool, told: Vec<Told>) -> PeopleImportRow {
    let mut import = Import::begin(store, source_id, full, "test").await.unwrap();
    import.add(told).await.unwrap();
    import.finish().await.unwrap()
}

async fn names(store: &Store) -> Vec<String> {
    let rows = store.people_after(Uuid::nil(), 1_000).await.unwrap();
    let mut names: Vec<_> = entries(rows).into_iter().map(|entry| entry.display).collect();
    names.sort();
    names
}

fn counts(row: &PeopleImportRow) -> [i64; 5] {
    [row.read_count, row.added_count, row.changed_count, row.removed_count, row.refused_count]
}

#[tokio::test]
async fn only_what_changed_is_written_and_a_full_import_removes_who_is_not_named() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let hr = source(&store, "hr").await;
    for (why, full, lines, read_added_changed_removed_refused, there) in [
        (
            "all new",
            true,
            &["1 Anna", "2 Bernd", "3 Clara"][..],
            [3, 3, 0, 0, 0],
            &["Anna", "Bernd", "Clara"][..],
        ),
        (
            "the same again",
            true,
            &["1 Anna", "2 Bernd", "3 Clara"],
            [3, 0, 0, 0, 0],
            &["Anna", "Bernd", "Clara"],
        ),
        ("an incremental one", false, &["2 Bert"], [1, 0, 1, 0, 0], &["Anna", "Bert", "Clara"]),
        ("one is gone, one is refused", true, &["1 Anne", "3 -"], [2, 0, 1, 1, 1], &["Anne", "Clara"]),
        ("a key twice", true, &["1 Anne", "1 Eve", "3 Clara"], [3, 0, 0, 0, 1], &["Anne", "Clara"]),
        ("nobody at all", true, &[], [0, 0, 0, 0, 0], &["Anne", "Clara"]),
        ("nobody who can be taken", true, &["- -", "7 -"], [2, 0, 0, 0, 2], &["Anne", "Clara"]),
    ] {
        let before = store.people_clock().await.unwrap().revision;
        let row = import(&store, hr, full, told(lines)).await;
        assert_eq!(counts(&row), read_added_changed_removed_refused, "{why}");
        assert_eq!(names(&store).await, there, "{why}");
        let after = store.people_clock().await.unwrap().revision;
        let changed = row.added_count + row.changed_count + row.removed_count > 0;
        assert_eq!(after > before, changed, "{why}: an unchanged row costs no write");
        assert_eq!(
            row.state,
            if lines.iter().all(|line| line.ends_with('-')) { "failed" } else { "completed" }
        );
    }
    let imports = store.people_imports(hr).await.unwrap();
    let refused = store.refused_people(imports[0].import_id).await.unwrap();
    let reasons: Vec<_> = refused.iter().map(|row| (row.place.as_str(), row.reason.as_str())).collect();
    assert_eq!(reasons, [("", "no_key"), ("7", "no_name")]);
}

#[tokio::test]
async fn an_import_that_breaks_off_removes_nobody_and_may_be_repeated() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let hr = source(&store, "hr").await;
    import(&store, hr, true, told(&["1 Anna", "2 Bernd"])).await;
    let mut broken = Import::begin(&store, hr, true, "test").await.unwrap();
    broken.add(told(&["3 Clara"])).await.unwrap();
    let again = Import::begin(&store, hr, true, "test").await;
    assert!(matches!(again, Err(NotBegun::Running)), "{again:?}");
    let row = broken.fail("source_trouble", "the line is cut").await.unwrap();
    assert_eq!((row.state.as_str(), row.error_code.as_deref()), ("failed", Some("source_trouble")));
    assert_eq!(names(&store).await, ["Anna", "Bernd", "Clara"]);
    let row = import(&store, hr, true, told(&["1 Anna", "3 Clara"])).await;
    assert_eq!((counts(&row), names(&store).await), ([2, 0, 0, 1, 0], vec!["Anna".into(), "Clara".into()]));
}

#[tokio::test]
async fn an_import_that_was_killed_is_interrupted_once_it_is_silent() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let hr = source(&store, "hr").await;
    let mut killed = Import::begin(&store, hr, true, "test").await.unwrap();
    killed.add(told(&["1 Anna"])).await.unwrap();
    let left = store.people_imports(hr).await.unwrap().remove(0);
    drop(killed);
    let next = PeopleImportRow { import_id: crate::ids::new_id(), ..left.clone() };
    assert!(!store.begin_people_import(&next, left.told_at).await.unwrap(), "it was just heard of");
    assert!(store.begin_people_import(&next, left.told_at.plus_ms(1)).await.unwrap());
    let states: Vec<_> = store.people_imports(hr).await.unwrap().into_iter().map(|row| row.state).collect();
    assert_eq!(states, ["running", "interrupted"]);
    assert_eq!(names(&store).await, ["Anna"]);
}

#[tokio::test]
async fn who_is_one_person_in_two_sources() {
    for (why, first, second, one) in [
        ("e-mail, in other letters", "1 Anna_Müller A@x.example", "9 Müller,_Anna a@X.example", true),
        ("a mailbox of several", "1 Anna_Müller cards@x.example", "9 Bernd_Weber cards@x.example", false),
        ("one address on one network", "1 Anna_Müller - xmpp:Anna@x", "9 A.M. - xmpp:anna@x", true),
        ("the same on two networks", "1 Anna_Müller - xmpp:anna@x", "9 Anna_Müller - skype:anna@x", false),
        ("the name alone", "1 Anna_Müller", "9 Anna_Müller", false),
    ] {
        let database = TestDatabase::sqlite();
        let store = database.store().await;
        let (hr, ad) = (source(&store, "hr").await, source(&store, "ad").await);
        import(&store, ad, true, told(&[second])).await;
        import(&store, hr, true, told(&[first])).await;
        let found = entries(store.people_after(Uuid::nil(), 10).await.unwrap());
        assert_eq!(found.len(), if one { 1 } else { 2 }, "{why}");
        if one {
            assert_eq!(found[0].display, "Anna Müller", "{why}: the source that comes first is believed");
        }
    }
}

#[tokio::test]
async fn two_sources_that_disagree_part_and_meet() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let (hr, ad) = (source(&store, "hr").await, source(&store, "ad").await);
    import(&store, hr, true, told(&["1 Anna_Müller a@x.example xmpp:anna@x"])).await;
    put_person(&store, ad, record("u1 Anna_Maier a@x.example skype:anna@x")).await.unwrap();
    let all = async || entries(store.people_after(Uuid::nil(), 10).await.unwrap());
    let one = all().await;
    assert_eq!((one.len(), one[0].networks.len()), (1, 2));
    let id = one[0].id;
    put_person(&store, ad, record("u1 Anna_Maier other@x.example skype:anna@x")).await.unwrap();
    let parted = all().await;
    assert_eq!(parted.len(), 2, "the addresses are no longer the same");
    assert!(parted.iter().any(|entry| entry.id == id && entry.display == "Anna Müller"));
    assert_eq!(parted.iter().map(|entry| entry.id).collect::<HashSet<_>>().len(), 2);
    put_person(&store, ad, record("u1 Anna_Maier A@X.example skype:anna@x")).await.unwrap();
    assert_eq!(all().await.len(), 1);
    assert!(remove_person(&store, hr, "1").await.unwrap());
    assert!(!remove_person(&store, hr, "1").await.unwrap());
    let left = all().await;
    assert_eq!(
        (left.len(), left[0].id, left[0].display.as_str()),
        (1, id, "Anna Maier"),
        "who remains stays the same"
    );
}

#[tokio::test]
async fn who_follows_misses_no_change() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let hr = source(&store, "hr").await;
    import(&store, hr, true, told(&["1 Anna", "2 Bernd"])).await;
    let since = store.people_clock().await.unwrap();
    let mut import = Import::begin(&store, hr, false, "test").await.unwrap();
    let refusal =
        Refusal { place: "5".into(), key: None, reason: RefusalReason::Unreadable("no text".into()) };
    import
        .add(vec![Told::Gone("1".into()), Told::Gone("unknown".into()), Told::Refused(refusal)])
        .await
        .unwrap();
    let row = import.finish().await.unwrap();
    assert_eq!(counts(&row), [1, 0, 0, 1, 1]);
    let changed = store.changed_entries(since.revision, 100).await.unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(store.people_of_entries(&changed).await.unwrap(), []);
    let now = store.people_clock().await.unwrap();
    assert_eq!(
        store.forget_gone_entries(since.revision).await.unwrap(),
        0,
        "an older index does not know of it"
    );
    assert_eq!(store.forget_gone_entries(now.revision).await.unwrap(), 1);
    let whole = store.people_clock().await.unwrap().whole_revision;
    assert_eq!(whole, now.revision, "an older index would not learn that somebody is gone");
}

/// A directory that follows, until the guard is dropped.
fn following(store: &Store, snapshot: &Path) -> (People, tokio_util::sync::DropGuard) {
    let (people, stop) = (People::default(), CancellationToken::new());
    tokio::spawn(people.clone().follow(store.clone(), snapshot.to_owned(), stop.clone()));
    (people, stop.drop_guard())
}

async fn finds(people: &People, text: &str, names: &[&str]) {
    let mut last = Vec::new();
    for _ in 0..400 {
        people.changed();
        let search = Search { text, limit: names.len().max(1), ..Search::default() };
        last = people.search(&search).into_iter().map(|entry| entry.display).collect();
        if people.is_ready() && last == names {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{text:?} finds {last:?}, not {names:?}");
}

#[tokio::test]
async fn the_index_follows_and_starts_from_its_snapshot_with_what_changed_since() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let folder = tempfile::tempdir().unwrap();
    let snapshot = folder.path().join("people");
    let hr = source(&store, "hr").await;
    import(&store, hr, true, told(&["1 Anna_Müller", "2 Bernd_Maier"])).await;
    let (people, guard) = following(&store, &snapshot);
    finds(&people, "muller", &["Anna Müller"]).await;
    import(&store, hr, true, told(&["1 Anna_Weber", "3 Clara_Maier"])).await;
    finds(&people, "maier", &["Clara Maier"]).await;
    finds(&people, "anna", &["Anna Weber"]).await;
    drop(guard);
    assert!(snapshot.exists());
    // What changes while nobody follows, and a start from the snapshot.
    import(&store, hr, true, told(&["1 Anna_Weber", "4 Dora_Maier"])).await;
    let (people, guard) = following(&store, &snapshot);
    finds(&people, "maier", &["Dora Maier"]).await;
    drop(guard);
    // A snapshot that does not fit is passed over.
    std::fs::write(&snapshot, "HFD1 something else").unwrap();
    let (people, _guard) = following(&store, &snapshot);
    finds(&people, "maier", &["Dora Maier"]).await;
    assert_eq!(people.count(), 2);
}

async fn nickname(store: &Store, revision: i64, name: &str, nickname: &str) {
    let nicknames = format!("[{nickname:?}]");
    let row = NicknameRow { name: name.into(), name_key: name.to_lowercase(), nicknames };
    let by = By { at: Timestamp(1), user_id: None, name: "test".into() };
    assert!(store.replace_nicknames(&[row], revision, &by).await.unwrap().is_some());
}

#[tokio::test]
async fn whoever_follows_knows_new_nicknames_and_a_start_from_an_old_snapshot_does_too() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let folder = tempfile::tempdir().unwrap();
    let hr = source(&store, "hr").await;
    import(&store, hr, true, told(&["1 Ignatius_Pell", "2 Robert_Pell"])).await;
    let (people, guard) = following(&store, &folder.path().join("one"));
    let (other, _other_guard) = following(&store, &folder.path().join("other"));
    finds(&people, "pell", &["Ignatius Pell", "Robert Pell"]).await;
    finds(&other, "iggy", &[]).await;
    nickname(&store, 0, "Ignatius", "Iggy").await;
    finds(&people, "iggy", &["Ignatius Pell"]).await;
    finds(&other, "iggy", &["Ignatius Pell"]).await;
    finds(&other, "bob", &["Robert Pell"]).await;
    drop(guard);
    let (people, guard) = following(&store, &folder.path().join("one"));
    finds(&people, "iggy", &["Ignatius Pell"]).await;
    drop(guard);
    nickname(&store, 1, "Ignatius", "Nacho").await;
    let (people, _guard) = following(&store, &folder.path().join("one"));
    finds(&people, "nacho", &["Ignatius Pell"]).await;
    finds(&people, "iggy", &[]).await;
}

#[tokio::test]
async fn many_changes_make_the_index_anew_and_pages_cut_nobody() {
    let database = TestDatabase::sqlite();
    let store = database.store().await;
    let folder = tempfile::tempdir().unwrap();
    let (hr, ad) = (source(&store, "hr").await, source(&store, "ad").await);
    let lines = |source: &str| -> Vec<Told> {
        let line = |number: u32| format!("{source}{number} Max_Mustermann{number} m{number}@x.example");
        (0..2_100).map(|number| Told::person(record(&line(number)))).collect()
    };
    import(&store, hr, true, lines("h")).await;
    import(&store, ad, true, lines("a")).await;
    let (people, _guard) = following(&store, &folder.path().join("people"));
    finds(&people, "mustermann2099", &["Max Mustermann2099"]).await;
    assert_eq!(people.count(), 2_100, "each person once, though two sources tell of them");
}
