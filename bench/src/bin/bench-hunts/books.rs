//! What each desk was told of its consults, and what it adds up to.

use std::collections::{BTreeMap, BTreeSet};

use hookflash_bench::desk::{View, Watcher};
use parking_lot::Mutex;
use serde_json::Value;

/// One agent's book.
#[derive(Default)]
pub(crate) struct Book {
    consults: Mutex<BTreeMap<String, Told>>,
    /// Whom the agent named in which consult, by commands that were acknowledged.
    named: Mutex<BTreeMap<String, BTreeSet<String>>>,
}

/// The last that was told of a consult.
#[derive(Debug, Default)]
struct Told {
    consult: Value,
    /// It ended while the desk was not connected, so when its open ends were closed is not known.
    is_unseen: bool,
}

/// From when to when an expert was asked or talked to, in milliseconds, and in which invitation.
#[derive(Debug)]
struct Span {
    from: i64,
    to: i64,
    #[expect(dead_code, reason = "printed")]
    about: String,
}

/// All books, closed.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    pub(crate) hunts: usize,
    pub(crate) asked: usize,
    pub(crate) skipped: usize,
    /// People of a hunt who were neither asked nor skipped nor left waiting at its end, and invitations that nobody
    /// settled.
    pub(crate) lost: Vec<String>,
    /// Experts whom more agents than their limit asked or talked to at one moment.
    pub(crate) over_limit: Vec<String>,
    /// Consults that had not ended long after everybody had gone.
    pub(crate) stuck: usize,
    unseen: usize,
}

impl Watcher for Book {
    fn done(&self, command: &Value, result: &Value) {
        let consult = text(&result["consult_id"]);
        let people = match command["op"].as_str() {
            Some("consult.hunt") => command["people"].as_array().cloned().unwrap_or_default(),
            Some("consult.hunt_add") => vec![command["person"].clone()],
            _ => return,
        };
        let mut named = self.named.lock();
        named.entry(consult).or_default().extend(people.iter().map(|person| text(&person["address"])));
    }

    fn snapshot(&self, view: &View) {
        let mut consults = self.consults.lock();
        for (id, told) in consults.iter_mut() {
            told.is_unseen |= told.consult["ended_at"].is_null() && !view.consults.contains_key(id);
        }
        for (id, consult) in &view.consults {
            consults.insert(id.clone(), Told { consult: consult.clone(), is_unseen: false });
        }
    }

    fn event(&self, event: &Value) {
        if event["event"] == "consult" {
            let consult = event["consult"].clone();
            self.consults.lock().insert(text(&consult["consult_id"]), Told { consult, is_unseen: false });
        }
    }
}

impl Book {
    /// How many consults have not ended as far as the desk was told.
    pub(crate) fn open(&self) -> usize {
        self.consults.lock().values().filter(|told| told.is_open()).count()
    }

    fn close(&self, verdict: &mut Verdict, times: &mut BTreeMap<String, Vec<Span>>) {
        let named = self.named.lock();
        for (id, told) in self.consults.lock().iter() {
            let consult = &told.consult;
            verdict.stuck += usize::from(told.is_open());
            verdict.unseen += usize::from(told.is_unseen);
            verdict.hunts += usize::from(consult["hunt"].is_object());
            let mut seen: BTreeSet<String> = list(&consult["hunt"]["waiting"]).map(address).collect();
            let skipped: Vec<_> =
                list(&consult["hunt"]["skipped"]).map(|one| address(&one["person"])).collect();
            verdict.skipped += skipped.len();
            seen.extend(skipped);
            // Whoever comes by themselves was not asked beyond anything.
            for invitation in list(&consult["invitations"]).filter(|one| one["by"] == "agent") {
                verdict.asked += 1;
                seen.insert(address(&invitation["person"]));
                match (span(invitation, consult), told.is_unseen) {
                    (Some((from, to)), _) => {
                        let span = Span { from, to, about: format!("{id}/{}", invitation["number"]) };
                        times.entry(address(&invitation["person"])).or_default().push(span);
                    }
                    (None, true) => {}
                    (None, false) => verdict.lost.push(format!("{id}: {invitation} was not settled")),
                }
            }
            let missing = named.get(id).into_iter().flatten().filter(|one| !seen.contains(*one));
            // What came in after the last that was told is not known.
            if !told.is_unseen {
                verdict.lost.extend(missing.map(|one| format!("{id}: {one} of the hunt is nowhere")));
            }
        }
    }
}

/// Adds all books up.
pub(crate) fn close<'b>(books: impl Iterator<Item = &'b Book>, limit: usize) -> Verdict {
    let (mut verdict, mut times) = (Verdict::default(), BTreeMap::new());
    books.for_each(|book| book.close(&mut verdict, &mut times));
    for (expert, spans) in &times {
        let most = most_at_once(spans);
        if most.len() > limit {
            verdict.over_limit.push(format!("{expert}: {most:?} at once"));
        }
    }
    verdict
}

impl Told {
    fn is_open(&self) -> bool {
        self.consult["ended_at"].is_null() && !self.is_unseen
    }
}

impl Verdict {
    pub(crate) fn print(&self) {
        println!(
            "{} hunts, {} asked, {} skipped; {} ended unseen",
            self.hunts, self.asked, self.skipped, self.unseen
        );
        for what in [&self.lost, &self.over_limit] {
            what.iter().take(10).for_each(|words| println!("{words}"));
        }
    }
}

/// From when to when an expert was asked or talked to; none where that is not told.
fn span(invitation: &Value, consult: &Value) -> Option<(i64, i64)> {
    let moment = |value: &Value| value.as_i64();
    let end = match invitation["state"].as_str()? {
        "accepted" => moment(&invitation["left_at"]).or_else(|| moment(&consult["ended_at"])),
        _ => moment(&invitation["settled_at"]),
    };
    Some((moment(&invitation["asked_at"])?, end?))
}

/// The spans of the moment with the most of them. Who goes makes room for who comes in the same moment.
fn most_at_once(spans: &[Span]) -> Vec<&Span> {
    let at =
        |moment: i64| spans.iter().filter(|span| span.from <= moment && moment < span.to).collect::<Vec<_>>();
    spans.iter().map(|span| at(span.from)).max_by_key(Vec::len).unwrap_or_default()
}

fn address(person: &Value) -> String {
    text(&person["person"]["address"])
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Span, most_at_once};

    #[test]
    fn who_goes_makes_room_for_who_comes() {
        let spans = |all: &[(i64, i64)]| {
            let span = |(from, to): &(i64, i64)| Span { from: *from, to: *to, about: String::new() };
            most_at_once(&all.iter().map(span).collect::<Vec<_>>()).len()
        };
        assert_eq!(spans(&[(0, 10), (10, 20), (20, 30)]), 1);
        assert_eq!(spans(&[(0, 10), (5, 20), (9, 30), (40, 50)]), 3);
        assert_eq!(spans(&[]), 0);
    }
}
