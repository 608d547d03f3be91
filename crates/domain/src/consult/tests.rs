//! Cases, and random histories against a model.

use super::*;
use crate::PersonId;
use std::collections::BTreeSet;
use uuid::Uuid;

fn at(ms: i64) -> Timestamp {
    Timestamp(ms)
}
fn message(n: u128) -> MessageId {
    MessageId(Uuid::from_u128(n))
}
fn expert(name: &str) -> Person {
    let id = PersonId { network: NetworkId("skype".into()), address: format!("sip:{name}@lab.test") };
    Person::new(id, name)
}
fn consult() -> Consult {
    Consult::new(
        ConsultId(Uuid::from_u128(1)),
        UserId(Uuid::from_u128(2)),
        "Dana".into(),
        None,
        NetworkId("skype".into()),
        at(0),
    )
}
fn ask(name: &str) -> Command {
    Command::Ask {
        expert: Box::new(expert(name)),
        question: "Why AM04?".into(),
        handover: Handover::default(),
    }
}
fn say(n: u128) -> Command {
    Command::Say { message: message(n), text: "hello".into(), shared: vec![] }
}
fn states(consult: &Consult) -> Vec<InvitationState> {
    consult.invitations.iter().map(|invitation| invitation.state.clone()).collect()
}

#[test]
fn the_third_expert_helps_after_a_decline_and_a_silence() {
    let mut consult = consult();
    consult.start(at(0), expert("oskar"), "Why AM04?".into(), Handover::default()).unwrap();
    consult.news(at(5), News::Declined(0, Some("In a meeting".into())));
    consult.command(at(10), ask("tom")).unwrap();
    assert_eq!(consult.news(at(30_010), News::TimedOut(1)).effects, [Effect::Leave { invitation: 1 }]);
    consult.command(at(31_000), ask("priya")).unwrap();
    consult.news(at(31_500), News::Reached(2));
    assert_eq!(consult.news(at(32_000), News::Accepted(2)).effects, []);
    let late = consult.news(at(33_000), News::Accepted(1));
    assert_eq!(
        (late.effects, late.events),
        (vec![Effect::TurnAway { invitation: 1 }], vec![Event::LateAcceptance { invitation: 1 }])
    );
    assert_eq!(consult.state, State::Talking(2));
    let ended = consult.command(at(40_000), Command::End { outcome: Some(SolvedState::Solved) }).unwrap();
    assert_eq!(ended.effects, [Effect::Leave { invitation: 2 }]);
    let declined = InvitationState::Declined { reason: Some("In a meeting".into()) };
    assert_eq!(states(&consult), [declined, InvitationState::NoAnswer, InvitationState::Accepted]);
    assert_eq!(consult.outcome, Some(SolvedState::Solved));
}

#[test]
fn commands_that_do_not_fit_are_refused_and_change_nothing() {
    let mut consult = consult();
    let refusals = |consult: &mut Consult, cases: Vec<(Command, Refusal)>| {
        for (command, refusal) in cases {
            let before = consult.clone();
            assert_eq!(consult.command(at(1), command), Err(refusal));
            assert_eq!(*consult, before);
        }
    };
    let long = Command::Ask {
        expert: Box::new(expert("a")),
        question: "ü".repeat(MESSAGE_CHARS + 1),
        handover: Handover::default(),
    };
    refusals(
        &mut consult,
        vec![
            (say(1), Refusal::NobodyThere),
            (Command::Withdraw, Refusal::NobodyInvited),
            (long, Refusal::BadLength),
        ],
    );
    consult.command(at(1), ask("oskar")).unwrap();
    refusals(
        &mut consult,
        vec![(ask("tom"), Refusal::AlreadyInviting("oskar".into())), (say(1), Refusal::NobodyThere)],
    );
    consult.news(at(2), News::Accepted(0));
    let blank = Command::Say { message: message(1), text: "  \n".into(), shared: vec![] };
    refusals(
        &mut consult,
        vec![
            (ask("tom"), Refusal::AlreadyTalking("oskar".into())),
            (Command::Withdraw, Refusal::NobodyInvited),
            (blank, Refusal::BadLength),
        ],
    );
    consult.command(at(3), Command::End { outcome: None }).unwrap();
    refusals(
        &mut consult,
        vec![
            (ask("tom"), Refusal::Ended),
            (say(2), Refusal::Ended),
            (Command::End { outcome: None }, Refusal::Ended),
        ],
    );
}

#[test]
fn a_failed_message_stays_and_can_be_sent_again() {
    let mut consult = consult();
    consult.command(at(0), ask("priya")).unwrap();
    consult.news(at(1), News::Accepted(0));
    consult.command(at(2), say(1)).unwrap();
    assert_eq!(consult.command(at(2), Command::Retry { message: message(1) }), Err(Refusal::NotFailed));
    consult.news(at(3), News::SendFailed(message(1), "the pool did not answer".into()));
    let again = consult.command(at(4), Command::Retry { message: message(1) }).unwrap();
    assert_eq!(again.effects, [Effect::Send { invitation: 0, message: message(1), text: "hello".into() }]);
    assert_eq!(
        consult.news(at(5), News::Sent(message(1))).events,
        [Event::MessageChanged { message: message(1), state: MessageState::Sent }]
    );
    assert_eq!(consult.news(at(6), News::Sent(message(1))), Outcome::default(), "told twice, shown once");
}

#[test]
fn an_invitation_withdrawn_before_the_network_named_its_chat_is_still_taken_back() {
    let mut consult = consult();
    consult.command(at(0), ask("tom")).unwrap();
    consult.command(at(1), Command::Withdraw).unwrap();
    let placed = consult.news(at(2), News::Placed { invitation: 0, chat: "c1".into() });
    assert_eq!(placed.effects, [Effect::Leave { invitation: 0 }]);
}

#[test]
fn an_expert_who_writes_first_is_in_the_chat_at_once() {
    let mut consult = consult();
    consult.start_by_expert(at(0), expert("priya"), "c9".into());
    let news = News::Said {
        invitation: 0,
        message: message(1),
        network_message_id: "n1".into(),
        text: "about yesterday".into(),
    };
    assert_eq!(consult.news(at(1), news).events.len(), 1);
    assert_eq!((consult.unread_count, consult.invitation_of("c9")), (1, Some(0)));
    consult.command(at(2), say(2)).unwrap();
    assert_eq!(consult.command(at(3), Command::Read).unwrap().events, [Event::Read]);
}

/// A consult under random input, with what the outside has seen of it.
struct Walk {
    seed: u64,
    consult: Consult,
    invited: BTreeSet<InvitationNo>,
    left: BTreeSet<InvitationNo>,
    said: u128,
}

impl Walk {
    fn step(&mut self, now: Timestamp, n: InvitationNo, kind: u64) -> Result<Outcome, Refusal> {
        let consult = &mut self.consult;
        let last = message(self.said);
        let news = match kind {
            0 | 1 => return consult.command(now, ask("x")),
            2 => {
                self.said += 1;
                return consult.command(now, say(self.said));
            }
            3 => return consult.command(now, Command::Withdraw),
            4 => return consult.command(now, Command::End { outcome: None }),
            5 => return consult.command(now, Command::Retry { message: last }),
            _ if n >= consult.invitations.len() => return Ok(Outcome::default()),
            6 | 7 => News::Accepted(n),
            8 => News::Declined(n, None),
            9 => News::TimedOut(n),
            10 => News::Left(n),
            11 => News::SendFailed(last, "x".into()),
            _ => News::Said {
                invitation: n,
                message: message(900),
                network_message_id: "n".into(),
                text: "yo".into(),
            },
        };
        Ok(consult.news(now, news))
    }

    fn watch(&mut self, before: &Consult, out: &Outcome) {
        for effect in &out.effects {
            match effect {
                Effect::Invite { invitation, .. } => {
                    assert!(self.invited.insert(*invitation), "invited twice: {}", self.seed);
                }
                Effect::Leave { invitation } | Effect::TurnAway { invitation } => {
                    assert!(self.invited.contains(invitation), "left a chat that never was: {}", self.seed);
                    self.left.insert(*invitation);
                }
                Effect::Send { invitation, .. } => {
                    assert_eq!(
                        before.state,
                        State::Talking(*invitation),
                        "said outside a chat: {}",
                        self.seed
                    );
                }
                Effect::WakeAt { .. } => {}
            }
        }
    }

    fn agrees(&self, before: &Consult) {
        let invitations = &self.consult.invitations;
        let pending: Vec<_> = (0..invitations.len()).filter(|i| invitations[*i].state.is_pending()).collect();
        match self.consult.state {
            State::Inviting(n) => assert_eq!(pending, [n], "seed {}", self.seed),
            _ => assert!(pending.is_empty(), "seed {}", self.seed),
        }
        assert!(
            before.state != State::Ended || self.consult.state == State::Ended,
            "Ended is final: {}",
            self.seed
        );
        for (i, invitation) in invitations.iter().enumerate() {
            let given_up = matches!(invitation.state, InvitationState::Withdrawn | InvitationState::NoAnswer);
            assert!(!given_up || self.left.contains(&i), "an invitation was left standing: {}", self.seed);
        }
    }
}

/// Any order of commands and news, late and doubled ones too, keeps the invariants.
#[test]
fn any_history_keeps_the_invariants() {
    for seed in 1..10_000u64 {
        let mut roll = crate::dice::dice(seed);
        let mut walk =
            Walk { seed, consult: consult(), invited: BTreeSet::new(), left: BTreeSet::new(), said: 0 };
        for now in 0..40 {
            let before = walk.consult.clone();
            let n = usize::try_from(roll(4)).unwrap();
            let kind = match roll(13) {
                4 if roll(4) > 0 => 3,
                kind => kind,
            };
            let outcome = walk.step(at(now), n, kind);
            assert!(outcome.is_ok() || walk.consult == before, "a refusal changed something: {seed}");
            walk.watch(&before, &outcome.unwrap_or_default());
            walk.agrees(&before);
            if kind > 5 {
                for (i, other) in before.invitations.iter().enumerate().filter(|(i, _)| *i != n) {
                    assert_eq!(walk.consult.invitations[i], *other, "news of {n} touched {i}: {seed}");
                }
            }
        }
    }
}
