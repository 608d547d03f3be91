//! A day's calls, one after the other in order of arrival.

use super::consult;
use super::dice::Dice;
use super::floor::{DISPOSITIONS, Floor, QUEUE_SHARES, QUEUES};
use super::lines::{Handling, Interaction, Offer, Visit};
use super::moment::Moment;

/// Calls of each half hour from 7 to 20, out of a thousand: a hump in the morning, a lower one after noon.
const HALF_HOURS: [u64; 26] =
    [12, 20, 34, 48, 60, 66, 68, 64, 58, 52, 44, 40, 42, 46, 50, 50, 46, 42, 36, 30, 26, 22, 16, 12, 9, 7];
const SECOND: i64 = 1_000;

/// What an agent's part needs to know of the call so far.
struct Open<'a> {
    queue: usize,
    handlings: &'a mut Vec<Handling>,
}

/// The interactions that arrive on a day.
pub(super) fn day<'a>(
    floor: &'a mut Floor,
    dice: &'a mut Dice,
    midnight: i64,
    count: u64,
) -> impl Iterator<Item = Interaction> + 'a {
    let mut arrivals: Vec<i64> = (0..count).map(|_| midnight + arrival(dice)).collect();
    arrivals.sort_unstable();
    arrivals.into_iter().map(move |at| call(floor, dice, midnight, at))
}

fn arrival(dice: &mut Dice) -> i64 {
    let half_hour = weighted(dice, &HALF_HOURS);
    (14 + i64::try_from(half_hour).unwrap_or(0)) * 1_800_000 + dice.between(0, 1_800_000)
}

fn weighted(dice: &mut Dice, weights: &[u64]) -> usize {
    let mut rolled = dice.below(weights.iter().sum());
    let hit = |weight: &u64| {
        let is_hit = rolled < *weight;
        rolled = rolled.saturating_sub(*weight);
        is_hit
    };
    weights.iter().position(hit).unwrap_or(0)
}

fn call(floor: &mut Floor, dice: &mut Dice, midnight: i64, at: i64) -> Interaction {
    let queue = weighted(dice, &QUEUE_SHARES);
    let mut interaction = Interaction {
        id: dice.uuid(at),
        caller_number: format!("+4930{:07}", dice.below(10_000_000)),
        caller_name: String::new(),
        dialled_number: format!("0800{:04}", 1_000 + queue),
        started_at: Moment(at),
        ended_at: Moment(at),
        completed_at: Moment(at),
        end_reason: "caller_hung_up",
        disposition: None,
        note: String::new(),
        visits: Vec::new(),
        handlings: Vec::new(),
        offers: Vec::new(),
        consults: Vec::new(),
    };
    let gives_up_at = at + if dice.percent(4) { dice.between(500, 8_000) } else { dice.around(150 * SECOND) };
    let (left_at, agent) = wait(floor, dice, &mut interaction, queue, midnight, gives_up_at);
    let flows_out = agent.is_none() && dice.percent(8);
    interaction.visits.push(Visit {
        queue: QUEUES[queue].to_owned(),
        entered_at: Moment(at),
        left_at: Moment(left_at),
        outcome: match (agent, flows_out) {
            (Some(_), _) => "answered",
            (None, true) => "flowed_out",
            (None, false) => "abandoned",
        },
        agent: agent.map(|place| floor.agents[place].sign_in_name.clone()),
    });
    interaction.ended_at = Moment(left_at);
    interaction.completed_at = Moment(left_at);
    if let Some(place) = agent {
        talk(floor, dice, &mut interaction, queue, place, left_at);
    }
    interaction
}

/// Rings at agents until one answers or the caller gives up: when the stay in the queue ended, and who answered.
fn wait(
    floor: &mut Floor,
    dice: &mut Dice,
    interaction: &mut Interaction,
    queue: usize,
    midnight: i64,
    gives_up_at: i64,
) -> (i64, Option<usize>) {
    let mut at = interaction.started_at.0;
    for _ in 0..5 {
        let Some((place, offered_at)) = floor.first_free(queue, midnight, at) else { break };
        if offered_at >= gives_up_at {
            break;
        }
        let silent = dice.percent(3);
        let rings_ms = if silent { 20 * SECOND } else { dice.between(1_500, 7_000) };
        let ended_at = (offered_at + rings_ms).min(gives_up_at);
        let outcome = match (ended_at < gives_up_at, silent) {
            (false, _) => "caller_gone",
            (true, false) => "accepted",
            (true, true) if dice.percent(40) => "declined",
            (true, true) => "no_answer",
        };
        interaction.offers.push(Offer {
            queue: QUEUES[queue].to_owned(),
            agent: floor.agents[place].sign_in_name.clone(),
            offered_at: Moment(offered_at),
            ended_at: Moment(ended_at),
            outcome,
        });
        floor.agents[place].free_at = ended_at + if silent { 60 * SECOND } else { 0 };
        match outcome {
            "accepted" => return (ended_at, Some(place)),
            "caller_gone" => return (gives_up_at, None),
            _ => at = ended_at,
        }
    }
    (gives_up_at, None)
}

/// The conversation: one part, or two where it is passed on.
fn talk(
    floor: &mut Floor,
    dice: &mut Dice,
    interaction: &mut Interaction,
    queue: usize,
    place: usize,
    connected_at: i64,
) {
    let transfer = dice.percent(5).then(|| *dice.one_of(&["blind", "consult"]));
    let other = transfer.and_then(|_| {
        let agents =
            floor.agents.iter().enumerate().filter(|(other, agent)| *other != place && agent.queue == queue);
        agents.min_by_key(|(_, agent)| agent.free_at).map(|(other, _)| other)
    });
    let transfer = transfer.filter(|_| other.is_some());
    if dice.percent(8) {
        consult::beside(dice, interaction, &floor.agents[place].sign_in_name, connected_at);
    }
    let mut open = Open { queue, handlings: &mut interaction.handlings };
    let mut ended_at = part(floor, dice, &mut open, place, connected_at, transfer);
    if let Some(other) = other {
        ended_at = part(floor, dice, &mut open, other, ended_at, None);
    }
    interaction.ended_at = Moment(ended_at);
    let completed = interaction.handlings.iter().map(|part| part.completed_at).max();
    interaction.completed_at = completed.unwrap_or(Moment(ended_at));
    interaction.end_reason = if dice.percent(35) { "agent_hung_up" } else { "caller_hung_up" };
    interaction.disposition = dice.percent(92).then(|| (*dice.one_of(&DISPOSITIONS)).to_owned());
    if dice.percent(20) {
        interaction.note = "Explained the fee; the customer will send the form.".to_owned();
    }
}

/// One agent's part; gives when the agent's call ended.
fn part(
    floor: &mut Floor,
    dice: &mut Dice,
    open: &mut Open<'_>,
    place: usize,
    connected_at: i64,
    transfer: Option<&'static str>,
) -> i64 {
    let talk_ms = dice.around(230 * SECOND);
    let hold_ms = if dice.percent(22) { dice.around(45 * SECOND) } else { 0 };
    let wrap_up_ms = if dice.percent(90) { dice.around(40 * SECOND) } else { 0 };
    let ended_at = connected_at + talk_ms + hold_ms;
    let agent = &mut floor.agents[place];
    agent.free_at = agent.free_at.max(ended_at + wrap_up_ms);
    open.handlings.push(Handling {
        queue: QUEUES[open.queue].to_owned(),
        agent: agent.sign_in_name.clone(),
        connected_at: Moment(connected_at),
        completed_at: Moment(ended_at + wrap_up_ms),
        talk_ms,
        hold_ms,
        wrap_up_ms,
        transfer,
    });
    ended_at
}
