//! A made-up population.

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use unicode_normalization::UnicodeNormalization as _;

use crate::names::{Language, languages};

const COMPANIES: [&str; 8] = [
    "Nordbank",
    "Nordbank Leasing",
    "Atlas Insurance",
    "Helio Energy",
    "Meridian Consulting",
    "Orbit Telecom",
    "Kestrel Logistics",
    "Union Software",
];
const SUBJECTS: [&str; 16] = [
    "Mortgage",
    "Cards",
    "Payments",
    "Claims",
    "Retail",
    "Network",
    "Security",
    "Payroll",
    "Legal",
    "Tax",
    "Sales",
    "Marketing",
    "Logistics",
    "Billing",
    "Treasury",
    "Compliance",
];
const UNITS: [&str; 6] = ["Team", "Support", "Operations", "Development", "Advisory", "Back Office"];
const TITLES: [&str; 10] = [
    "Specialist",
    "Senior Specialist",
    "Manager",
    "Head",
    "Analyst",
    "Consultant",
    "Engineer",
    "Assistant",
    "Director",
    "Clerk",
];
const PLACES: [&str; 20] = [
    "Frankfurt",
    "Berlin",
    "Hamburg",
    "München",
    "Zürich",
    "Wien",
    "London",
    "Manchester",
    "Dublin",
    "Paris",
    "Lyon",
    "Madrid",
    "Milano",
    "Warszawa",
    "Kraków",
    "Amsterdam",
    "Stockholm",
    "Praha",
    "Istanbul",
    "Athens",
];

/// One of them.
#[derive(Debug, Clone)]
pub struct Person {
    /// Given names.
    pub given: String,
    /// Family names.
    pub family: String,
    /// The name as a directory shows it.
    pub display: String,
    /// Company.
    pub company: &'static str,
    /// Department.
    pub department: String,
    /// Title.
    pub title: String,
    /// Place.
    pub place: &'static str,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Whether reachable: 0 to 6, the smaller the better; 4 is unknown.
    pub reach: u8,
}

/// So many people; the same seed makes the same.
#[must_use]
pub fn population(count: usize, seed: u64) -> Vec<Person> {
    let mut dice = StdRng::seed_from_u64(seed);
    let languages = languages();
    (0..count).map(|number| person(&languages, number, &mut dice)).collect()
}

fn person(languages: &[Language], number: usize, dice: &mut StdRng) -> Person {
    let language = language(languages, dice);
    let mut given = language.given(dice);
    let mut family = language.family(dice);
    if language.share >= 30 && dice.random_bool(0.1) {
        given = format!("{given} {}", language.given(dice));
    } else if language.share >= 100 && dice.random_bool(0.04) {
        given = format!("{given} {}.", char::from(b'A' + dice.random_range(0..26)));
    } else if language.share >= 30 && dice.random_bool(0.03) {
        family = format!("{family}-{}", language.family(dice));
    }
    let display =
        if dice.random_bool(0.2) { format!("{family}, {given}") } else { format!("{given} {family}") };
    let (subject, unit, title) = (pick(&SUBJECTS, dice), pick(&UNITS, dice), pick(&TITLES, dice));
    let company = pick(&COMPANIES, dice);
    Person {
        email: email(&given, &family, number, company),
        phone: format!(
            "+{} {} {:07}",
            [49, 44, 33, 48, 31][number % 5],
            10 + number % 89,
            dice.random_range(0..10_000_000)
        ),
        given,
        family,
        display,
        company,
        department: format!("{subject} {unit}"),
        title: format!("{title} {subject}"),
        place: pick(&PLACES, dice),
        reach: if dice.random_bool(0.3) { dice.random_range(0..7) } else { 4 },
    }
}

fn language<'a>(languages: &'a [Language], dice: &mut StdRng) -> &'a Language {
    let all: u32 = languages.iter().map(|language| language.share).sum();
    let mut ticket = dice.random_range(0..all.max(1));
    for language in languages {
        if ticket < language.share {
            return language;
        }
        ticket -= language.share;
    }
    &languages[0]
}

fn pick<T: Copy>(list: &[T], dice: &mut StdRng) -> T {
    let place = (dice.random::<f64>().powf(1.5) * list.len() as f64) as usize;
    list[place.min(list.len() - 1)]
}

fn email(given: &str, family: &str, number: usize, company: &str) -> String {
    let latin = |name: &str| -> String {
        name.nfd().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase()
    };
    let domain = company.replace(' ', "-").to_ascii_lowercase();
    match (latin(given), latin(family)) {
        (given, family) if given.is_empty() || family.is_empty() => format!("u{number}@{domain}.example"),
        (given, family) if number.is_multiple_of(5) => format!("{given}.{family}@{domain}.example"),
        (given, family) => format!("{given}.{family}{}@{domain}.example", number % 1_000),
    }
}
