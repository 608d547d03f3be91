//! `experts.directory`: people of the directory as the desk shows them.

use super::views::{PersonView, PresenceView, person_view, presence_view};
use crate::engine::Engine;
use crate::engine::command::{Answer, Refused};
use crate::engine::directory::{FoundEntry, MOST_SKILLS};
use hookflash_domain::{NetworkId, PersonId, UserId};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

/// A person of the directory: as a person on the best network, and what else there is to know.
#[derive(Serialize)]
struct EntryView {
    #[serde(flatten)]
    view: PersonView,
    entry_id: Uuid,
    /// The networks on which the person is.
    networks: Vec<EntryNetworkView>,
    skills: Vec<String>,
    /// Why the person cannot be asked.
    cannot_ask: Option<&'static str>,
}

#[derive(Serialize)]
struct EntryNetworkView {
    person: PersonId,
    presence: PresenceView,
    cannot_ask: Option<&'static str>,
}

/// Answers a search in the directory.
pub(super) async fn search(engine: &Engine, user: UserId, text: &str, skills: &[String]) -> Answer {
    if skills.len() > MOST_SKILLS {
        return Err(Refused::new("bad_request", "A search is narrowed by at most 10 skills."));
    }
    let found = engine.search_directory(user, text.trim(), skills).await?;
    let people: Vec<_> = found.into_iter().map(|one| view(engine, one)).collect();
    Ok(json!({ "people": people }))
}

fn view(engine: &Engine, found: FoundEntry) -> EntryView {
    // Nobody is asked under this address: there is no network without a name.
    let nowhere = || PersonId { network: NetworkId(String::new()), address: found.entry.id.0.to_string() };
    let id = found.best.clone().unwrap_or_else(nowhere);
    let presence = engine.presence(&id);
    let networks = found.networks.iter().map(|(person, cannot_ask)| EntryNetworkView {
        person: person.clone(),
        presence: presence_view(engine.presence(person)),
        cannot_ask: *cannot_ask,
    });
    EntryView {
        view: person_view(&found.person(id), presence),
        entry_id: found.entry.id.0,
        networks: networks.collect(),
        cannot_ask: found.cannot_ask,
        skills: found.entry.skills,
    }
}
