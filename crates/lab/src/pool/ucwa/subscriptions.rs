//! `presenceSubscriptions` (ucwa.md §4.4).

use super::{Cx, Outcome, groups};
use crate::pool::input::Input;
use crate::pool::people::PersonIndex;
use crate::pool::reply::{Fault, Reply};
use crate::pool::state::app::App;
use crate::pool::state::subscription::Subscription;
use crate::pool::view::subscription as view;
use crate::pool::wire::Resource;

pub(super) fn create(cx: &Cx<'_>) -> Outcome {
    let input = cx.call.input()?;
    let wanted = if let Some(group) = input.text("groupId") {
        groups::listed(cx, Some(&group))?
    } else {
        people_of(cx, &input.list("uris").ok_or_else(|| Fault::parameter("uris"))?)
    };
    let made =
        cx.with(|core| core.subscribe(cx.app, minutes(&input)?.unwrap_or(30), &wanted).ok_or_else(limit));
    let made = made?;
    cx.with_app(|app| Reply::resource(view::resource(app, &made)).status(201))
}

pub(super) fn list(cx: &Cx<'_>) -> Outcome {
    let own = format!("{}/people/presenceSubscriptions", cx.path());
    cx.with_app(|app| {
        let all = app.subscriptions.iter().map(|s| view::resource(app, s)).collect();
        Reply::resource(
            Resource::new("presenceSubscriptions").link("self", own).embed_all("presenceSubscription", all),
        )
    })
}

pub(super) fn read(cx: &Cx<'_>, id: &str) -> Outcome {
    cx.with_app(|app| find(app, id).map(|s| Reply::resource(view::resource(app, s))))?
        .ok_or_else(Fault::not_found)
}

pub(super) fn extend(cx: &Cx<'_>, id: &str) -> Outcome {
    let minutes = minutes(&cx.call.input()?)?.unwrap_or(30);
    let extended = cx.with(|core| core.extend(cx.app, id, minutes)).ok_or_else(Fault::not_found)?;
    cx.with_app(|app| Reply::resource(view::resource(app, &extended)))
}

pub(super) fn delete(cx: &Cx<'_>, id: &str) -> Outcome {
    if cx.with(|core| core.unsubscribe(cx.app, id)) {
        Ok(Reply::no_content())
    } else {
        Err(Fault::not_found())
    }
}

pub(super) fn members(cx: &Cx<'_>) -> Outcome {
    let wanted = cx.call.query("presenceSubscriptionId");
    let own = format!("/{}", cx.call.segments.join("/"));
    let members = cx.with_app(|app| {
        let chosen =
            app.subscriptions.iter().filter(|s| wanted.is_none_or(|id| s.id.eq_ignore_ascii_case(id)));
        chosen.flat_map(|s| memberships(cx, app, &s.id, &s.members)).collect()
    })?;
    let resource = Resource::new("presenceSubscriptionMemberships").link("self", own);
    Ok(Reply::resource(resource.embed_all("presenceSubscriptionMembership", members)))
}

pub(super) fn add_members(cx: &Cx<'_>) -> Outcome {
    let input = cx.call.input()?;
    let id =
        input.text("presenceSubscriptionId").ok_or_else(|| Fault::parameter("presenceSubscriptionId"))?;
    let uris = input.list("contactUris").or_else(|| input.list("uris"));
    let added = people_of(cx, &uris.ok_or_else(|| Fault::parameter("contactUris"))?);
    let members = cx.with(|core| {
        core.apps.get(&cx.app).and_then(|app| find(app, &id))?;
        core.watch(cx.app, &id, &added);
        for person in &added {
            core.push_presence(cx.app, *person);
        }
        let app = core.apps.get(&cx.app)?;
        Some(memberships(cx, app, &id, &added))
    });
    let members = members.ok_or_else(Fault::not_found)?;
    let resource = Resource::new("presenceSubscriptionMemberships");
    Ok(Reply::resource(resource.embed_all("presenceSubscriptionMembership", members)).status(201))
}

pub(super) fn member(cx: &Cx<'_>, id: &str) -> Outcome {
    let (subscription, address) = id.split_once(',').ok_or_else(Fault::not_found)?;
    let (index, person) = cx.person(address)?;
    let found = cx.with_app(|app| {
        let is_member = find(app, subscription).is_some_and(|found| found.members.contains(&index));
        is_member.then(|| Reply::resource(view::membership(app, subscription, person.address())))
    })?;
    found.ok_or_else(Fault::not_found)
}

pub(super) fn delete_member(cx: &Cx<'_>, id: &str) -> Outcome {
    let (subscription, address) = id.split_once(',').ok_or_else(Fault::not_found)?;
    let (person, _) = cx.person(address)?;
    let removed = cx.with(|core| core.unwatch(cx.app, subscription, person));
    if removed { Ok(Reply::no_content()) } else { Err(Fault::not_found()) }
}

fn memberships(cx: &Cx<'_>, app: &App, id: &str, members: &[PersonIndex]) -> Vec<Resource> {
    let address = |index: &PersonIndex| Some(cx.pool.people.person(*index)?.address());
    members.iter().filter_map(address).map(|address| view::membership(app, id, address)).collect()
}

fn find<'a>(app: &'a App, id: &str) -> Option<&'a Subscription> {
    app.subscriptions.iter().find(|s| s.id == id)
}

/// People of the pool; strangers are left out, as nothing is known of them.
fn people_of(cx: &Cx<'_>, uris: &[String]) -> Vec<PersonIndex> {
    uris.iter().filter_map(|uri| cx.pool.people.find(uri)).collect()
}

/// `duration` in minutes, 10 to 30.
pub(super) fn minutes(input: &Input) -> Result<Option<u64>, Fault> {
    match input.text("duration") {
        None => Ok(None),
        Some(_) => input
            .number("duration")
            .filter(|minutes| (10..=30).contains(minutes))
            .map(Some)
            .ok_or_else(|| Fault::parameter("duration")),
    }
}

fn limit() -> Fault {
    Fault::new(403, "Forbidden", "LimitExceeded")
}
