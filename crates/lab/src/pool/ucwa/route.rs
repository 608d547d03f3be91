//! Paths to resources. Rels are matched without regard to case, as IIS does.

use http::Method;

use super::{
    Cx, Outcome, application, batch, communication, contacts, conversations, invitations, me, messages,
};
use super::{people, subscriptions};
use crate::pool::call::Call;
use crate::pool::reply::Fault;

const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PUT: Method = Method::PUT;
const DELETE: Method = Method::DELETE;

/// Answers a call below `/ucwa/oauth/v1/applications/<id>`; `rest` are the segments after the id. HEAD was
/// made a GET before.
pub(crate) fn route(cx: &Cx<'_>, rest: &[String]) -> Outcome {
    let lower: Vec<String> = rest.iter().map(|segment| segment.to_lowercase()).collect();
    let path: Vec<&str> = lower.iter().map(String::as_str).collect();
    match path.split_first() {
        None => match cx.call.method {
            GET => application::read(cx),
            DELETE => application::delete(cx),
            _ => Err(not_allowed(cx.call)),
        },
        Some((&"me" | &"reportmyactivity", _)) => of_me(cx, &path),
        Some((&"people", below)) => of_people(cx, below),
        Some((&"communication", below)) => of_communication(cx, below),
        Some((&"photos", [address])) => contacts::photo(cx, address),
        Some((&"policies", [])) => application::policies(cx),
        Some((&"batch", [])) if cx.call.method == POST => batch::run(cx),
        _ => Err(Fault::not_found()),
    }
}

fn of_me(cx: &Cx<'_>, path: &[&str]) -> Outcome {
    match (&cx.call.method, path) {
        (&GET, ["me"]) => me::read(cx),
        (&POST, ["me", "makemeavailable"]) => me::make_available(cx),
        (&POST, ["me", "reportmyactivity"] | ["reportmyactivity"]) => me::report_activity(cx),
        (&GET, ["me", "presence"]) => me::presence(cx),
        (&POST, ["me", "presence"]) => me::set_presence(cx),
        (&GET, ["me", "note"]) => me::note(cx),
        (&POST, ["me", "note"]) => me::set_note(cx),
        (&GET, ["me", "location"]) => me::location(cx),
        (&POST, ["me", "location"]) => me::set_location(cx),
        (&GET, ["me", "phones"]) => me::phones(cx),
        (&GET, ["me", "callforwardingsettings"]) => me::call_forwarding(cx),
        _ => Err(Fault::not_found()),
    }
}

fn of_people(cx: &Cx<'_>, path: &[&str]) -> Outcome {
    match (&cx.call.method, path) {
        (&GET, []) => people::read(cx),
        (&GET, ["search"]) => people::search(cx),
        (&GET, ["contacts"]) => people::contacts(cx),
        (&GET, ["groups"]) => people::groups(cx),
        (&GET, ["subscribedcontacts"]) => people::subscribed(cx),
        (&GET, ["contactsandgroupssubscription"]) => people::list_subscription(cx),
        (&POST, ["contactsandgroupssubscription", ..]) => people::refresh_list_subscription(cx),
        (&GET, ["groupmemberships" | "privacyrelationships"]) => people::empty(cx, path[0]),
        (&GET, ["presencesubscriptions"]) => subscriptions::list(cx),
        (&POST, ["presencesubscriptions"]) => subscriptions::create(cx),
        (&GET, ["presencesubscriptions", id]) => subscriptions::read(cx, id),
        (&POST, ["presencesubscriptions", id]) => subscriptions::extend(cx, id),
        (&DELETE, ["presencesubscriptions", id]) => subscriptions::delete(cx, id),
        (&GET, ["presencesubscriptionmemberships"]) => subscriptions::members(cx),
        (&POST, ["presencesubscriptionmemberships"]) => subscriptions::add_members(cx),
        (&DELETE, ["presencesubscriptionmemberships", id]) => subscriptions::delete_member(cx, id),
        (&GET, [address]) => contacts::read(cx, address),
        (&GET, [address, "presence"]) => contacts::presence(cx, address),
        (&GET, [address, "note"]) => contacts::note(cx, address),
        (&GET, [address, "location"]) => contacts::location(cx, address),
        (&GET, [address, "supportedmedia"]) => contacts::modalities(cx, address),
        (&GET, [address, "privacyrelationship"]) => contacts::privacy(cx, address),
        _ => Err(Fault::not_found()),
    }
}

fn of_communication(cx: &Cx<'_>, path: &[&str]) -> Outcome {
    match (&cx.call.method, path) {
        (&GET, []) => communication::read(cx),
        (&PUT, []) => communication::write(cx),
        (&POST, ["messaginginvitations" | "startmessaging"]) => invitations::create(cx),
        (&GET, ["messaginginvitations", id]) => invitations::read(cx, id),
        (&POST, ["messaginginvitations", id, "accept"]) => invitations::accept(cx, id),
        (&POST, ["messaginginvitations", id, "decline"]) => invitations::decline(cx, id),
        (&POST, ["messaginginvitations", id, "cancel"]) => invitations::cancel(cx, id),
        (&GET, ["conversations"]) => conversations::list(cx),
        (&GET, ["conversations", id]) => conversations::read(cx, id),
        (&DELETE, ["conversations", id]) => conversations::delete(cx, id),
        (&GET, ["conversations", id, "participants"]) => conversations::participants(cx, id),
        (&GET, ["conversations", id, "participants", who]) => conversations::participant(cx, id, who),
        (&GET, ["conversations", id, "participants", who, "messaging"]) => {
            conversations::participant_messaging(cx, id, who)
        }
        (&GET, ["conversations", id, "messaging"]) => conversations::messaging(cx, id),
        (&POST, ["conversations", id, "messaging", "terminate"]) => conversations::terminate(cx, id),
        (&POST, ["conversations", id, "messaging", "messages", ..]) => messages::send(cx, id),
        (&POST, ["conversations", id, "messaging", "typing"]) => messages::typing(cx, id),
        (&GET, ["conversations", id, "messaging", "typingparticipants"]) => messages::typists(cx, id),
        _ => Err(Fault::not_found()),
    }
}

fn not_allowed(_call: &Call) -> Fault {
    Fault::new(405, "MethodNotAllowed", "")
}
