//! Changes over an index.

use super::{directory, found, id, index, named};
use crate::index::{Change, Directory, Entry, EntryRefused};
use hookflash_domain::Presence;

fn put(number: u128, name: &str) -> Change {
    Change::Put(Box::new(Entry::named(id(number), name)))
}

fn two() -> Directory {
    directory(&named(&["Anna Weber", "Bernd Weber"]))
}

#[test]
fn the_most_frequent_skills_come_first() {
    let skilled = |number: u128, skills: &[&str]| Entry {
        skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
        ..Entry::named(id(number), "Anna Müller")
    };
    let directory = directory(&[skilled(1, &["Cards", "Tax"]), skilled(2, &["Tax"])]);
    assert_eq!(directory.skills(10), ["Tax", "Cards"]);
    let changed = [3, 4].map(|number| Change::Put(Box::new(skilled(number, &["Mandates", "Cards"]))));
    let directory = directory.with_changes(changed).unwrap();
    assert_eq!(directory.skills(10), ["Cards", "Mandates", "Tax"]);
    assert_eq!(directory.skills(1), ["Cards"]);
}

#[test]
fn a_change_gives_a_new_directory_and_leaves_the_old_one() {
    let before = two();
    let after = before
        .with_changes([
            put(1, "Anna Maier"),
            Change::Remove(id(2)),
            put(3, "Zoe Weber"),
            Change::Remove(id(9)),
        ])
        .unwrap();
    assert_eq!(found(&before, "weber"), ["Anna Weber", "Bernd Weber"]);
    assert_eq!(found(&after, "weber"), ["Zoe Weber"]);
    assert_eq!(found(&after, "anna"), ["Anna Maier"]);
    assert_eq!((before.count(), after.count()), (2, 2));
    assert_eq!(after.entry(id(1)).map(|entry| entry.display).as_deref(), Some("Anna Maier"));
    assert_eq!(after.entry(id(2)), None);
}

#[test]
fn what_changed_during_a_rebuild_lies_over_the_new_index() {
    let before = two().with_changes([put(3, "Zoe Weber")]).unwrap();
    let rebuilt = before.rebuild().unwrap();
    let meanwhile = before.with_changes([Change::Remove(id(1)), put(3, "Zoe Maier")]).unwrap();
    let after = meanwhile.rebased(rebuilt, before.change_count()).unwrap();
    assert_eq!(after.changed_count(), 2);
    assert_eq!(found(&after, "weber"), ["Bernd Weber"]);
    assert_eq!(found(&after, "zoe"), ["Zoe Maier"]);
}

#[test]
fn presence_outlives_changes_and_rebuilds() {
    let directory = two();
    directory.tell_reach(id(2), Presence::Available);
    assert_eq!(found(&directory, "weber"), ["Bernd Weber", "Anna Weber"]);
    let changed = directory.with_changes([put(2, "Bernt Weber")]).unwrap();
    assert_eq!(found(&changed, "weber"), ["Bernt Weber", "Anna Weber"]);
    let rebased = changed.rebased(changed.rebuild().unwrap(), changed.change_count()).unwrap();
    assert_eq!(found(&rebased, "weber"), ["Bernt Weber", "Anna Weber"]);
    rebased.tell_reach(id(2), Presence::Offline);
    assert_eq!(found(&rebased, "weber"), ["Anna Weber", "Bernt Weber"]);
}

#[test]
fn entries_come_back_whole() {
    let entry = Entry {
        given: Some("Hans-Peter".into()),
        family: Some("O'Brien".into()),
        company: Some("Nordbank".into()),
        department: Some("Cards".into()),
        title: None,
        location: Some(String::new()),
        email: Some("hp@nordbank.example".into()),
        phones: vec!["+49 (69) 12-3".into(), "ext. 17".into(), String::new()],
        skills: vec!["Tax".into()],
        networks: ["sip:hp@nordbank.example", "hp@nordbank.example", "other"]
            .map(|address| hookflash_domain::PersonId {
                network: hookflash_domain::NetworkId("skype".into()),
                address: address.into(),
            })
            .to_vec(),
        ..Entry::named(id(7), "O'Brien, Hans-Peter")
    };
    let other = Entry { email: Some("no address".into()), ..Entry::named(id(8), "Support") };
    let directory = directory(&[entry.clone(), other.clone()]);
    assert_eq!(directory.entry(id(7)), Some(entry));
    assert_eq!(directory.entry(id(8)), Some(other));
    assert_eq!(directory.entry(id(9)), None);
}

#[test]
fn of_two_entries_with_one_id_the_last_counts() {
    let mut entries = named(&["Anna Weber", "Bernd Weber"]);
    entries.push(Entry::named(id(1), "Clara Weber"));
    let index = index(&entries);
    assert_eq!(index.count(), 2);
    assert_eq!(found(&Directory::new(index), "weber"), ["Bernd Weber", "Clara Weber"]);
}

#[test]
fn what_is_too_large_is_refused_and_changes_nothing() {
    let directory = two();
    let long = Change::Put(Box::new(Entry::named(id(3), &"x".repeat(Entry::MAX_BYTES + 1))));
    let refused = EntryRefused::TooLong { field: "display name", limit: Entry::MAX_BYTES };
    assert_eq!(directory.with_changes([long]).err(), Some(refused));
    let mut skilled = Entry::named(id(3), "Zoe");
    skilled.skills = vec![String::new(); Entry::MAX_ITEMS + 1];
    let refused = EntryRefused::TooMany { field: "skills", limit: Entry::MAX_ITEMS };
    assert_eq!(directory.with_changes([Change::Put(Box::new(skilled))]).err(), Some(refused));
    assert_eq!(found(&directory, "weber").len(), 2);
}
