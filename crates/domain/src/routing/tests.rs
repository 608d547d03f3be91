//! Cases by table, and random ones against a model that looks at every agent for every interaction.

use super::*;
use crate::dice::dice;
use crate::{InteractionId, QueueId, Timestamp, UserId};
use std::collections::BTreeMap;
use uuid::Uuid;

const QUEUE: QueueId = QueueId(Uuid::from_u128(1));
const MINUTE: i64 = 60_000;

fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}
fn call(n: u128) -> InteractionId {
    InteractionId(Uuid::from_u128(n))
}
fn skill(n: u128) -> Ability {
    Ability::Skill(SkillId(Uuid::from_u128(n)))
}
fn language(n: u128) -> Ability {
    Ability::Language(LanguageId(Uuid::from_u128(n)))
}
fn asking(abilities: &[Ability], priority: i32) -> Demand {
    Demand { asked: abilities.iter().copied().collect(), priority }
}

/// Who, idle since when, and what they can do how well.
type AgentRow<'a> = (u128, i64, &'a [(Ability, u8)]);

/// A made floor: queues, agents and waiting interactions.
#[derive(Debug, Default)]
struct Case {
    now: Timestamp,
    queues: BTreeMap<QueueId, (Policy, BTreeSet<UserId>)>,
    abilities: BTreeMap<UserId, Abilities>,
    idle: BTreeMap<UserId, Timestamp>,
    waiting: Vec<(InteractionId, QueueId, Timestamp, Demand)>,
}

impl Case {
    fn of(policy: Policy, agents: &[AgentRow<'_>]) -> Self {
        let mut case = Self { now: Timestamp(100 * MINUTE), ..Self::default() };
        let members = agents.iter().map(|(agent, ..)| user(*agent)).collect();
        case.queues.insert(QUEUE, (policy, members));
        for (agent, since, abilities) in agents {
            let levels =
                abilities.iter().map(|(ability, level)| (*ability, Proficiency::new(*level).unwrap()));
            case.abilities.insert(user(*agent), levels.collect());
            case.idle.insert(user(*agent), Timestamp(*since));
        }
        case
    }
    fn waits(mut self, n: u128, waited_ms: i64, demand: Demand) -> Self {
        self.waiting.push((call(n), QUEUE, Timestamp(self.now.0 - waited_ms), demand));
        self
    }
    fn roster(&self) -> Roster {
        let queues = self.queues.iter().map(|(id, (policy, members))| (*id, policy.clone(), members));
        Roster::new(queues, &self.abilities)
    }
    fn decide(&self) -> Decision {
        let waiting: Vec<_> = self
            .waiting
            .iter()
            .map(|(interaction, queue, since, demand)| Waiting {
                interaction: *interaction,
                queue: *queue,
                since: *since,
                demand,
            })
            .collect();
        decide(&self.roster(), self.now, &self.idle, &waiting)
    }
    fn pairs(&self) -> Vec<(u128, u128)> {
        let pair = |one: &Match| (one.interaction.0.as_u128(), one.agent.0.as_u128());
        self.decide().matches.iter().map(pair).collect()
    }
}

fn by(evaluation: Evaluation) -> Policy {
    Policy { evaluation, ..Policy::default() }
}

/// Agent 1 is idle longest and knows nothing, 2 knows skill 1 a little, 3 knows it well.
fn three(policy: Policy) -> Case {
    Case::of(policy, &[(1, 10, &[]), (2, 20, &[(skill(1), 2)]), (3, 30, &[(skill(1), 5)])])
}

#[test]
fn each_evaluation_chooses_its_own_agent() {
    let table = [
        (Evaluation::None, skill(1), vec![(9, 1)]),
        (Evaluation::All, skill(1), vec![(9, 2)]),
        (Evaluation::Best, skill(1), vec![(9, 3)]),
        (Evaluation::None, skill(2), vec![(9, 1)]),
        (Evaluation::All, skill(2), vec![]),
        (Evaluation::Best, language(1), vec![]),
    ];
    for (evaluation, asked, expected) in table {
        let case = three(by(evaluation)).waits(9, 1, asking(&[asked], 0));
        assert_eq!(case.pairs(), expected, "{evaluation:?} {asked:?}");
    }
}

#[test]
fn the_mean_counts_what_is_asked_alone_and_the_longest_idle_wins_a_tie() {
    let agents: [AgentRow<'_>; 3] = [
        (1, 30, &[(skill(1), 3), (skill(2), 4)]),
        (2, 20, &[(skill(1), 4), (skill(2), 3)]),
        (3, 10, &[(skill(1), 1), (skill(2), 5), (skill(3), 5)]),
    ];
    let case = Case::of(by(Evaluation::Best), &agents).waits(9, 1, asking(&[skill(1), skill(2)], 0));
    assert_eq!(case.pairs(), [(9, 2)]);
}

#[test]
fn a_call_of_five_minutes_and_priority_ten_scores_fifteen() {
    let conversation = Policy::default();
    assert_eq!(conversation.score(&asking(&[], 10), 5 * MINUTE), (false, 15 * MINUTE, 0));
    // One agent: 15 goes before 14 minutes of waiting, after 16.
    let one = |waited| {
        Case::of(Policy::default(), &[(1, 0, &[])])
            .waits(7, waited * MINUTE, Demand::default())
            .waits(9, 5 * MINUTE, asking(&[], 10))
            .pairs()
    };
    assert_eq!((one(14), one(16)), (vec![(9, 1)], vec![(7, 1)]));
}

#[test]
fn queues_that_score_by_priority_are_served_first() {
    let other = QueueId(Uuid::from_u128(2));
    let mut case = Case::of(Policy::default(), &[(1, 0, &[])]).waits(7, 90 * MINUTE, asking(&[], 50));
    let policy = Policy { scoring: Scoring::Priority, ..Policy::default() };
    case.queues.insert(other, (policy, [user(1)].into()));
    case.waiting.push((call(8), other, case.now, asking(&[], 1)));
    case.waiting.push((call(9), other, case.now, asking(&[], 2)));
    assert_eq!(case.pairs(), [(9, 1)]);
}

#[test]
fn rings_drop_skills_after_their_time_and_never_a_language() {
    let drop = |n: u128, stay_ms| Ring { stay_ms, drops: [SkillId(Uuid::from_u128(n))].into() };
    let policy = Policy { rings: vec![drop(2, 10_000), drop(1, 20_000)], ..by(Evaluation::All) };
    let demand = asking(&[skill(1), skill(2)], 0);
    let table = [(9_999, None, Some(1)), (10_000, Some(2), None), (29_999, Some(2), None)];
    for (waited, agent, wait_for) in table {
        let case = three(policy.clone()).waits(9, waited, demand.clone());
        let decision = case.decide();
        assert_eq!(decision.matches.first().map(|one| one.agent), agent.map(user), "{waited}");
        assert_eq!(decision.look_again_at, wait_for.map(|ms| case.now.plus_ms(ms)), "{waited}");
    }
    let freed = three(policy.clone()).waits(9, 30_000, demand);
    assert_eq!(freed.pairs(), [(9, 1)]);
    let spoken = three(policy).waits(9, 90_000, asking(&[skill(1), language(1)], 0));
    assert_eq!(spoken.decide(), Decision::default());
}

#[test]
fn limits_of_a_policy() {
    let ring = |stay_ms, dropped| Ring {
        stay_ms,
        drops: (0..dropped).map(|n| SkillId(Uuid::from_u128(n))).collect(),
    };
    let table = [
        (vec![ring(1, 50); 6], Ok(())),
        (vec![ring(1, 0); 7], Err(PolicyError::TooManyRings)),
        (vec![ring(1, 51)], Err(PolicyError::TooManyDropped)),
        (vec![ring(0, 1)], Err(PolicyError::NoStay)),
    ];
    for (rings, expected) in table {
        assert_eq!(Policy { rings, ..Policy::default() }.check(), expected);
    }
    assert_eq!([0, 1, 5, 6].map(|level| Proficiency::new(level).is_some()), [false, true, true, false]);
}

#[test]
fn the_decision_is_that_of_the_model() {
    for seed in 1..=600 {
        println!("seed {seed}");
        let case = random(seed);
        assert_eq!(case.decide().matches, model(&case), "seed {seed}: {case:#?}");
    }
}

fn random(seed: u64) -> Case {
    let mut roll = dice(seed);
    let mut case = Case { now: Timestamp(10 * MINUTE), ..Case::default() };
    let agents = u128::from(roll(if seed.is_multiple_of(10) { 150 } else { 12 }));
    let ability = |n: u64| if n < 4 { skill(u128::from(n)) } else { language(u128::from(n)) };
    for agent in 0..agents {
        let levels = (0..roll(6)).map(|_| (ability(roll(6)), Proficiency::new(1 + roll(5) as u8).unwrap()));
        case.abilities.insert(user(agent), levels.collect());
        if roll(3) > 0 {
            case.idle.insert(user(agent), Timestamp(roll(20) as i64));
        }
    }
    for queue in 0..1 + u128::from(roll(3)) {
        let evaluation = [Evaluation::All, Evaluation::Best, Evaluation::None][roll(3) as usize];
        let scoring = [Scoring::Conversation, Scoring::Priority][roll(2) as usize];
        let ring = |roll: &mut dyn FnMut(u64) -> u64| Ring {
            stay_ms: 1 + roll(200_000) as i64,
            drops: (0..roll(3)).map(|_| SkillId(Uuid::from_u128(u128::from(roll(4))))).collect(),
        };
        let rings = (0..roll(4)).map(|_| ring(&mut roll)).collect();
        let members = (0..agents).filter(|_| roll(4) > 0).map(user).collect();
        let policy = Policy { evaluation, scoring, rings, ..Policy::default() };
        case.queues.insert(QueueId(Uuid::from_u128(queue)), (policy, members));
    }
    for n in 0..u128::from(roll(30)) {
        let asked = (0..roll(4)).map(|_| ability(roll(6))).collect();
        let demand = Demand { asked, priority: roll(7) as i32 - 3 };
        let queue = QueueId(Uuid::from_u128(u128::from(roll(4))));
        case.waiting.push((call(n), queue, Timestamp(roll(10) as i64 * MINUTE), demand));
    }
    case
}

/// Says the same in the plainest way: choose the next interaction, look at every agent.
fn model(case: &Case) -> Vec<Match> {
    let mut idle = case.idle.clone();
    let mut left: Vec<_> = case.waiting.iter().filter(|one| case.queues.contains_key(&one.1)).collect();
    let mut matches = Vec::new();
    while !left.is_empty() {
        let mut first = 0;
        for at in 1..left.len() {
            if goes_before(case, left[at], left[first]) {
                first = at;
            }
        }
        let next = left.remove(first);
        if let Some(agent) = best_agent(case, next, &idle) {
            idle.remove(&agent);
            matches.push(Match { interaction: next.0, agent });
        }
    }
    matches
}

type Row = (InteractionId, QueueId, Timestamp, Demand);

fn goes_before(case: &Case, one: &Row, other: &Row) -> bool {
    let by_priority = |row: &Row| case.queues[&row.1].0.scoring == Scoring::Priority;
    let waited = |row: &Row| case.now.0 - row.2.0;
    match (by_priority(one), by_priority(other)) {
        (true, false) => true,
        (false, true) => false,
        (true, true) if one.3.priority != other.3.priority => one.3.priority > other.3.priority,
        (true, true) => waited(one) > waited(other),
        (false, false) => {
            let minutes = |row: &Row| waited(row) as f64 / 60_000.0 + f64::from(row.3.priority);
            minutes(one) > minutes(other)
        }
    }
}

fn best_agent(case: &Case, row: &Row, idle: &BTreeMap<UserId, Timestamp>) -> Option<UserId> {
    let (policy, members) = &case.queues[&row.1];
    let mut asked = row.3.asked.clone();
    let mut left_at = row.2.0;
    for ring in &policy.rings {
        left_at += ring.stay_ms;
        if left_at <= case.now.0 {
            asked.retain(|ability| !matches!(ability, Ability::Skill(skill) if ring.drops.contains(skill)));
        }
    }
    let mut best: Option<(f64, Timestamp, UserId)> = None;
    for (agent, since) in idle.iter().filter(|(agent, _)| members.contains(agent)) {
        let has = &case.abilities[agent];
        if policy.evaluation != Evaluation::None && !asked.iter().all(|ability| has.contains_key(ability)) {
            continue;
        }
        let levels: Vec<f64> =
            asked.iter().filter_map(|ability| Some(f64::from(has.get(ability)?.level()))).collect();
        let counts = policy.evaluation == Evaluation::Best && !levels.is_empty();
        let mean = if counts { levels.iter().sum::<f64>() / levels.len() as f64 } else { 0.0 };
        let better = best.is_none_or(|(most, idle_since, other)| {
            mean > most || (mean == most && (*since, *agent) < (idle_since, other))
        });
        if better {
            best = Some((mean, *since, *agent));
        }
    }
    best.map(|(_, _, agent)| agent)
}
