//! Types the sessions into a search, letter by letter.

use std::collections::BTreeMap;
use std::time::Duration;

use hookflash_bench::clock;
use hookflash_bench::figures::Figures;
use hookflash_bench_directory::keystrokes::{Form, Session};
use hookflash_bench_directory::population::Person;

/// People that a search gives.
pub(crate) const FOUND: usize = 10;

/// What came of the sessions.
pub(crate) struct Measured {
    /// Each keystroke's time.
    pub(crate) times: Figures,
    /// For each form, without and with a typo: sessions and hits.
    hits: BTreeMap<(Form, bool), (usize, usize)>,
    slowest: Vec<(Duration, String)>,
    missed: Vec<(String, String)>,
}

/// Types the sessions one after the other, for as long as there is time. A session is a hit when the wanted
/// name is among those found in the end.
pub(crate) fn measure<'p>(
    people: &'p [Person],
    sessions: &[Session],
    limit: Option<Duration>,
    mut find: impl FnMut(&str) -> anyhow::Result<Vec<usize>>,
) -> anyhow::Result<Measured> {
    // Caches fill and pages are touched first.
    for session in sessions.iter().rev().take(sessions.len() / 100) {
        find(&session.typed)?;
    }
    let began = clock::now();
    let (mut times, mut hits) = (Vec::new(), BTreeMap::new());
    let (mut slowest, mut missed) = (Vec::new(), Vec::new());
    let name = |number: usize| people.get(number).map(|person: &'p Person| (&person.given, &person.family));
    for session in sessions {
        if limit.is_some_and(|limit| began.elapsed() > limit) {
            break;
        }
        let mut found = Vec::new();
        for typed in session.keystrokes() {
            let before = clock::now();
            found = find(typed)?;
            let took = before.elapsed();
            times.push(took);
            slowest.push((took, typed.to_owned()));
        }
        slowest.sort_unstable_by(|a, b| b.cmp(a));
        slowest.truncate(10);
        let hit = found.iter().take(FOUND).any(|number| name(*number) == name(session.wanted));
        if !hit {
            missed.push((
                session.typed.clone(),
                people.get(session.wanted).map(|person| person.display.clone()).unwrap_or_default(),
            ));
        }
        let entry: &mut (usize, usize) = hits.entry((session.form, session.has_typo)).or_default();
        *entry = (entry.0 + 1, entry.1 + usize::from(hit));
    }
    Ok(Measured { times: times.into_iter().collect(), hits, slowest, missed })
}

impl Measured {
    /// Share of hits without a typo.
    pub(crate) fn hit(&self) -> f64 {
        self.share(false)
    }

    /// Share of hits with a typo.
    pub(crate) fn typo_hit(&self) -> f64 {
        self.share(true)
    }

    fn share(&self, typo: bool) -> f64 {
        let of = self.hits.iter().filter(|((_, has_typo), _)| *has_typo == typo);
        let (all, hits) = of.fold((0, 0), |(all, hits), (_, (one, hit))| (all + one, hits + hit));
        hits as f64 / all as f64
    }

    /// A line for people.
    pub(crate) fn line(&self, name: &str) -> String {
        let (hit, typo_hit) = (self.hit() * 100.0, self.typo_hit() * 100.0);
        format!("{name}: {}; hit {hit:.2} %, with a typo {typo_hit:.2} %", self.times.line())
    }

    /// Hits by form.
    pub(crate) fn forms(&self) -> String {
        let of = |((form, typo), (all, hits)): (&(Form, bool), &(usize, usize))| {
            let typo = if *typo { " with a typo" } else { "" };
            format!("{form:?}{typo} {:.2} % of {all}", *hits as f64 / *all as f64 * 100.0)
        };
        format!("  hits: {}", self.hits.iter().map(of).collect::<Vec<_>>().join(", "))
    }

    /// What took longest, and what was missed first.
    pub(crate) fn slowest(&self) -> String {
        let slow =
            self.slowest.iter().map(|(took, typed)| format!("{typed:?} {:.2} ms", took.as_secs_f64() * 1e3));
        let missed = self.missed.iter().take(12).map(|(typed, name)| format!("{typed:?} for {name:?}"));
        format!(
            "  slowest: {}\n  missed: {}",
            slow.collect::<Vec<_>>().join(", "),
            missed.collect::<Vec<_>>().join(", ")
        )
    }
}
