//! What a watching window has after any history is what a fresh picture says.

use super::picture::{News, Picture};
use crate::engine::board::Everybody;
use crate::engine::rules::{Membership, QueueSettings, Rules};
use hookflash_domain::acd::{QueueRule, Waiting};
use hookflash_domain::agent::{AgentState, NotReadyReason, Seat};
use hookflash_domain::attached::AttachedData;
use hookflash_domain::figures::{NO_QUEUE, Totals};
use hookflash_domain::interaction::{Call, Interaction, Stage};
use hookflash_domain::routing::{Demand, Policy};
use hookflash_domain::wrap_up::{WrapUp, WrapUpRule};
use hookflash_domain::{InteractionId, QueueId, Timestamp, UserId};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use uuid::Uuid;

fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

fn queue(n: u128) -> QueueId {
    QueueId(Uuid::from_u128(100 + n))
}

fn rules(dice: &mut StdRng) -> Rules {
    let mut rules = Rules::default();
    for n in 0..dice.random_range(0..4) {
        let rule = QueueRule { members: Arc::default(), offer_timeout_ms: 1, policy: Policy::default() };
        let settings = QueueSettings { name: format!("Queue {n}"), rule, wrap_up: WrapUpRule::default() };
        rules.queues.insert(queue(n), settings);
    }
    rules.agents = (0..dice.random_range(0..5)).map(user).collect();
    for agent in &rules.agents {
        let of = |queue: &QueueId| Membership { queue: *queue, active: true };
        rules.memberships.insert(*agent, rules.queues.keys().map(of).collect());
    }
    rules
}

fn interaction(n: u128, dice: &mut StdRng) -> Interaction {
    let agent = user(dice.random_range(0..5));
    let stage = match dice.random_range(0..3) {
        0 => Stage::Queued,
        1 => Stage::Connected { agent },
        _ => Stage::WrapUp { agent, since: Timestamp(9), deadline: None },
    };
    Interaction {
        id: InteractionId(Uuid::from_u128(n)),
        queue: queue(dice.random_range(0..4)),
        caller_number: "1".to_owned(),
        caller_name: None,
        dialled_number: "2".to_owned(),
        attached: AttachedData::default(),
        demand: hookflash_domain::routing::Demand::default(),
        started_at: Timestamp(dice.random_range(0..5)),
        answered_at: None,
        stage,
        call: Call::default(),
        wrap_up_rule: WrapUpRule::default(),
        wrap_up: WrapUp::default(),
    }
}

fn everybody(dice: &mut StdRng) -> Everybody {
    let seat = |dice: &mut StdRng| {
        let states =
            [AgentState::Ready, AgentState::SignedOut, AgentState::NotReady { reason: NotReadyReason::Meal }];
        Seat { state: states[dice.random_range(0..3)], ..Seat::signed_out(Timestamp(0)) }
    };
    let interactions: Vec<_> = (0..dice.random_range(0..4)).map(|n| Arc::new(interaction(n, dice))).collect();
    let waits = |one: &Arc<Interaction>| Waiting {
        interaction: one.id,
        queue: one.queue,
        since: one.started_at,
        demand: Demand { priority: 3, ..Demand::default() },
        offer: None,
    };
    Everybody {
        seats: (0..5).map(|n| (user(n), seat(dice))).collect(),
        offers: HashMap::new(),
        waiting: interactions.iter().filter(|one| one.stage == Stage::Queued).map(waits).collect(),
        interactions,
    }
}

/// As a window applies it.
fn apply(picture: &mut Picture, news: News) {
    news.gone.queues.iter().for_each(|id| drop(picture.queues.remove(id)));
    news.gone.agents.iter().for_each(|id| drop(picture.agents.remove(id)));
    news.gone.interactions.iter().for_each(|id| drop(picture.interactions.remove(id)));
    picture.queues.extend(news.queues.into_iter().map(|one| (one.queue, one)));
    picture.agents.extend(news.agents.into_iter().map(|one| (one.agent, one)));
    picture.interactions.extend(news.interactions.into_iter().map(|one| (one.interaction, one)));
}

#[test]
fn applying_news_to_a_picture_gives_a_fresh_one() {
    for seed in 0..300 {
        println!("seed {seed}");
        let mut dice = StdRng::seed_from_u64(seed);
        let mut known = Picture::default();
        let mut seen = Picture::default();
        for number in 1..15 {
            let (rules, everybody) = (rules(&mut dice), everybody(&mut dice));
            let offered = dice.random_range(0..3);
            let today: BTreeMap<_, _> = [(queue(1), Totals { offered, ..Totals::default() })].into();
            let fresh = Picture::take(&everybody, &rules, &today);
            if let Some(news) = known.changes_to(&fresh, number) {
                apply(&mut seen, news);
            }
            known = fresh;
            assert_eq!(seen, known);
            let all = &known.queues[&NO_QUEUE];
            let in_queues = all.waiting_count + all.interacting_count;
            let live = known.interactions.values().filter(|one| one.step != super::Step::WrapUp).count();
            assert_eq!(
                (in_queues, all.today.offered),
                (live, offered),
                "all queues together have everything"
            );
        }
        assert_eq!(known.changes_to(&known, 99), None, "where nothing differs nothing is told");
    }
}
