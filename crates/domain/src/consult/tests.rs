//! Cases, and random histories against a model.

use super::*;
use crate::PersonId;
use std::collections::BTreeSet;
use uuid::Uuid;

pub(super) fn at(ms: i64) -> Timestamp {
    Timestamp(ms)
}
pub(super) fn message(n: u128) -> MessageId {
    MessageId(Uuid::from_u128(n))
}
pub(super) fn expert(name: &str) -> Person {
    let id = PersonId { network: NetworkId("skype".into()), address: format!("sip:{name}@lab.test") };
    Person::new(id, name)
}
pub(super) fn consult() -> Consult {
    Consult::new(
        ConsultId(Uuid::from_u128(1)),
        UserId(Uuid::from_u128(2)),
        "Dana".into(),
        None,
        NetworkId("skype".into()),
        at(0),
    )
}
pub(super) fn ask(name: &str) -> Command {
    Command::Ask {
        expert: Box::new(expert(name)),
        question: "Why AM04?".into(),
        handover: Handover::default(),
        importance: Importance::Normal,
        link_for_ms: None,
    }
}
pub(super) fn incoming() -> IncomingChat {
    IncomingChat {
        expert: expert("priya"),
        chat: "c9".into(),
        subject: Some("yesterday".into()),
        preview: Some("about yes".into()),
        importance: Importance::Urgent,
        team: None,
    }
}
pub(super) fn say(n: u128) -> Command {
    Command::Say { message: message(n), text: "hello".into(), shared: vec![] }
}
pub(super) fn states(consult: &Consult) -> Vec<InvitationState> {
    consult.invitations.iter().map(|invitation| invitation.state.clone()).collect()
}

#[test]
fn the_next_expert_may_be_on_another_network() {
    let mut consult = consult();
    consult.command(at(0), ask("oskar")).unwrap();
    consult.news(at(5), News::Declined(0, None));
    let mut other = expert("evan");
    other.id.network = NetworkId("xmpp".into());
    let mut second = ask("evan");
    if let Command::Ask { expert, .. } = &mut second {
        **expert = other;
    }
    consult.command(at(10), second).unwrap();
    let networks = [0, 1].map(|n| consult.network_of(n).0.as_str());
    assert_eq!((networks, consult.network.0.as_str()), (["skype", "xmpp"], "xmpp"));
}

#[test]
fn the_third_expert_helps_after_a_decline_and_a_silence() {
    let mut consult = consult();
    consult.start(at(0), ask("oskar")).unwrap();
    consult.news(at(5), News::Declined(0, Some("In a meeting".into())));
    consult.command(at(10), ask("tom")).unwrap();
    consult.news(at(20), News::Placed { invitation: 1, chat: "tom's".into() });
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
fn a_question_that_never_went_out_is_no_silence_of_the_expert() {
    let mut consult = consult();
    consult.command(at(0), ask("oskar")).unwrap();
    assert_eq!(consult.news(at(30_000), News::TimedOut(0)).effects, [Effect::Leave { invitation: 0 }]);
    let trouble = InvitationState::Unreachable { why: Unreachable::NetworkTrouble };
    assert_eq!(states(&consult), [trouble]);
    let placed = News::Placed { invitation: 0, chat: "oskar's".into() };
    let placed = consult.news(at(31_000), placed);
    assert_eq!(placed.effects, [Effect::Leave { invitation: 0 }], "it had gone out after all");
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
        importance: Importance::Normal,
        link_for_ms: None,
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
fn a_session_that_ends_cuts_off_what_was_open_and_says_why() {
    let mut consult = consult();
    consult.command(at(0), ask("priya")).unwrap();
    consult.news(at(1), News::Accepted(0));
    let outcome = consult.news(at(2), News::CutOff(0, Unreachable::LicenceTaken));
    assert_eq!(outcome.events, [Event::CutOff { invitation: 0 }]);
    assert_eq!(consult.state, State::Choosing);
    let Invitation { left_at, cut_off, .. } = &consult.invitations[0];
    assert_eq!((*left_at, *cut_off), (Some(at(2)), Some(Unreachable::LicenceTaken)));
    assert_eq!(consult.news(at(3), News::Left(0)), Outcome::default(), "what the network tells of it");
    consult.command(at(4), ask("tom")).unwrap();
    consult.news(at(5), News::CutOff(1, Unreachable::SignedOut));
    let why = Unreachable::SignedOut;
    assert_eq!(consult.invitations[1].state, InvitationState::Unreachable { why });
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
    let taken = consult.start_by_expert(at(0), incoming(), Reception::Open);
    assert_eq!(taken.effects, [Effect::Accept { invitation: 0 }]);
    let news = News::Said {
        invitation: 0,
        message: message(1),
        network_message_id: "n1".into(),
        text: "about yesterday".into(),
        html: None,
    };
    assert_eq!(consult.news(at(1), news).events.len(), 1);
    assert_eq!((consult.unread_count, consult.invitation_of("c9")), (1, Some(0)));
    consult.command(at(2), say(2)).unwrap();
    assert_eq!(consult.command(at(3), Command::Read).unwrap().events, [Event::Read]);
}

#[test]
fn a_chat_that_an_expert_asks_for_ends_as_the_agent_or_the_network_says() {
    let declined = |reason: Option<&str>| InvitationState::Declined { reason: reason.map(str::to_owned) };
    let decline = |reason: Option<&str>| Effect::Decline { invitation: 0, reason: reason.map(str::to_owned) };
    let command = |consult: &mut Consult, command| consult.command(at(5), command).unwrap();
    type Step<'a> = Box<dyn Fn(&mut Consult) -> Outcome + 'a>;
    let cases: Vec<(Step<'_>, State, InvitationState, Vec<Effect>)> = vec![
        (
            Box::new(move |consult| command(consult, Command::Accept)),
            State::Talking(0),
            InvitationState::Accepted,
            vec![Effect::Accept { invitation: 0 }],
        ),
        (
            Box::new(move |consult| command(consult, Command::Decline { reason: Some("On a call".into()) })),
            State::Ended,
            declined(Some("On a call")),
            vec![decline(Some("On a call"))],
        ),
        (
            Box::new(move |consult| command(consult, Command::End { outcome: None })),
            State::Ended,
            declined(None),
            vec![decline(None)],
        ),
        (
            Box::new(|consult| consult.news(at(5), News::TimedOut(0))),
            State::Ended,
            InvitationState::Missed,
            vec![decline(None)],
        ),
        (
            Box::new(|consult| consult.news(at(5), News::Missed(0))),
            State::Ended,
            InvitationState::Missed,
            vec![],
        ),
        (
            Box::new(|consult| consult.news(at(5), News::Left(0))),
            State::Ended,
            InvitationState::Missed,
            vec![],
        ),
        (
            Box::new(|consult| consult.news(at(5), News::CutOff(0, Unreachable::LicenceTaken))),
            State::Ended,
            InvitationState::Missed,
            vec![],
        ),
        (
            Box::new(|consult| consult.news(at(5), News::AnsweredElsewhere(0))),
            State::Ended,
            InvitationState::AnsweredElsewhere,
            vec![],
        ),
    ];
    for (number, (step, state, invitation, effects)) in cases.into_iter().enumerate() {
        for reception in [Reception::Ring, Reception::Quiet] {
            let mut consult = consult();
            consult.start_by_expert(at(0), incoming(), reception);
            assert_eq!(consult.state, State::Ringing(0), "case {number}");
            assert_eq!(consult.command(at(1), say(1)), Err(Refusal::NobodyThere), "case {number}");
            assert_eq!(consult.command(at(1), ask("tom")), Err(Refusal::AnswerFirst("priya".into())));
            let out = step(&mut consult);
            assert_eq!((consult.state, out.effects), (state, effects.clone()), "case {number}");
            assert_eq!(states(&consult), std::slice::from_ref(&invitation), "case {number}");
            assert_eq!(consult.ended_at.is_some(), state == State::Ended, "case {number}");
        }
    }
}

#[test]
fn what_the_expert_says_before_hearing_of_the_end_is_kept() {
    let said = |invitation| News::Said {
        invitation,
        message: message(1),
        network_message_id: "n1".into(),
        text: "one more thing".into(),
        html: None,
    };
    let mut consult = consult();
    consult.command(at(0), ask("oskar")).unwrap();
    assert_eq!(consult.news(at(1), said(0)), Outcome::default(), "nobody is in the chat yet");
    consult.news(at(2), News::NoAnswer(0));
    consult.command(at(3), ask("tom")).unwrap();
    consult.news(at(4), News::Accepted(1));
    consult.command(at(5), Command::End { outcome: None }).unwrap();
    let kept = consult.news(at(6), said(1));
    assert!(matches!(&kept.events[..], [Event::MessageAdded(told)] if told.author_name == "tom"), "{kept:?}");
    assert_eq!((consult.state, consult.unread_count), (State::Ended, 0), "Ended is final");
    assert_eq!(consult.news(at(7), said(0)), Outcome::default(), "there was no chat");
}

#[test]
fn an_answer_that_came_too_late_is_undone() {
    for (news, end) in [
        (News::Missed(0), InvitationState::Missed),
        (News::AnsweredElsewhere(0), InvitationState::AnsweredElsewhere),
    ] {
        let mut consult = consult();
        consult.start_by_expert(at(0), incoming(), Reception::Open);
        consult.news(at(1), news);
        assert_eq!((consult.state, states(&consult)), (State::Ended, vec![end]));
        assert_eq!(consult.news(at(2), News::Accepted(0)), Outcome::default(), "Ended is final");
    }
}

#[test]
fn a_chat_to_a_team_says_so_and_one_that_was_stored_before_there_were_teams_is_read() {
    let team = Team { queue: crate::QueueId(Uuid::from_u128(7)), name: "Mortgages".into() };
    let mut consult = consult();
    let from = IncomingChat { team: Some(team.clone()), ..incoming() };
    consult.start_by_expert(at(0), from, Reception::Ring);
    consult.news(at(1), News::AnsweredElsewhere(0));
    assert_eq!(consult.command(at(2), Command::Accept), Err(Refusal::Ended));
    assert_eq!(consult.invitations[0].team, Some(team));
    let mut stored = serde_json::to_value(&consult.invitations[0]).unwrap();
    assert!(stored.as_object_mut().unwrap().remove("team").is_some());
    let read: Invitation = serde_json::from_value(stored).unwrap();
    assert_eq!(read, Invitation { team: None, ..consult.invitations[0].clone() });
}

#[test]
fn the_networks_words_are_kept_with_the_end_that_they_explain() {
    let mut consult = consult();
    consult.command(at(0), ask("tom")).unwrap();
    assert_eq!(consult.news(at(1), News::Words(0, "480 gone".into())), Outcome::default());
    consult.news(at(1), News::Unreachable(0, Unreachable::Offline));
    consult.news(at(2), News::Words(0, "late words".into()));
    assert_eq!(consult.invitations[0].words.as_deref(), Some("480 gone"));
}

#[test]
fn the_policy_says_how_a_chat_is_received() {
    use {IncomingPolicy as P, Reception as R};
    for (policy, idle, on_call) in
        [(P::Accept, R::Open, R::Open), (P::Ask, R::Ring, R::Ring), (P::OnCall, R::Quiet, R::Open)]
    {
        assert_eq!((policy.reception(false), policy.reception(true)), (idle, on_call), "{policy:?}");
    }
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
            13 => return consult.command(now, Command::Accept),
            14 => return consult.command(now, Command::Decline { reason: None }),
            _ if n >= consult.invitations.len() => return Ok(Outcome::default()),
            6 | 7 => News::Accepted(n),
            8 => News::Declined(n, None),
            9 => News::TimedOut(n),
            10 => News::Left(n),
            11 => News::SendFailed(last, "x".into()),
            15 => News::Missed(n),
            16 => News::AnsweredElsewhere(n),
            17 => News::CutOff(n, Unreachable::LicenceTaken),
            _ => News::Said {
                invitation: n,
                message: message(900),
                network_message_id: "n".into(),
                text: "yo".into(),
                html: None,
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
                Effect::Accept { .. }
                | Effect::Decline { .. }
                | Effect::Open { .. }
                | Effect::WakeAt { .. } => {}
            }
        }
    }

    fn agrees(&self, before: &Consult) {
        let invitations = &self.consult.invitations;
        let pending: Vec<_> = (0..invitations.len()).filter(|i| invitations[*i].state.is_pending()).collect();
        match self.consult.state {
            State::Inviting(n) | State::Ringing(n) => assert_eq!(pending, [n], "seed {}", self.seed),
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
        if seed % 3 == 0 {
            walk.consult.start_by_expert(at(0), incoming(), Reception::Ring);
            walk.invited.insert(0);
        }
        for now in 0..40 {
            let before = walk.consult.clone();
            let n = usize::try_from(roll(4)).unwrap();
            let kind = match roll(17) {
                4 if roll(4) > 0 => 3,
                kind => kind,
            };
            let outcome = walk.step(at(now), n, kind);
            assert!(outcome.is_ok() || walk.consult == before, "a refusal changed something: {seed}");
            walk.watch(&before, &outcome.unwrap_or_default());
            walk.agrees(&before);
            if kind > 5 && !matches!(kind, 13 | 14) {
                for (i, other) in before.invitations.iter().enumerate().filter(|(i, _)| *i != n) {
                    assert_eq!(walk.consult.invitations[i], *other, "news of {n} touched {i}: {seed}");
                }
            }
        }
    }
}
