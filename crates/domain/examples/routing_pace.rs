//! How long a routing decision takes: 2,000 waiting interactions, 5,000 agents. Says the median of many.

#![expect(clippy::disallowed_methods, reason = "measures")]
#![expect(clippy::unwrap_used, reason = "a measurement that meets an error fails")]

use hookflash_domain::routing::{
    Abilities, Ability, Demand, Evaluation, Policy, Proficiency, Ring, Roster, Waiting, decide,
};
use hookflash_domain::{InteractionId, LanguageId, QueueId, SkillId, Timestamp, UserId};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;
use uuid::Uuid;

const AGENTS: u64 = 5_000;
const WAITING: u64 = 2_000;
const QUEUES: u64 = 50;
const SKILLS: u64 = 100;
const LANGUAGES: u64 = 8;
const ROUNDS: usize = 201;

fn main() {
    println!("{WAITING} waiting, {AGENTS} agents, {QUEUES} queues, {SKILLS} skills; median of {ROUNDS}");
    for (name, evaluation) in
        [("all", Evaluation::All), ("best", Evaluation::Best), ("none", Evaluation::None)]
    {
        for (floor, idle_share, known) in [
            ("everybody idle", 100, true),
            ("one in twenty idle", 5, true),
            ("idle, nobody fits", 100, false),
        ] {
            measure(&format!("{name}, {floor}"), evaluation, idle_share, known);
        }
    }
}

fn measure(name: &str, evaluation: Evaluation, idle_share: u64, known: bool) {
    let mut roll = dice(7);
    let agents: Vec<_> = (0..AGENTS).map(|_| UserId(id(&mut roll))).collect();
    let skills: Vec<_> = (0..SKILLS).map(|_| Ability::Skill(SkillId(id(&mut roll)))).collect();
    let languages: Vec<_> = (0..LANGUAGES).map(|_| Ability::Language(LanguageId(id(&mut roll)))).collect();
    let mut abilities = BTreeMap::<UserId, Abilities>::new();
    for agent in &agents {
        let mut has = Abilities::new();
        // The last skill is nobody's.
        for _ in 0..8 {
            let level = Proficiency::new(1 + roll(5) as u8).unwrap();
            has.insert(skills[roll(SKILLS - 1) as usize], level);
        }
        has.insert(languages[roll(LANGUAGES - 1) as usize], Proficiency::MAX);
        abilities.insert(*agent, has);
    }
    abilities.entry(UserId(id(&mut roll))).or_default().insert(skills[99], Proficiency::MIN);
    let stranger = *abilities.iter().find(|(_, has)| has.contains_key(&skills[99])).unwrap().0;
    let mut queues = Vec::new();
    for _ in 0..QUEUES {
        let mut members: BTreeSet<_> = (0..AGENTS / 5).map(|_| agents[roll(AGENTS) as usize]).collect();
        members.insert(stranger);
        let ring = Ring { stay_ms: 30_000, drops: BTreeSet::new() };
        let policy = Policy { evaluation, rings: vec![ring; 3], ..Policy::default() };
        queues.push((QueueId(id(&mut roll)), policy, members));
    }
    let roster =
        Roster::new(queues.iter().map(|(id, policy, members)| (*id, policy.clone(), members)), &abilities);
    let mut idle = BTreeMap::new();
    for agent in &agents {
        if roll(100) < idle_share {
            idle.insert(*agent, Timestamp(roll(3_600_000) as i64));
        }
    }
    let demands: Vec<_> = (0..200)
        .map(|_| {
            let mut asked: BTreeSet<_> = (0..2).map(|_| skills[roll(SKILLS - 1) as usize]).collect();
            asked.insert(if known { languages[roll(LANGUAGES - 1) as usize] } else { skills[99] });
            Demand { asked, priority: roll(10) as i32 }
        })
        .collect();
    let waiting: Vec<_> = (0..WAITING)
        .map(|_| Waiting {
            interaction: InteractionId(id(&mut roll)),
            queue: queues[roll(QUEUES) as usize].0,
            since: Timestamp(3_600_000 - roll(600_000) as i64),
            demand: &demands[roll(200) as usize],
        })
        .collect();
    let (mut times, mut matches) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let decision = decide(&roster, Timestamp(3_600_000), &idle, &waiting);
        times.push(begun.elapsed());
        matches = decision.matches.len();
    }
    times.sort();
    println!("{name}: {:.3} ms, {matches} matched", times[ROUNDS / 2].as_secs_f64() * 1e3);
}

fn id(roll: &mut dyn FnMut(u64) -> u64) -> Uuid {
    Uuid::from_u64_pair(roll(u64::MAX), roll(u64::MAX))
}

fn dice(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move |sides| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % sides
    }
}
