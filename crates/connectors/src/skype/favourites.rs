//! The agent's own list of people (UCWA 4.5). The pool calls them contacts, in groups; revision 2
//! of `myGroupMemberships` adds and removes them.

use super::{
    application::Application,
    batch,
    codec::{cut_to_chars, tidy},
    core::Core,
    fault::Fault,
    people::{person_id, person_of},
    resource::{embeddeds, link, links, text},
    wire::{Ask, Body},
};
use crate::{ConnectorError, Favourite, SessionEvent, clock};
use hookflash_domain::PersonId;
use serde_json::Value;
use std::{collections::BTreeMap, time::Duration};

/// Most groups whose members are read.
const MOST_GROUPS: usize = 60;
/// How long the subscription to changes is asked for, in minutes; the most there is.
const MINUTES: &str = "30";
/// When it is extended.
const EXTEND_AFTER: Duration = Duration::from_secs(20 * 60);
/// After trouble.
const RETRY_AFTER: Duration = Duration::from_secs(30);

/// The list as it is; from here on its changes are told.
pub(super) async fn list(core: &Core) -> Result<Vec<Favourite>, ConnectorError> {
    let application = core.application().await?;
    core.list_followed.send_if_modified(|followed| !std::mem::replace(followed, true));
    let url = application.offered(application.contacts.as_ref(), "contact list");
    let url = url.map_err(|_| ConnectorError::Unsupported)?;
    let contacts = core.wire.ask(Ask::get(url)).await.map_err(Fault::into_error)?;
    let groups = groups(core, &application).await.map_err(Fault::into_error)?;
    let network = &core.config.network;
    let mut people = core.people.lock();
    let listed = embeddeds(&contacts.body, "contact").iter().take(Favourite::MOST).filter_map(|contact| {
        people.learn(network, contact);
        let person = person_of(network, contact)?;
        let groups = groups.get(&person.id).cloned().unwrap_or_default();
        Some(Favourite { person, groups })
    });
    Ok(listed.collect())
}

/// The names of the agent's own groups, by their members.
async fn groups(core: &Core, application: &Application) -> Result<BTreeMap<PersonId, Vec<String>>, Fault> {
    let Some(href) = &application.groups else { return Ok(BTreeMap::new()) };
    let all = core.wire.ask(Ask::get(application.url(href)?)).await?;
    // Only `group` is made by the agent; the others are the pool's own.
    let own = embeddeds(&all.body, "group").iter().take(MOST_GROUPS);
    let own: Vec<_> =
        own.filter_map(|group| Some((text(group, "name")?, link(group, "groupContacts")?))).collect();
    let hrefs: Vec<&str> = own.iter().map(|(_, href)| *href).collect();
    let mut groups: BTreeMap<PersonId, Vec<String>> = BTreeMap::new();
    for ((name, _), members) in own.iter().zip(batch::fetch(core, application, &hrefs).await) {
        let members = members?;
        for uri in embeddeds(&members, "contact").iter().filter_map(|contact| text(contact, "uri")) {
            let of = groups.entry(person_id(&core.config.network, uri)).or_default();
            of.push(cut_to_chars(&tidy(name), 256));
        }
    }
    Ok(groups)
}

/// Adds somebody or takes them off.
pub(super) async fn set(core: &Core, person: &PersonId, favourite: bool) -> Result<(), ConnectorError> {
    let application = core.application().await?;
    if person.network != core.config.network {
        let words = "the person is not of this network".to_owned();
        return Err(ConnectorError::Unreachable { words });
    }
    let changed = match favourite {
        true => add(core, &application, person).await,
        false => remove(core, &application, person).await,
    };
    match changed {
        Ok(()) => {}
        Err(Fault::Refused(refusal)) if refusal.status == 404 => {
            return Err(ConnectorError::Unreachable { words: refusal.words });
        }
        Err(fault) => return Err(fault.into_error()),
    }
    // The pool tells it too where it is asked to; twice does no harm. Nobody listening: over.
    let _ = core.tell(vec![SessionEvent::FavouritesChanged]).await;
    Ok(())
}

async fn add(core: &Core, application: &Application, person: &PersonId) -> Result<(), Fault> {
    let mut url = application.offered(application.memberships.as_ref(), "change of the contact list")?;
    url.query_pairs_mut().append_pair("contactUri", &person.address);
    match core.wire.ask(Ask::post(url, Body::Empty).revision_2()).await {
        Err(Fault::Refused(refusal)) if refusal.is("AlreadyExists") => Ok(()),
        added => added.map(|_| ()),
    }
}

/// By the link that removes from all groups, or membership by membership where there is none.
async fn remove(core: &Core, application: &Application, person: &PersonId) -> Result<(), Fault> {
    let url = application.offered(application.memberships.as_ref(), "change of the contact list")?;
    let memberships = core.wire.ask(Ask::get(url).revision_2()).await?;
    if let Some(href) = link(&memberships.body, "removeContactFromAllGroups") {
        let mut url = application.url(href)?;
        url.query_pairs_mut().append_pair("contactUri", &person.address);
        return gone_is_fine(core.wire.ask(Ask::post(url, Body::Empty).revision_2()).await);
    }
    for membership in embeddeds(&memberships.body, "myGroupMembership") {
        let Some(own) = link(membership, "self").filter(|_| is_of(core, membership, person)) else {
            continue;
        };
        gone_is_fine(core.wire.ask(Ask::delete(application.url(own)?).revision_2()).await)?;
    }
    Ok(())
}

fn gone_is_fine<T>(outcome: Result<T, Fault>) -> Result<(), Fault> {
    match outcome {
        Err(Fault::Refused(refusal)) if refusal.status == 404 => Ok(()),
        outcome => outcome.map(|_| ()),
    }
}

/// Whether a membership is this person's: its contact is the one whose parts we know.
fn is_of(core: &Core, membership: &Value, person: &PersonId) -> bool {
    let Some(place) = core.people.lock().place(person) else { return false };
    let parts = [place.presence.as_deref(), place.note.as_deref(), place.photo.as_deref()];
    links(membership, "contact").into_iter().any(|contact| {
        let within = |part: &str| part.strip_prefix(contact).is_some_and(|rest| rest.starts_with('/'));
        parts.into_iter().flatten().any(within)
    })
}

/// Follows changes of the list once somebody has asked for it, for as long as the application lives.
pub(super) async fn run(core: &Core, application: &Application) {
    let mut followed = core.list_followed.subscribe();
    if followed.wait_for(|followed| *followed).await.is_err() {
        return;
    }
    loop {
        let pause = match follow(core, application).await {
            Ok(()) => EXTEND_AFTER,
            Err(fault) if fault.clone().into_error().is_transient() => clock::jittered(RETRY_AFTER),
            Err(fault) => {
                tracing::info!(?fault, "the pool does not tell changes of the contact list");
                std::future::pending().await
            }
        };
        tokio::time::sleep(pause).await;
    }
}

async fn follow(core: &Core, application: &Application) -> Result<(), Fault> {
    let url = application.offered(application.list_subscription.as_ref(), "news of the contact list")?;
    let subscription = core.wire.ask(Ask::get(url)).await?;
    let start = link(&subscription.body, "startOrRefreshSubscriptionToContactsAndGroups");
    let start = start.ok_or_else(|| Fault::Protocol("The contact list cannot be followed.".to_owned()))?;
    let mut url = application.url(start)?;
    url.query_pairs_mut().append_pair("duration", MINUTES);
    core.wire.ask(Ask::post(url, Body::Empty)).await.map(|_| ())
}
