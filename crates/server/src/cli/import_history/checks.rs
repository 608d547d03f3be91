//! What a line must keep besides its form.

use super::line::{AgentState, Consult, Interaction, Moment};
use hookflash_domain::consult::MAX_INVITATIONS;
use hookflash_domain::wrap_up::NOTE_CHARS;

const MAX_VISITS: usize = 50;
const MAX_HANDLINGS: usize = 50;
const MAX_OFFERS: usize = 100;
const MAX_CONSULTS: usize = 50;
const TEXT_CHARS: usize = 200;
const ADDRESS_CHARS: usize = 500;
/// Longest stay in a state: longer ones are a forgotten end.
const STAY_MS: i64 = 7 * 86_400_000;

/// Checks an interaction.
pub(super) fn interaction(one: &Interaction) -> Result<(), String> {
    in_order("started_at, ended_at and completed_at", &[one.started_at, one.ended_at, one.completed_at])?;
    for (name, text) in [
        ("caller_number", Some(&one.caller_number)),
        ("caller_name", one.caller_name.as_ref()),
        ("dialled_number", Some(&one.dialled_number)),
    ] {
        fits(name, text.map_or("", String::as_str), TEXT_CHARS)?;
    }
    fits("note", &one.note, NOTE_CHARS)?;
    if one.visits.is_empty() {
        return Err("visits: an interaction was in at least one queue".to_owned());
    }
    for (name, count, most) in [
        ("visits", one.visits.len(), MAX_VISITS),
        ("handlings", one.handlings.len(), MAX_HANDLINGS),
        ("offers", one.offers.len(), MAX_OFFERS),
        ("consults", one.consults.len(), MAX_CONSULTS),
    ] {
        if count > most {
            return Err(format!("{name}: there are at most {most}"));
        }
    }
    for visit in &one.visits {
        in_order("a visit's entered_at and left_at", &[visit.entered_at, visit.left_at])?;
        if (visit.outcome == "answered") != visit.agent.is_some() {
            return Err("a visit has an agent when it was answered, and only then".to_owned());
        }
    }
    for part in &one.handlings {
        in_order("a handling's connected_at and completed_at", &[part.connected_at, part.completed_at])?;
    }
    for offer in &one.offers {
        in_order("an offer's offered_at and ended_at", &[offer.offered_at, offer.ended_at])?;
    }
    one.consults.iter().try_for_each(consult)
}

fn consult(one: &Consult) -> Result<(), String> {
    in_order("a consult's asked_at and ended_at", &[one.asked_at, one.ended_at])?;
    fits("network", &one.network, 64)?;
    if one.invitations.is_empty() || one.invitations.len() > MAX_INVITATIONS {
        return Err(format!("invitations: a consult has 1 to {MAX_INVITATIONS}"));
    }
    for invitation in &one.invitations {
        fits("expert", &invitation.expert, ADDRESS_CHARS)?;
        fits("name", invitation.name.as_deref().unwrap_or_default(), TEXT_CHARS)?;
        let moments = [invitation.asked_at, invitation.settled_at, invitation.ended_at];
        in_order("an invitation's asked_at, settled_at and ended_at", &moments)?;
        if invitation.replied_at.is_some_and(|replied_at| replied_at < invitation.asked_at) {
            return Err("an invitation's replied_at comes after its asked_at".to_owned());
        }
    }
    Ok(())
}

/// Checks an agent's stay in a state.
pub(super) fn agent_state(one: &AgentState) -> Result<(), String> {
    in_order("from and to", &[one.from, one.to])?;
    if one.to.0.since_ms(one.from.0) > STAY_MS {
        return Err("from and to: a stay is at most seven days".to_owned());
    }
    Ok(())
}

fn in_order(names: &str, moments: &[Moment]) -> Result<(), String> {
    if moments.is_sorted() { Ok(()) } else { Err(format!("{names} are not in order")) }
}

fn fits(name: &str, text: &str, chars: usize) -> Result<(), String> {
    if text.contains('\0') {
        return Err(format!("{name} holds a NUL character"));
    }
    if text.chars().count() > chars {
        return Err(format!("{name} has more than {chars} characters"));
    }
    Ok(())
}
