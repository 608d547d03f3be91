//! `people`: search and who is subscribed to (ucwa.md §4.1).

use super::{Cx, Outcome};
use crate::pool::people::PersonIndex;
use crate::pool::reply::{Fault, Reply};
use crate::pool::view;
use crate::pool::wire::data_uri::url_encode;
use crate::pool::wire::{Prop, Resource};

pub(super) fn read(cx: &Cx<'_>) -> Outcome {
    cx.with_app(|app| Reply::resource(view::application::people(app)))
}

pub(super) fn search(cx: &Cx<'_>) -> Outcome {
    let query = cx.call.query("query").or_else(|| cx.call.query("mail")).unwrap_or_default();
    if query.trim().is_empty() || query.chars().count() > 256 {
        return Err(Fault::parameter("query"));
    }
    let limit = match cx.call.query("limit") {
        None => 10,
        Some(text) => {
            text.parse().ok().filter(|n| (1..=100).contains(n)).ok_or_else(|| Fault::parameter("limit"))?
        }
    };
    let (found, more) = cx.pool.people.search(query, limit);
    let own = format!("{}/people/search?query={}&limit={limit}", cx.path(), url_encode(query));
    Ok(Reply::resource(
        Resource::new("search")
            .prop("moreResultsAvailable", Prop::Bool(more))
            .link("self", own)
            .embed_all("contact", contacts_of(cx, &found)),
    ))
}

pub(super) fn subscribed(cx: &Cx<'_>) -> Outcome {
    let watched: Vec<PersonIndex> = cx.with_app(|app| app.watching.keys().copied().collect())?;
    let resource =
        Resource::new("subscribedContacts").link("self", format!("{}/people/subscribedContacts", cx.path()));
    Ok(Reply::resource(resource.embed_all("contact", contacts_of(cx, &watched))))
}

pub(super) fn privacy(cx: &Cx<'_>) -> Outcome {
    let own = format!("{}/people/privacyRelationships", cx.path());
    Ok(Reply::resource(Resource::new("myPrivacyRelationships").link("self", own)))
}

/// People as embedded contacts.
pub(super) fn contacts_of(cx: &Cx<'_>, found: &[PersonIndex]) -> Vec<Resource> {
    let path = cx.path();
    found.iter().filter_map(|i| Some(view::contact::resource(&path, cx.pool.people.person(*i)?))).collect()
}
