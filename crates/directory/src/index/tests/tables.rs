//! What finds whom.

use super::{directory, found, id, named};
use crate::index::{Directory, Entry, Nicknames, Search};

/// Each name is alone in a directory; it must be found by the first list and not by the second.
fn check(name: &str, finding: &[&str], not: &[&str]) {
    let directory = directory(&named(&[name]));
    for typed in finding {
        assert_eq!(found(&directory, typed), [name], "{typed:?} for {name:?}");
    }
    for typed in not {
        assert!(found(&directory, typed).is_empty(), "{typed:?} for {name:?}");
    }
}

#[test]
fn marks_and_umlauts_both_ways() {
    check("Jörg Müller", &["müller", "muller", "mueller", "MUE", "Mu\u{308}l", "joerg muell"], &["miller x"]);
    check("Joerg Mueller", &["müller", "muller", "mueller", "jörg"], &[]);
    check("André Lefèvre", &["andre lefevre", "André", "ANDRE\u{301}"], &[]);
    check("Łukasz Żak", &["lukasz zak", "łukasz żak"], &[]);
    check("Søren Sæther", &["soren", "soeren", "saether", "søren sæ"], &[]);
    check("Günther Groß", &["gunther gross", "guenther groß"], &[]);
    check("İlker Işık", &["ilker isik", "ışık"], &[]);
}

#[test]
fn words_in_any_order_each_once() {
    check(
        "Anna Maria Schmidt",
        &["anna schmidt", "schmidt anna", "Schmidt, Anna", "maria sch", "s m a", "sch", "anna maria schmidt"],
        &["schmidt schmidt", "anna peter", "a a a"],
    );
    check("Hans-Peter Klein", &["hans", "peter", "hanspeter", "hans-peter", "klein hans-p"], &["hansklein"]);
    check("Sinead O'Brien", &["obrien", "o'brien", "O’Brien s"], &[]);
    check("van der Berg, Jan", &["van der berg", "berg jan", "jan v"], &[]);
}

#[test]
fn one_error_in_words_of_four_letters_or_more() {
    check(
        "Michael Weber",
        &[
            "micheal",
            "mihcael weber",
            "michal web",
            "micxhael",
            "wbeer",
            "weer",
            "wweber",
            "vichael",
            "webre mich",
        ],
        &["mcihaele", "xxchael", "weber xnna"],
    );
    check("Anna Li", &["ana", "anan", "amna", "li anna"], &["ly", "ann x"]);
    check("Ulf Ott", &["ulf"], &["uf", "utl", "ottt ulv"]);
}

#[test]
fn two_errors_only_when_nobody_has_one() {
    let directory = directory(&named(&["Michael Weber", "Michaela Webster"]));
    assert_eq!(found(&directory, "mihcael wbeer"), ["Michael Weber"]);
    assert_eq!(found(&directory, "michael wbester"), ["Michaela Webster"]);
}

#[test]
fn other_scripts_and_their_romanisation() {
    check("Михаил Щербаков", &["михаил", "щерб", "mikhail shch", "Щербаков М", "михаил щербаков"], &["иван"]);
    check("Юлия Ельцина", &["yuliya", "юлия", "юл"], &[]);
    check("Γιώργος Παπαδόπουλος", &["γιωργος", "Γιώργος", "giorgos", "παπ"], &[]);
    check("محمد الحسن", &["محمد", "الحسن", "مُحَمَّد"], &[]);
    check("山田太郎", &["山", "田", "太郎", "山田太郎", "田太"], &["佐"]);
    check("山田 太郎", &["山田太郎", "太郎 山田", "山田, 太郎"], &[]);
    check("王小明", &["王", "小明", "wang", "xiaoming", "wangxiaoming"], &["王王"]);
    check("김민수", &["김", "민수", "minsu"], &[]);
    check("さくら 田中", &["sakura", "さく"], &[]);
    check("राम शर्मा", &["राम", "शर्मा"], &["रम"]);
    check("Ivan Petrov", &["иван", "петров и"], &[]);
}

#[test]
fn nicknames_and_those_of_the_administrator() {
    check("Robert Smith", &["bob", "bob smith", "rob"], &["bill"]);
    check("Bob Smith", &["robert", "smith robert"], &["roberta"]);
    check("Johannes Maier", &["hans", "hannes maier"], &[]);
    let directory = directory(&named(&["Ignatius Miller"]));
    let mut nicknames = Nicknames::none();
    let search = Search { text: "iggy", limit: 10, ..Search::default() };
    assert!(directory.search(&search, &nicknames).is_empty());
    nicknames.extend("Ignatius: Iggy").unwrap();
    assert_eq!(directory.search(&search, &nicknames).len(), 1);
}

fn with_fields() -> Directory {
    let mortgages = Entry {
        department: Some("Mortgage Advisory".into()),
        title: Some("Senior Advisor".into()),
        location: Some("München".into()),
        company: Some("Nordbank".into()),
        email: Some("Anna.Schmidt@nordbank.example".into()),
        phones: vec!["+49 (89) 1234-567".into(), "0171 999888".into()],
        skills: vec!["Spanish".into(), "Building loans".into()],
        ..Entry::named(id(1), "Anna Schmidt")
    };
    let cards = Entry {
        department: Some("Cards".into()),
        location: Some("Berlin".into()),
        email: Some("as2@cards.example".into()),
        skills: vec!["Spanish".into()],
        ..Entry::named(id(2), "Anna Schmitt")
    };
    directory(&[mortgages, cards])
}

#[test]
fn words_beside_the_name() {
    let directory = with_fields();
    for (typed, expected) in [
        ("anna", &["Anna Schmidt", "Anna Schmitt"][..]),
        ("schmi mortgage", &["Anna Schmidt"]),
        ("mortgage", &["Anna Schmidt"]),
        ("munich", &[]),
        ("muenchen anna", &["Anna Schmidt"]),
        ("senior adv", &["Anna Schmidt"]),
        ("anna berl", &["Anna Schmitt"]),
        ("nordbank schmidt", &["Anna Schmidt"]),
        ("anna.schmidt@nord", &["Anna Schmidt"]),
        ("ANNA.SCHMIDT@NORDBANK.EXAMPLE", &["Anna Schmidt"]),
        ("as2", &["Anna Schmitt"]),
        ("+49 89 1234567", &["Anna Schmidt"]),
        ("089 1234567", &["Anna Schmidt"]),
        ("567", &["Anna Schmidt"]),
        ("0171-999888 anna", &["Anna Schmidt"]),
        ("123", &[]),
        ("be", &[]),
    ] {
        assert_eq!(found(&directory, typed), expected, "{typed}");
    }
}

#[test]
fn skills_narrow_a_search() {
    let directory = with_fields();
    let skilled = |text: &str, skills: &[&str]| {
        let skills: Vec<_> = skills.iter().map(ToString::to_string).collect();
        let search = Search { text, skills: &skills, limit: 10, ..Search::default() };
        let found = directory.search(&search, &Nicknames::none());
        found.into_iter().map(|entry| entry.display).collect::<Vec<_>>()
    };
    assert_eq!(skilled("", &["Spanish"]), ["Anna Schmidt", "Anna Schmitt"]);
    assert_eq!(skilled("anna", &["Spanish", "Building loans"]), ["Anna Schmidt"]);
    assert_eq!(skilled("schmitt", &["Building loans"]), ["Anna Schmidt"]);
    assert!(skilled("anna", &["Chess"]).is_empty());
    assert!(skilled("", &[]).is_empty());
}

#[test]
fn hostile_input_is_harmless() {
    let directory = directory(&named(&["Anna Schmidt", "山田太郎", "Ab Ba Aa Bb Ab Ba Aa Bb Cc"]));
    for typed in [
        "a".repeat(10_000),
        "a ".repeat(5_000),
        "\u{301}".repeat(10_000),
        "山".repeat(10_000),
        "аnna mülлer 山a田b".repeat(500),
        "\0\u{202E}\u{FEFF}anna".into(),
        "@@@ @ .@ +++ ((((".into(),
        "a@".repeat(5_000),
        "1".repeat(10_000),
        "\u{FDFA}".repeat(10_000),
    ] {
        found(&directory, &typed);
    }
    let search = Search { text: "anna", limit: 0, ..Search::default() };
    assert!(directory.search(&search, &Nicknames::none()).is_empty());
}
