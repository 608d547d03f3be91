use super::{BoardLimits, PresenceBoard};
use crate::{WatchChange, WatchRefused, WatcherId};
use hookflash_domain::{NetworkId, PersonId, Presence, PresenceReport, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

fn person(name: &str) -> PersonId {
    PersonId { network: NetworkId("skype".to_owned()), address: name.to_owned() }
}

fn desk(name: &str) -> WatcherId {
    WatcherId(name.to_owned())
}

fn told_at(presence: Presence, at: i64) -> PresenceReport {
    PresenceReport::new(presence, Timestamp(at))
}

fn change(source: &'static str, people: &[&str]) -> WatchChange<&'static str> {
    WatchChange { source, people: people.iter().map(|name| person(name)).collect() }
}

fn board(limits: BoardLimits) -> PresenceBoard<&'static str> {
    PresenceBoard::new(limits)
}

#[test]
fn only_what_is_on_a_screen_is_watched() {
    let mut board = board(BoardLimits::default());
    let shown = board.show(desk("1"), "anna", [person("eve"), person("max")]);
    assert_eq!(shown, Ok(vec![change("anna", &["eve", "max"])]));
    assert_eq!(board.show(desk("2"), "anna", [person("max")]), Ok(vec![]), "max is watched already");
    assert_eq!(board.show(desk("1"), "anna", [person("eve")]), Ok(vec![]), "desk 2 still shows max");
    assert_eq!(board.leave(&desk("2")), [change("anna", &["eve"])]);
    assert_eq!(board.leave(&desk("2")), []);
    assert_eq!(
        board.show(desk("1"), "bert", [person("eve")]),
        Ok(vec![change("anna", &[]), change("bert", &["eve"])])
    );
    assert_eq!(board.watched_by(&"bert"), [person("eve")]);
}

#[test]
fn news_reaches_the_desks_that_show_the_person_once() {
    let mut board = board(BoardLimits::default());
    board.show(desk("1"), "anna", [person("eve")]).expect("shown");
    board.show(desk("2"), "bert", [person("eve")]).expect("shown");
    let busy = told_at(Presence::Busy, 10);
    assert_eq!(board.told(&"anna", &person("eve"), busy.clone()), [desk("1"), desk("2")]);
    assert_eq!(board.told(&"anna", &person("eve"), busy), [], "told before");
    assert_eq!(
        board.told(&"bert", &person("eve"), told_at(Presence::Away, 9)),
        [],
        "older than what is known"
    );
    assert_eq!(board.told(&"carl", &person("eve"), told_at(Presence::Away, 11)), [], "carl watches nobody");
    assert_eq!(board.told(&"anna", &person("max"), told_at(Presence::Away, 11)), [], "max is on no screen");
    assert_eq!(board.state(&person("eve")).map(|live| live.report.presence), Some(Presence::Busy));
}

#[test]
fn what_another_source_repeats_is_no_news() {
    let mut board = board(BoardLimits::default());
    board.show(desk("1"), "anna", [person("eve")]).expect("shown");
    board.show(desk("2"), "bert", [person("eve")]).expect("shown");
    let all = [desk("1"), desk("2")];
    let busy = |at: i64, since: Option<i64>| PresenceReport {
        since: since.map(Timestamp),
        ..told_at(Presence::Busy, at)
    };
    let mut told = |source, report| board.told(&source, &person("eve"), report);
    assert_eq!(told("anna", busy(10, Some(10))), all);
    assert_eq!(told("bert", busy(500, Some(500))), [], "the same, seen a little later");
    assert_eq!(told("bert", busy(900, None)), [], "the same, without since when");
    assert_eq!(told("bert", told_at(Presence::Away, 901)), all, "another presence");
    assert_eq!(told("anna", told_at(Presence::Away, 40_000)), all, "much later");
    assert_eq!(
        told("bert", PresenceReport { activity: Some("Lunch".into()), ..told_at(Presence::Away, 40_001) }),
        all
    );
    assert_eq!(told("anna", busy(40_002, None)), all);
    assert_eq!(told("bert", busy(40_003, Some(2))), all, "since when was not known");
    let live = board.state(&person("eve")).expect("known");
    assert_eq!((live.report.since, live.source), (Some(Timestamp(2)), "bert"));
}

#[test]
fn a_lost_link_makes_its_states_unknown() {
    let mut board = board(BoardLimits::default());
    board.show(desk("1"), "anna", [person("eve"), person("max")]).expect("shown");
    board.show(desk("2"), "bert", [person("max")]).expect("shown");
    board.told(&"anna", &person("eve"), told_at(Presence::Available, 1));
    board.told(&"bert", &person("max"), told_at(Presence::Available, 1));
    assert_eq!(board.lost(&"anna", Timestamp(5)), [(person("eve"), vec![desk("1")])]);
    assert_eq!(board.lost(&"anna", Timestamp(6)), [], "unknown already");
    let live = board.state(&person("eve")).expect("known to be unknown");
    assert_eq!(live.report, told_at(Presence::Unknown, 5));
    assert_eq!(board.told(&"anna", &person("eve"), told_at(Presence::Busy, 7)), [desk("1")]);
}

#[test]
fn a_state_outlives_a_lost_link_while_another_source_tells_it() {
    let mut board = board(BoardLimits::default());
    board.show(desk("1"), "anna", [person("eve")]).expect("shown");
    board.show(desk("2"), "bert", [person("eve")]).expect("shown");
    board.show(desk("3"), "carl", [person("eve")]).expect("shown");
    board.told(&"carl", &person("eve"), told_at(Presence::Busy, 1));
    board.told(&"bert", &person("eve"), told_at(Presence::Busy, 2));
    board.told(&"anna", &person("eve"), told_at(Presence::Available, 3));
    board.told(&"bert", &person("eve"), told_at(Presence::Busy, 2));
    board.leave(&desk("3"));
    assert_eq!(board.lost(&"anna", Timestamp(5)), [], "bert still tells");
    let live = board.state(&person("eve")).expect("known");
    assert_eq!((live.report.presence, live.source), (Presence::Available, "bert"));
    assert_eq!(board.lost(&"anna", Timestamp(6)), []);
    let both = vec![desk("1"), desk("2")];
    assert_eq!(board.lost(&"bert", Timestamp(7)), [(person("eve"), both)], "carl watches no more");
}

#[test]
fn a_person_on_no_screen_is_forgotten() {
    let mut board = board(BoardLimits::default());
    board.show(desk("1"), "anna", [person("eve")]).expect("shown");
    board.told(&"anna", &person("eve"), told_at(Presence::Available, 1));
    board.leave(&desk("1"));
    assert_eq!(board.state(&person("eve")), None);
}

#[test]
fn limits_refuse_and_change_nothing() {
    let limits = BoardLimits { people_per_watcher: 2, people_per_source: 3, watchers: 2 };
    let mut board = board(limits);
    let three = || [person("a"), person("b"), person("c")];
    assert_eq!(board.show(desk("1"), "anna", three()), Err(WatchRefused::TooManyForWatcher { limit: 2 }));
    board.show(desk("1"), "anna", [person("a"), person("b")]).expect("two");
    assert_eq!(
        board.show(desk("2"), "anna", [person("c"), person("d")]),
        Err(WatchRefused::TooManyForSource { limit: 3 })
    );
    assert_eq!(board.watched_by(&"anna"), [person("a"), person("b")]);
    board.show(desk("1"), "anna", [person("c"), person("d")]).expect("its own two are replaced");
    board.show(desk("2"), "anna", [person("d")]).expect("shared");
    assert_eq!(board.show(desk("3"), "anna", [person("d")]), Err(WatchRefused::TooManyWatchers { limit: 2 }));
}

/// Random histories against the plainest model: for each desk its source and its set.
#[test]
fn random_histories_agree_with_a_plain_model() {
    for seed in 1..=200_u64 {
        let mut random = Random(seed);
        let mut board: PresenceBoard<u64> = PresenceBoard::new(BoardLimits::default());
        let mut model: BTreeMap<u64, (u64, BTreeSet<PersonId>)> = BTreeMap::new();
        let mut told: BTreeMap<u64, Vec<PersonId>> = BTreeMap::new();
        for step in 0..100 {
            let (watcher, source) = (random.below(5), random.below(3));
            let people: BTreeSet<_> =
                (0..random.below(4)).map(|_| person(&random.below(6).to_string())).collect();
            let changes = if random.below(5) == 0 {
                model.remove(&watcher);
                board.leave(&desk(&watcher.to_string()))
            } else {
                model.insert(watcher, (source, people.clone()));
                board.show(desk(&watcher.to_string()), source, people).expect("within limits")
            };
            told.extend(changes.into_iter().map(|change| (change.source, change.people)));
            for source in 0..3 {
                let wanted: BTreeSet<_> = model
                    .values()
                    .filter(|(own, _)| *own == source)
                    .flat_map(|(_, people)| people.iter().cloned())
                    .collect();
                let wanted: Vec<_> = wanted.into_iter().collect();
                assert_eq!(board.watched_by(&source), wanted, "seed {seed}");
                assert_eq!(told.get(&source).cloned().unwrap_or_default(), wanted, "seed {seed}: changes");
            }
            for name in 0..6 {
                let (who, at) = (person(&name.to_string()), step);
                let sees = |(_, (_, people)): &(&u64, &(u64, BTreeSet<PersonId>))| people.contains(&who);
                let seen_by: Vec<_> =
                    model.iter().filter(sees).map(|(id, _)| desk(&id.to_string())).collect();
                let source = model.iter().find(sees).map_or(0, |(_, (source, _))| *source);
                // No two reports of this history are the same.
                let report = PresenceReport { activity: Some(at.to_string()), ..told_at(Presence::Busy, at) };
                assert_eq!(board.told(&source, &who, report), seen_by, "seed {seed}: desks");
            }
        }
    }
}

/// A small generator (xorshift64), so that a printed seed is enough to see a history again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}
