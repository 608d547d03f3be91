//! The built-in population: two agents, the experts of the demo's story, and colleagues around them.

use super::{Directory, ListedGroup, Person};

/// Name, title, department, office, availability, activity, persona.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const STORY: [Row; 11] = [
    ("Dana Whitfield", "Agent", "Contact centre", "Berlin 1.02", "", "", ""),
    ("Ben Okoye", "Agent", "Contact centre", "Berlin 1.03", "", "", ""),
    ("Oskar Lindqvist", "Payments specialist", "Payments", "Stockholm 3.14", "Busy", "in-a-meeting", "oskar"),
    ("Tom Becker", "Card disputes", "Cards", "Berlin 2.20", "Online", "", "tom"),
    ("Priya Raman", "SEPA mandate lead", "Payments", "Pune 7.01", "Online", "", "priya"),
    ("Michael Müller", "Payments operations", "Payments", "Köln 0.11", "Offline", "", "offline"),
    ("Mia Krüger", "Direct debit analyst", "Payments", "Hamburg 4.05", "Online", "", "goes_offline"),
    ("Sven Olsen", "Mortgage adviser", "Mortgages", "Oslo 5.22", "Online", "", "slow"),
    ("Lena Hartmann", "Fraud analyst", "Fraud", "Berlin 2.07", "Online", "", "late"),
    ("Jörg Weiß", "Head of payments", "Payments", "Berlin 5.01", "DoNotDisturb", "presenting", "silent"),
    ("Echo Test", "Answers whatever it is told", "Lab", "Lab 0.00", "Online", "", "echo"),
];

const COLLEAGUES: [Row; 40] = [
    ("Annika Bergström", "Payments analyst", "Payments", "Stockholm 3.15", "Online", "", "answers"),
    ("Aylin Yılmaz", "SEPA specialist", "Payments", "Berlin 2.11", "Busy", "on-the-phone", "declines"),
    ("Bartosz Kowalczyk", "Clearing engineer", "Payments", "Warsaw 1.08", "Away", "", "silent"),
    ("Carla Moretti", "Card product owner", "Cards", "Milan 2.02", "Online", "", "answers"),
    ("Chen Wei", "Risk modeller", "Fraud", "Singapore 9.03", "Offline", "", "offline"),
    ("Claire Dubois", "Chargeback lead", "Cards", "Paris 4.10", "Online", "", "answers"),
    (
        "Daniel Schuster",
        "Mortgage specialist",
        "Mortgages",
        "München 3.01",
        "Busy",
        "in-a-meeting",
        "declines",
    ),
    ("Diego Fernández", "Card operations", "Cards", "Madrid 1.12", "Online", "", "slow"),
    ("Elif Demir", "Savings adviser", "Savings", "Köln 0.14", "Online", "", "answers"),
    ("Emil Novák", "Integration engineer", "IT Service", "Prague 2.06", "Online", "", "answers"),
    ("Fatima Zahra Benali", "Compliance officer", "Legal", "Paris 4.16", "BeRightBack", "", "silent"),
    ("Florian Groß", "Loan officer", "Mortgages", "Frankfurt 8.02", "Online", "", "answers"),
    ("Giulia Rossi", "Legal counsel", "Legal", "Milan 2.09", "Busy", "in-a-conference", "declines"),
    ("Hannah O'Connor", "Complaints lead", "Customer care", "Dublin 1.01", "Online", "", "answers"),
    ("Hiroshi Tanaka", "Securities analyst", "Securities", "Tokyo 12.4", "Offline", "", "offline"),
    ("Ibrahim Al-Sayed", "Network engineer", "IT Service", "Berlin 0.31", "Online", "", "answers"),
    ("Ines Carvalho", "Payments tester", "Payments", "Lisbon 2.02", "IdleOnline", "", "slow"),
    ("Jan de Vries", "Savings product owner", "Savings", "Utrecht 3.03", "Online", "", "answers"),
    ("Katarzyna Wójcik", "Card fraud analyst", "Fraud", "Warsaw 1.10", "Online", "", "answers"),
    ("Klaus Brandt", "Tax specialist", "Tax", "Berlin 4.11", "Away", "", "silent"),
    ("Laura Jiménez", "Mortgage operations", "Mortgages", "Madrid 1.15", "Online", "", "answers"),
    ("Liam Murphy", "Service desk", "IT Service", "Dublin 1.07", "Online", "", "answers"),
    ("Magdalena Huber", "Securities adviser", "Securities", "Wien 6.08", "Busy", "", "declines"),
    ("Marek Horváth", "Database administrator", "IT Service", "Bratislava 2.1", "Online", "", "answers"),
    ("Mira Patel", "Payments support", "Payments", "Pune 7.03", "Online", "", "answers"),
    ("Nadia Haddad", "Account opening", "Customer care", "Paris 1.02", "Online", "", "answers"),
    ("Niklas Schäfer", "Pricing analyst", "Savings", "Berlin 3.08", "DoNotDisturb", "", "silent"),
    ("Olga Petrova", "Sanctions screening", "Fraud", "Riga 2.12", "Online", "", "answers"),
    ("Peter Zimmermann", "Branch support", "Customer care", "Leipzig 1.1", "Online", "", "answers"),
    ("Rahul Mehta", "SEPA developer", "Payments", "Pune 7.09", "IdleBusy", "", "slow"),
    ("Rebecca Stein", "Data protection", "Legal", "Berlin 5.10", "Online", "", "answers"),
    ("Samuel Adeyemi", "Card issuing", "Cards", "London 6.04", "Online", "", "answers"),
    ("Sara Lindholm", "Payment disputes", "Payments", "Stockholm 3.2", "Away", "", "silent"),
    ("Stefan Vogel", "Interest and fees", "Savings", "Frankfurt 8.1", "Online", "", "answers"),
    ("Theresa Kaiser", "Inheritance desk", "Legal", "München 3.09", "Offline", "", "offline"),
    ("Tobias Lang", "Online banking", "IT Service", "Berlin 0.22", "Online", "", "answers"),
    ("Ursula Maier", "Mortgage contracts", "Mortgages", "Stuttgart 2.4", "Online", "", "slow"),
    ("Viktor Szabó", "Foreign payments", "Payments", "Budapest 4.2", "Online", "", "answers"),
    ("Yuki Sato", "Correspondent banking", "Payments", "Tokyo 12.9", "Offline", "", "offline"),
    ("Zoë van Dijk", "Card limits", "Cards", "Utrecht 3.11", "Online", "", "answers"),
];

/// The demo population in `domain`; everybody's password is `demo`.
pub(crate) fn demo(domain: &str) -> anyhow::Result<Directory> {
    let rows = STORY.iter().chain(&COLLEAGUES);
    let mut people: Vec<Person> = (0..).zip(rows).map(|(number, row)| person(domain, number, row)).collect();
    let favourites =
        ["oskar.lindqvist", "tom.becker", "priya.raman", "echo"].map(|u| format!("sip:{u}@{domain}"));
    let payments = ["oskar.lindqvist", "priya.raman", "mira.patel"].map(|u| format!("sip:{u}@{domain}"));
    for agent in people.iter_mut().take(2) {
        agent.contacts = favourites.to_vec();
        agent.groups = vec![ListedGroup { name: "Payments".to_owned(), members: payments.to_vec() }];
    }
    Directory::new(domain, people)
}

fn person(domain: &str, number: u32, row: &Row) -> Person {
    let (name, title, department, office, availability, activity, persona) = *row;
    Person {
        uri: format!("{}@{domain}", user_part(name)),
        name: name.to_owned(),
        title: title.to_owned(),
        department: department.to_owned(),
        company: "Lab Bank".to_owned(),
        office: office.to_owned(),
        email: format!("{}@mail.{domain}", user_part(name)),
        mobile_phone: format!("tel:+491715550{:03}", 100 + number),
        photo: !number.is_multiple_of(5),
        work_phone: format!("tel:+49305550{:03};ext={:03}", 100 + number, 100 + number),
        note: if persona == "oskar" { "In a meeting until 11:00".to_owned() } else { String::new() },
        password: "demo".to_owned(),
        availability: availability.to_owned(),
        activity: activity.to_owned(),
        persona: persona.to_owned(),
        ..Person::default()
    }
}

fn user_part(name: &str) -> String {
    match name {
        "Dana Whitfield" => "dana".to_owned(),
        "Ben Okoye" => "ben".to_owned(),
        "Echo Test" => "echo".to_owned(),
        _ => ascii(name),
    }
}

fn ascii(name: &str) -> String {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            ' ' => out.push('.'),
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'á' | 'ã' => out.push('a'),
            'é' | 'ë' => out.push('e'),
            'ó' => out.push('o'),
            'ı' => out.push('i'),
            'c'..='z' | 'a' | 'b' | '-' => out.push(c),
            _ => {}
        }
    }
    out
}
