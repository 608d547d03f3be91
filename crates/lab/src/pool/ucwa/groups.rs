//! `myGroups`, `group`, `myGroupMemberships`, `myContacts` and the subscription to them (ucwa.md §4.5, and
//! the pages `myGroups2`, `group2`, `myGroupMemberships2` of Microsoft's reference).

use super::people::contacts_of;
use super::{Cx, Outcome};
use crate::pool::people::PersonIndex;
use crate::pool::reply::{Fault, Reply};
use crate::pool::state::contact_list::{ContactList, DEFAULT_GROUP, Group, ListError};
use crate::pool::view::group as view;
use crate::pool::wire::{Link, Resource};

/// `GET groups`: embedded, or as links with `?expand=false`.
pub(super) fn list(cx: &Cx<'_>) -> Outcome {
    let path = cx.path();
    let groups = cx.with(|core| core.contact_list(cx.user).groups.clone());
    let mut resource = Resource::new("myGroups").link_v2("self", format!("{path}/people/groups"));
    let (fixed, own): (Vec<&Group>, Vec<&Group>) = groups.iter().partition(|g| view::rel(g) != "group");
    if cx.call.query("expand").is_some_and(|expand| expand.eq_ignore_ascii_case("false")) {
        let link = |group: &Group| Link::titled(view::rel(group), view::href(&path, group.id), &group.name);
        for group in fixed {
            resource = resource.add_link(link(group));
        }
        let links: Vec<Link> = own.into_iter().map(link).collect();
        return Ok(Reply::resource(if links.is_empty() { resource } else { resource.links("group", links) }));
    }
    for group in fixed {
        resource = resource.embed(view::rel(group), view::resource(&path, group));
    }
    let own = own.into_iter().map(|group| view::resource(&path, group)).collect();
    Ok(Reply::resource(resource.embed_all("group", own)))
}

/// `POST groups` with `displayName`: 204, as documented; the event tells the group.
pub(super) fn create(cx: &Cx<'_>) -> Outcome {
    let name = cx.call.input()?.text_within("displayName", 256)?;
    let name = name.ok_or_else(|| Fault::parameter("displayName"))?;
    cx.with(|core| core.add_group(cx.user, name.trim())).map_err(fault_of)?;
    Ok(Reply::no_content())
}

pub(super) fn read(cx: &Cx<'_>, id: &str) -> Outcome {
    let group = cx.with(|core| find(core.contact_list(cx.user), id))?;
    Ok(Reply::resource(view::resource(&cx.path(), &group)))
}

/// `PUT group`: another name, guarded by `If-Match`.
pub(super) fn rename(cx: &Cx<'_>, id: &str) -> Outcome {
    let input = cx.call.input()?;
    let name = input.text_within("name", 256)?.ok_or_else(|| Fault::parameter("name"))?;
    let group = cx.with(|core| find(core.contact_list(cx.user), id))?;
    cx.call.precondition(view::resource(&cx.path(), &group).etag())?;
    cx.with(|core| core.rename_group(cx.user, group.id, name.trim())).map_err(fault_of)?;
    read(cx, id)
}

pub(super) fn delete(cx: &Cx<'_>, id: &str) -> Outcome {
    cx.with(|core| {
        let group = find(core.contact_list(cx.user), id)?;
        core.remove_group(cx.user, group.id).map_err(fault_of)
    })?;
    Ok(Reply::no_content())
}

/// `GET contacts[?groupId=]`: the whole list, or one group's.
pub(super) fn contacts(cx: &Cx<'_>) -> Outcome {
    let path = cx.path();
    let listed = listed(cx, cx.call.query("groupId"))?;
    let (rel, own) = match cx.call.query("groupId") {
        Some(id) => ("groupContacts", format!("{path}/people/contacts?groupId={id}")),
        None => ("myContacts", format!("{path}/people/contacts")),
    };
    Ok(Reply::resource(Resource::new(rel).link("self", own).embed_all("contact", contacts_of(cx, &listed))))
}

pub(super) fn memberships(cx: &Cx<'_>) -> Outcome {
    let path = cx.path();
    let wanted = cx.call.query("groupId");
    let (list, wanted) = cx.with(|core| {
        let list = core.contact_list(cx.user);
        let wanted = wanted.map(|id| find(list, id)).transpose()?;
        Ok::<_, Fault>((list.clone(), wanted))
    })?;
    let mut all = Vec::new();
    for (contact, group) in &list.members {
        let Some(group) = list.group(*group) else { continue };
        if wanted.as_ref().is_none_or(|wanted| wanted == group)
            && let Some(person) = cx.pool.people.person(*contact)
        {
            all.push(view::membership(&path, group, person.address()));
        }
    }
    let resource =
        Resource::new("myGroupMemberships").link_v2("self", format!("{path}/people/groupMemberships"));
    Ok(Reply::resource(resource.embed_all("myGroupMembership", all)))
}

/// `POST groupMemberships` with `contactUri` and perhaps `groupId`.
pub(super) fn add(cx: &Cx<'_>) -> Outcome {
    let input = cx.call.input()?;
    let uri = input.text_within("contactUri", 250)?.ok_or_else(|| Fault::parameter("contactUri"))?;
    let (contact, person) = cx.person(&uri)?;
    let id = input.text_within("groupId", 256)?.unwrap_or_else(|| DEFAULT_GROUP.to_string());
    let group = cx.with(|core| {
        let group = find(core.contact_list(cx.user), &id)?;
        core.add_contact(cx.user, contact, group.id).map_err(fault_of)?;
        Ok::<_, Fault>(group)
    })?;
    let made = view::membership(&cx.path(), &group, person.address());
    let own = format!("{}/people/groupMemberships/{},{}", cx.path(), group.id, person.address());
    Ok(Reply::resource(made).status(201).header("Location", own))
}

pub(super) fn membership(cx: &Cx<'_>, id: &str) -> Outcome {
    let (group, contact, address) = pair(cx, id)?;
    let is_member = cx.with(|core| core.contact_list(cx.user).members.contains(&(contact, group.id)));
    if !is_member {
        return Err(Fault::not_found());
    }
    Ok(Reply::resource(view::membership(&cx.path(), &group, &address)))
}

pub(super) fn remove(cx: &Cx<'_>, id: &str) -> Outcome {
    let (group, contact, _) = pair(cx, id)?;
    cx.with(|core| core.remove_contact(cx.user, contact, Some(group.id))).map_err(fault_of)?;
    Ok(Reply::no_content())
}

/// `DELETE groupMemberships?contactUri=`: off the list, out of all groups.
pub(super) fn remove_everywhere(cx: &Cx<'_>) -> Outcome {
    let uri = cx.call.query("contactUri").ok_or_else(|| Fault::parameter("contactUri"))?;
    let (contact, _) = cx.person(uri)?;
    cx.with(|core| core.remove_contact(cx.user, contact, None)).map_err(fault_of)?;
    Ok(Reply::no_content())
}

pub(super) fn subscription(cx: &Cx<'_>) -> Outcome {
    cx.with_app(|app| Reply::resource(view::subscription(app)))
}

/// 201 when the subscription is new, 200 when it is prolonged.
pub(super) fn subscribe(cx: &Cx<'_>) -> Outcome {
    let minutes = super::subscriptions::minutes(&cx.call.input()?)?.unwrap_or(30);
    let is_new = cx.with(|core| core.subscribe_list(cx.app, minutes));
    cx.with_app(|app| Reply::resource(view::subscription(app)).status(if is_new { 201 } else { 200 }))
}

pub(super) fn unsubscribe(cx: &Cx<'_>) -> Outcome {
    cx.with(|core| core.unsubscribe_list(cx.app));
    Ok(Reply::no_content())
}

/// The contacts of a group, or of the whole list.
pub(super) fn listed(cx: &Cx<'_>, group: Option<&str>) -> Result<Vec<PersonIndex>, Fault> {
    cx.with(|core| {
        let list = core.contact_list(cx.user);
        let group = group.map(|id| find(list, id)).transpose()?;
        Ok(list.contacts(group.map(|group| group.id)))
    })
}

fn find(list: &ContactList, id: &str) -> Result<Group, Fault> {
    id.parse().ok().and_then(|id| list.group(id)).cloned().ok_or_else(Fault::not_found)
}

fn pair(cx: &Cx<'_>, id: &str) -> Result<(Group, PersonIndex, String), Fault> {
    let (group, address) = id.split_once(',').ok_or_else(Fault::not_found)?;
    let group = cx.with(|core| find(core.contact_list(cx.user), group))?;
    let (contact, person) = cx.person(address)?;
    Ok((group, contact, person.address().to_owned()))
}

fn fault_of(error: ListError) -> Fault {
    match error {
        ListError::AlreadyExists => Fault::new(409, "Conflict", "AlreadyExists"),
        ListError::TooManyContacts => Fault::new(409, "Conflict", "LimitExceeded"),
        ListError::TooManyGroups => Fault::new(409, "Conflict", "TooManyGroups"),
        ListError::NotFound => Fault::not_found(),
        ListError::Fixed => Fault::new(403, "Forbidden", "OperationNotSupported"),
    }
}
