//! SERVICE: what the client publishes, and changes of its contact list by SOAP (\[MS-PRES\]).

use super::categories::{attribute, elements, unescape};
use super::connection::Connection;
use super::message::Message;
use super::subscribe;
use crate::pool::state::contact_list::DEFAULT_GROUP;
use crate::pool::state::sip::Publication;

pub(super) fn service(connection: &mut Connection, request: &Message) {
    let kind = request.header("content-type").to_ascii_lowercase();
    if kind.contains("msrtc-category-publish") {
        publish(connection, request);
    } else if kind.contains("soap") {
        soap(connection, request);
    } else {
        connection.answer(request, 200, "OK");
    }
}

/// Categories; the answer tells their versions.
fn publish(connection: &mut Connection, request: &Message) {
    let Some((id, person)) = connection.registration.as_ref().map(|known| (known.id, known.person)) else {
        return;
    };
    let publications =
        elements(&request.body, "publication").into_iter().filter_map(|(attributes, content)| {
            Some(Publication {
                by: id,
                name: attribute(attributes, "categoryName")?,
                instance: attribute(attributes, "instance")?,
                container: attribute(attributes, "container")?,
                version: 0,
                content: content.to_owned(),
            })
        });
    let publications: Vec<Publication> = publications.collect();
    let has_note = publications.iter().any(|one| one.name == "note");
    {
        let mut core = connection.pool.core.lock();
        core.sip_publish(id, publications);
        if has_note {
            let note = core.published_note(person).map(|text| unescape(&text)).unwrap_or_default();
            core.set_note(person, &note, false);
        }
    }
    let body = subscribe::own(connection);
    let response =
        Message::response(request, 200, "OK", "lab").body("application/vnd-microsoft-roaming-self+xml", body);
    connection.send(&response);
}

/// `setContact`, `deleteContact`, `addGroup`, `modifyGroup`, `deleteGroup`; anything else is taken without
/// effect.
fn soap(connection: &mut Connection, request: &Message) {
    let Some(owner) = connection.registration.as_ref().map(|known| known.person) else { return };
    let body = &request.body;
    let inner = |name: &str| elements(body, name).first().map(|(_, inner)| unescape(inner.trim()));
    let has = |name: &str| !elements(body, name).is_empty();
    let contact = inner("URI").and_then(|uri| connection.pool.people.find(&uri));
    let group = inner("groupID").and_then(|id| id.parse().ok());
    let mut made = None;
    {
        let mut core = connection.pool.core.lock();
        match (contact, group) {
            (Some(contact), _) if has("setContact") => {
                let groups: Vec<u32> = inner("groups")
                    .unwrap_or_default()
                    .split_whitespace()
                    .filter_map(|g| g.parse().ok())
                    .collect();
                let groups = if groups.is_empty() { vec![DEFAULT_GROUP] } else { groups };
                for group in &groups {
                    // It may be there already.
                    let _ = core.add_contact(owner, contact, *group);
                }
                let others: Vec<u32> = core
                    .contact_list(owner)
                    .members
                    .iter()
                    .filter(|(who, of)| *who == contact && !groups.contains(of))
                    .map(|(_, of)| *of)
                    .collect();
                for group in others {
                    let _ = core.remove_contact(owner, contact, Some(group));
                }
            }
            (Some(contact), _) if has("deleteContact") => {
                let _ = core.remove_contact(owner, contact, None);
            }
            (_, Some(group)) if has("deleteGroup") => {
                let _ = core.remove_group(owner, group);
            }
            (_, Some(group)) if has("modifyGroup") => {
                let _ = core.rename_group(owner, group, &inner("name").unwrap_or_default());
            }
            _ if has("addGroup") => made = core.add_group(owner, &inner("name").unwrap_or_default()).ok(),
            _ => {}
        }
    }
    let response = Message::response(request, 200, "OK", "lab");
    match made {
        Some(id) => connection.send(&response.body("application/SOAP+xml", group_made(id))),
        None => connection.send(&response),
    }
}

fn group_made(id: u32) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:m=\"http://schemas.microsoft.com/winrtc/2002/11/sip\"><s:Body><m:addGroup><m:groupID>{id}</m:groupID>\
         </m:addGroup></s:Body></s:Envelope>"
    )
}
