//! Finding people (UCWA 4.1). A pool has no pages: a later page is asked for as a longer first one.

use super::{codec::cut_to_chars, core::Core, people::person_of, resource::embeddeds, wire::Ask};
use crate::{ConnectorError, Found, Page};

/// Longest query and largest answer that a pool takes.
const LONGEST_QUERY: usize = 256;
const MOST: usize = 100;

pub(super) async fn search(core: &Core, text: &str, page: Page) -> Result<Found, ConnectorError> {
    let application = core.application().await?;
    let wanted: String = text.chars().filter(|letter| !letter.is_control()).collect();
    let wanted = cut_to_chars(wanted.trim(), LONGEST_QUERY);
    let most = page.skip.saturating_add(page.limit).min(MOST);
    if wanted.is_empty() || page.skip >= most {
        return Ok(Found::default());
    }
    let url = application.offered(application.search.as_ref(), "search");
    let mut url = url.map_err(|_| ConnectorError::Unsupported)?;
    url.query_pairs_mut().append_pair("query", &wanted).append_pair("limit", &most.to_string());
    let answer = core.wire.ask(Ask::get(url).urgent()).await.map_err(super::fault::Fault::into_error)?;
    let network = &core.config.network;
    let mut known = core.people.lock();
    let contacts = embeddeds(&answer.body, "contact");
    let hits = contacts.iter().take(most).skip(page.skip).filter_map(|contact| {
        known.learn(network, contact);
        person_of(network, contact)
    });
    let people = hits.collect();
    let told = answer.body.get("moreResultsAvailable").and_then(serde_json::Value::as_bool);
    let more = told.unwrap_or(false) || contacts.len() > most;
    Ok(Found { people, more, next: (more && most < MOST).then_some(most) })
}
