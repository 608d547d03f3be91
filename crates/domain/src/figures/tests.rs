//! Every worked number of `definitions.md` 3 and 8.2 to 8.4, and events against aggregates.

use super::*;
use crate::acd::OfferOutcome;
use crate::agent::{AgentState, NotReadyReason};
use crate::attached::{AttachedData, Handover};
use crate::consult::{self, Consult, SolvedState};
use crate::dice::dice;
use crate::interaction::{self, Call, EndReason, Event, Interaction, Stage};
use crate::wrap_up::{WrapUp, WrapUpMode, WrapUpRule};
use crate::{
    ConsultId, Importance, InteractionId, MessageId, NetworkId, OfferId, Person, PersonId, QueueId, Span,
    Timestamp, UserId, acd,
};
use uuid::Uuid;

const QUEUE: QueueId = QueueId(Uuid::from_u128(1));
const A: UserId = UserId(Uuid::from_u128(10));
const B: UserId = UserId(Uuid::from_u128(11));
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60_000;

fn at(ms: i64) -> Timestamp {
    Timestamp(ms)
}

fn call(n: u128) -> InteractionId {
    InteractionId(Uuid::from_u128(n))
}

fn visit(outcome: VisitOutcome, wait_ms: i64, agent: UserId) -> Fact {
    let (entered_at, left_at) = (at(0), at(wait_ms));
    let target = Target::default();
    Fact::Visit(Visit {
        interaction: call(1),
        no: 0,
        queue: QUEUE,
        agent,
        entered_at,
        left_at,
        outcome,
        target,
    })
}

fn handling(no: i64, agent: UserId, [talk_ms, hold_ms, wrap_up_ms]: [i64; 3]) -> Handling {
    Handling {
        interaction: call(1),
        no,
        queue: QUEUE,
        agent,
        connected_at: at(0),
        completed_at: at(talk_ms + hold_ms + wrap_up_ms),
        talk_ms,
        hold_ms,
        wrap_up_ms,
        dialling_ms: 0,
        contacting_ms: 0,
        transfer: None,
    }
}

fn figures(facts: &[Fact]) -> Figures {
    let mut figures = Figures::default();
    facts.iter().for_each(|fact| figures.totals.count(fact));
    figures
}

/// A metric's value, rounded to one place.
fn value(figures: &Figures, word: &str) -> Option<f64> {
    (Metric::named(word).unwrap().value)(figures).map(tenths)
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[test]
fn a_transfer_is_answered_once_and_handled_twice() {
    // 3.2: A answers and passes the interaction on to B in the same queue.
    let passed_on = Handling { transfer: Some(Transfer::Blind), ..handling(0, A, [60_000, 0, 5_000]) };
    let facts = [
        visit(VisitOutcome::Answered, 9_000, A),
        Fact::Handling(passed_on),
        Fact::Handling(handling(1, B, [30_000, 0, 5_000])),
    ];
    let of = |agent: UserId| {
        let own: Vec<_> = facts.iter().filter(|fact| fact.agent() == agent).cloned().collect();
        let own = figures(&own);
        (value(&own, "answered"), value(&own, "handled"))
    };
    let all = figures(&facts);
    assert_eq!((value(&all, "answered"), value(&all, "handled")), (Some(1.0), Some(2.0)));
    assert_eq!((of(A), of(B)), ((Some(1.0), Some(1.0)), (Some(0.0), Some(1.0))));
    assert_eq!((value(&all, "transferred_percent"), value(&all, "blind_transfers")), (Some(50.0), Some(1.0)));
}

#[test]
fn the_service_level_has_three_switches() {
    // 3.3: A=90, A_over=10, Ab=8 (SA=3), FO=2.
    let mut facts = vec![visit(VisitOutcome::Answered, 20 * SECOND, A); 80];
    facts.extend(vec![visit(VisitOutcome::Answered, 20 * SECOND + 1, A); 10]);
    facts.extend(vec![visit(VisitOutcome::Abandoned, 5 * SECOND - 1, NO_AGENT); 3]);
    facts.extend(vec![visit(VisitOutcome::Abandoned, 5 * SECOND, NO_AGENT); 5]);
    facts.extend(vec![visit(VisitOutcome::FlowedOut, 60 * SECOND, NO_AGENT); 2]);
    let all = figures(&facts);
    let table = [
        ([true, true, true], 80.0),
        ([true, true, false], 81.6),
        ([true, false, false], 84.2),
        ([false, false, false], 88.9),
        // Short ones mean nothing where abandons do not count: they are not taken off twice.
        ([false, true, false], 88.9),
    ];
    for ([abandons, short_abandons, flow_outs], expected) in table {
        let switches = Switches { abandons, short_abandons, flow_outs };
        let switched = Figures { switches, ..all.clone() };
        assert_eq!(value(&switched, "service_level"), Some(expected), "{switches:?}");
    }
    assert_eq!(value(&Figures::default(), "service_level"), None, "of nothing there is none");
    assert_eq!(value(&all, "offered"), Some(100.0));
    assert_eq!((value(&all, "abandoned_percent"), value(&all, "answered_percent")), (Some(8.0), Some(90.0)));
    let asa = (80 * 20_000 + 10 * 20_001) / 90;
    assert_eq!(value(&all, "asa").map(f64::floor), Some(asa as f64));
}

#[test]
fn each_average_has_its_own_divisor_so_they_do_not_add_up_to_aht() {
    // 3.2: average talk + average hold + average ACW is not AHT.
    let facts = [
        Fact::Handling(handling(0, A, [100_000, 60_000, 0])),
        Fact::Handling(handling(1, A, [200_000, 0, 0])),
        Fact::Handling(handling(2, A, [0, 0, 40_000])),
        Fact::Handling(Handling { dialling_ms: 6_000, contacting_ms: 2_000, ..handling(3, A, [0, 0, 0]) }),
    ];
    let all = figures(&facts);
    let averages = ["average_talk", "average_hold", "average_wrap_up", "aht"].map(|word| value(&all, word));
    assert_eq!(averages, [Some(150_000.0), Some(60_000.0), Some(40_000.0), Some(102_000.0)]);
    assert_eq!((value(&all, "hold_ratio"), value(&all, "wrap_up_ratio")), (Some(14.7), Some(9.8)));
}

#[test]
fn occupancy_is_interacting_of_time_on_queue_and_breaks_do_not_count() {
    let mut figures = Figures::default();
    figures.totals.handled = 6;
    for (time, minutes) in [
        (AgentTime::Engaged, 50),
        (AgentTime::WrapUp, 10),
        (AgentTime::Ready, 28),
        (AgentTime::Offered, 2),
        (AgentTime::NotReady(NotReadyReason::Meal), 30),
        (AgentTime::NotReady(NotReadyReason::NotResponding), 30),
    ] {
        figures.states.add(time, minutes * MINUTE);
    }
    assert_eq!(value(&figures, "occupancy"), Some(66.7));
    assert_eq!(value(&figures, "handled_per_hour"), Some(4.0));
    let meal = figures.states.utilisation(AgentTime::NotReady(NotReadyReason::Meal)).map(tenths);
    assert_eq!((meal, figures.states.signed_in_ms()), (Some(20.0), 150 * MINUTE));
    assert_eq!(value(&Figures::default(), "occupancy"), None);
}

#[test]
fn a_call_of_45_minutes_falls_into_one_interval_and_a_state_is_cut() {
    // 3.6: metrics land in one interval, when complete.
    let long = handling(0, A, [45 * MINUTE, 0, 0]);
    assert_eq!(Fact::Handling(long).interval().starts_at(), at(30 * MINUTE));
    let stay = Stay { agent: A, time: AgentTime::Engaged, from_at: at(20 * MINUTE), to_at: at(65 * MINUTE) };
    let parts: Vec<_> = stay.cut().map(|part| (part.from_at.0 / MINUTE, part.ms() / MINUTE)).collect();
    assert_eq!(parts, [(20, 10), (30, 30), (60, 5)]);
    assert_eq!(Stay { to_at: at(0), ..stay }.cut().count(), 0);
}

#[test]
fn the_load_of_experts() {
    // 8.2: 10:00–10:06 and 10:04–10:10 are 10 minutes, not 12, and two at once.
    let span = |from: i64, to: i64| Span { from_at: at(from * MINUTE), to_at: at(to * MINUTE) };
    let chats = [span(604, 610), span(600, 606)];
    assert_eq!((union_ms(&chats), peak(&chats)), (10 * MINUTE, 2));
    assert_eq!(peak(&[span(0, 1), span(1, 2), span(3, 3)]), 1);
    assert_eq!(load_percent(union_ms(&chats), 400 * MINUTE), Some(2.5));
    // 8.2: Gini(5, 5, 50) = 0.50.
    assert_eq!(gini(&[5, 5, 50]).map(|gini| (gini * 100.0).round()), Some(50.0));
    assert_eq!((gini(&[7, 7]).map(tenths), gini(&[0, 0]), gini(&[])), (Some(0.0), None, None));
    assert_eq!(share_of_top(&[5, 5, 50], 10).map(tenths), Some(83.3));
    let fragments = [span(0, 5), span(7, 9), span(12, 20), span(19, 21)];
    assert_eq!(fragmentation(&fragments, 3 * MINUTE), Some(50.0));
}

#[test]
fn raw_and_adjusted_differences_and_nps() {
    // 8.3: strata consulted 40/50 vs not 140/200, and 60/100 vs 50/100.
    let strata = [
        Stratum { consulted: (40, 50), other: (140, 200) },
        Stratum { consulted: (60, 100), other: (50, 100) },
    ];
    let adjusted = adjusted_difference(&strata).unwrap();
    let rounded = [adjusted.raw, adjusted.difference, adjusted.standard_error].map(tenths);
    assert_eq!(rounded, [3.3, 10.0, 5.1]);
    assert_eq!((tenths(adjusted.interval.0), tenths(adjusted.interval.1)), (-0.1, 20.1));
    assert_eq!(adjusted.verdict, Verdict::NotShown);
    let thin = [Stratum { consulted: (20, 29), other: (1, 400) }];
    assert_eq!(adjusted_difference(&thin).map(|one| one.verdict), Some(Verdict::NotEnough));
    let clear = [Stratum { consulted: (90, 100), other: (50, 100) }];
    assert_eq!(adjusted_difference(&clear).map(|one| one.verdict), Some(Verdict::Shown));
    assert_eq!(adjusted_difference(&[Stratum { consulted: (0, 0), other: (1, 2) }]), None);
    // 8.3: 50 promoters and 20 detractors of 100 are +30 ± 15.3.
    let nps = net_promoter_score(50, 20, 100).unwrap();
    assert_eq!((tenths(nps.score), tenths(nps.margin)), (30.0, 15.3));
    assert_eq!(net_promoter_score(0, 0, 0), None);
}

fn invitation(no: i64, outcome: InvitationOutcome, settled_ms: i64) -> Fact {
    Fact::Invitation(InvitationFact {
        consult: ConsultId(Uuid::from_u128(1)),
        no,
        queue: QUEUE,
        agent: A,
        expert: person("oskar").id,
        expert_name: "oskar".into(),
        asked_at: at(0),
        settled_at: at(settled_ms),
        replied_at: (outcome == InvitationOutcome::Accepted).then_some(at(settled_ms + 10 * SECOND)),
        ended_at: at(settled_ms),
        outcome,
        target_ms: 30 * SECOND,
    })
}

#[test]
fn six_of_nine_experts_accept_in_time() {
    // 8.4: 10 invites: 6 in time, 1 late, 1 declined, 1 no answer, 1 cancelled at 5 s.
    use InvitationOutcome::{Accepted, Declined, NoAnswer, Withdrawn};
    let mut facts: Vec<_> = (0..6).map(|no| invitation(no, Accepted, 30 * SECOND)).collect();
    facts.push(invitation(6, Accepted, 30 * SECOND + 1));
    facts.push(invitation(7, Declined, SECOND));
    facts.push(invitation(8, NoAnswer, 30 * SECOND));
    facts.push(invitation(9, Withdrawn, 5 * SECOND));
    let all = figures(&facts);
    assert_eq!(value(&all, "expert_service_level"), Some(66.7));
    assert_eq!((value(&all, "missed_percent"), value(&all, "declined_percent")), (Some(11.1), Some(11.1)));
    assert_eq!(value(&all, "time_to_reply"), value(&all, "time_to_accept").map(|ms| ms + 10_000.0));
    let times: Vec<_> = (1..=10).map(|n| n * SECOND).collect();
    assert_eq!((percentile(&times, 50), percentile(&times, 90)), (Some(5 * SECOND), Some(9 * SECOND)));
    assert_eq!((percentile(&[], 50), percentile(&[7], 0)), (None, Some(7)));
}

#[test]
fn consults_by_outcome_and_the_unknown_are_shown() {
    let consult = |outcome, attempt_count, ended_ms| {
        Fact::Consult(ConsultFact {
            consult: ConsultId(Uuid::from_u128(1)),
            interaction: None,
            queue: NO_QUEUE,
            agent: A,
            asked_at: at(0),
            ended_at: at(ended_ms),
            outcome,
            attempt_count,
            expert_count: attempt_count,
            hold_ms: 30 * SECOND,
        })
    };
    let all = figures(&[
        consult(Some(SolvedState::Solved), 1, 100 * SECOND),
        consult(Some(SolvedState::Solved), 3, 300 * SECOND),
        consult(Some(SolvedState::NotSolved), 1, 900 * SECOND),
        consult(Some(SolvedState::Partly), 1, 900 * SECOND),
        consult(None, 2, 900 * SECOND),
    ]);
    let table = [
        ("consults", 5.0),
        ("solved_percent", 50.0),
        ("unknown_percent", 20.0),
        ("first_expert_percent", 20.0),
        ("attempts_per_solved", 2.0),
        ("experts_per_consult", 1.6),
        ("time_to_solution", 200_000.0),
        ("consult_hold", 30_000.0),
    ];
    for (word, expected) in table {
        assert_eq!(value(&all, word), Some(expected), "{word}");
    }
    // 8.4: the customer's wait is what hold and consult have in common.
    let span = |from, to| Span { from_at: at(from), to_at: at(to) };
    assert_eq!(hold_during(span(10, 50), &[span(0, 20), span(30, 40), span(45, 99), span(60, 70)]), 25);
}

#[test]
fn every_metric_is_there_once_and_explains_itself() {
    for (place, metric) in METRICS.iter().enumerate() {
        assert!(METRICS[..place].iter().all(|other| other.word != metric.word && other.name != metric.name));
        assert!(!metric.definition.is_empty() && !metric.formula().is_empty() && !metric.source.is_empty());
        let divided = matches!(metric.unit, Unit::Percent | Unit::Milliseconds | Unit::Ratio);
        assert_eq!(
            !metric.divisor().is_empty(),
            divided && metric.word != "service_level",
            "{}",
            metric.word
        );
        let of_nothing = (metric.value)(&Figures::default());
        assert_eq!(of_nothing, (metric.unit == Unit::Count).then_some(0.0), "{}", metric.word);
    }
    let asa = Metric::named("asa").map(|asa| (asa.formula(), asa.divisor()));
    assert_eq!(asa, Some(("answered_wait_ms".to_owned(), "answered".to_owned())));
    let numbers = (1..).take(Totals::FIELDS.len());
    assert_eq!(Totals::from_values(numbers.clone()).values(), numbers.collect::<Vec<_>>());
}

fn person(name: &str) -> Person {
    Person::new(PersonId { network: NetworkId("skype".into()), address: name.into() }, name)
}

fn arrives(n: u128, now: Timestamp, mode: WrapUpMode) -> Interaction {
    Interaction {
        id: call(n),
        queue: QUEUE,
        caller_number: String::new(),
        caller_name: None,
        dialled_number: String::new(),
        attached: AttachedData::default(),
        demand: crate::routing::Demand::default(),
        started_at: now,
        answered_at: None,
        stage: Stage::Queued,
        call: Call::default(),
        wrap_up_rule: WrapUpRule { mode, timeout_ms: None },
        wrap_up: WrapUp::default(),
    }
}

#[test]
fn facts_of_the_events_are_facts_of_the_aggregates() {
    for seed in 1..=300 {
        println!("seed {seed}");
        let mut roll = dice(seed);
        let mode = [WrapUpMode::Optional, WrapUpMode::AgentRequested][roll(2) as usize];
        let (mut fold, mut now) = (Fold::default(), at(roll(1_000_000) as i64));
        let target = Target { within_ms: roll(9_000) as i64, short_ms: roll(4_000) as i64 };
        fold.set_target(QUEUE, target);
        let mut interaction = arrives(1, now, mode);
        let mut told = tell(&mut fold, now, &interaction, &[Event::Started]);
        for _ in 0..60 {
            now = now.plus_ms(roll(5_000) as i64);
            let outcome = match roll(8) {
                0 => interaction.news(now, interaction::News::Answered { agent: A }),
                1 if roll(4) == 0 => {
                    interaction.news(now, interaction::News::CallEnded { reason: EndReason::CallerHungUp })
                }
                2 => interaction.command(now, A, interaction::Command::Hold).unwrap_or_default(),
                3 => interaction.command(now, A, interaction::Command::Resume).unwrap_or_default(),
                4 => interaction.command(now, A, interaction::Command::FinishWrapUp).unwrap_or_default(),
                _ => interaction.news(now, interaction::News::CallerHeld),
            };
            told.extend(tell(&mut fold, now, &interaction, &outcome.events));
        }
        assert_eq!(told, of_interaction(&interaction, target), "seed {seed}");
    }
}

fn tell(fold: &mut Fold, now: Timestamp, interaction: &Interaction, events: &[Event]) -> Vec<Fact> {
    events.iter().flat_map(|event| fold.interaction(now, interaction.id, interaction.queue, event)).collect()
}

#[test]
fn a_consult_that_outlives_its_interaction_knows_its_queue_and_hold() {
    let mut fold = Fold::default();
    let mut interaction = arrives(1, at(0), WrapUpMode::AgentRequested);
    tell(&mut fold, at(0), &interaction, &[Event::Started]);
    let answered = interaction.news(at(1_000), interaction::News::Answered { agent: A });
    tell(&mut fold, at(1_000), &interaction, &answered.events);
    let network = NetworkId("skype".into());
    let id = ConsultId(Uuid::from_u128(9));
    let mut consult = Consult::new(id, A, "Dana".into(), Some(interaction.id), network, at(2_000));
    let ask = consult::Command::Ask {
        expert: Box::new(person("oskar")),
        question: "Why?".into(),
        handover: Handover::default(),
        importance: Importance::Normal,
        link_for_ms: None,
    };
    let started = consult.start(at(2_000), ask).unwrap();
    let mut facts = Vec::new();
    facts.extend(started.events.iter().flat_map(|event| fold.consult(&consult, event)));
    let held = interaction.command(at(3_000), A, interaction::Command::Hold).unwrap();
    tell(&mut fold, at(3_000), &interaction, &held.events);
    consult.news(at(4_000), consult::News::Accepted(0));
    let said = consult::News::Said {
        invitation: 0,
        message: MessageId(Uuid::from_u128(1)),
        network_message_id: "1".into(),
        text: "Because.".into(),
        html: None,
    };
    consult.news(at(5_000), said);
    let over = interaction.news(at(8_000), interaction::News::CallEnded { reason: EndReason::CallerHungUp });
    assert_eq!(tell(&mut fold, at(8_000), &interaction, &over.events).len(), 2);
    let ended =
        consult.command(at(9_000), consult::Command::End { outcome: Some(SolvedState::Solved) }).unwrap();
    facts.extend(ended.events.iter().flat_map(|event| fold.consult(&consult, event)));
    let all = figures(&facts);
    let words = ["consult_hold", "time_to_accept", "time_to_reply", "time_to_solution"];
    assert_eq!(words.map(|word| value(&all, word)), [5_000.0, 2_000.0, 3_000.0, 7_000.0].map(Some));
    assert_eq!(facts.iter().map(Fact::queue).collect::<Vec<_>>(), [QUEUE, QUEUE]);
    assert_eq!(fold, Fold::default(), "nothing is kept of what is over");
}

#[test]
fn the_acd_tells_of_offers_and_of_time_in_states() {
    let offer = acd::Offer {
        id: OfferId(Uuid::from_u128(1)),
        interaction: call(1),
        queue: QUEUE,
        agent: A,
        offered_at: at(1_000),
        expires_at: at(21_000),
    };
    let state = |from, since, to| acd::Event::AgentStateChanged { agent: A, from, since: at(since), to };
    let signed_in = AgentState::NotReady { reason: NotReadyReason::SignedIn };
    assert_eq!(stay_of(at(100), &state(AgentState::SignedOut, 0, signed_in)), None);
    let stay = stay_of(at(800), &state(signed_in, 100, AgentState::Ready));
    assert_eq!(stay.map(|stay| (stay.time.word(), stay.ms())), Some(("signed_in", 700)));
    assert_eq!(stay_of(at(800), &state(AgentState::Ready, 800, AgentState::SignedOut)), None);
    let over = acd::Event::OfferEnded { offer, outcome: OfferOutcome::NoAnswer };
    let all = figures(&[alert_of(at(21_000), &over).unwrap()]);
    assert_eq!((value(&all, "not_responding"), value(&all, "average_alert")), (Some(1.0), Some(20_000.0)));
}
