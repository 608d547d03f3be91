//! `presenceSubscription` (ucwa.md §4.4).

use crate::pool::state::app::App;
use crate::pool::state::subscription::Subscription;
use crate::pool::wire::{Event, Kind, Link, Priority, Resource};

/// The resource.
pub(crate) fn resource(app: &App, subscription: &Subscription) -> Resource {
    let own = href(app, &subscription.id);
    let memberships =
        format!("people/presenceSubscriptionMemberships?presenceSubscriptionId={}", subscription.id);
    Resource::new("presenceSubscription")
        .str("id", subscription.id.clone())
        .link("self", own)
        .link("memberships", app.href(&memberships))
        .link("addToPresenceSubscription", app.href(&memberships))
}

/// One person in it.
pub(crate) fn membership(app: &App, subscription: &str, address: &str) -> Resource {
    Resource::new("presenceSubscriptionMembership")
        .link("self", app.href(&format!("people/presenceSubscriptionMemberships/{subscription},{address}")))
        .link("contact", app.href(&format!("people/{address}")))
        .link("presenceSubscription", href(app, subscription))
}

/// Added, updated or deleted.
pub(crate) fn event(app: &App, id: &str, kind: Kind) -> Event {
    let link = Link::new("presenceSubscription", href(app, id));
    Event::new(app.sender("people"), kind, link).priority(Priority::Medium)
}

fn href(app: &App, id: &str) -> String {
    app.href(&format!("people/presenceSubscriptions/{id}"))
}
