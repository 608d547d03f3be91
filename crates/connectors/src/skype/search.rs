//! Finding people (UCWA 4.1).

use super::{codec::cut_to_chars, core::Core, people::person_of, resource::embeddeds, wire::Ask};
use crate::ConnectorError;
use hookflash_domain::Person;

/// Longest query and largest answer that a pool takes.
const LONGEST_QUERY: usize = 256;
const MOST: usize = 100;

pub(super) async fn search(core: &Core, text: &str, limit: usize) -> Result<Vec<Person>, ConnectorError> {
    let application = core.application().await?;
    let wanted: String = text.chars().filter(|letter| !letter.is_control()).collect();
    let wanted = cut_to_chars(wanted.trim(), LONGEST_QUERY);
    let limit = limit.min(MOST);
    if wanted.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let url = application.offered(application.search.as_ref(), "search");
    let mut url = url.map_err(|_| ConnectorError::Unsupported)?;
    url.query_pairs_mut().append_pair("query", &wanted).append_pair("limit", &limit.to_string());
    let answer = core.wire.ask(Ask::get(url)).await.map_err(super::fault::Fault::into_error)?;
    let network = &core.config.network;
    let mut known = core.people.lock();
    let contacts = embeddeds(&answer.body, "contact").iter().take(limit);
    let people = contacts.filter_map(|contact| {
        known.learn(network, contact);
        person_of(network, contact)
    });
    Ok(people.collect())
}
