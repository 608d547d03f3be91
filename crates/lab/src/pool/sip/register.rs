//! REGISTER: who the client is. Nobody asks for a password.

use super::connection::Connection;
use super::message::{Message, parameter, uri};
use crate::clock::random_hex;
use crate::pool::people::{Account, PersonIndex};
use crate::pool::state::sip::SipId;

/// A client that has registered.
pub(super) struct Registration {
    pub(super) id: SipId,
    pub(super) person: PersonIndex,
    /// `user@domain`.
    pub(super) address: String,
    /// The endpoint's id in From and To.
    pub(super) epid: String,
    /// Where the client takes requests.
    pub(super) contact: String,
    gruu: String,
}

const ALLOWED_EVENTS: &str = "vnd-microsoft-provisioning,vnd-microsoft-roaming-contacts,\
    vnd-microsoft-roaming-ACL,presence,presence.wpending,vnd-microsoft-roaming-self,\
    vnd-microsoft-provisioning-v2";

/// Registers the client, or takes it off with `Expires: 0`.
pub(super) fn register(connection: &mut Connection, request: &Message) {
    let from = request.header("from");
    let leaves = request.header("expires").trim() == "0" || request.header("contact").contains("expires=0");
    if leaves {
        if let Some(gone) = connection.registration.take() {
            connection.pool.core.lock().sip_leave(gone.id);
        }
        return connection.answer(request, 200, "OK");
    }
    let Some(person) = connection.pool.people.find(uri(from)) else {
        return connection.answer(request, 404, "Not Found");
    };
    if connection.pool.account(person) != Account::Enabled {
        return connection.answer(request, 403, "Forbidden");
    }
    let contact = request.header("contact");
    match connection.registration.as_mut().filter(|known| known.person == person) {
        Some(known) => known.contact = uri(contact).to_owned(),
        None => enter(connection, person, from, contact),
    }
    let Some(known) = &connection.registration else { return };
    let instance =
        parameter(contact, "+sip.instance").map_or_else(String::new, |i| format!(";+sip.instance=\"{i}\""));
    let contact = format!("<{}>;expires=7200{instance};gruu=\"{}\"", known.contact, known.gruu);
    let response = Message::response(request, 200, "OK", "lab")
        .with("Contact", contact)
        .with("Expires", "7200")
        .with("Server", "RTC/6.0")
        .with("Supported", "msrtc-event-categories")
        .with("Supported", "adhoclist")
        .with("Supported", "gruu-10")
        .with("Allow-Events", ALLOWED_EVENTS)
        .with("ms-keep-alive", "UAS; tcp=no; hop-hop=yes; end-end=no; timeout=300");
    connection.send(&response);
}

fn enter(connection: &mut Connection, person: PersonIndex, from: &str, contact: &str) {
    if let Some(before) = connection.registration.take() {
        connection.pool.core.lock().sip_leave(before.id);
    }
    let Some(address) = connection.pool.people.person(person).map(|p| p.address().to_owned()) else { return };
    let id = connection.pool.core.lock().sip_enter(person, connection.news.clone());
    let gruu = format!("sip:{address};opaque=user:epid:{};gruu", random_hex());
    connection.registration = Some(Registration {
        id,
        person,
        address,
        epid: parameter(from, "epid").unwrap_or_default().to_owned(),
        contact: uri(contact).to_owned(),
        gruu,
    });
}
