//! Large made-up populations: every run gives the same people.

use super::{Directory, Person, demo};

const GIVEN: [&str; 24] = [
    "Anna", "Lukas", "Sofia", "Jonas", "Marie", "Felix", "Lena", "Paul", "Emma", "Leon", "Clara", "Max",
    "Ingrid", "Tomasz", "Aisha", "Kenji", "Chiara", "Mateo", "Zoe", "Pavel", "Nora", "Iwan", "Grace", "Ravi",
];
const FAMILY: [&str; 24] = [
    "Schneider",
    "Fischer",
    "Weber",
    "Wagner",
    "Hoffmann",
    "Koch",
    "Richter",
    "Klein",
    "Wolf",
    "Neumann",
    "Schwarz",
    "Zimmermann",
    "Krause",
    "Novak",
    "Rossi",
    "Dubois",
    "Santos",
    "Nguyen",
    "Okafor",
    "Jensen",
    "Kowalski",
    "Ivanova",
    "Haddad",
    "Sato",
];
const DEPARTMENT: [&str; 8] =
    ["Payments", "Cards", "Mortgages", "Savings", "Fraud", "Legal", "IT Service", "Securities"];
const TITLE: [&str; 6] =
    ["Specialist", "Senior specialist", "Team lead", "Analyst", "Adviser", "Product owner"];

/// `agents` accounts `agent1@domain`… (password `demo`) and `count` experts `expert1@domain`…, all of
/// persona `persona`, added to the demo population.
pub(crate) fn generate(
    domain: &str,
    count: usize,
    agents: usize,
    persona: &str,
) -> anyhow::Result<Directory> {
    let mut people = demo(domain)?.all().to_vec();
    for number in 1..=agents {
        people.push(Person {
            uri: format!("agent{number}@{domain}"),
            name: format!("Agent {number}"),
            title: "Agent".to_owned(),
            department: "Contact centre".to_owned(),
            password: "demo".to_owned(),
            ..Person::default()
        });
    }
    for number in 1..=count {
        people.push(expert(domain, number, persona));
    }
    Directory::new(domain, people)
}

fn expert(domain: &str, number: usize, persona: &str) -> Person {
    let given = GIVEN[number % GIVEN.len()];
    let family = FAMILY[number / GIVEN.len() % FAMILY.len()];
    Person {
        uri: format!("expert{number}@{domain}"),
        name: format!("{given} {family} {number}"),
        title: TITLE[number % TITLE.len()].to_owned(),
        department: DEPARTMENT[number % DEPARTMENT.len()].to_owned(),
        company: "Lab Bank".to_owned(),
        office: format!("{}.{:02}", number % 9, number % 40),
        photo: !number.is_multiple_of(3),
        work_phone: format!("tel:+49305559{number:06}"),
        password: "demo".to_owned(),
        availability: "Online".to_owned(),
        persona: persona.to_owned(),
        ..Person::default()
    }
}
