//! Who comes first.

use super::{directory, found, id, named};
use crate::index::{Directory, Entry, Nicknames, Search};
use hookflash_domain::Presence;

#[test]
fn the_better_name_comes_first() {
    for (typed, names) in [
        ("Müller mich", &["Michael Müller", "Micha Puck Muller"][..]),
        ("anna", &["Anna Zuse", "Annabel Abt"]),
        ("weber", &["Zoe Weber", "Aaron Webermann", "Aaron Veber"]),
        ("muller", &["Zoe Muller", "Aaron Muellerin"]),
        ("müller", &["Zoe Mueller", "Aaron Muller"]),
        ("mueller", &["Zoe Müller", "Aaron Muellerin"]),
        ("michal", &["Michal Zuse", "Michael Abt"]),
        ("max peter", &["Max Peter", "Max Peter Abt"]),
        ("max peter", &["Peter Max", "Max Peter Abt"]),
        ("peter, max", &["Max Peter", "Peter Max"]),
        ("m müller", &["Max Müller"]),
        ("bob", &["Bob Zuse", "Robert Abt", "Bobo Cech"]),
    ] {
        let mut reversed = names.to_vec();
        reversed.reverse();
        reversed.push("Hans Müller");
        let directory = directory(&named(&reversed));
        let ours: Vec<_> =
            found(&directory, typed).into_iter().filter(|name| names.contains(&name.as_str())).collect();
        assert_eq!(ours, names, "{typed}");
    }
}

#[test]
fn many_who_fit_less_well_do_not_hide_who_fits_better() {
    // Found by the way of a frequent surname, with an error in the rarer word.
    let mut names: Vec<_> = (0..30).map(|_| "Anne-Marie Brandt").collect();
    names.extend(["Martin Brandt"; 3]);
    names.extend(["Marina Abt"; 60]);
    let directory = directory(&named(&names));
    assert_eq!(found(&directory, "brandt marin")[..3], ["Martin Brandt"; 3]);
}

#[test]
fn a_beginning_does_not_prefer_short_names() {
    let mut names = vec!["Wouter Jeroen Bos"];
    names.extend(["Wouter Bos"; 30]);
    let directory = directory(&named(&names));
    directory.tell_reach(id(1), Presence::Available);
    assert_eq!(found(&directory, "wou bos")[0], "Wouter Jeroen Bos");
    assert_eq!(found(&directory, "wouter bos")[0], "Wouter Bos");
}

#[test]
fn one_letter_of_the_surname_is_not_also_the_first_name() {
    assert!(found(&directory(&named(&["Hans Müller"])), "m müller").is_empty());
}

/// Five with one name, numbered in the order of their ids.
fn five() -> Directory {
    let named = |number| Entry {
        company: Some(if number == 5 { "Ours" } else { "Theirs" }.into()),
        ..Entry::named(id(number), "Anna Weber")
    };
    directory(&(1..=5).map(named).collect::<Vec<_>>())
}

fn order(directory: &Directory, company: Option<&str>, recent: &[u128]) -> Vec<u128> {
    let recent: Vec<_> = recent.iter().map(|number| id(*number)).collect();
    let search = Search { text: "anna", company, recent: &recent, limit: 10, ..Search::default() };
    let found = directory.search(&search, &Nicknames::none());
    found.into_iter().map(|entry| entry.id.0.as_u128()).collect()
}

#[test]
fn reachable_then_recent_then_own_company() {
    let directory = five();
    assert_eq!(order(&directory, None, &[]), [1, 2, 3, 4, 5]);
    assert_eq!(order(&directory, Some("Ours"), &[]), [5, 1, 2, 3, 4]);
    assert_eq!(order(&directory, Some("Nobody's"), &[]), [1, 2, 3, 4, 5]);
    assert_eq!(order(&directory, Some("Ours"), &[4, 2, 99]), [4, 2, 5, 1, 3]);
    for (number, presence) in [(3, Presence::Available), (2, Presence::Busy), (4, Presence::Offline)] {
        assert!(directory.tell_reach(id(number), presence));
    }
    assert!(!directory.tell_reach(id(99), Presence::Available));
    assert_eq!(order(&directory, Some("Ours"), &[4, 2]), [3, 2, 5, 1, 4]);
}

#[test]
fn presence_does_not_bring_a_worse_name_to_the_front() {
    let directory = directory(&named(&["Anna Weber", "Annabel Weber"]));
    directory.tell_reach(id(2), Presence::Available);
    directory.tell_reach(id(1), Presence::Offline);
    assert_eq!(found(&directory, "anna"), ["Anna Weber", "Annabel Weber"]);
    assert_eq!(found(&directory, "ann"), ["Annabel Weber", "Anna Weber"]);
}
