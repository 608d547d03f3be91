//! SUBSCRIBE: the contact list, what the user itself publishes, and presence of others; later changes go out
//! as BENOTIFY (\[MS-SIP\], \[MS-PRES\]).

use super::categories::{self, attribute, elements};
use super::connection::Connection;
use super::message::{Message, parameter, uri};
use crate::pool::people::PersonIndex;

/// Subscriptions of a connection whose changes are told.
#[derive(Default)]
pub(super) struct Subscriptions {
    own: Option<Subscription>,
    /// The dialogs that asked for presence, and for whom.
    presence: Vec<(Subscription, Vec<PersonIndex>)>,
}

/// The dialog of a subscription.
struct Subscription {
    call: String,
    theirs: String,
    next: u32,
}

/// Dialogs for presence that are kept; more forget the oldest.
const MAX_DIALOGS: usize = 500;

pub(super) fn subscribe(connection: &mut Connection, request: &Message) {
    let event = request.header("event").split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let accepted = Message::response(request, 200, "OK", "lab").with("Event", event.clone());
    let subscription = Subscription {
        call: request.header("call-id").to_owned(),
        theirs: parameter(request.header("from"), "tag").unwrap_or_default().to_owned(),
        next: 1,
    };
    let response = match event.as_str() {
        "vnd-microsoft-roaming-contacts" => piggyback(accepted, "1800")
            .body("application/vnd-microsoft-roaming-contacts+xml", contact_list(connection)),
        "vnd-microsoft-roaming-self" => {
            let body = own(connection);
            connection.subscriptions.own = Some(subscription);
            piggyback(accepted, "600").body("application/vnd-microsoft-roaming-self+xml", body)
        }
        "presence" => return presence(connection, request, accepted, subscription),
        _ => accepted.with("Expires", "600"),
    };
    connection.send(&response);
}

/// A response that carries the first notification.
fn piggyback(response: Message, seconds: &str) -> Message {
    response
        .with("Expires", seconds)
        .with("subscription-state", format!("active;expires={seconds}"))
        .with("ms-piggyback-cseq", "1")
        .with("Supported", "ms-piggyback-first-notify")
}

fn presence(connection: &mut Connection, request: &Message, accepted: Message, subscription: Subscription) {
    let ends = request.header("expires").trim() == "0"
        || elements(&request.body, "action").iter().any(|(a, _)| a.contains("unsubscribe"));
    let mut wanted: Vec<String> =
        elements(&request.body, "resource").iter().filter_map(|(a, _)| attribute(a, "uri")).collect();
    let is_batch = !wanted.is_empty();
    if !is_batch {
        wanted.push(uri(request.header("to")).to_owned());
    }
    let people: Vec<PersonIndex> = wanted.iter().filter_map(|one| connection.pool.people.find(one)).collect();
    connection.subscriptions.forget(&people);
    if ends {
        return connection.send(&accepted.with("Expires", "0"));
    }
    let bodies: Vec<String> = people.iter().filter_map(|person| of_person(connection, *person)).collect();
    let Some(id) = connection.registration.as_ref().map(|known| known.id) else { return };
    connection.pool.core.lock().sip_watch(id, &people);
    connection.subscriptions.add(subscription, people);
    let accepted = piggyback(accepted, "28800");
    let response = match bodies.as_slice() {
        [single] if !is_batch => accepted.body("application/msrtc-event-categories+xml", single.clone()),
        _ => {
            let kind =
                "multipart/related;type=\"application/rlmi+xml\";start=\"<list@lab>\";boundary=\"lab-part\"";
            accepted.body(kind, multipart(connection, &wanted, &bodies))
        }
    };
    connection.send(&response);
}

/// A list, then one part for each person. libpurple wants no transfer encoding, and eats the end of a part
/// that has no empty line after it (ucwa.md §9).
fn multipart(connection: &Connection, wanted: &[String], bodies: &[String]) -> String {
    let address = connection.registration.as_ref().map_or("", |known| known.address.as_str());
    let resources: String =
        wanted.iter().map(|one| format!("<resource uri=\"{}\"/>", categories::escape(one))).collect();
    let mut out = format!(
        "--lab-part\r\nContent-ID: <list@lab>\r\nContent-Type: application/rlmi+xml\r\n\r\n\
         <list xmlns=\"urn:ietf:params:xml:ns:rlmi\" uri=\"sip:{address}\" version=\"0\" fullState=\"false\">{resources}</list>\r\n\r\n"
    );
    for body in bodies {
        out.push_str(&format!(
            "--lab-part\r\nContent-Type: application/msrtc-event-categories+xml\r\n\r\n{body}\r\n\r\n"
        ));
    }
    out.push_str("--lab-part--\r\n");
    out
}

/// A watched person changed.
pub(super) fn notify_presence(connection: &mut Connection, person: PersonIndex) {
    let Some(body) = of_person(connection, person) else { return };
    let mut requests = Vec::new();
    let Some(known) = &connection.registration else { return };
    for (subscription, people) in &mut connection.subscriptions.presence {
        if people.contains(&person) {
            let request = subscription.benotify(&known.contact, &known.address, &known.epid);
            requests.push(
                request
                    .with("Event", "presence")
                    .body("application/msrtc-event-categories+xml", body.clone()),
            );
        }
    }
    for request in requests {
        connection.send(&request);
    }
}

/// The user's own publications changed.
pub(super) fn notify_own(connection: &mut Connection) {
    let body = own(connection);
    let Some(known) = &connection.registration else { return };
    let Some(subscription) = &mut connection.subscriptions.own else { return };
    let request = subscription
        .benotify(&known.contact, &known.address, &known.epid)
        .with("Event", "vnd-microsoft-roaming-self")
        .body("application/vnd-microsoft-roaming-self+xml", body);
    connection.send(&request);
}

/// What the user's clients publish together.
pub(super) fn own(connection: &Connection) -> String {
    let Some(known) = &connection.registration else { return String::new() };
    let core = connection.pool.core.lock();
    let published = core.publications.get(&known.person).cloned().unwrap_or_default();
    let devices =
        core.apps_of.get(&known.person).map_or(0, Vec::len) + connection.pool.behaviour.sip_more_devices;
    let presence = core.presence.get(known.person as usize).cloned().unwrap_or_default();
    categories::own(&known.address, &presence, &published, devices)
}

fn contact_list(connection: &Connection) -> String {
    let Some(known) = &connection.registration else { return String::new() };
    let list = connection.pool.core.lock().contact_list(known.person).clone();
    categories::contacts(&list, |contact| connection.pool.people.person(contact))
}

fn of_person(connection: &Connection, person: PersonIndex) -> Option<String> {
    let presence = connection.pool.core.lock().presence.get(person as usize).cloned()?;
    Some(categories::of_person(connection.pool.people.person(person)?, &presence))
}

impl Subscriptions {
    fn add(&mut self, subscription: Subscription, people: Vec<PersonIndex>) {
        if self.presence.len() >= MAX_DIALOGS {
            self.presence.remove(0);
        }
        self.presence.push((subscription, people));
    }

    /// Each person is told of in the newest dialog only.
    fn forget(&mut self, people: &[PersonIndex]) {
        for (_, watched) in &mut self.presence {
            watched.retain(|person| !people.contains(person));
        }
        self.presence.retain(|(_, watched)| !watched.is_empty());
    }
}

impl Subscription {
    fn benotify(&mut self, contact: &str, address: &str, epid: &str) -> Message {
        self.next += 1;
        Message::request("BENOTIFY", contact)
            .with("Via", "SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK-lab")
            .with("Max-Forwards", "70")
            .with("From", format!("<sip:{address}>;tag=lab"))
            .with("To", format!("<sip:{address}>;tag={};epid={epid}", self.theirs))
            .with("Call-ID", self.call.clone())
            .with("CSeq", format!("{} BENOTIFY", self.next))
            .with("subscription-state", "active;expires=28800")
    }
}
