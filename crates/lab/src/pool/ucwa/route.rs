//! Paths to resources. Rels are matched without regard to case, as IIS does.

use http::Method;

use super::{
    Cx, Outcome, application, batch, communication, contacts, conversations, groups, invitations, logs, me,
    messages,
};
use super::{people, subscriptions};
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
        None => one_of(cx, &[(GET, &|| application::read(cx)), (DELETE, &|| application::delete(cx))]),
        Some((&"me", below)) => of_me(cx, below),
        Some((&"reportmyactivity", [])) => one_of(cx, &[(POST, &|| me::report_activity(cx))]),
        Some((&"people", below)) => of_people(cx, below),
        Some((&"communication", below)) => of_communication(cx, below),
        Some((&"photos", [address])) => one_of(cx, &[(GET, &|| contacts::photo(cx, address))]),
        Some((&"policies", [])) => one_of(cx, &[(GET, &|| application::policies(cx))]),
        Some((&"batch", [])) => one_of(cx, &[(POST, &|| batch::run(cx))]),
        Some((&"events", [])) => one_of(cx, &[]),
        _ => Err(Fault::not_found()),
    }
}

/// What a resource can do: methods and what they call.
type Methods<'a> = &'a [(Method, &'a dyn Fn() -> Outcome)];

/// The resource is there; 405 with `Allow` when it cannot do what is asked.
fn one_of(cx: &Cx<'_>, methods: Methods<'_>) -> Outcome {
    if let Some((_, act)) = methods.iter().find(|(method, _)| *method == cx.call.method) {
        return act();
    }
    let allowed: Vec<&str> = methods.iter().map(|(method, _)| method.as_str()).collect();
    Err(Fault::new(405, "MethodNotAllowed", "").header("Allow", allowed.join(", ")))
}

fn of_me(cx: &Cx<'_>, path: &[&str]) -> Outcome {
    let methods: Methods<'_> = match path {
        [] => &[(GET, &|| me::read(cx))],
        ["makemeavailable"] => &[(POST, &|| me::make_available(cx))],
        ["reportmyactivity"] => &[(POST, &|| me::report_activity(cx))],
        ["presence"] => &[(GET, &|| me::presence(cx)), (POST, &|| me::set_presence(cx))],
        ["note"] => &[(GET, &|| me::note(cx)), (POST, &|| me::set_note(cx))],
        ["location"] => &[(GET, &|| me::location(cx)), (POST, &|| me::set_location(cx))],
        ["phones"] => &[(GET, &|| me::phones(cx))],
        ["callforwardingsettings"] => &[(GET, &|| me::call_forwarding(cx))],
        _ => return Err(Fault::not_found()),
    };
    one_of(cx, methods)
}

fn of_people(cx: &Cx<'_>, path: &[&str]) -> Outcome {
    let methods: Methods<'_> = match path {
        [] => &[(GET, &|| people::read(cx))],
        ["search"] => &[(GET, &|| people::search(cx))],
        ["subscribedcontacts"] => &[(GET, &|| people::subscribed(cx))],
        ["privacyrelationships"] => &[(GET, &|| people::privacy(cx))],
        ["contacts" | "groups" | "groupmemberships" | "contactsandgroupssubscription", ..] => {
            return of_contact_list(cx, path);
        }
        ["presencesubscriptions" | "presencesubscriptionmemberships", ..] => {
            return of_subscriptions(cx, path);
        }
        [address] => &[(GET, &|| contacts::read(cx, address))],
        [address, "presence"] => &[(GET, &|| contacts::presence(cx, address))],
        [address, "note"] => &[(GET, &|| contacts::note(cx, address))],
        [address, "location"] => &[(GET, &|| contacts::location(cx, address))],
        [address, "supportedmedia"] => &[(GET, &|| contacts::modalities(cx, address))],
        [address, "privacyrelationship"] => &[(GET, &|| contacts::privacy(cx, address))],
        _ => return Err(Fault::not_found()),
    };
    one_of(cx, methods)
}

fn of_contact_list(cx: &Cx<'_>, path: &[&str]) -> Outcome {
    let methods: Methods<'_> = match path {
        ["contacts"] => &[(GET, &|| groups::contacts(cx))],
        ["groups"] => &[(GET, &|| groups::list(cx)), (POST, &|| groups::create(cx))],
        ["groups", id] => &[
            (GET, &|| groups::read(cx, id)),
            (PUT, &|| groups::rename(cx, id)),
            (DELETE, &|| groups::delete(cx, id)),
        ],
        ["groupmemberships"] => &[
            (GET, &|| groups::memberships(cx)),
            (POST, &|| groups::add(cx)),
            (DELETE, &|| groups::remove_everywhere(cx)),
        ],
        ["groupmemberships", id] => {
            &[(GET, &|| groups::membership(cx, id)), (DELETE, &|| groups::remove(cx, id))]
        }
        // The start is also taken at the subscription itself, where some clients POST it.
        ["contactsandgroupssubscription"] => {
            &[(GET, &|| groups::subscription(cx)), (POST, &|| groups::subscribe(cx))]
        }
        [_, "startorrefreshsubscriptiontocontactsandgroups"] => &[(POST, &|| groups::subscribe(cx))],
        [_, "stopsubscriptiontocontactsandgroups"] => &[(POST, &|| groups::unsubscribe(cx))],
        _ => return Err(Fault::not_found()),
    };
    one_of(cx, methods)
}

fn of_subscriptions(cx: &Cx<'_>, path: &[&str]) -> Outcome {
    let methods: Methods<'_> = match path {
        ["presencesubscriptions"] => {
            &[(GET, &|| subscriptions::list(cx)), (POST, &|| subscriptions::create(cx))]
        }
        ["presencesubscriptions", id] => &[
            (GET, &|| subscriptions::read(cx, id)),
            (POST, &|| subscriptions::extend(cx, id)),
            (DELETE, &|| subscriptions::delete(cx, id)),
        ],
        ["presencesubscriptionmemberships"] => {
            &[(GET, &|| subscriptions::members(cx)), (POST, &|| subscriptions::add_members(cx))]
        }
        ["presencesubscriptionmemberships", id] => {
            &[(GET, &|| subscriptions::member(cx, id)), (DELETE, &|| subscriptions::delete_member(cx, id))]
        }
        _ => return Err(Fault::not_found()),
    };
    one_of(cx, methods)
}

fn of_communication(cx: &Cx<'_>, path: &[&str]) -> Outcome {
    let methods: Methods<'_> = match path {
        [] => &[(GET, &|| communication::read(cx)), (PUT, &|| communication::write(cx))],
        ["messaginginvitations" | "startmessaging"] => &[(POST, &|| invitations::create(cx))],
        ["messaginginvitations", id] => &[(GET, &|| invitations::read(cx, id))],
        ["messaginginvitations", id, "accept"] => &[(POST, &|| invitations::accept(cx, id))],
        ["messaginginvitations", id, "decline"] => &[(POST, &|| invitations::decline(cx, id))],
        ["messaginginvitations", id, "cancel"] => &[(POST, &|| invitations::cancel(cx, id))],
        ["conversations"] => &[(GET, &|| conversations::list(cx))],
        ["conversations", id, below @ ..] => return of_conversation(cx, id, below),
        ["conversationlogs" | "misseditems", ..] => return of_history(cx, path),
        _ => return Err(Fault::not_found()),
    };
    one_of(cx, methods)
}

fn of_conversation(cx: &Cx<'_>, id: &str, path: &[&str]) -> Outcome {
    let methods: Methods<'_> = match path {
        [] => &[(GET, &|| conversations::read(cx, id)), (DELETE, &|| conversations::delete(cx, id))],
        ["participants"] => &[(GET, &|| conversations::participants(cx, id))],
        ["participants", who] => &[(GET, &|| conversations::participant(cx, id, who))],
        ["participants", who, "messaging"] => &[(GET, &|| conversations::participant_messaging(cx, id, who))],
        ["messaging"] => &[(GET, &|| conversations::messaging(cx, id))],
        ["messaging", "terminate"] => &[(POST, &|| conversations::terminate(cx, id))],
        ["messaging", "messages"] => &[(GET, &|| messages::list(cx, id)), (POST, &|| messages::send(cx, id))],
        // One client answers a message by a POST to the message's own URL (ucwa.md §5.5).
        ["messaging", "messages", _] => &[(POST, &|| messages::send(cx, id))],
        ["messaging", "typing"] => &[(POST, &|| messages::typing(cx, id))],
        ["messaging", "typingparticipants"] => &[(GET, &|| messages::typists(cx, id))],
        _ => return Err(Fault::not_found()),
    };
    one_of(cx, methods)
}

fn of_history(cx: &Cx<'_>, path: &[&str]) -> Outcome {
    if !cx.pool.behaviour.history {
        return Err(Fault::not_found());
    }
    let methods: Methods<'_> = match path {
        ["misseditems"] => &[(GET, &|| logs::missed(cx))],
        ["conversationlogs"] => &[(GET, &|| logs::list(cx))],
        ["conversationlogs", id] => &[(GET, &|| logs::read(cx, id)), (DELETE, &|| logs::delete(cx, id))],
        ["conversationlogs", id, "conversationlogtranscripts"] => &[(GET, &|| logs::transcripts(cx, id))],
        ["conversationlogs", id, "markasread"] => &[(POST, &|| logs::mark_read(cx, id))],
        ["conversationlogs", id, "continuemessaging"] => &[(POST, &|| logs::go_on(cx, id))],
        _ => return Err(Fault::not_found()),
    };
    one_of(cx, methods)
}
