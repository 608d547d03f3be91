//! A consult beside a call, with every way in which an invitation can end.

use super::dice::Dice;
use super::floor::EXPERTS;
use super::lines::{Consult, Interaction, Invitation};
use super::moment::Moment;

const SECOND: i64 = 1_000;
/// How long an expert may think.
const ANSWER_WITHIN_MS: i64 = 30 * SECOND;

/// Adds a consult that begins some time into the conversation.
pub(super) fn beside(dice: &mut Dice, interaction: &mut Interaction, agent: &str, connected_at: i64) {
    let asked_at = connected_at + dice.between(10 * SECOND, 90 * SECOND);
    let (mut at, mut invitations, mut talking) = (asked_at, Vec::new(), false);
    for _ in 0..4 {
        let invitation = invitation(dice, at);
        talking = invitation.outcome == "accepted";
        at = invitation.ended_at.0;
        invitations.push(invitation);
        if talking || dice.percent(30) {
            break;
        }
        at += dice.between(2 * SECOND, 15 * SECOND);
    }
    let outcome = match (talking, dice.below(100)) {
        (true, 0..=69) => Some("solved"),
        (true, 70..=79) => Some("partly"),
        (_, 80..=89) => Some("not_solved"),
        _ => None,
    };
    let ended_at = at + dice.between(0, 5 * SECOND);
    interaction.consults.push(Consult {
        id: dice.uuid(asked_at),
        agent: agent.to_owned(),
        network: "skype",
        asked_at: Moment(asked_at),
        ended_at: Moment(ended_at),
        outcome,
        hold_ms: if dice.percent(60) { dice.between(0, ended_at - asked_at + 1) } else { 0 },
        invitations,
    });
}

fn invitation(dice: &mut Dice, asked_at: i64) -> Invitation {
    // A few experts are asked much more often than the rest.
    let busy = dice.percent(60);
    let number = dice.below(if busy { 8 } else { u64::try_from(EXPERTS).unwrap_or(1) });
    let outcome = match dice.below(100) {
        0..=61 => "accepted",
        62..=73 => "declined",
        74..=85 => "no_answer",
        86..=93 => "withdrawn",
        _ => "unreachable",
    };
    let settled_at = asked_at
        + match outcome {
            "no_answer" => ANSWER_WITHIN_MS,
            "unreachable" => dice.between(200, 2 * SECOND),
            "accepted" => dice.around(12 * SECOND).min(3 * ANSWER_WITHIN_MS),
            _ => dice.between(SECOND, ANSWER_WITHIN_MS),
        };
    let accepted = outcome == "accepted";
    let replied_at = (accepted && dice.percent(94)).then(|| settled_at + dice.around(20 * SECOND));
    let ended_at = replied_at.unwrap_or(settled_at) + if accepted { dice.around(120 * SECOND) } else { 0 };
    Invitation {
        expert: format!("sip:expert{number}@lab.test"),
        name: format!("Expert {number}"),
        asked_at: Moment(asked_at),
        settled_at: Moment(settled_at),
        replied_at: replied_at.map(Moment),
        ended_at: Moment(ended_at),
        outcome,
    }
}
