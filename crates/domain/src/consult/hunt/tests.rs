//! Cases of a hunt.

use super::*;
use crate::consult::tests::{at, consult, expert, states};
use crate::consult::{
    Command, Consult, Effect, Event, InvitationState, MESSAGE_CHARS, News, Outcome, Refusal, State,
    Unreachable,
};

pub(super) fn handover() -> Handover {
    let data = vec![("Case".into(), "48213".into())];
    Handover { keys: vec!["case".into()], text: "Case: 48213".into(), data }
}

pub(super) fn order(mode: HuntMode, names: &[&str]) -> Command {
    Command::Hunt(Box::new(HuntOrder {
        experts: names.iter().map(|name| expert(name)).collect(),
        mode,
        within_ms: 20_000,
        question: "Why AM04?".into(),
        handover: handover(),
        link_for_ms: None,
        importance: Importance::Urgent,
    }))
}

/// Takes a command and goes on; `against` has those who are to be passed over.
fn command(consult: &mut Consult, ms: i64, command: Command, against: &[(&str, SkipReason)]) -> Outcome {
    let mut out = consult.command(at(ms), command).unwrap();
    go_on(consult, ms, against, &mut out);
    out
}

fn news(consult: &mut Consult, ms: i64, news: News) -> Outcome {
    let mut out = consult.news(at(ms), news);
    go_on(consult, ms, &[], &mut out);
    out
}

fn go_on(consult: &mut Consult, ms: i64, against: &[(&str, SkipReason)], out: &mut Outcome) {
    let look = |id: &PersonId| against.iter().find(|(name, _)| *id == expert(name).id).map(|(_, why)| *why);
    consult.go_on(at(ms), &look, out);
}

fn asked(consult: &Consult) -> Vec<&str> {
    consult.invitations.iter().map(|one| one.expert.name.as_str()).collect()
}
fn waiting(consult: &Consult) -> Vec<&str> {
    consult.hunt.iter().flat_map(|hunt| &hunt.waiting).map(|one| one.expert.name.as_str()).collect()
}
fn skipped(consult: &Consult) -> Vec<(&str, SkipReason)> {
    let skipped = consult.hunt.iter().flat_map(|hunt| &hunt.skipped);
    skipped.map(|one| (one.expert.name.as_str(), one.why)).collect()
}
fn end_of(consult: &Consult) -> Option<HuntEnd> {
    consult.hunt.as_ref().unwrap().end
}

#[test]
fn one_by_one_the_third_comes_after_a_decline_and_a_silence() {
    let mut consult = consult();
    let first = command(&mut consult, 0, order(HuntMode::OneByOne, &["oskar", "tom", "oskar", "priya"]), &[]);
    let text = "Why AM04?\n\nCase: 48213".to_owned();
    let wake = Effect::WakeAt { invitation: 0, at: at(20_000) };
    assert_eq!(first.effects, [Effect::Invite { invitation: 0, text: text.clone() }, wake]);
    assert_eq!((asked(&consult), waiting(&consult)), (vec!["oskar"], vec!["tom", "priya"]));
    let next = news(&mut consult, 5_000, News::Declined(0, None));
    assert_eq!(next.effects[0], Effect::Invite { invitation: 1, text }, "in the same outcome");
    news(&mut consult, 6_000, News::Placed { invitation: 1, chat: "tom's".into() });
    let silence = news(&mut consult, 25_000, News::TimedOut(1));
    assert_eq!(silence.effects[0], Effect::Leave { invitation: 1 });
    assert_eq!(consult.state, State::Inviting(2));
    assert_eq!(news(&mut consult, 26_000, News::TimedOut(1)), Outcome::default(), "told twice, asked once");
    let came = news(&mut consult, 27_000, News::Accepted(2));
    assert_eq!(came.events[1], Event::HuntEnded { end: HuntEnd::Answered });
    let declined = InvitationState::Declined { reason: None };
    assert_eq!(states(&consult), [declined, InvitationState::NoAnswer, InvitationState::Accepted]);
    assert_eq!(consult.invitations[2].shared, ["case"]);
    assert_eq!(consult.hunt.unwrap().handover, Handover::default(), "what was handed over is not kept twice");
}

#[test]
fn at_once_the_first_to_accept_wins_and_the_others_are_told() {
    let mut consult = consult();
    command(&mut consult, 0, order(HuntMode::AllAtOnce, &["oskar", "tom", "priya"]), &[]);
    assert_eq!((asked(&consult), consult.state), (vec!["oskar", "tom", "priya"], State::Inviting(2)));
    news(&mut consult, 1, News::Placed { invitation: 0, chat: "oskar's".into() });
    assert_eq!(news(&mut consult, 2, News::Declined(2, None)).effects, []);
    assert_eq!(consult.state, State::Inviting(1), "others are still being asked");
    let came = news(&mut consult, 3, News::Accepted(1));
    assert_eq!(came.effects, [Effect::TurnAway { invitation: 0 }]);
    assert_eq!((consult.state, end_of(&consult)), (State::Talking(1), Some(HuntEnd::Answered)));
    let declined = InvitationState::Declined { reason: None };
    assert_eq!(states(&consult), [InvitationState::Taken, InvitationState::Accepted, declined]);
    assert_eq!(consult.current().map(|(n, _)| n), Some(1));
    let late = news(&mut consult, 4, News::Accepted(0));
    assert_eq!(late.effects, [Effect::TurnAway { invitation: 0 }]);
    command(&mut consult, 5, Command::End { outcome: None }, &[]);
    assert_eq!(consult.current().map(|(n, _)| n), Some(1), "whose chat it was");
}

#[test]
fn who_is_asked_at_once_and_not_named_by_the_network_yet_is_told_once_they_are() {
    let mut consult = consult();
    command(&mut consult, 0, order(HuntMode::AllAtOnce, &["oskar", "tom"]), &[]);
    news(&mut consult, 1, News::Accepted(0));
    let placed = news(&mut consult, 2, News::Placed { invitation: 1, chat: "tom's".into() });
    assert_eq!(placed.effects, [Effect::TurnAway { invitation: 1 }]);
}

#[test]
fn who_cannot_be_asked_is_passed_over_with_the_reason() {
    let against = [
        ("oskar", SkipReason::Offline),
        ("tom", SkipReason::AtLimit),
        ("priya", SkipReason::DoNotDisturb),
        ("uma", SkipReason::NoNetwork),
        ("vera", SkipReason::QuietHours),
    ];
    for mode in [HuntMode::OneByOne, HuntMode::AllAtOnce] {
        let mut consult = consult();
        let out = command(&mut consult, 7, order(mode, &["oskar", "tom", "priya", "uma", "vera"]), &against);
        assert_eq!((out.effects, consult.state), (vec![], State::Choosing), "{mode:?}");
        assert_eq!(skipped(&consult), against, "{mode:?}");
        assert_eq!(end_of(&consult), Some(HuntEnd::NobodyLeft));
        assert_eq!(out.events.last(), Some(&Event::HuntEnded { end: HuntEnd::NobodyLeft }));
    }
}

#[test]
fn a_jump_sets_presence_and_quiet_hours_aside_but_not_the_limit() {
    for (why, comes) in [
        (SkipReason::Offline, true),
        (SkipReason::DoNotDisturb, true),
        (SkipReason::QuietHours, true),
        (SkipReason::AtLimit, false),
        (SkipReason::NoNetwork, false),
    ] {
        let mut consult = consult();
        let against = [("tom", why)];
        command(&mut consult, 0, order(HuntMode::OneByOne, &["tom", "oskar", "priya"]), &against);
        assert_eq!((asked(&consult), skipped(&consult)), (vec!["oskar"], vec![("tom", why)]));
        let jump = Command::Jump { to: expert("tom").id };
        let out = command(&mut consult, 1, jump, &against);
        assert!(out.effects.contains(&Effect::Leave { invitation: 0 }), "oskar is let go: {why:?}");
        let next = if comes { "tom" } else { "priya" };
        assert_eq!(asked(&consult), ["oskar", next], "{why:?}");
        assert_eq!(skipped(&consult).len(), usize::from(!comes), "{why:?}");
    }
}

#[test]
fn stopped_jumped_and_added_at_any_moment() {
    let mut consult = consult();
    command(&mut consult, 0, order(HuntMode::OneByOne, &["oskar", "tom", "priya"]), &[]);
    command(&mut consult, 1, Command::AddToHunt { expert: Box::new(expert("uma")) }, &[]);
    command(&mut consult, 2, Command::Jump { to: expert("priya").id }, &[]);
    assert_eq!((asked(&consult), waiting(&consult)), (vec!["oskar", "priya"], vec!["tom", "uma"]));
    let stopped = command(&mut consult, 3, Command::StopHunt, &[]);
    assert_eq!(stopped.effects, [Effect::Leave { invitation: 1 }]);
    assert_eq!((consult.state, end_of(&consult)), (State::Choosing, Some(HuntEnd::Stopped)));
    assert_eq!(waiting(&consult), ["tom", "uma"], "who was not asked is known");
    command(&mut consult, 4, order(HuntMode::AllAtOnce, &["tom"]), &[]);
    command(&mut consult, 5, Command::AddToHunt { expert: Box::new(expert("uma")) }, &[]);
    assert_eq!(consult.state, State::Inviting(3), "added at once means asked at once");
    let withdrawn = command(&mut consult, 6, Command::Withdraw, &[]);
    assert_eq!(withdrawn.effects, [Effect::Leave { invitation: 2 }, Effect::Leave { invitation: 3 }]);
    assert_eq!(end_of(&consult), Some(HuntEnd::Stopped));
}

#[test]
fn the_end_of_the_consult_ends_the_hunt() {
    for mode in [HuntMode::OneByOne, HuntMode::AllAtOnce] {
        let mut consult = consult();
        command(&mut consult, 0, order(mode, &["oskar", "tom"]), &[]);
        let rang = consult.pending().count();
        let ended = command(&mut consult, 1, Command::End { outcome: None }, &[]);
        assert_eq!((ended.effects.len(), consult.state), (rang, State::Ended), "{mode:?}");
        assert_eq!(end_of(&consult), Some(HuntEnd::ConsultEnded));
    }
}

#[test]
fn a_hunt_goes_on_when_a_session_ends() {
    let mut consult = consult();
    command(&mut consult, 0, order(HuntMode::OneByOne, &["oskar", "tom"]), &[]);
    let mut out = consult.news(at(1), News::CutOff(0, Unreachable::SignedOut));
    go_on(&mut consult, 1, &[("tom", SkipReason::NoNetwork)], &mut out);
    assert_eq!(skipped(&consult), [("tom", SkipReason::NoNetwork)]);
    assert_eq!((consult.state, end_of(&consult)), (State::Choosing, Some(HuntEnd::NobodyLeft)));
}

#[test]
fn hunts_that_do_not_fit_are_refused_and_change_nothing() {
    let with = |change: fn(&mut HuntOrder)| {
        let Command::Hunt(mut order) = order(HuntMode::OneByOne, &["oskar", "tom"]) else { unreachable!() };
        change(&mut order);
        Command::Hunt(order)
    };
    let mut consult = consult();
    let refuse = |consult: &mut Consult, command: Command, refusal: Refusal| {
        let before = consult.clone();
        assert_eq!(consult.command(at(1), command), Err(refusal));
        assert_eq!(*consult, before);
    };
    let many = |order: &mut HuntOrder| {
        order.experts = (0..=MAX_HUNTED).map(|n| expert(&n.to_string())).collect();
    };
    for (command, refusal) in [
        (with(|order| order.experts.clear()), Refusal::NobodyToAsk),
        (with(|order| order.within_ms = 4_999), Refusal::BadTime),
        (with(|order| order.within_ms = 120_001), Refusal::BadTime),
        (with(|order| order.question = "x".repeat(MESSAGE_CHARS + 1)), Refusal::BadLength),
        (with(many), Refusal::TooManyInvitations),
        (Command::StopHunt, Refusal::NoHunt),
        (Command::Jump { to: expert("tom").id }, Refusal::NoHunt),
        (Command::AddToHunt { expert: Box::new(expert("tom")) }, Refusal::NoHunt),
    ] {
        refuse(&mut consult, command, refusal);
    }
    command(&mut consult, 0, order(HuntMode::OneByOne, &["oskar", "tom"]), &[]);
    for (command, refusal) in [
        (with(|_| {}), Refusal::AlreadyInviting("oskar".into())),
        (Command::Jump { to: expert("uma").id }, Refusal::NotInHunt),
        (Command::AddToHunt { expert: Box::new(expert("tom")) }, Refusal::AlreadyInHunt("tom".into())),
        (Command::AddToHunt { expert: Box::new(expert("oskar")) }, Refusal::AlreadyInHunt("oskar".into())),
    ] {
        refuse(&mut consult, command, refusal);
    }
}
