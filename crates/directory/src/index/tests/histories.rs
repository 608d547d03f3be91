//! Random people, changes and searches: the directory finds what the model finds, in its order.

use super::{directory, id, model};
use crate::index::{Change, Directory, Entry, EntryId, Nicknames, Search};
use hookflash_domain::Presence;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::BTreeMap;

const GIVEN: [&str; 24] = [
    "Anna",
    "Anne",
    "Hanna",
    "Ana",
    "Michael",
    "Michal",
    "Micha",
    "Müller",
    "Hans-Peter",
    "Peter",
    "Robert",
    "Bob",
    "Juan Carlos",
    "Jürgen",
    "Juergen",
    "Иван",
    "Ivan",
    "太郎",
    "Γιώργος",
    "M.",
    "Li",
    "André",
    "Andre",
    "민수",
];
const FAMILY: [&str; 20] = [
    "Müller",
    "Mueller",
    "Muller",
    "Meier",
    "Mayer",
    "Meyer",
    "Schmidt",
    "Schmitt",
    "Peter",
    "van der Berg",
    "Berg",
    "O'Brien",
    "Иванов",
    "山田",
    "김",
    "Hanna",
    "Lefèvre",
    "Groß",
    "Gross",
    "Ann",
];
const WORDS: [&str; 6] = ["Sales", "Mortgage Team", "Team Berlin", "München", "Anna Hall", "Bergen"];
const SKILLS: [&str; 2] = ["Spanish", "Tax"];

fn pick<T: Copy>(list: &[T], dice: &mut StdRng) -> T {
    list[dice.random_range(0..list.len())]
}

fn entry(number: u128, dice: &mut StdRng) -> Entry {
    let (given, family) = (pick(&GIVEN, dice), pick(&FAMILY, dice));
    let display = match dice.random_range(0..4) {
        0 => format!("{family}, {given}"),
        1 => format!("{given} {family} {}", pick(&GIVEN, dice)),
        _ => format!("{given} {family}"),
    };
    let mut entry = Entry::named(id(number), &display);
    if dice.random_bool(0.7) {
        (entry.given, entry.family) = (Some(given.to_owned()), Some(family.to_owned()));
    }
    let mut maybe = |share: f64| dice.random_bool(share).then(|| pick(&WORDS, dice).to_owned());
    (entry.department, entry.title, entry.location) = (maybe(0.5), maybe(0.3), maybe(0.3));
    entry.company = dice.random_bool(0.5).then(|| pick(&["Ours", "Theirs"], dice).to_owned());
    entry.email = dice
        .random_bool(0.5)
        .then(|| format!("{}{}@ours.example", pick(&["anna", "peter"], dice), number % 3));
    entry.phones = vec![format!("+49 69 {}", 1_000 + number % 7)];
    entry.skills = SKILLS.iter().filter(|_| dice.random_bool(0.3)).map(ToString::to_string).collect();
    entry
}

/// Words of names and fields, cut short, turned round, with errors.
fn typed(dice: &mut StdRng) -> String {
    let mut words = Vec::new();
    for _ in 0..dice.random_range(1..4) {
        let word = match dice.random_range(0..20) {
            0..9 => pick(&GIVEN, dice),
            9..16 => pick(&FAMILY, dice),
            16..18 => pick(&WORDS, dice),
            18 => "anna1@ours",
            _ => "1003",
        };
        let mut letters: Vec<char> = word.chars().collect();
        if dice.random_bool(0.4) {
            letters.truncate(dice.random_range(1..=letters.len()));
        }
        if dice.random_bool(0.3) {
            let at = dice.random_range(0..letters.len());
            match dice.random_range(0..4) {
                0 => letters.insert(at, 'x'),
                1 => letters[at] = 'e',
                2 if at > 0 => letters.swap(at, at - 1),
                _ => drop(letters.remove(at)),
            }
        }
        words.push(letters.into_iter().collect::<String>());
    }
    words.join(if dice.random_bool(0.15) { ", " } else { " " })
}

/// The directory with the people, part of them as changes over it.
fn changed(people: &mut Vec<Entry>, dice: &mut StdRng) -> Directory {
    let mut directory = directory(people);
    for _ in 0..dice.random_range(0..4) {
        let changes: Vec<_> = (0..dice.random_range(1..8)).map(|_| change(people, dice)).collect();
        directory = directory.with_changes(changes).unwrap();
        if dice.random_bool(0.3) {
            directory = directory.rebased(directory.rebuild().unwrap(), directory.change_count()).unwrap();
            assert_eq!(directory.changed_count(), 0);
        }
    }
    directory
}

fn change(people: &mut Vec<Entry>, dice: &mut StdRng) -> Change {
    let new = entry(dice.random_range(1..80), dice);
    people.retain(|entry| entry.id != new.id);
    if dice.random_bool(0.3) {
        return Change::Remove(new.id);
    }
    people.push(new.clone());
    Change::Put(Box::new(new))
}

#[test]
fn the_directory_finds_what_the_model_finds() {
    let seed = rand::random();
    println!("seed {seed}");
    let mut dice = StdRng::seed_from_u64(seed);
    let nicknames = Nicknames::common();
    for _ in 0..30 {
        let count = dice.random_range(0..60);
        let mut people: Vec<_> = (1..=count).map(|number| entry(number, &mut dice)).collect();
        let directory = changed(&mut people, &mut dice);
        assert_eq!(directory.count(), people.len());
        let reach = told(&directory, &people, &mut dice);
        for _ in 0..40 {
            let text = typed(&mut dice);
            let recent: Vec<_> = (0..dice.random_range(0..4)).map(|_| id(dice.random_range(1..80))).collect();
            let skills: Vec<_> =
                SKILLS.iter().filter(|_| dice.random_bool(0.1)).map(ToString::to_string).collect();
            let search = Search {
                text: &text,
                skills: &skills,
                company: dice.random_bool(0.5).then_some("Ours"),
                recent: &recent,
                limit: dice.random_range(1..25),
            };
            let ours: Vec<_> =
                directory.search(&search, &nicknames).into_iter().map(|entry| entry.id).collect();
            let expected = model::search(&people, &reach, &search, &nicknames);
            let names = |ids: &[EntryId]| {
                let names = ids.iter().map(|id| directory.entry(*id).map(|entry| entry.display));
                ids.iter().zip(names).map(|(id, name)| (id.0.as_u128(), name)).collect::<Vec<_>>()
            };
            assert_eq!(names(&ours), names(&expected), "seed {seed}: {search:?}");
        }
    }
}

fn told(directory: &Directory, people: &[Entry], dice: &mut StdRng) -> BTreeMap<EntryId, u8> {
    let all = [Presence::Available, Presence::Busy, Presence::Offline, Presence::Unknown];
    let mut reach = BTreeMap::new();
    for entry in people {
        if dice.random_bool(0.5) {
            let presence = pick(&all, dice);
            assert!(directory.tell_reach(entry.id, presence));
            reach.insert(entry.id, presence.reach_rank());
        }
    }
    reach
}
