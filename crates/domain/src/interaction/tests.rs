//! Input and expectation, one line a case where possible.

use super::*;
use crate::wrap_up::{NOTE_CHARS, WrapUpEnd, WrapUpMode};
use uuid::Uuid;

const DANA: UserId = UserId(Uuid::from_u128(1));
const BEN: UserId = UserId(Uuid::from_u128(2));
const CODE: DispositionId = DispositionId(Uuid::from_u128(9));

fn at(ms: i64) -> Timestamp {
    Timestamp(ms)
}

fn queued(mode: WrapUpMode, timeout_ms: Option<i64>) -> Interaction {
    let mut interaction = Interaction {
        id: InteractionId(Uuid::from_u128(3)),
        queue: QueueId(Uuid::from_u128(4)),
        caller_number: "+49305550".into(),
        caller_name: None,
        dialled_number: "billing".into(),
        attached: AttachedData::default(),
        demand: crate::routing::Demand::default(),
        started_at: at(0),
        answered_at: None,
        stage: Stage::Queued,
        call: Call::default(),
        wrap_up_rule: WrapUpRule { mode, timeout_ms },
        wrap_up: WrapUp::default(),
    };
    assert_eq!(interaction.start().events, [Event::Started]);
    interaction
}

fn connected(mode: WrapUpMode, timeout_ms: Option<i64>) -> Interaction {
    let mut interaction = queued(mode, timeout_ms);
    assert_eq!(
        interaction.news(at(10), News::Answered { agent: DANA }).effects,
        [Effect::Connect { agent: DANA }]
    );
    interaction
}

fn save(disposition: Option<DispositionId>) -> Command {
    Command::SaveWrapUp { disposition, note: "asked Priya".into() }
}

#[test]
fn the_five_modes_end_as_their_rule_says() {
    use WrapUpMode::{AgentRequested, Mandatory, MandatoryForcedTimeout, MandatoryTimeout, Optional};
    let cases = [
        (Optional, None, Ok(())),
        (Mandatory, None, Err(Refusal::DispositionRequired)),
        (Mandatory, Some(CODE), Ok(())),
        (MandatoryTimeout, None, Err(Refusal::DispositionRequired)),
        (MandatoryTimeout, Some(CODE), Ok(())),
        (MandatoryForcedTimeout, Some(CODE), Err(Refusal::TooEarly)),
        (AgentRequested, None, Err(Refusal::Completed)),
    ];
    for (mode, code, expected) in cases {
        let mut interaction = connected(mode, Some(30_000));
        interaction.command(at(20), DANA, save(code)).unwrap();
        interaction.news(at(30), News::CallEnded { reason: EndReason::CallerHungUp });
        let done = interaction.command(at(40), DANA, Command::FinishWrapUp).map(|_| ());
        assert_eq!(done, expected, "{mode:?} with {code:?}");
    }
}

#[test]
fn the_time_out_completes_and_keeps_what_was_saved() {
    let mut interaction = connected(WrapUpMode::MandatoryTimeout, Some(30_000));
    interaction.command(at(20), DANA, save(None)).unwrap();
    let ended = interaction.command(at(100), DANA, Command::HangUp).unwrap();
    let deadline = at(30_100);
    let expected =
        [Effect::HangUp, Effect::WakeAt { deadline }, Effect::CallOver { agent: DANA, wrap_up: true }];
    assert_eq!(ended.effects, expected);
    assert_eq!(
        interaction.news(at(500), News::WrapUpTimedOut { deadline: at(1) }),
        Outcome::default(),
        "stale"
    );
    interaction.news(deadline, News::WrapUpTimedOut { deadline });
    assert!(interaction.is_completed());
    assert_eq!(
        (interaction.wrap_up.end, interaction.wrap_up.note.as_str()),
        (Some(WrapUpEnd::TimedOut), "asked Priya")
    );
}

#[test]
fn agent_requested_wrap_up_happens_only_when_asked_for() {
    let mut interaction = connected(WrapUpMode::AgentRequested, Some(1_000));
    interaction.command(at(20), DANA, Command::RequestWrapUp(true)).unwrap();
    interaction.command(at(30), DANA, Command::HangUp).unwrap();
    assert_eq!(interaction.stage, Stage::WrapUp { agent: DANA, since: at(30), deadline: Some(at(1_030)) });
}

#[test]
fn hold_is_counted_also_when_the_call_ends_on_hold() {
    let mut interaction = connected(WrapUpMode::Optional, None);
    interaction.command(at(100), DANA, Command::Hold).unwrap();
    assert_eq!(interaction.command(at(110), DANA, Command::Hold), Err(Refusal::AlreadyHeld));
    interaction.command(at(150), DANA, Command::Resume).unwrap();
    interaction.command(at(200), DANA, Command::Hold).unwrap();
    interaction.news(at(230), News::CallEnded { reason: EndReason::MediaLost });
    assert_eq!((interaction.call.held_total_ms, interaction.call.held_since), (80, None));
    assert_eq!(interaction.command(at(240), DANA, Command::Resume), Err(Refusal::CallEnded));
}

#[test]
fn another_agent_may_nothing() {
    let mut interaction = connected(WrapUpMode::Optional, None);
    let before = interaction.clone();
    for command in [Command::Hold, Command::HangUp, save(None), Command::FinishWrapUp, Command::Digit('1')] {
        assert_eq!(interaction.command(at(20), BEN, command), Err(Refusal::NotYours));
    }
    assert_eq!(interaction, before);
}

#[test]
fn a_caller_who_hangs_up_in_the_queue_leaves_it() {
    let mut interaction = queued(WrapUpMode::Mandatory, None);
    let out = interaction.news(at(5), News::CallEnded { reason: EndReason::CallerHungUp });
    assert_eq!(out.effects, [Effect::LeaveQueue]);
    assert!(interaction.is_completed());
    let late = interaction.news(at(6), News::Answered { agent: DANA });
    assert_eq!(late.effects, [Effect::CallOver { agent: DANA, wrap_up: false }], "the agent is let go again");
}

#[test]
fn a_reloaded_desk_gets_the_call_back_as_it_was() {
    let mut interaction = connected(WrapUpMode::Optional, None);
    interaction.command(at(20), DANA, Command::Mute(true)).unwrap();
    interaction.command(at(21), DANA, Command::Hold).unwrap();
    assert_eq!(interaction.news(at(30), News::LineDown).events, [Event::DeskAway]);
    assert!(interaction.call.desk_away());
    assert_eq!(interaction.news(at(31), News::LineDown), Outcome::default());
    let back = interaction.news(at(40), News::LineUp);
    assert_eq!(
        back.effects,
        [Effect::Connect { agent: DANA }, Effect::Mute { agent: DANA, muted: true }, Effect::Hold]
    );
}

#[test]
fn a_note_has_a_limit_and_a_refusal_changes_nothing() {
    let mut interaction = connected(WrapUpMode::Optional, None);
    let fits = Command::SaveWrapUp { disposition: None, note: "ü".repeat(NOTE_CHARS) };
    interaction.command(at(20), DANA, fits).unwrap();
    let before = interaction.clone();
    let long = Command::SaveWrapUp { disposition: Some(CODE), note: "ü".repeat(NOTE_CHARS + 1) };
    assert_eq!(interaction.command(at(30), DANA, long), Err(Refusal::NoteTooLong));
    assert_eq!(interaction.command(at(30), DANA, Command::Digit('x')), Err(Refusal::BadDigit));
    assert_eq!(interaction, before);
}

fn step(interaction: &mut Interaction, now: Timestamp, agent: UserId, kind: u64) -> Result<Outcome, Refusal> {
    let deadline = match interaction.stage {
        Stage::WrapUp { deadline: Some(deadline), .. } => deadline,
        _ => now,
    };
    let news = match kind {
        0 | 1 => News::Answered { agent },
        2 => News::CallEnded { reason: EndReason::CallerHungUp },
        3 => News::LineDown,
        4 => News::LineUp,
        5 => News::CallerHeld,
        6 => News::WrapUpTimedOut { deadline },
        7 => return interaction.command(now, agent, Command::Hold),
        8 => return interaction.command(now, agent, Command::Resume),
        9 => return interaction.command(now, agent, Command::HangUp),
        10 => return interaction.command(now, agent, save(Some(CODE))),
        11 => return interaction.command(now, agent, Command::RequestWrapUp(true)),
        12 => return interaction.command(now, agent, Command::FinishWrapUp),
        _ => return interaction.command(now, agent, Command::Mute(true)),
    };
    Ok(interaction.news(now, news))
}

#[test]
fn any_history_keeps_the_invariants() {
    use WrapUpMode::{AgentRequested, MandatoryForcedTimeout, MandatoryTimeout, Optional};
    for seed in 1..3_000u64 {
        println!("seed {seed}");
        let mut roll = crate::dice::dice(seed);
        let mode = [Optional, MandatoryTimeout, AgentRequested, MandatoryForcedTimeout][roll(4) as usize];
        let mut interaction = queued(mode, Some(50));
        for now in (0..40).map(|n| at(n * 10)) {
            let before = interaction.clone();
            let agent = if roll(5) == 0 { BEN } else { DANA };
            let result = step(&mut interaction, now, agent, roll(14));
            if result.is_err() || before.is_completed() {
                assert_eq!(interaction, before, "a refusal or news after the end changed something");
            }
            if before.call.state != CallState::Up {
                assert_eq!(interaction.call.state, before.call.state, "the end of a call is final");
                assert!(interaction.call.legs.iter().all(|leg| leg.left_at.is_some()));
            }
            assert!(interaction.wrap_up.saved_at >= before.wrap_up.saved_at, "what was saved stays");
            assert_eq!(interaction.is_completed(), interaction.wrap_up.end.is_some());
        }
    }
}
