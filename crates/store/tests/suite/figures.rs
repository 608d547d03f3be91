//! Facts and their sums: what is folded in memory is what SQL says, whatever came late.

use crate::rows;
use hookflash_domain::acd::OfferOutcome;
use hookflash_domain::agent::NotReadyReason;
use hookflash_domain::consult::SolvedState;
use hookflash_domain::figures::{
    AgentTime, Alert, ConsultFact, Fact, Handling, Interval, InvitationFact, InvitationOutcome, NO_AGENT,
    NO_QUEUE, StateTimes, Stay, Target, Totals, Transfer, Visit, VisitOutcome,
};
use hookflash_domain::{ConsultId, InteractionId, NetworkId, OfferId, PersonId, QueueId, Timestamp, UserId};
use hookflash_store::figures::{AgentSum, FactsOf, Stretch};
use hookflash_store::testing::TestDatabase;
use hookflash_store::{Duplicate, Store, StoreError, Write};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::BTreeMap;
use uuid::Uuid;

on_both!(a_random_day_folds_to_what_sql_says, late_facts_correct_the_sums, facts_count_once, states_add_up);

/// Interactions of a random day.
const DAY: usize = 5_000;
const HOUR: i64 = 3_600_000;
const ALL: Stretch = Stretch { from_at: Timestamp(0), to_at: Timestamp(10_000 * HOUR) };

type Key = (Interval, QueueId, UserId);

async fn a_random_day_folds_to_what_sql_says(database: TestDatabase) {
    let store = database.store().await;
    let mut dice = StdRng::seed_from_u64(rows::seed());
    let mut facts = Vec::new();
    for _ in 0..DAY / 500 {
        let part: Vec<_> = (0..500).map(|_| random_facts(&mut dice)).collect();
        store.commit(part.iter().cloned().map(Write::Facts).collect()).await.unwrap();
        facts.extend(part);
    }
    // Some turn out otherwise, some of them with fewer parts than before.
    let mut corrections = Vec::new();
    for kept in facts.iter_mut().take(200) {
        let of = part_of(&kept[0]);
        let mut other = random_facts(&mut dice);
        other.retain(|fact| !matches!(fact, Fact::Consult(_) | Fact::Invitation(_) | Fact::Alert(_)));
        other.iter_mut().for_each(|fact| rename(fact, of));
        kept.retain(|fact| part_of(fact) != of);
        kept.extend(other.iter().cloned());
        corrections.push(Write::CorrectFacts { of, facts: other });
    }
    store.commit(corrections).await.unwrap();

    let mut folded = BTreeMap::<Key, Totals>::new();
    for fact in facts.iter().flatten() {
        folded.entry((fact.interval(), fact.queue(), fact.agent())).or_default().count(fact);
    }
    assert!(folded.len() > 300, "{}", folded.len());
    assert_eq!(by_key(&store.counted_again(ALL).await.unwrap()), folded, "SQL over the facts");
    assert_eq!(by_key(&store.agent_intervals(ALL).await.unwrap()), folded, "the agents' roll-up");
    by_queue_and_agent_alike(&store, &folded).await;
}

/// The other reads are sums of the same.
async fn by_queue_and_agent_alike(store: &Store, folded: &BTreeMap<Key, Totals>) {
    let mut by_interval = BTreeMap::<_, Totals>::new();
    let mut by_queue = BTreeMap::<_, Totals>::new();
    let mut by_agent = BTreeMap::<_, Totals>::new();
    for ((interval, queue, agent), totals) in folded {
        by_interval.entry((interval.starts_at(), *queue)).or_default().add(totals);
        by_queue.entry(*queue).or_default().add(totals);
        by_agent.entry(*agent).or_default().add(totals);
    }
    let sums = store.queue_intervals(ALL).await.unwrap();
    let read: BTreeMap<_, _> =
        sums.iter().map(|sum| ((sum.interval_at.unwrap(), sum.queue_id), sum.totals)).collect();
    assert_eq!(non_zero(read), by_interval, "the queues' roll-up");
    let sums = store.queue_sums(ALL).await.unwrap();
    let read: BTreeMap<_, _> = sums.iter().map(|sum| (sum.queue_id, sum.totals)).collect();
    assert_eq!(non_zero(read), by_queue, "queues over the whole stretch");
    let sums = store.agent_sums(ALL).await.unwrap();
    let read: BTreeMap<_, _> = sums.iter().map(|sum| (sum.agent_id, sum.totals)).collect();
    assert_eq!(non_zero(read), by_agent, "agents over the whole stretch");
    let (first, _) = folded.iter().next().unwrap();
    let one = Stretch { from_at: first.0.starts_at(), to_at: first.0.ends_at() };
    let read = by_key(&store.agent_intervals(one).await.unwrap());
    assert!(!read.is_empty() && read.keys().all(|key| key.0 == first.0), "a stretch ends before its end");
}

fn by_key(sums: &[AgentSum]) -> BTreeMap<Key, Totals> {
    let key = |sum: &AgentSum| (Interval::of(sum.interval_at.unwrap()), sum.queue_id.unwrap(), sum.agent_id);
    non_zero(sums.iter().map(|sum| (key(sum), sum.totals)).collect())
}

/// What was taken off leaves rows of zeros behind.
fn non_zero<K: Ord>(mut sums: BTreeMap<K, Totals>) -> BTreeMap<K, Totals> {
    sums.retain(|_, totals| *totals != Totals::default());
    sums
}

async fn late_facts_correct_the_sums(database: TestDatabase) {
    let store = database.store().await;
    let (consult, agent) = (ConsultId(rows::id()), UserId(rows::id()));
    let fact = |outcome| {
        vec![Fact::Consult(ConsultFact {
            consult,
            interaction: None,
            queue: NO_QUEUE,
            agent,
            asked_at: Timestamp(HOUR),
            ended_at: Timestamp(2 * HOUR),
            outcome,
            attempt_count: 1,
            expert_count: 1,
            hold_ms: 0,
        })]
    };
    store.commit(vec![Write::Facts(fact(None))]).await.unwrap();
    // The agent says much later whether it helped; twice in one transaction, the last word counts.
    let later = |outcome| Write::CorrectFacts { of: FactsOf::Consult(consult), facts: fact(outcome) };
    store.commit(vec![later(Some(SolvedState::NotSolved)), later(Some(SolvedState::Solved))]).await.unwrap();
    let sums = store.agent_sums(ALL).await.unwrap();
    let told: Vec<_> = sums
        .iter()
        .map(|sum| (sum.totals.consults, sum.totals.consults_solved, sum.totals.consults_not_solved))
        .collect();
    assert_eq!(told, [(1, 1, 0)]);
    assert_eq!(
        by_key(&store.counted_again(ALL).await.unwrap()),
        by_key(&store.agent_intervals(ALL).await.unwrap())
    );
    // What is corrected to nothing counts for nothing.
    store.commit(vec![Write::CorrectFacts { of: FactsOf::Consult(consult), facts: vec![] }]).await.unwrap();
    assert_eq!(by_key(&store.agent_intervals(ALL).await.unwrap()), BTreeMap::new());
}

async fn facts_count_once(database: TestDatabase) {
    let store = database.store().await;
    let facts = random_facts(&mut StdRng::seed_from_u64(1));
    store.commit(vec![Write::Facts(facts.clone())]).await.unwrap();
    let before = store.queue_intervals(ALL).await.unwrap();
    let again = store.commit(vec![rows::event("with_it"), Write::Facts(facts)]).await;
    assert_eq!(again, Err(StoreError::Duplicate(Duplicate::Fact)));
    assert_eq!(store.queue_intervals(ALL).await.unwrap(), before);
    assert_eq!(store.last_seq().await, Ok(0), "the batch left no trace");
}

async fn states_add_up(database: TestDatabase) {
    let store = database.store().await;
    let mut dice = StdRng::seed_from_u64(rows::seed());
    let mut folded = BTreeMap::<UserId, StateTimes>::new();
    for n in 1..=3_u128 {
        let (agent, mut from_at) = (UserId(Uuid::from_u128(n)), Timestamp(dice.random_range(0..HOUR)));
        let mut writes = Vec::new();
        for _ in 0..200 {
            let time = [
                AgentTime::Ready,
                AgentTime::Engaged,
                AgentTime::WrapUp,
                AgentTime::NotReady(NotReadyReason::Meal),
            ][dice.random_range(0..4)];
            let stay = Stay { agent, time, from_at, to_at: from_at.plus_ms(dice.random_range(1..2 * HOUR)) };
            folded.entry(agent).or_default().add(time, stay.ms());
            from_at = stay.to_at;
            writes.push(Write::Stay(stay));
        }
        store.commit(writes.clone()).await.unwrap();
        // The same again, two of them in one transaction: nothing is counted twice.
        store.commit(writes[..20].iter().chain(&writes[10..30]).cloned().collect()).await.unwrap();
    }
    let read = store.agent_times(ALL).await.unwrap();
    let expected: Vec<_> = folded
        .iter()
        .flat_map(|(agent, times)| times.0.iter().map(|(time, ms)| (*agent, time.word().to_owned(), *ms)))
        .collect();
    let mut read: Vec<_> = read.into_iter().map(|row| (row.agent_id, row.state, row.ms)).collect();
    read.sort();
    let mut expected = expected;
    expected.sort();
    assert_eq!(read, expected);
    let hour =
        store.agent_times(Stretch { from_at: Timestamp(HOUR), to_at: Timestamp(2 * HOUR) }).await.unwrap();
    let longest = hour.iter().fold(BTreeMap::<_, i64>::new(), |mut sums, row| {
        *sums.entry(row.agent_id).or_default() += row.ms;
        sums
    });
    assert!(longest.values().all(|ms| *ms <= HOUR), "no hour has more than an hour of an agent: {longest:?}");
}

/// What facts belong to.
fn part_of(fact: &Fact) -> FactsOf {
    match fact {
        Fact::Visit(fact) => FactsOf::Interaction(fact.interaction),
        Fact::Handling(fact) => FactsOf::Interaction(fact.interaction),
        Fact::Alert(fact) => FactsOf::Offer(fact.offer),
        Fact::Consult(fact) => FactsOf::Consult(fact.consult),
        Fact::Invitation(fact) => FactsOf::Consult(fact.consult),
    }
}

fn rename(fact: &mut Fact, of: FactsOf) {
    match (fact, of) {
        (Fact::Visit(fact), FactsOf::Interaction(id)) => fact.interaction = id,
        (Fact::Handling(fact), FactsOf::Interaction(id)) => fact.interaction = id,
        other => panic!("not of an interaction: {other:?}"),
    }
}

/// All facts of one random interaction; the first is a stay in a queue.
fn random_facts(dice: &mut StdRng) -> Vec<Fact> {
    let interaction = InteractionId(rows::id());
    let queue = QueueId(Uuid::from_u128(dice.random_range(1..=4)));
    let mut at = Timestamp(dice.random_range(0..24 * HOUR));
    let mut facts = Vec::new();
    for no in 0..dice.random_range(1..=2) {
        facts.extend(random_visit(dice, interaction, no, queue, &mut at));
    }
    if dice.random_bool(0.4) {
        facts.extend(random_consult(dice, interaction, queue, at));
    }
    facts
}

fn some_agent(dice: &mut StdRng) -> UserId {
    UserId(Uuid::from_u128(dice.random_range(100..=108)))
}

fn random_visit(
    dice: &mut StdRng,
    interaction: InteractionId,
    no: i64,
    queue: QueueId,
    at: &mut Timestamp,
) -> Vec<Fact> {
    let entered_at = *at;
    let left_at = entered_at.plus_ms(dice.random_range(0..60_000));
    let target = Target::default();
    let outcome =
        [VisitOutcome::Answered, VisitOutcome::Answered, VisitOutcome::Abandoned, VisitOutcome::FlowedOut]
            [dice.random_range(0..4)];
    let agent = if outcome == VisitOutcome::Answered { some_agent(dice) } else { NO_AGENT };
    let visit = Visit { interaction, no, queue, agent, entered_at, left_at, outcome, target };
    let alert = Alert {
        offer: OfferId(rows::id()),
        interaction,
        queue,
        agent: some_agent(dice),
        offered_at: entered_at,
        ended_at: left_at,
        outcome: [
            OfferOutcome::Accepted,
            OfferOutcome::Declined,
            OfferOutcome::NoAnswer,
            OfferOutcome::CallerGone,
        ][dice.random_range(0..4)],
    };
    let mut part = || if dice.random_bool(0.7) { dice.random_range(1..40 * 60_000) } else { 0 };
    let (talk_ms, hold_ms, wrap_up_ms, dialling_ms, contacting_ms) = (part(), part(), part(), part(), part());
    *at = left_at.plus_ms(talk_ms + hold_ms + wrap_up_ms);
    let handling = Handling {
        interaction,
        no,
        queue,
        agent,
        connected_at: left_at,
        completed_at: *at,
        talk_ms,
        hold_ms,
        wrap_up_ms,
        dialling_ms,
        contacting_ms,
        transfer: [None, Some(Transfer::Blind), Some(Transfer::Consult)][dice.random_range(0..3)],
    };
    let answered = (outcome == VisitOutcome::Answered).then_some(Fact::Handling(handling));
    [Fact::Visit(visit), Fact::Alert(alert)].into_iter().chain(answered).collect()
}

fn random_consult(
    dice: &mut StdRng,
    interaction: InteractionId,
    queue: QueueId,
    asked_at: Timestamp,
) -> Vec<Fact> {
    let (consult, agent) = (ConsultId(rows::id()), some_agent(dice));
    let ended_at = asked_at.plus_ms(dice.random_range(0..HOUR));
    let attempt_count = dice.random_range(1..=4);
    let outcomes = [None, Some(SolvedState::Solved), Some(SolvedState::Partly), Some(SolvedState::NotSolved)];
    let fact = ConsultFact {
        consult,
        interaction: Some(interaction),
        queue,
        agent,
        asked_at,
        ended_at,
        outcome: outcomes[dice.random_range(0..4)],
        attempt_count,
        expert_count: dice.random_range(1..=attempt_count),
        hold_ms: dice.random_range(0..60_000),
    };
    let mut facts = vec![Fact::Consult(fact)];
    for no in 0..attempt_count {
        let settled_at = asked_at.plus_ms(dice.random_range(0..60_000));
        let outcome = [
            InvitationOutcome::Accepted,
            InvitationOutcome::Declined,
            InvitationOutcome::NoAnswer,
            InvitationOutcome::Withdrawn,
            InvitationOutcome::Unreachable,
        ][dice.random_range(0..5)];
        let replies = outcome == InvitationOutcome::Accepted && dice.random_bool(0.8);
        facts.push(Fact::Invitation(InvitationFact {
            consult,
            no,
            queue,
            agent,
            expert: PersonId { network: NetworkId("skype".into()), address: format!("sip:{no}@lab.test") },
            expert_name: "Oskar".into(),
            asked_at,
            settled_at,
            replied_at: replies.then(|| settled_at.plus_ms(dice.random_range(0..60_000))),
            ended_at: settled_at.max(ended_at),
            outcome,
            target_ms: 30_000,
        }));
    }
    facts
}
