//! Others on the same sessions. Each gets the names folded as it needs them, and typed words without marks.

mod fts5;
mod pg_trgm;
mod tantivy_ram;

use std::time::Duration;

use hookflash_bench_directory::keystrokes::{Session, bare, written_out};
use hookflash_bench_directory::population::Person;

use crate::run::{FOUND, Measured, measure};

/// How long a peer may type; the slow ones do not get through all sessions.
const LIMIT: Duration = Duration::from_secs(25);

/// A search engine with the people in it.
pub(crate) trait Peer {
    /// The numbers of those found for the words.
    fn find(&mut self, words: &[String]) -> anyhow::Result<Vec<usize>>;
}

/// Measures all peers; the one with the most hits.
pub(crate) fn best(people: &[Person], sessions: &[Session]) -> anyhow::Result<(&'static str, Measured)> {
    let tantivy = run("tantivy", people, sessions, tantivy_ram::build)?;
    let fts5 = run("fts5", people, sessions, fts5::build)?;
    let pg_trgm = run("pg_trgm", people, sessions, pg_trgm::build)?;
    let hits = |measured: &Measured| measured.hit() + measured.typo_hit();
    let all = [("tantivy", tantivy), ("fts5", fts5), ("pg_trgm", pg_trgm)];
    let best = all.into_iter().max_by(|a, b| hits(&a.1).total_cmp(&hits(&b.1)));
    best.ok_or_else(|| anyhow::anyhow!("no peer"))
}

fn run<P: Peer>(
    name: &str,
    people: &[Person],
    sessions: &[Session],
    build: impl FnOnce(&[Person]) -> anyhow::Result<(P, f64)>,
) -> anyhow::Result<Measured> {
    let before = hookflash_bench::clock::now();
    let (mut peer, mb) = build(people)?;
    println!("{name}: built in {:.1} s, {mb:.0} MB", before.elapsed().as_secs_f64());
    let measured = measure(people, sessions, Some(LIMIT), |typed| peer.find(&words(typed)))?;
    println!("{}", measured.line(name));
    println!("{}", measured.forms());
    Ok(measured)
}

/// The words of what was typed, in small letters without marks.
fn words(typed: &str) -> Vec<String> {
    let folded: String = bare(typed).into_iter().collect();
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// A name in every way that it may be typed, in small letters without marks.
fn searchable(person: &Person) -> String {
    let name = format!("{} {}", person.given, person.family);
    let mut all = words(&name);
    for word in words(&written_out(&name)) {
        if !all.contains(&word) {
            all.push(word);
        }
    }
    all.join(" ")
}

/// Appends those that are not there yet, as long as there is room.
fn append(found: &mut Vec<usize>, more: impl IntoIterator<Item = usize>) {
    for number in more {
        if found.len() < FOUND && !found.contains(&number) {
            found.push(number);
        }
    }
}
