//! Cases by table, and random histories against a model that keeps only plain lists.

use super::*;
use std::collections::VecDeque;
use uuid::Uuid;

fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}
fn call(n: u128) -> InteractionId {
    InteractionId(Uuid::from_u128(1_000 + n))
}
const QUEUE: QueueId = QueueId(Uuid::from_u128(7));
const SUPERVISOR: UserId = UserId(Uuid::from_u128(900));
/// The agent of random histories who serves no queue.
const OUTSIDER: UserId = UserId(Uuid::from_u128(6));

/// An ACD with its clock and ids.
struct Floor {
    acd: Acd,
    now: Timestamp,
    ids: u128,
}

impl Floor {
    fn new(agents: u128) -> Self {
        let mut acd = Acd::default();
        let rule = QueueRule {
            members: Arc::new((1..=agents).map(user).collect()),
            offer_timeout_ms: OFFER_TIMEOUT_MS,
            policy: Policy::default(),
        };
        acd.set_queue(QUEUE, rule);
        Self { acd, now: Timestamp(0), ids: 10_000 }
    }
    fn ask(&mut self, agent: u128, command: Command) -> Result<Outcome, Refusal> {
        self.input(|acd, now, id| acd.command(now, user(agent), command, id))
    }
    fn order(&mut self, order: Order) -> Result<Outcome, Refusal> {
        self.input(|acd, now, id| acd.order(now, SUPERVISOR, order, id))
    }
    fn tell(&mut self, news: News) -> Outcome {
        self.input(|acd, now, id| acd.news(now, news, id))
    }
    /// An input, which may always be taken back.
    fn input<T>(&mut self, give: impl FnOnce(&mut Acd, Timestamp, &mut dyn FnMut() -> OfferId) -> T) -> T {
        self.now = self.now.plus_ms(1);
        let before = self.acd.clone();
        let ids = &mut self.ids;
        let out = give(&mut self.acd, self.now, &mut || {
            *ids += 1;
            OfferId(Uuid::from_u128(*ids))
        });
        let mut undone = self.acd.clone();
        undone.undo();
        undone.roster.clone_from(&before.roster);
        assert_eq!(undone, before);
        self.acd.keep();
        out
    }
    fn ready(&mut self, agent: u128) {
        self.ask(agent, Command::SignIn).unwrap();
        self.ask(agent, Command::Ready).unwrap();
    }
    fn arrive(&mut self, n: u128) -> Outcome {
        self.arrive_asking(n, Demand::default())
    }
    fn arrive_asking(&mut self, n: u128, demand: Demand) -> Outcome {
        self.tell(News::Arrived { interaction: call(n), queue: QUEUE, demand })
    }
    fn offered(&self, agent: u128) -> Option<InteractionId> {
        self.acd.offer_to(user(agent)).map(|offer| offer.interaction)
    }
    fn accept(&mut self, agent: u128) {
        let offer = self.acd.offer_to(user(agent)).unwrap().id;
        self.ask(agent, Command::Accept(offer)).unwrap();
    }
    fn state(&self, agent: u128) -> AgentState {
        self.acd.seat(user(agent)).unwrap().state
    }
}

#[test]
fn the_longest_idle_agent_is_offered_first() {
    let mut floor = Floor::new(2);
    floor.ready(2);
    floor.ready(1);
    floor.arrive(1);
    assert_eq!((floor.offered(2), floor.offered(1)), (Some(call(1)), None));
}

#[test]
fn an_unanswered_offer_keeps_its_place_and_the_agent_is_not_responding() {
    let mut floor = Floor::new(2);
    floor.ready(1);
    floor.arrive(1);
    floor.arrive(2);
    let offer = floor.acd.offer_to(user(1)).unwrap().id;
    floor.tell(News::OfferTimedOut(offer));
    assert_eq!(floor.state(1), AgentState::NotReady { reason: NotReadyReason::NotResponding });
    floor.ready(2);
    assert_eq!(floor.offered(2), Some(call(1)));
    assert_eq!(floor.tell(News::OfferTimedOut(offer)), Outcome::default(), "stale news");
}

#[test]
fn a_caller_who_hangs_up_while_it_rings_frees_the_agent_for_the_next() {
    let mut floor = Floor::new(1);
    floor.ready(1);
    floor.arrive(1);
    floor.arrive(2);
    floor.tell(News::Left { interaction: call(1) });
    assert_eq!(floor.offered(1), Some(call(2)));
}

#[test]
fn a_caller_who_hangs_up_while_waiting_leaves_the_queue() {
    let mut floor = Floor::new(1);
    floor.arrive(1);
    let out = floor.tell(News::Left { interaction: call(1) });
    assert_eq!(out.events, [Event::LeftQueue { interaction: call(1) }]);
    floor.ready(1);
    assert_eq!(floor.offered(1), None);
}

#[test]
fn not_ready_during_a_call_counts_from_the_end_of_wrap_up() {
    let mut floor = Floor::new(1);
    floor.ready(1);
    floor.arrive(1);
    floor.accept(1);
    floor.ask(1, Command::NotReady(NotReadyReason::Meal)).unwrap();
    floor.tell(News::CallOver { agent: user(1), interaction: call(1), wrap_up: true });
    assert_eq!(floor.state(1), AgentState::WrapUp { interaction: call(1) });
    assert_eq!(floor.ask(1, Command::SignOut), Err(Refusal::InWrapUp));
    floor.tell(News::WrapUpDone { agent: user(1), interaction: call(1) });
    assert_eq!(floor.state(1), AgentState::NotReady { reason: NotReadyReason::Meal });
}

#[test]
fn a_closed_desk_gets_no_offers() {
    let mut floor = Floor::new(2);
    floor.ready(1);
    floor.arrive(1);
    floor.ready(2);
    floor.tell(News::DeskClosed { agent: user(1) });
    assert_eq!(floor.state(1), AgentState::NotReady { reason: NotReadyReason::DeskClosed });
    assert_eq!(floor.offered(2), Some(call(1)));
}

#[test]
fn reasons_set_by_rules_cannot_be_chosen() {
    let mut floor = Floor::new(1);
    floor.ready(1);
    for reason in [NotReadyReason::NotResponding, NotReadyReason::SignedIn, NotReadyReason::DeskClosed] {
        assert_eq!(floor.ask(1, Command::NotReady(reason)), Err(Refusal::UnknownReason));
    }
}

#[test]
fn a_supervisor_gives_a_waiting_call_to_a_ready_agent_of_another_queue() {
    let mut floor = Floor::new(1);
    floor.arrive(1);
    floor.arrive(2);
    let assign = |n, agent| Order::Assign { interaction: call(n), agent: user(agent) };
    assert_eq!(floor.order(assign(2, 2)), Err(Refusal::AgentNotReady));
    // Agent 2 serves no queue.
    floor.ready(2);
    assert_eq!(floor.order(assign(3, 2)), Err(Refusal::NotWaiting));
    let out = floor.order(assign(2, 2)).unwrap();
    let assigned = Event::Assigned { interaction: call(2), agent: user(2), by: SUPERVISOR };
    assert_eq!((out.events.first(), floor.offered(2)), (Some(&assigned), Some(call(2))));
    assert_eq!(floor.order(assign(2, 2)), Err(Refusal::AlreadyOffered));
    // Who does not take it gets nothing more, and the call waits where it was.
    let offer = floor.acd.offer_to(user(2)).unwrap().id;
    floor.ask(2, Command::Decline(offer)).unwrap();
    floor.ready(1);
    assert_eq!(floor.offered(1), Some(call(1)));
}

#[test]
fn a_call_with_priority_goes_first() {
    let mut floor = Floor::new(1);
    floor.arrive(1);
    floor.arrive(2);
    let rank = |n, priority| Order::SetPriority { interaction: call(n), priority };
    assert_eq!(floor.order(rank(2, MAX_PRIORITY + 1)), Err(Refusal::BadPriority));
    assert_eq!(floor.order(rank(3, 1)), Err(Refusal::NotWaiting));
    let out = floor.order(rank(2, 10)).unwrap();
    assert_eq!(out.events, [Event::PrioritySet { interaction: call(2), priority: 10, by: SUPERVISOR }]);
    floor.ready(1);
    assert_eq!(floor.offered(1), Some(call(2)));
}

/// What must be true of any history: the line of calls that arrived and neither left nor were taken.
#[derive(Default)]
struct Model {
    line: VecDeque<InteractionId>,
    taken: BTreeMap<UserId, InteractionId>,
}

impl Model {
    fn watch(&mut self, outcome: &Outcome) {
        for effect in &outcome.effects {
            if let Effect::Join { interaction, agent } = effect {
                self.line.retain(|waiting| waiting != interaction);
                assert!(self.taken.insert(*agent, *interaction).is_none(), "agent {agent} got a second call");
            }
        }
    }

    fn agrees(&self, acd: &Acd) {
        let line: Vec<_> = acd.waiting().iter().map(|waiting| waiting.interaction).collect();
        assert_eq!(line, Vec::from(self.line.clone()), "a call was lost or the order changed");
        let mut offered = BTreeSet::new();
        for offer in acd.offers.values() {
            assert!(offered.insert(offer.interaction), "offered twice at once");
            assert_eq!(acd.seat(offer.agent).unwrap().state, AgentState::Offered { offer: offer.id });
            assert!(self.line.contains(&offer.interaction), "offered but not waiting");
        }
        for (agent, seat) in acd.seats() {
            if let AgentState::Offered { offer } = seat.state {
                assert_eq!(acd.offers[&offer].agent, agent);
            }
        }
        let serves = |agent: &UserId| *agent != OUTSIDER;
        let idle =
            acd.seats().filter(|(agent, seat)| serves(agent) && seat.state == AgentState::Ready).count();
        let unoffered = acd.waiting().iter().filter(|waiting| waiting.offer.is_none()).count();
        assert!(idle == 0 || unoffered == 0, "a call waits although an agent is ready");
        let first_unoffered = acd.waiting().iter().position(|waiting| waiting.offer.is_none());
        if let Some(first) = first_unoffered {
            assert!(first <= acd.offers.len(), "somebody was passed over");
        }
    }
}

/// An ACD under random input beside its model.
struct Walk {
    floor: Floor,
    model: Model,
    calls: u128,
}

impl Walk {
    fn step(&mut self, roll: &mut impl FnMut(u64) -> u64, agent: u128) -> Outcome {
        let Self { floor, model, calls } = self;
        let offer = floor.acd.offer_to(user(agent)).map(|offer| offer.id);
        let in_call = model.taken.get(&user(agent)).copied();
        match (roll(14), offer, in_call) {
            (0 | 1, _, _) => {
                *calls += 1;
                model.line.push_back(call(*calls));
                floor.arrive(*calls)
            }
            (2, _, _) => {
                let interaction = call(u128::from(roll(*calls as u64 + 1)));
                model.line.retain(|waiting| *waiting != interaction);
                floor.tell(News::Left { interaction })
            }
            (3 | 4, Some(offer), _) => floor.ask(agent, Command::Accept(offer)).unwrap(),
            (5, Some(offer), _) => floor.ask(agent, Command::Decline(offer)).unwrap(),
            (6, Some(offer), _) => floor.tell(News::OfferTimedOut(offer)),
            (3 | 4, None, Some(interaction)) => {
                floor.tell(News::CallOver { agent: user(agent), interaction, wrap_up: roll(2) == 0 })
            }
            (5 | 6, None, Some(interaction)) => {
                floor.tell(News::WrapUpDone { agent: user(agent), interaction })
            }
            (7, _, _) => floor.tell(News::DeskClosed { agent: user(agent) }),
            (8, _, _) => floor.ask(agent, Command::NotReady(NotReadyReason::Break)).unwrap_or_default(),
            (9, _, _) => floor.ask(agent, Command::SignOut).unwrap_or_default(),
            (10, _, _) => floor.ask(agent, Command::SignIn).unwrap(),
            (12, _, _) => {
                let interaction = call(u128::from(roll(*calls as u64 + 1)));
                floor.order(Order::Assign { interaction, agent: user(agent) }).unwrap_or_default()
            }
            _ => floor.ask(agent, Command::Ready).unwrap_or_default(),
        }
    }
}

#[test]
fn any_history_keeps_the_invariants() {
    const AGENTS: u64 = 5;
    for seed in 1..3_000u64 {
        let mut roll = crate::dice::dice(seed);
        let mut walk = Walk { floor: Floor::new(u128::from(AGENTS)), model: Model::default(), calls: 0 };
        for step in 0..60 {
            println!("seed {seed} step {step}");
            let agent = u128::from(1 + roll(AGENTS + 1));
            let outcome = walk.step(&mut roll, agent);
            let busy =
                |seat: &Seat| matches!(seat.state, AgentState::Engaged { .. } | AgentState::WrapUp { .. });
            if !walk.floor.acd.seat(user(agent)).is_some_and(busy) {
                walk.model.taken.remove(&user(agent));
            }
            walk.model.watch(&outcome);
            walk.model.agrees(&walk.floor.acd);
        }
    }
}

#[test]
fn an_agent_without_the_skill_is_offered_it_when_the_ring_has_dropped_it() {
    use crate::routing::{Ability, Evaluation, Ring};
    let skill = crate::SkillId(Uuid::from_u128(5));
    let mut floor = Floor::new(2);
    let policy = Policy {
        evaluation: Evaluation::All,
        rings: vec![Ring { stay_ms: 10_000, drops: [skill].into() }],
        ..Policy::default()
    };
    let (_, rule) = floor.acd.queues().next().map(|(queue, rule)| (queue, rule.clone())).unwrap();
    floor.acd.set_queue(QUEUE, QueueRule { policy, ..rule });
    floor.ready(1);
    let asks = Demand { asked: [Ability::Skill(skill)].into(), priority: 0 };
    floor.arrive_asking(1, asks.clone());
    assert_eq!(floor.offered(1), None);
    let due = floor.acd.look_again_at().unwrap();
    floor.now = due;
    floor.tell(News::LookAgain);
    assert_eq!((floor.offered(1), floor.acd.look_again_at()), (Some(call(1)), None));
    // The next one goes to whom the administrator gives the skill while it waits.
    floor.ready(2);
    floor.arrive_asking(2, asks);
    assert_eq!(floor.offered(2), None);
    let level = crate::routing::Proficiency::MIN;
    floor.acd.set_abilities([(user(2), [(Ability::Skill(skill), level)].into())].into());
    floor.tell(News::LookAgain);
    assert_eq!(floor.offered(2), Some(call(2)));
}
