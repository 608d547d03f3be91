//! Fetching presence and notes: events only say that they changed (UCWA 4.2 to 4.4).

use super::{
    application::Application,
    batch,
    core::Core,
    people::{Due, Shown},
    watching::names_of,
};
use crate::{SessionEvent, clock};
use hookflash_domain::PersonId;
use std::{collections::BTreeSet, time::Duration};

/// Fetches in one go.
const AT_ONCE: usize = 40;
/// After trouble.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// Fetches what is due, for as long as the application lives.
pub(super) async fn run(core: &Core, application: &Application) {
    loop {
        let due = core.people.lock().take_due(AT_ONCE);
        if due.is_empty() {
            core.presence_due.notified().await;
            continue;
        }
        let (people, failed) = fetch(core, application, due).await;
        let events: Vec<_> = {
            let known = core.people.lock();
            let told = people.iter().filter_map(|person| Some((person, known.shown(person)?)));
            told.flat_map(|(person, report)| {
                let names = names_of(core, person).into_iter();
                names.map(move |person| SessionEvent::Presence { person, report: report.clone() })
            })
            .collect()
        };
        if core.tell(events).await.is_err() {
            return;
        }
        if !failed.is_empty() {
            failed.into_iter().for_each(|due| core.people.lock().want(due));
            tokio::time::sleep(clock::jittered(RETRY_AFTER)).await;
        }
    }
}

/// Marks something as due.
pub(super) fn fetch_soon(core: &Core, due: Due) {
    core.people.lock().want(due);
    core.presence_due.notify_one();
}

/// Marks a person's presence and note as due; false where their places are not known.
pub(super) fn fetch_person_soon(core: &Core, person: &PersonId) -> bool {
    let Some(place) = core.people.lock().place(person) else { return false };
    for (href, what) in [(place.presence, Shown::Presence), (place.note, Shown::Note)] {
        if let Some(href) = href {
            fetch_soon(core, Due { href: href.into(), contact: None, what });
        }
    }
    true
}

/// Fetches; gives whose was fetched, and what is to be tried again.
async fn fetch(core: &Core, application: &Application, due: Vec<Due>) -> (BTreeSet<PersonId>, Vec<Due>) {
    learn_owners(core, application, &due).await;
    let mut wanted = Vec::new();
    for one in due {
        let owner = core.people.lock().whose(&one.href);
        // Somebody who is not watched any more, or whom the pool does not show.
        let Some(person) = owner.filter(|person| core.watched.borrow().contains(person)) else { continue };
        wanted.push((person, one));
    }
    let hrefs: Vec<&str> = wanted.iter().map(|(_, one)| one.href.as_str()).collect();
    let answers = batch::fetch(core, application, &hrefs).await;
    let (mut people, mut failed) = (BTreeSet::new(), Vec::new());
    for ((person, one), answer) in wanted.into_iter().zip(answers) {
        match answer {
            Ok(resource) => {
                core.people.lock().show(&person, one.what, &resource, clock::now());
                people.insert(person);
            }
            Err(fault) => {
                tracing::debug!(?fault, ?one, "a presence or note could not be fetched");
                failed.extend(fault.into_error().is_transient().then_some(one));
            }
        }
    }
    // A note alone is no presence: what is told has both, or waits for the other.
    let known = core.people.lock();
    people.retain(|person| known.shown(person).is_some());
    (people, failed)
}

/// Asks the contacts of what is due, where nobody knows whose it is.
async fn learn_owners(core: &Core, application: &Application, due: &[Due]) {
    let unknown: BTreeSet<&str> = {
        let known = core.people.lock();
        let unknown = due.iter().filter(|one| known.whose(&one.href).is_none());
        unknown.filter_map(|one| one.contact.as_deref()).collect()
    };
    let hrefs: Vec<&str> = unknown.into_iter().collect();
    for contact in batch::fetch(core, application, &hrefs).await.into_iter().flatten() {
        core.people.lock().learn(&core.config.network, &contact);
    }
}
