//! The idle agents of one decision, laid out in order of idleness: who serves what and who can do what, as
//! sets. What two interactions ask for alike is worked out once.

use super::bits::{Bits, Sums};
use super::decide::Waiting;
use super::roster::{Member, Roster};
use super::{Evaluation, Policy};
use crate::{Timestamp, UserId};
use std::collections::{BTreeMap, HashMap};

/// The idle agents.
pub(super) struct Floor<'a> {
    roster: &'a Roster,
    /// The longest idle first.
    idle: Vec<&'a Member>,
    free: Bits,
    free_count: usize,
    /// By queue.
    members: Vec<Bits>,
    /// By ability.
    has: Vec<Bits>,
    /// By ability, the level bit by bit; empty where no queue looks at it.
    levels: Vec<[Bits; 3]>,
    /// Who fits, by what is asked for.
    fits: HashMap<Vec<usize>, Fit>,
    /// What is being asked for; kept for its room.
    asked: Vec<usize>,
}

/// Those idle agents who have all that is asked.
struct Fit {
    has: Bits,
    /// Where in `has` anybody is.
    words: Vec<usize>,
    /// How well, where that counts.
    sums: Option<Sums>,
}

impl<'a> Floor<'a> {
    pub(super) fn new(roster: &'a Roster, idle: &BTreeMap<UserId, Timestamp>) -> Self {
        let idle = by_idleness(roster, idle);
        let mut members = vec![Bits::none(idle.len()); roster.queues.len()];
        let mut has = vec![Bits::none(idle.len()); roster.abilities.len()];
        for (rank, agent) in idle.iter().enumerate() {
            agent.queues.iter().for_each(|queue| members[*queue].add(rank));
            agent.abilities.iter().for_each(|(ability, _)| has[*ability].add(rank));
        }
        let looks_at_levels = roster.queues.iter().any(|(_, policy)| policy.evaluation == Evaluation::Best);
        Self {
            roster,
            free: Bits::all(idle.len()),
            free_count: idle.len(),
            levels: if looks_at_levels { levels(roster, &idle) } else { Vec::new() },
            idle,
            members,
            has,
            fits: HashMap::new(),
            asked: Vec::new(),
        }
    }

    /// The agent for an interaction, who is free no longer.
    pub(super) fn take_best(
        &mut self,
        queue: usize,
        now: Timestamp,
        waiting: &Waiting<'_>,
    ) -> Option<UserId> {
        if self.free_count == 0 {
            return None;
        }
        let policy = &self.roster.queues[queue].1;
        if !self.resolve(policy, now, waiting) {
            return None;
        }
        let with_sums = policy.evaluation == Evaluation::Best && !self.asked.is_empty();
        if self.fits.get(&self.asked).is_none_or(|fit| with_sums && fit.sums.is_none()) {
            let fit = self.fit(with_sums);
            self.fits.insert(self.asked.clone(), fit);
        }
        let (fit, members) = (self.fits.get(&self.asked)?, &self.members[queue]);
        let rank = match fit.sums.as_ref().filter(|_| with_sums) {
            Some(sums) => fit.best(sums, &self.free, members),
            None => fit.longest_idle(&self.free, members),
        }?;
        self.free.remove(rank);
        self.free_count -= 1;
        Some(self.idle[rank].id)
    }

    /// Finds the places of what is asked for; false when nobody has one of them.
    fn resolve(&mut self, policy: &Policy, now: Timestamp, waiting: &Waiting<'_>) -> bool {
        self.asked.clear();
        for ability in policy.still_asked(waiting.demand, now.since_ms(waiting.since)) {
            let Some(place) = self.roster.ability(ability) else { return false };
            self.asked.push(place);
        }
        true
    }

    fn fit(&self, with_sums: bool) -> Fit {
        let mut has = Bits::all(self.idle.len());
        self.asked.iter().for_each(|ability| has.keep(&self.has[*ability]));
        let words: Vec<usize> = (0..has.0.len()).filter(|at| has.0[*at] != 0).collect();
        let sums = with_sums.then(|| {
            let mut sums = Sums::default();
            self.asked.iter().filter_map(|ability| self.levels.get(*ability)).for_each(|one| sums.add(one));
            sums
        });
        Fit { has, words, sums }
    }
}

fn by_idleness<'a>(roster: &'a Roster, idle: &BTreeMap<UserId, Timestamp>) -> Vec<&'a Member> {
    let mut order = Vec::with_capacity(idle.len());
    // Both lists are in order of the agents' ids: one walk finds everybody.
    let mut agents = roster.agents.iter().enumerate().peekable();
    for (agent, since) in idle {
        while agents.next_if(|(_, known)| known.id < *agent).is_some() {}
        if let Some((place, _)) = agents.next_if(|(_, known)| known.id == *agent) {
            order.push((*since, place));
        }
    }
    order.sort_unstable();
    order.into_iter().map(|(_, place)| &roster.agents[place]).collect()
}

/// How well the idle agents have each ability, bit by bit of the level.
fn levels(roster: &Roster, idle: &[&Member]) -> Vec<[Bits; 3]> {
    let mut levels = vec![[(); 3].map(|()| Bits::none(idle.len())); roster.abilities.len()];
    for (rank, agent) in idle.iter().enumerate() {
        for (ability, level) in &agent.abilities {
            for (bit, plane) in levels[*ability].iter_mut().enumerate() {
                plane.0[rank / 64] |= u64::from(level >> bit & 1) << (rank % 64);
            }
        }
    }
    levels
}

impl Fit {
    fn longest_idle(&self, free: &Bits, members: &Bits) -> Option<usize> {
        self.words.iter().find_map(|at| first_in(*at, self.has.0[*at] & free.0[*at] & members.0[*at]))
    }

    /// Who fits has all that is asked, so that the mean ranks as the sum does.
    fn best(&self, sums: &Sums, free: &Bits, members: &Bits) -> Option<usize> {
        let fitting = self.words.iter().map(|at| (*at, self.has.0[*at] & free.0[*at] & members.0[*at]));
        let mut fitting: Vec<_> = fitting.filter(|(_, word)| *word != 0).collect();
        sums.keep_greatest(&mut fitting);
        fitting.into_iter().find_map(|(at, word)| first_in(at, word))
    }
}

fn first_in(at: usize, word: u64) -> Option<usize> {
    (word != 0).then(|| at * 64 + word.trailing_zeros() as usize)
}
