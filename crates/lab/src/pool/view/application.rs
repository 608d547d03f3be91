//! `application` and what it embeds (ucwa.md §2.1).

use super::me;
use crate::pool::people::Person;
use crate::pool::state::app::App;
use crate::pool::state::channel::Channel;
use crate::pool::wire::{Event, Kind, Link, Priority, Resource};

/// The whole application, as its creator gets it.
pub(crate) fn resource(app: &App, person: &Person, instance: &str) -> Resource {
    let first = app.channels.iter().find(|c| c.instance == instance).map_or(1, Channel::first_unacked);
    Resource::new("application")
        .str("culture", app.identity.culture.clone())
        .str("userAgent", app.identity.user_agent.clone())
        .some("type", &app.identity.kind)
        .str("endpointId", app.identity.endpoint_id.clone())
        .link("self", app.path.clone())
        .link("policies", app.href("policies"))
        .link("batch", app.href("batch"))
        .link("events", app.href(&format!("events?ack={first}{}", instance_query(instance))))
        .embed("me", me::resource(app, person))
        .embed("people", people(app))
        .embed("onlineMeetings", online_meetings(app))
        .embed("communication", communication(app))
        .with_etag()
}

/// What has to follow `?ack=n` in the URLs of an instance.
pub(crate) fn instance_query(instance: &str) -> String {
    if instance.is_empty() { String::new() } else { format!("&instanceId={instance}") }
}

/// `people`.
pub(crate) fn people(app: &App) -> Resource {
    let href = |below: &str| app.href(&format!("people/{below}"));
    Resource::new("people")
        .link("self", app.href("people"))
        .link("presenceSubscriptions", href("presenceSubscriptions"))
        .link("subscribedContacts", href("subscribedContacts"))
        .link("presenceSubscriptionMemberships", href("presenceSubscriptionMemberships"))
        .link_v2("myGroups", href("groups"))
        .link_v2("myGroupMemberships", href("groupMemberships"))
        .link("myContacts", href("contacts"))
        .link("myPrivacyRelationships", href("privacyRelationships"))
        .link("myContactsAndGroupsSubscription", href("contactsAndGroupsSubscription"))
        .link_v2("search", href("search"))
}

/// `communication`; its etag guards a PUT (§2.4).
pub(crate) fn communication(app: &App) -> Resource {
    let href = |below: &str| app.href(&format!("communication/{below}"));
    Resource::new("communication")
        .str(app.echo_key.clone(), "please pass this in a PUT request")
        .list("supportedModalities", app.modalities.clone())
        .list("supportedMessageFormats", app.formats.clone())
        .some("phoneNumber", &app.phone_number)
        .link("self", app.href("communication"))
        .link("conversations", href("conversations?filter=active"))
        .link_if(app.history, "conversationLogs", href("conversationLogs"))
        .link_if(app.history, "missedItems", href("missedItems"))
        .link("startMessaging", href("messagingInvitations"))
        .link("startOnlineMeeting", href("onlineMeetingInvitations?onlineMeetingUri=adhoc"))
        .link("joinOnlineMeeting", href("onlineMeetingInvitations"))
        .with_etag()
}

/// `communication` changed.
pub(crate) fn communication_updated(app: &App) -> Event {
    let link = Link::new("communication", app.href("communication"));
    Event::new(app.sender("communication"), Kind::Updated, link)
        .priority(Priority::Medium)
        .embed(communication(app))
}

/// Conversations were archived, missed or read.
pub(crate) fn missed_items_updated(app: &App) -> Event {
    let link = Link::new("missedItems", app.href("communication/missedItems"));
    Event::new(app.sender("communication"), Kind::Updated, link)
}

fn online_meetings(app: &App) -> Resource {
    let href = |below: &str| app.href(&format!("onlineMeetings/{below}"));
    Resource::new("onlineMeetings")
        .link("self", app.href("onlineMeetings"))
        .link("myOnlineMeetings", href("myOnlineMeetings"))
        .link("onlineMeetingDefaultValues", href("defaultValues"))
        .link("onlineMeetingEligibleValues", href("eligibleValues"))
        .link("onlineMeetingInvitationCustomization", href("customInvitation"))
        .link("onlineMeetingPolicies", href("policies"))
        .link("phoneDialInInformation", href("phoneDialInInformation"))
        .link("myAssignedOnlineMeeting", href("myAssignedOnlineMeeting"))
}
