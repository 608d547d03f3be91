//! Cases of the handover page.

use super::*;
use crate::attached::Handover;
use crate::consult::tests::{at, consult, expert, message, say};
use crate::consult::{
    Command, Effect, Event, InvitationState, MessageState, News, Outcome, Refusal, Side, Unreachable,
};
use crate::{Importance, MessageId};

fn asked() -> (Consult, Outcome) {
    let mut consult = consult();
    let handover = Handover {
        keys: vec!["case".into()],
        text: "Case: 48213".into(),
        data: vec![("Case".into(), "48213".into())],
    };
    let ask = Command::Ask {
        expert: Box::new(expert("priya")),
        question: "Why AM04?".into(),
        handover,
        importance: Importance::Normal,
        link_for_ms: Some(LINK_FOR_MS),
    };
    let out = consult.command(at(0), ask).unwrap();
    consult.news(at(5), News::Placed { invitation: 0, chat: "c".into() });
    (consult, out)
}

fn act(consult: &mut Consult, ms: i64, act: PageAct) -> Result<Outcome, PageRefusal> {
    let before = consult.clone();
    let out = consult.page(at(ms), 0, act);
    if out.is_err() {
        assert_eq!(*consult, before, "a refusal changed something");
    }
    out
}

fn open() -> PageAct {
    PageAct::Open { viewer: "192.0.2.1".into() }
}
fn write(n: u128, opens: bool) -> PageAct {
    PageAct::Say { message: message(n), text: "It is the limit.".into(), opens }
}
fn state(consult: &Consult) -> &InvitationState {
    &consult.invitations[0].state
}
fn data(consult: &Consult) -> usize {
    consult.invitations[0].link.as_ref().unwrap().data.len()
}

#[test]
fn the_text_has_the_question_alone_and_the_page_the_data() {
    let (consult, out) = asked();
    assert_eq!(out.effects[0], Effect::Invite { invitation: 0, text: "Why AM04?".into() });
    let link = consult.invitations[0].link.clone().unwrap();
    assert_eq!(link.data, [("Case".to_owned(), "48213".to_owned())]);
    assert_eq!(
        (link.expires_at, &consult.invitations[0].shared[..]),
        (at(LINK_FOR_MS), &["case".into()][..])
    );
}

#[test]
fn whoever_reads_has_time_to_think_and_every_view_is_noted() {
    let (mut consult, _) = asked();
    let out = act(&mut consult, 20_000, open()).unwrap();
    let noted = Event::LinkOpened { invitation: 0, viewer: "192.0.2.1".into() };
    assert_eq!(out.events, [Event::InvitationChanged { invitation: 0 }, noted.clone()]);
    assert_eq!(
        (state(&consult), consult.invitations[0].expires_at),
        (&InvitationState::Alerting, at(50_000))
    );
    for silence in [News::NoAnswer(0), News::TimedOut(0)] {
        assert_eq!(consult.news(at(30_000), silence), Outcome::default());
    }
    assert_eq!(act(&mut consult, 40_000, open()).unwrap().events, [noted]);
    assert_eq!(consult.news(at(50_000), News::TimedOut(0)).effects, [Effect::Leave { invitation: 0 }]);
    assert_eq!((state(&consult), data(&consult)), (&InvitationState::NoAnswer, 0));
    assert_eq!(act(&mut consult, 50_001, open()), Err(PageRefusal::Over));
}

#[test]
fn an_answer_on_the_page_opens_the_chat_where_the_network_can() {
    let (mut consult, _) = asked();
    let out = act(&mut consult, 10, PageAct::Accept { opens: true }).unwrap();
    assert_eq!(out.effects, [Effect::Open { invitation: 0 }]);
    assert_eq!(act(&mut consult, 11, PageAct::Accept { opens: true }), Ok(Outcome::default()));
    assert!(matches!(consult.command(at(12), say(1)).unwrap().effects[..], [Effect::Send { .. }]));
    consult.news(at(13), News::Left(0));
    assert_eq!((consult.state, data(&consult)), (State::Choosing, 0));
}

#[test]
fn otherwise_the_chat_is_held_on_the_page() {
    let (mut consult, _) = asked();
    let out = act(&mut consult, 10, write(7, false)).unwrap();
    assert_eq!(out.effects, [Effect::Leave { invitation: 0 }]);
    let said = out.events.iter().find_map(|event| match event {
        Event::MessageAdded(message) => Some((message.by, message.author_name.as_str(), message.id)),
        _ => None,
    });
    assert_eq!(said, Some((Side::Expert, "priya", MessageId(uuid::Uuid::from_u128(7)))));
    for end in [News::Left(0), News::CutOff(0, Unreachable::SignedOut)] {
        assert_eq!(consult.news(at(11), end), Outcome::default());
    }
    let answered = consult.command(at(12), say(8)).unwrap();
    assert_eq!((answered.effects, consult.unsettled.len()), (vec![], 0));
    assert!(matches!(&answered.events[..], [Event::MessageAdded(one)] if one.state == MessageState::Sent));
    let late = LINK_FOR_MS + 1;
    assert!(act(&mut consult, late, write(9, false)).is_ok(), "nobody is shut out of a chat under way");
    assert_eq!(consult.command(at(late), Command::End { outcome: None }).unwrap().effects, []);
    assert_eq!(act(&mut consult, late, write(10, false)), Err(PageRefusal::Expired));
}

#[test]
fn a_no_has_a_reason_and_a_better_name() {
    let (mut consult, _) = asked();
    let no = |reason: &str, better: &str| PageAct::Decline {
        reason: Some(reason.to_owned()),
        better: Some(better.to_owned()),
    };
    assert_eq!(act(&mut consult, 1, no(&"x".repeat(501), "")), Err(PageRefusal::BadLength));
    assert_eq!(act(&mut consult, 1, no("", "a\0b")), Err(PageRefusal::BadLength));
    let out = act(&mut consult, 10, no(" Not my field ", "Tom Weber")).unwrap();
    assert_eq!(out.effects, [Effect::Leave { invitation: 0 }]);
    assert_eq!(*state(&consult), InvitationState::Declined { reason: Some("Not my field".into()) });
    let better = consult.invitations[0].link.as_ref().unwrap().better.as_deref();
    assert_eq!((better, consult.state), (Some("Tom Weber"), State::Choosing));
    assert_eq!(act(&mut consult, 11, no("again", "")), Err(PageRefusal::Over));
}

#[test]
fn a_late_yes_is_told_once() {
    let (mut consult, _) = asked();
    consult.command(at(10), Command::Withdraw).unwrap();
    let out = act(&mut consult, 11, PageAct::Accept { opens: true }).unwrap();
    assert_eq!((out.events, out.effects), (vec![Event::LateAcceptance { invitation: 0 }], vec![]));
    assert_eq!(act(&mut consult, 12, PageAct::Accept { opens: true }), Err(PageRefusal::Over));
    assert_eq!(act(&mut consult, 12, write(1, true)), Err(PageRefusal::Over));
}

#[test]
fn a_link_ends_by_time_by_the_agent_and_by_use() {
    let revoke = |consult: &mut Consult, ms| consult.command(at(ms), Command::RevokeLink { invitation: 0 });
    let (mut expired, _) = asked();
    assert_eq!(act(&mut expired, LINK_FOR_MS, open()), Err(PageRefusal::Expired));
    assert_eq!(revoke(&mut expired, LINK_FOR_MS), Err(Refusal::NoLink));

    let (mut revoked, _) = asked();
    let out = revoke(&mut revoked, 5).unwrap();
    assert_eq!((out.events, data(&revoked)), (vec![Event::LinkRevoked { invitation: 0 }], 0));
    assert_eq!(act(&mut revoked, 6, open()), Err(PageRefusal::Revoked));
    assert_eq!(revoke(&mut revoked, 6), Err(Refusal::NoLink));
    assert_eq!(*state(&revoked), InvitationState::Sending, "the question itself goes on");

    let (mut held, _) = asked();
    act(&mut held, 5, PageAct::Accept { opens: false }).unwrap();
    revoke(&mut held, 6).unwrap();
    assert_eq!(held.state, State::Choosing, "nobody could read there any more");

    let (mut worn, _) = asked();
    for _ in 0..MAX_VIEWS {
        act(&mut worn, 1, open()).unwrap();
    }
    assert_eq!(act(&mut worn, 1, open()), Err(PageRefusal::TooManyViews));
    let mut plain = consult();
    plain.command(at(0), crate::consult::tests::ask("tom")).unwrap();
    assert_eq!(act(&mut plain, 1, open()), Err(PageRefusal::NoLink));
}

#[test]
fn who_has_come_tells_skills_within_limits_and_each_time_is_noted() {
    let tell = |kept: &[&str], removed: &[&str]| PageAct::TellSkills {
        kept: kept.iter().map(|skill| (*skill).to_owned()).collect(),
        removed: removed.iter().map(|skill| (*skill).to_owned()).collect(),
        viewer: "192.0.2.1".into(),
    };
    let (mut consult, _) = asked();
    assert_eq!(act(&mut consult, 10, tell(&["Tax"], &[])), Err(PageRefusal::Over), "not before the yes");
    act(&mut consult, 11, PageAct::Accept { opens: false }).unwrap();
    let long = "x".repeat(SKILL_CHARS + 1);
    for wrong in
        [tell(&[" "], &[]), tell(&[&long], &[]), tell(&["a\u{7}"], &[]), tell(&["a"; MAX_SKILLS + 1], &[])]
    {
        assert_eq!(act(&mut consult, 12, wrong), Err(PageRefusal::BadLength));
    }
    let out = act(&mut consult, 13, tell(&[" Tax "], &[&long])).unwrap();
    let told = Event::SkillsTold {
        invitation: 0,
        kept: vec!["Tax".into()],
        removed: vec![long],
        viewer: "192.0.2.1".into(),
    };
    assert_eq!((out.events, out.effects), (vec![told], vec![]));
    for _ in 1..MAX_TOLD {
        act(&mut consult, 14, tell(&[], &["Tax"])).unwrap();
    }
    assert_eq!(act(&mut consult, 15, tell(&[], &["Tax"])), Err(PageRefusal::TooManyViews));
    act(&mut consult, 16, PageAct::Leave).unwrap();
    assert_eq!(act(&mut consult, 17, tell(&["Tax"], &[])), Err(PageRefusal::Over), "not after the chat");
}
