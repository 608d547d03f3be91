//! `people`: search, the contact list and its groups (ucwa.md §4.1, §4.5).

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

pub(super) fn contacts(cx: &Cx<'_>) -> Outcome {
    let listed = listed(cx)?;
    let resource = Resource::new("myContacts").link("self", format!("{}/people/contacts", cx.path()));
    Ok(Reply::resource(resource.embed_all("contact", contacts_of(cx, &listed))))
}

pub(super) fn groups(cx: &Cx<'_>) -> Outcome {
    let path = cx.path();
    let group = |rel: &'static str, id: &str, name: &str| {
        Resource::new(rel)
            .str("id", id)
            .str("name", name)
            .link("self", format!("{path}/people/groups/{id}"))
            .link("groupContacts", format!("{path}/people/contacts?groupId={id}"))
            .link("subscribeToGroupPresence", format!("{path}/people/presenceSubscriptions?groupId={id}"))
    };
    let resource = Resource::new("myGroups").link("self", format!("{path}/people/groups"));
    Ok(Reply::resource(
        resource
            .embed("pinnedGroup", group("pinnedGroup", "pinned", "Pinned Contacts"))
            .embed("defaultGroup", group("defaultGroup", "default", "Other Contacts")),
    ))
}

pub(super) fn subscribed(cx: &Cx<'_>) -> Outcome {
    let watched: Vec<PersonIndex> = cx.with_app(|app| app.watching.keys().copied().collect())?;
    let resource =
        Resource::new("subscribedContacts").link("self", format!("{}/people/subscribedContacts", cx.path()));
    Ok(Reply::resource(resource.embed_all("contact", contacts_of(cx, &watched))))
}

pub(super) fn list_subscription(cx: &Cx<'_>) -> Outcome {
    let own = format!("{}/people/contactsAndGroupsSubscription", cx.path());
    let start = format!("{own}/startOrRefreshSubscriptionToContactsAndGroups");
    Ok(Reply::resource(
        Resource::new("myContactsAndGroupsSubscription")
            .str("state", "Disconnected")
            .link("self", own)
            .link("startOrRefreshSubscriptionToContactsAndGroups", start),
    ))
}

pub(super) fn refresh_list_subscription(cx: &Cx<'_>) -> Outcome {
    // The list of a person does not change while the pool runs, so there is nothing to tell later.
    cx.with_app(|_| Reply::no_content())
}

pub(super) fn empty(cx: &Cx<'_>, which: &str) -> Outcome {
    let rel = if which == "groupmemberships" { "myGroupMemberships" } else { "myPrivacyRelationships" };
    let own = cx.call.segments.join("/");
    Ok(Reply::resource(Resource::new(rel).link("self", format!("/{own}"))))
}

/// The people of `?groupId=default` or of the whole list.
pub(super) fn listed(cx: &Cx<'_>) -> Result<Vec<PersonIndex>, Fault> {
    if cx.call.query("groupId").is_some_and(|group| group.eq_ignore_ascii_case("pinned")) {
        return Ok(Vec::new());
    }
    Ok(cx.me()?.contacts.iter().filter_map(|uri| cx.pool.people.find(uri)).collect())
}

fn contacts_of(cx: &Cx<'_>, found: &[PersonIndex]) -> Vec<Resource> {
    let path = cx.path();
    found.iter().filter_map(|i| Some(view::contact::resource(&path, cx.pool.people.person(*i)?))).collect()
}
