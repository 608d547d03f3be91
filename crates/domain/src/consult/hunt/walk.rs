//! Random histories of hunts against the model: nothing lost, nobody left ringing, nobody invited
//! beyond their limit.

use super::model::{Input, Model, Standing};
use super::tests::order;
use super::*;
use crate::consult::tests::{ask, at, consult, expert};
use crate::consult::{Command, Consult, Effect, LINK_FOR_MS, News, Outcome, PageAct, State, Unreachable};
use std::collections::BTreeSet;

const HISTORIES: u64 = 20_000;
const STEPS: i64 = 40;
const NAMES: [&str; 6] = ["ada", "ben", "cem", "dia", "eva", "finn"];
/// Open consults that one expert may have.
const LIMIT: usize = 2;

/// Agents who hunt for the same experts at the same time.
struct World {
    seed: u64,
    consults: Vec<(Consult, Model, BTreeSet<usize>)>,
    /// Who is offline.
    offline: [bool; NAMES.len()],
}

impl World {
    fn new(seed: u64) -> Self {
        let one = || (consult(), Model::new(), BTreeSet::new());
        Self { seed, consults: vec![one(), one(), one()], offline: [false; NAMES.len()] }
    }

    fn step(&mut self, now: Timestamp, roll: &mut impl FnMut(u64) -> u64) {
        let mut dice = |sides: usize| usize::try_from(roll(u64::try_from(sides).unwrap())).unwrap();
        let (at, who) = (dice(self.consults.len()), dice(NAMES.len()));
        if dice(5) == 0 {
            self.offline[who] = !self.offline[who];
        }
        let input = input(&mut dice, who);
        // A question to one person is the agent's own business, limit or not, so the model keeps within it.
        if matches!(input, Input::Ask(who) if self.engaged(who) >= LIMIT) {
            return;
        }
        let of_page = match input {
            Input::PageYes(n, _) | Input::PageNo(n) | Input::PageLeave(n) => Some(n),
            _ => None,
        };
        // The page of a question that is over has a test of its own.
        if of_page.is_some_and(|n| !self.consults[at].0.is_live(n)) {
            return;
        }
        let elsewhere: Vec<usize> = (0..NAMES.len()).map(|who| self.engaged_beside(at, who)).collect();
        let (consult, model, rings) = &mut self.consults[at];
        let before = consult.clone();
        let allowed = model.take(input.clone());
        let Some(mut out) = carry_out(consult, now, &input, dice(4)) else {
            assert!(!allowed, "{input:?} was refused: seed {}", self.seed);
            assert_eq!(*consult, before, "a refusal changed something: seed {}", self.seed);
            return;
        };
        assert!(allowed, "{input:?} was not refused: seed {}", self.seed);
        go_on(consult, now, &self.offline, &elsewhere, &mut out);
        model.go_on(|who, jumped, asked| {
            let here = asked.iter().filter(|(one, is)| *one == who && *is != Standing::Over).count();
            elsewhere[who] + here < LIMIT && (jumped || !self.offline[who])
        });
        follow(rings, &input, &out);
        self.agree(at);
    }

    /// What consult, model and network say is the same, and nobody is lost or over the limit.
    fn agree(&self, at: usize) {
        let ((consult, model, rings), seed) = (&self.consults[at], self.seed);
        let asked: Vec<_> = consult.invitations.iter().map(|one| number(&one.expert)).collect();
        assert_eq!(asked, model.asked.iter().map(|(who, _)| *who).collect::<Vec<_>>(), "seed {seed}");
        let pending: BTreeSet<_> = consult.pending().collect();
        let ringing: BTreeSet<_> = (0..asked.len()).filter(|n| model.stands(*n, Standing::Rings)).collect();
        assert_eq!(pending, ringing, "seed {seed}");
        assert_eq!(*rings, ringing, "someone was left ringing: seed {seed}");
        let talks = (0..asked.len()).find(|n| model.stands(*n, Standing::Talks));
        let state = match (talks, ringing.last()) {
            _ if model.is_ended => State::Ended,
            (Some(n), _) => State::Talking(n),
            (None, Some(n)) => State::Inviting(*n),
            (None, None) => State::Choosing,
        };
        assert_eq!((consult.state, consult.hunt_on().is_some()), (state, model.is_on), "seed {seed}");
        if let Some(hunt) = &consult.hunt {
            let people = |people: Vec<&Person>| people.into_iter().map(number).collect::<Vec<_>>();
            let waiting = people(hunt.waiting.iter().map(|one| &one.expert).collect());
            let skipped = people(hunt.skipped.iter().map(|one| &one.expert).collect());
            assert_eq!(waiting, model.waiting.iter().map(|(who, _)| *who).collect::<Vec<_>>(), "seed {seed}");
            assert_eq!(skipped, model.skipped, "seed {seed}");
            if hunt.end.is_none() {
                let mut found = [waiting, skipped, asked[hunt.first..].to_vec()].concat();
                let mut came_in = model.came_in.clone();
                found.sort_unstable();
                came_in.sort_unstable();
                assert_eq!(found, came_in, "someone was lost: seed {seed}");
            }
        }
        for (who, name) in NAMES.iter().enumerate() {
            assert!(self.engaged(who) <= LIMIT, "{name} is over the limit: seed {seed}");
        }
    }

    fn engaged(&self, who: usize) -> usize {
        self.consults.iter().map(|(_, model, _)| model.engages(who)).sum()
    }

    fn engaged_beside(&self, at: usize, who: usize) -> usize {
        self.engaged(who) - self.consults[at].1.engages(who)
    }
}

fn number(expert: &Person) -> usize {
    NAMES.iter().position(|name| *name == expert.name).unwrap()
}

fn input(dice: &mut impl FnMut(usize) -> usize, who: usize) -> Input {
    let n = dice(8);
    match dice(16) {
        0..=2 => {
            let mode = if dice(2) == 0 { HuntMode::OneByOne } else { HuntMode::AllAtOnce };
            let count = 1 + dice(NAMES.len());
            Input::Hunt(mode, (0..count).map(|step| (who + step) % NAMES.len()).collect())
        }
        3 => Input::Ask(who),
        4 => Input::Stop,
        5 => Input::Withdraw,
        6 => Input::Jump(who),
        7 => Input::Add(who),
        8 if dice(4) == 0 => Input::End,
        9 => Input::Yes(n),
        10 => match dice(4) {
            0 => Input::PageNo(n),
            1 => Input::PageLeave(n),
            opens => Input::PageYes(n, opens == 2),
        },
        11 => Input::Left(n),
        _ => Input::No(n),
    }
}

/// None where the consult refuses.
fn carry_out(consult: &mut Consult, now: Timestamp, input: &Input, kind: usize) -> Option<Outcome> {
    let mut page = |n: usize, act: PageAct| {
        // Half of those who answer have let time pass on the page before.
        if kind.is_multiple_of(2) && consult.is_asking(n) {
            consult.page(now, n, PageAct::Open { viewer: String::new() }).ok()?;
        }
        consult.page(now, n, act).ok()
    };
    match input {
        Input::PageYes(n, opens) => return page(*n, PageAct::Accept { opens: *opens }),
        Input::PageNo(n) => return page(*n, PageAct::Decline { reason: None, better: None }),
        Input::PageLeave(n) => return page(*n, PageAct::Leave),
        _ => {}
    }
    let command = match input {
        Input::Hunt(mode, people) => {
            with_link(order(*mode, &people.iter().map(|who| NAMES[*who]).collect::<Vec<_>>()))
        }
        Input::Ask(who) => with_link(ask(NAMES[*who])),
        Input::Stop => Command::StopHunt,
        Input::Withdraw => Command::Withdraw,
        Input::Jump(who) => Command::Jump { to: expert(NAMES[*who]).id },
        Input::Add(who) => Command::AddToHunt { expert: Box::new(expert(NAMES[*who])) },
        Input::End => Command::End { outcome: None },
        Input::Yes(n) => return Some(consult.news(now, News::Accepted(*n))),
        Input::Left(n) => return Some(consult.news(now, News::Left(*n))),
        Input::PageYes(..) | Input::PageNo(_) | Input::PageLeave(_) => return None,
        Input::No(n) => {
            let no = [
                News::Declined(*n, None),
                News::NoAnswer(*n),
                News::TimedOut(*n),
                News::Unreachable(*n, Unreachable::Busy),
            ];
            return Some(consult.news(now, no[kind].clone()));
        }
    };
    consult.command(now, command).ok()
}

/// Every question carries a link, which may or may not be used.
fn with_link(mut command: Command) -> Command {
    match &mut command {
        Command::Ask { link_for_ms, .. } => *link_for_ms = Some(LINK_FOR_MS),
        Command::Hunt(order) => order.link_for_ms = Some(LINK_FOR_MS),
        _ => {}
    }
    command
}

/// The world says of each who is over the limit, here and elsewhere, or offline.
fn go_on(consult: &mut Consult, now: Timestamp, offline: &[bool], elsewhere: &[usize], out: &mut Outcome) {
    let talks = match consult.state {
        State::Talking(n) => Some(consult.invitations[n].expert.id.clone()),
        _ => None,
    };
    let look = |id: &PersonId| {
        let who = NAMES.iter().position(|name| expert(name).id == *id).unwrap();
        let here = usize::from(talks.as_ref() == Some(id));
        if elsewhere[who] + here >= LIMIT {
            return Some(SkipReason::AtLimit);
        }
        offline[who].then_some(SkipReason::Offline)
    };
    consult.go_on(now, &look, out);
}

/// Who rings on the network: rung by us until we let go or they answer.
fn follow(rings: &mut BTreeSet<usize>, input: &Input, out: &Outcome) {
    if let Input::No(n) | Input::Yes(n) | Input::Left(n) = input {
        rings.remove(n);
    }
    for effect in &out.effects {
        match effect {
            Effect::Invite { invitation, .. } => assert!(rings.insert(*invitation), "invited twice"),
            Effect::Leave { invitation } | Effect::TurnAway { invitation } | Effect::Open { invitation } => {
                rings.remove(invitation);
            }
            _ => {}
        }
    }
}

#[test]
fn any_history_of_hunts_loses_nobody_and_leaves_nobody_ringing() {
    for seed in 1..=HISTORIES {
        let mut roll = crate::dice::dice(seed);
        let mut world = World::new(seed);
        for now in 0..STEPS {
            world.step(at(now), &mut roll);
        }
    }
}
