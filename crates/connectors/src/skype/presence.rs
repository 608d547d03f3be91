//! Fetching presence: events only say that it changed (UCWA 4.2, 4.4).

use super::{
    application::Application,
    codec::{cut_to_chars, parse_date, tidy},
    core::Core,
    fault::Fault,
    resource::text,
    wire::Ask,
};
use crate::{SessionEvent, clock};
use futures_util::StreamExt;
use hookflash_domain::{PersonId, Presence, PresenceReport};
use serde_json::Value;

/// Fetches under way at once for one agent.
const AT_ONCE: usize = 8;

/// Fetches what is due, for as long as the application lives.
pub(super) async fn run(core: &Core, application: &Application) {
    loop {
        let due = std::mem::take(&mut core.people.lock().due);
        let fetches = due.into_iter().map(|(href, contact)| fetch(core, application, href, contact));
        let mut fetched = futures_util::stream::iter(fetches).buffer_unordered(AT_ONCE);
        while let Some(outcome) = fetched.next().await {
            match outcome {
                Ok(Some(event)) => {
                    if core.tell(vec![event]).await.is_err() {
                        return;
                    }
                }
                Ok(None) => {}
                Err(fault) => tracing::debug!(?fault, "a presence could not be fetched"),
            }
        }
        core.presence_due.notified().await;
    }
}

/// Marks a person's presence as due.
pub(super) fn fetch_soon(core: &Core, href: String, contact: Option<String>) {
    core.people.lock().due.insert((href, contact));
    core.presence_due.notify_one();
}

async fn fetch(
    core: &Core,
    application: &Application,
    href: String,
    contact: Option<String>,
) -> Result<Option<SessionEvent>, Fault> {
    let Some(person) = whose(core, application, &href, contact).await? else { return Ok(None) };
    if !core.watched.borrow().contains(&person) {
        return Ok(None);
    }
    let answer = core.wire.ask(Ask::get(application.url(&href)?)).await?;
    Ok(Some(SessionEvent::Presence { person, report: report(&answer.body) }))
}

/// Whose presence it is; the contact is asked where that is not known.
async fn whose(
    core: &Core,
    application: &Application,
    href: &str,
    contact: Option<String>,
) -> Result<Option<PersonId>, Fault> {
    let known = core.people.lock().whose(href);
    if known.is_some() {
        return Ok(known);
    }
    let Some(contact) = contact else { return Ok(None) };
    let answer = core.wire.ask(Ask::get(application.url(&contact)?)).await?;
    Ok(core.people.lock().learn(&core.config.network, &answer.body))
}

/// A presence resource as told to people.
fn report(resource: &Value) -> PresenceReport {
    let activity = text(resource, "activity").map(|words| cut_to_chars(&tidy(words), 100));
    let presence = match text(resource, "availability").unwrap_or_default() {
        "Online" | "IdleOnline" => Presence::Available,
        "Busy" | "IdleBusy" => match activity.as_deref() {
            Some("on-the-phone" | "in-a-conference") => Presence::InACall,
            _ => Presence::Busy,
        },
        "DoNotDisturb" => Presence::DoNotDisturb,
        "BeRightBack" | "Away" => Presence::Away,
        "Offline" => Presence::Offline,
        _ => Presence::Unknown,
    };
    let since = text(resource, "lastActive").and_then(parse_date);
    let at = clock::now();
    PresenceReport { activity, since, ..PresenceReport::new(presence, at) }
}

#[cfg(test)]
mod tests {
    use super::report;
    use hookflash_domain::Presence;
    use serde_json::json;

    #[test]
    fn availability_and_activity_make_a_presence() {
        let cases = [
            (json!({"availability": "Online"}), Presence::Available),
            (json!({"availability": "IdleOnline"}), Presence::Available),
            (json!({"availability": "Busy", "activity": "in-a-meeting"}), Presence::Busy),
            (json!({"availability": "Busy", "activity": "on-the-phone"}), Presence::InACall),
            (json!({"availability": "DoNotDisturb", "activity": "presenting"}), Presence::DoNotDisturb),
            (json!({"availability": "BeRightBack"}), Presence::Away),
            (json!({"availability": "Offline"}), Presence::Offline),
            (json!({"availability": "None"}), Presence::Unknown),
            (json!({}), Presence::Unknown),
            (json!([]), Presence::Unknown),
        ];
        for (resource, presence) in cases {
            assert_eq!(report(&resource).presence, presence, "{resource}");
        }
    }
}
