//! A message to a team: it rings the team's agents, and whoever takes the chat first has it. Of each agent who is
//! rung there is a chat; what belongs together is known by the team and the expert.

use super::{
    agent::Agent,
    chat::{Chat, Phase},
    hearing,
    hub::Hub,
    message::Said,
    teams::MOST_RUNG,
};
use crate::{ChatId, ConnectorError, Duty, SessionEvent, clock};
use minidom::Element;
use std::sync::Arc;
use uuid::Uuid;

/// Takes a message to an address that is no agent's; gives what is to be answered at once.
pub(super) fn hear(hub: &Hub, team: &str, stanza: &Element) -> Option<Element> {
    let Some(said) = Said::read(stanza) else { return hub.turn_away(stanza, None) };
    let with = said.from.to_bare().to_string();
    let teams = hub.teams.lock();
    if let Some(holder) = holder(hub, team, &said, &with) {
        return hearing::hear(hub, &holder, Some(team), stanza);
    }
    let mut rung = ringing(hub, team, &with);
    if rung.is_empty() {
        if said.refusal.is_some() || said.body.is_none() {
            return None;
        }
        let nodes = teams.rung(team);
        let agents = hub.agents.lock();
        rung = with_room(nodes.into_iter().filter_map(|node| agents.get(node).cloned()));
    }
    if rung.is_empty() {
        return hub.turn_away(stanza, teams.name(team));
    }
    let answers = rung.iter().map(|agent| hearing::hear(hub, agent, Some(team), stanza));
    let answers: Vec<_> = answers.collect();
    let is_heard = answers.iter().any(Option::is_none);
    answers.into_iter().flatten().next().filter(|_| !is_heard)
}

/// Replaces the teams for which an agent is rung; see [`crate::Session::answer_for`].
pub(super) async fn answer_for(hub: &Hub, agent: &Agent, duties: &[Duty]) -> Result<(), ConnectorError> {
    let mut goodbyes = Vec::new();
    {
        let mut teams = hub.teams.lock();
        let before = teams.answer_for(agent.node(), duties);
        let left = before.iter().filter(|one| duties.iter().all(|other| other.team != one.team));
        for duty in left {
            goodbyes.extend(stop_ringing(hub, agent, &duty.team));
        }
        for duty in duties.iter().filter(|duty| duty.free && !before.contains(duty)) {
            ring_too(hub, agent, &duty.team);
        }
    }
    for goodbye in goodbyes {
        hub.post(goodbye).await;
    }
    Ok(())
}

/// Chats of an agent that outlived the process before: another agent may have taken one that rings here, or this
/// agent one that rings elsewhere.
pub(super) fn resumed(hub: &Hub, agent: &Agent) {
    let _deciding = hub.teams.lock();
    let of_teams = |chat: &Chat| Some((chat.phase, chat.team.clone()?, chat.with.clone()));
    let chats: Vec<_> = agent.chats.lock().by_id.values().filter_map(of_teams).collect();
    for (phase, team, with) in chats {
        match phase {
            Phase::Open => taken(hub, agent, &team, &with),
            Phase::Ringing if any(hub, &team, &with, Phase::Open) => end_ringing(agent, &team, &with),
            _ => {}
        }
    }
}

/// An agent has the chat: it does not ring at the others any more. The teams are locked by the caller.
pub(super) fn taken(hub: &Hub, by: &Agent, team: &str, with: &str) {
    for other in ringing(hub, team, with) {
        if other.node() != by.node() {
            end_ringing(&other, team, with);
        }
    }
}

/// Whether the chat rings at anybody, or somebody has it. The teams are locked by the caller.
pub(super) fn is_with_somebody(hub: &Hub, team: &str, with: &str) -> bool {
    any(hub, team, with, Phase::Ringing) || any(hub, team, with, Phase::Open)
}

/// Who has the expert's chat with a team; for what is no message also who had the one that it is about.
fn holder(hub: &Hub, team: &str, said: &Said, with: &str) -> Option<Arc<Agent>> {
    let agents = hub.agents.lock();
    let named = said.chat.clone().map(ChatId);
    let is_named = |agent: &&Arc<Agent>, is_it: &dyn Fn(&Chat) -> bool| {
        let chats = agent.chats.lock();
        let chat = named.as_ref().and_then(|id| chats.by_id.get(id));
        chat.is_some_and(|chat| chat.is_between(Some(team), with) && is_it(chat))
    };
    let has_it = |agent: &&Arc<Agent>| agent.chats.lock().has(Some(team), with, Phase::Open);
    let is_open = |agent: &&Arc<Agent>| is_named(agent, &|chat| chat.phase == Phase::Open);
    let had_it = |agent: &&Arc<Agent>| said.body.is_none() && is_named(agent, &|_| true);
    let mut all = [agents.values().find(is_open), agents.values().find(has_it), agents.values().find(had_it)]
        .into_iter()
        .flatten();
    all.next().cloned()
}

/// At whom the expert's chat with a team rings.
fn ringing(hub: &Hub, team: &str, with: &str) -> Vec<Arc<Agent>> {
    let agents = hub.agents.lock();
    let ringing = agents.values().filter(|agent| agent.chats.lock().has(Some(team), with, Phase::Ringing));
    ringing.cloned().collect()
}

fn any(hub: &Hub, team: &str, with: &str, phase: Phase) -> bool {
    hub.agents.lock().values().any(|agent| agent.chats.lock().has(Some(team), with, phase))
}

/// Those who can take another chat; where they are too many, those with the fewest.
fn with_room(agents: impl Iterator<Item = Arc<Agent>>) -> Vec<Arc<Agent>> {
    let able = agents.filter(|agent| agent.has_room() && agent.chats.lock().has_room());
    let mut able: Vec<_> = able.collect();
    able.sort_by_cached_key(|agent| agent.chats.lock().alive_count());
    able.truncate(MOST_RUNG);
    able
}

/// Another agent has the chat.
fn end_ringing(agent: &Agent, team: &str, with: &str) {
    let mut chats = agent.chats.lock();
    if let Some(id) = chats.of(Some(team), None, with) {
        chats.set(&id, Phase::Over);
        agent.tell(SessionEvent::Withdrawn { chat: id, elsewhere: true, words: None });
    }
}

/// The agent is not of the team any more; gives what experts are told whom nobody else can answer.
fn stop_ringing(hub: &Hub, agent: &Agent, team: &str) -> Vec<Element> {
    let mut ended = Vec::new();
    {
        let mut chats = agent.chats.lock();
        let is_it = |chat: &Chat| chat.phase == Phase::Ringing && chat.team.as_deref() == Some(team);
        let rings = chats.by_id.iter().filter(|(_, chat)| is_it(chat));
        let rings: Vec<_> = rings.map(|(id, chat)| (id.clone(), chat.with.clone())).collect();
        for (id, with) in rings {
            ended.extend(no_one(hub, agent, &id, chats.by_id.get(&id)).map(|words| (with, words)));
            chats.set(&id, Phase::Over);
            agent.tell(SessionEvent::Missed { chat: id, words: None });
        }
    }
    ended.retain(|(with, _)| !is_with_somebody(hub, team, with));
    ended.into_iter().map(|(_, words)| words).collect()
}

fn no_one(hub: &Hub, agent: &Agent, id: &ChatId, chat: Option<&Chat>) -> Option<Element> {
    let chat = chat?;
    let words = agent.language(hub, chat).no_one_can_answer();
    let key = Uuid::from_bytes(clock::random_bytes()).to_string();
    Some(agent.envelope(hub, id, chat).gone(&key, Some(words)))
}

/// The agent has become free: what rings for the team rings here too.
fn ring_too(hub: &Hub, agent: &Agent, team: &str) {
    for other in hub.agents.lock().values().filter(|other| other.node() != agent.node()) {
        let waiting: Vec<_> = {
            let chats = other.chats.lock();
            let is_it = |chat: &&Chat| chat.phase == Phase::Ringing && chat.team.as_deref() == Some(team);
            let waiting = chats.by_id.values().filter(is_it);
            waiting
                .map(|chat| (chat.with.clone(), chat.nick.clone(), chat.language, chat.held.clone()))
                .collect()
        };
        for (with, nick, language, held) in waiting {
            let mut chats = agent.chats.lock();
            let is_there = chats.of(Some(team), None, &with).is_some();
            if is_there || !chats.has_room() || !agent.has_room() {
                continue;
            }
            let id = ChatId(Uuid::from_bytes(clock::random_bytes()).to_string());
            let chat = chats.begin(&id, &with, Phase::Ringing);
            (chat.team, chat.nick, chat.language, chat.held) = (Some(team.to_owned()), nick, language, held);
            hearing::ring(hub, agent, id, chat);
        }
    }
}
