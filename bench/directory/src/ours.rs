//! Our side.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use hookflash_bench::clock;
use hookflash_bench::figures::Figures;
use hookflash_bench::machine::{folder, resident_kb};
use hookflash_bench_directory::population::Person;
use hookflash_directory::index::{Directory, Entry, EntryId, Nicknames, PeopleBuilder, PeopleIndex, Search};
use hookflash_domain::{NetworkId, PersonId, Presence};
use uuid::Uuid;

use crate::run::FOUND;

const REACH: [Presence; 7] = [
    Presence::Available,
    Presence::Away,
    Presence::Busy,
    Presence::InACall,
    Presence::Unknown,
    Presence::DoNotDisturb,
    Presence::Offline,
];
const SKILLS: [&str; 5] = ["Mortgages", "Fraud", "SEPA", "GDPR", "Spanish"];

/// What is typed for a person.
type Form = fn(&Person) -> String;

/// The directory and whoever searches it.
pub(crate) struct Ours {
    directory: Directory,
    nicknames: Nicknames,
    recent: Vec<EntryId>,
    company: String,
}

/// What it takes to have it.
pub(crate) struct Started {
    pub(crate) build_s: f64,
    pub(crate) snapshot_mb: f64,
    pub(crate) start_s: f64,
    pub(crate) resident_mb: f64,
    pub(crate) counted_mb: f64,
}

/// Builds the index, writes its snapshot and starts another process from it.
pub(crate) fn build(people: &[Person]) -> anyhow::Result<(Ours, Started)> {
    let before = clock::now();
    let mut builder = PeopleBuilder::new();
    for (number, person) in people.iter().enumerate() {
        builder.push(&entry(number, person))?;
    }
    let index = builder.finish();
    let build_s = before.elapsed().as_secs_f64();
    let folder = folder()?;
    let file = folder.path().join("people.snapshot");
    let snapshot = index.to_snapshot();
    std::fs::write(&file, &snapshot)?;
    let output = Command::new(std::env::current_exe()?).arg("start").arg(&file).output()?;
    anyhow::ensure!(output.status.success(), "start: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout)?;
    let mut figures = text.split_whitespace().map(str::parse::<f64>);
    let mut next = || figures.next().context("a figure")?.context("a number");
    let started = Started {
        build_s,
        snapshot_mb: snapshot.len() as f64 / 1e6,
        start_s: next()?,
        resident_mb: next()?,
        counted_mb: index.memory_bytes() as f64 / 1e6,
    };
    let directory = Directory::new(index);
    for (number, person) in people.iter().enumerate() {
        let presence = REACH.get(usize::from(person.reach)).copied().unwrap_or(Presence::Unknown);
        directory.tell_reach(id(number), presence);
    }
    let recent = (0..20).map(|place| id(place * 7_919 % people.len())).collect();
    let company = people.first().map(|person| person.company.to_owned()).unwrap_or_default();
    Ok((Ours { directory, nicknames: Nicknames::common(), recent, company }, started))
}

/// What the other process does: tells how long it takes to be ready, and how much memory it has then.
pub(crate) fn start(file: &Path) -> anyhow::Result<()> {
    let resident_before = resident_kb(std::process::id())?;
    let before = clock::now();
    let snapshot = std::fs::read(file)?;
    let directory = Directory::new(PeopleIndex::from_snapshot(&snapshot)?);
    drop(snapshot);
    let found =
        directory.search(&Search { text: "mü", limit: FOUND, ..Search::default() }, &Nicknames::common());
    let took = before.elapsed();
    anyhow::ensure!(!found.is_empty(), "nobody found");
    let resident = resident_kb(std::process::id())? - resident_before;
    println!("{} {}", took.as_secs_f64(), resident as f64 * 1024.0 / 1e6);
    Ok(())
}

fn id(number: usize) -> EntryId {
    EntryId(Uuid::from_u128(number as u128 * 0x9E37_79B9_7F4A_7C15 + 1))
}

/// The number of a person, kept in the id.
fn number(id: EntryId) -> usize {
    ((id.0.as_u128() - 1) / 0x9E37_79B9_7F4A_7C15) as usize
}

fn entry(number: usize, person: &Person) -> Entry {
    let on = |network: &str, address: String| PersonId { network: NetworkId(network.to_owned()), address };
    let mut networks = vec![on("skype", format!("sip:{}", person.email))];
    if number.is_multiple_of(3) {
        networks.push(on("xmpp", person.email.clone()));
    }
    let skills = SKILLS.iter().enumerate().filter(|(place, _)| number.is_multiple_of(11 + place));
    Entry {
        given: Some(person.given.clone()),
        family: Some(person.family.clone()),
        company: Some(person.company.to_owned()),
        department: Some(person.department.clone()),
        title: Some(person.title.clone()),
        location: Some(person.place.to_owned()),
        email: Some(person.email.clone()),
        phones: vec![person.phone.clone()],
        skills: skills.map(|(_, skill)| (*skill).to_owned()).collect(),
        networks,
        ..Entry::named(id(number), &person.display)
    }
}

impl Ours {
    /// What one keystroke asks: with presence, a company and twenty people asked recently.
    pub(crate) fn find(&self, typed: &str) -> anyhow::Result<Vec<usize>> {
        let found = self.directory.search(&self.search(typed), &self.nicknames);
        Ok(found.into_iter().map(|entry| number(entry.id)).collect())
    }

    fn search<'a>(&'a self, text: &'a str) -> Search<'a> {
        Search { text, skills: &[], company: Some(&self.company), recent: &self.recent, limit: FOUND }
    }

    /// Searches with words beside the name, which the peers do not do.
    pub(crate) fn beside(&self, people: &[Person]) -> anyhow::Result<()> {
        let forms: [(&str, Form); 5] = [
            ("name and department", |person| format!("{} {}", person.family, person.department)),
            ("name and place", |person| format!("{} {} {}", person.given, person.family, person.place)),
            ("department and place", |person| format!("{} {}", person.department, person.place)),
            ("e-mail address", |person| person.email.clone()),
            ("telephone number", |person| person.phone.clone()),
        ];
        for (name, form) in forms {
            let mut times = Vec::new();
            for person in people.iter().step_by((people.len() / 100).max(1)) {
                let typed = form(person);
                for (start, letter) in typed.char_indices() {
                    let text = typed.get(..start + letter.len_utf8()).unwrap_or_default();
                    let before = clock::now();
                    self.find(text)?;
                    times.push(before.elapsed());
                }
            }
            println!("  {name}: {}", times.into_iter().collect::<Figures>().line());
        }
        Ok(())
    }

    /// Input that nobody types by chance.
    pub(crate) fn hostile(&self) {
        let long = "ab ".repeat(3_334);
        let marks = "\u{301}".repeat(10_000);
        let inputs = [
            ("Müller mich", "Müller mich"),
            ("müller michhael", "müller michhael"),
            ("ten thousand letters", long.as_str()),
            ("only marks", marks.as_str()),
            ("one letter six times", "a a a a a a"),
            ("frequent letters", "m s a e l r"),
            ("mixed scripts", "аnna mülлer 山a田b"),
            ("frequent first names", "maria anna"),
            ("frequent words beside", "nordbank sales frankfurt manager team"),
        ];
        for (name, typed) in inputs {
            let times = (0..20).map(|_| {
                let before = clock::now();
                let _ = self.find(typed);
                before.elapsed()
            });
            println!("  {name}: {}", times.collect::<Figures>().line());
        }
    }
}
