//! Finding people by a search service (XEP-0055).
//!
//! Prosody's takes fields in which any may match a part; ejabberd's takes a form in which all must
//! match whole, or from the beginning before a `*`. Both are asked for one word, the longest, and
//! the others are compared here.

use super::{
    asking::{Unanswered, ask},
    hub::Hub,
    ns,
    stream::element,
    vcard,
};
use crate::{ConnectorError, Found, Page};
use futures_util::{StreamExt, stream};
use hookflash_domain::Person;
use minidom::Element;
use std::{collections::BTreeMap, time::Duration};

/// Longest text that is searched for, and most hits that are looked at.
const LONGEST_TEXT: usize = 200;
const MOST_HITS: usize = 2_000;
/// Shortest word that services take.
const SHORTEST_WORD: usize = 2;
/// Longest wait for the service: Prosody's reads every card for each search.
const WAIT: Duration = Duration::from_secs(10);
/// Cards that are asked for at once, and most for one page.
const CARDS_AT_ONCE: usize = 10;
const MOST_CARDS: usize = 25;
/// An e-mail address that nobody has: Prosody's service fails on a search without one.
const NO_EMAIL: &str = "@@";
/// The fields in which ejabberd keeps names and addresses.
const FORM_FIELDS: [&str; 4] = ["first", "last", "user", "nick"];

/// Searches; see [`crate::Session::search`].
pub(super) async fn search(hub: &Hub, text: &str, page: Page) -> Result<Found, ConnectorError> {
    let service = hub.config.search.as_deref().ok_or(ConnectorError::Unsupported)?;
    let text: String = text.chars().filter(|letter| !letter.is_control()).take(LONGEST_TEXT).collect();
    let words: Vec<_> =
        text.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let longest = words.iter().max_by_key(|word| word.chars().count());
    let Some(longest) = longest.filter(|word| word.chars().count() >= SHORTEST_WORD) else {
        return Ok(Found::default());
    };
    hub.up().await?;
    let hits = match by_fields(hub, service, longest).await {
        Err(Unanswered::Refused(refusal)) if refusal.condition == "bad-request" => {
            by_form(hub, service, longest).await?
        }
        hits => hits?,
    };
    let hits: Vec<_> = hits.into_values().filter(|hit| matches(hit, &words)).collect();
    Ok(give(hub, hits, page).await)
}

/// One page, with what people's cards say.
async fn give(hub: &Hub, mut hits: Vec<Person>, page: Page) -> Found {
    hits.sort_by(|left, right| (&left.name, &left.id).cmp(&(&right.name, &right.id)));
    let end = page.skip.saturating_add(page.limit);
    let more = hits.len() > end;
    let on_page = hits.into_iter().skip(page.skip).take(page.limit).enumerate();
    let complete = |(at, person)| async move {
        if at < MOST_CARDS { vcard::complete(hub, person).await } else { person }
    };
    let people: Vec<_> = stream::iter(on_page).map(complete).buffered(CARDS_AT_ONCE).collect().await;
    Found { people, more, next: more.then_some(end) }
}

type Hits = BTreeMap<String, Person>;

async fn by_fields(hub: &Hub, service: &str, word: &str) -> Result<Hits, Unanswered> {
    let mut query = element("query", ns::SEARCH, &[]).build();
    for (field, value) in [("first", word), ("last", word), ("nick", word), ("email", NO_EMAIL)] {
        query.append_child(element(field, ns::SEARCH, &[]).append(value.to_owned()).build());
    }
    let answer = ask(hub, service, "set", query, WAIT).await?;
    let items = answer.iter().flat_map(Element::children).filter(|child| child.is("item", ns::SEARCH));
    let text = |item: &Element, name: &str| item.get_child(name, ns::SEARCH).map(Element::text);
    Ok(collect(hub, items, |item, name| match name {
        "jid" => item.attr("jid").map(str::to_owned),
        name => text(item, name),
    }))
}

async fn by_form(hub: &Hub, service: &str, word: &str) -> Result<Hits, Unanswered> {
    let mut hits = Hits::new();
    for field in FORM_FIELDS {
        let word = format!("{}*", word.trim_end_matches('*'));
        let answer = ask(hub, service, "set", form(field, &word), WAIT).await?;
        let form = answer.as_ref().and_then(|query| query.get_child("x", ns::DATA));
        let items = form.into_iter().flat_map(Element::children).filter(|child| child.is("item", ns::DATA));
        hits.extend(collect(hub, items, |item, name| {
            let field = item.children().find(|field| field.attr("var") == Some(name))?;
            field.get_child("value", ns::DATA).map(Element::text)
        }));
    }
    Ok(hits)
}

fn form(field: &str, value: &str) -> Element {
    let text = |value: &str| element("value", ns::DATA, &[]).append(value.to_owned()).build();
    let hidden = [("var", Some("FORM_TYPE")), ("type", Some("hidden"))];
    let kind = element("field", ns::DATA, &hidden).append(text(ns::SEARCH)).build();
    let wanted = element("field", ns::DATA, &[("var", Some(field))]).append(text(value)).build();
    let form = element("x", ns::DATA, &[("type", Some("submit"))]).append(kind).append(wanted).build();
    element("query", ns::SEARCH, &[]).append(form).build()
}

fn collect<'a>(
    hub: &Hub,
    items: impl Iterator<Item = &'a Element>,
    text: impl Fn(&Element, &str) -> Option<String>,
) -> Hits {
    let mut hits = Hits::new();
    for item in items.take(MOST_HITS) {
        let Some(address) = text(item, "jid").and_then(|jid| jid::BareJid::new(&jid).ok()) else { continue };
        let part = |name: &str| text(item, name).map(|part| part.trim().to_owned()).unwrap_or_default();
        let name = format!("{} {}", part("first"), part("last")).trim().to_owned();
        let name = if name.is_empty() { address.to_string() } else { name };
        hits.insert(address.to_string(), Person::new(hub.person(address.as_str()), &name));
    }
    hits
}

/// Whether every word begins a word of the name or of the address.
fn matches(hit: &Person, words: &[String]) -> bool {
    let known = format!("{} {}", hit.name, hit.id.address).to_lowercase();
    let parts: Vec<_> = known.split([' ', '-', '.', '@']).collect();
    let is_known = |word: &String| {
        known.contains(&format!(" {word}")) || parts.iter().any(|part| part.starts_with(word.as_str()))
    };
    words.iter().all(is_known)
}
