//! The agent's own presence (UCWA 4.2), and what a call makes of it.

use super::{
    application::Application,
    core::Core,
    fault::Fault,
    resource::text,
    wire::{Ask, Body},
};
use crate::{OwnPresence, clock};
use serde_json::json;
use std::time::Duration;

/// After trouble.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// How the agent's presence stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Own {
    /// What was chosen through us; a call does not change it.
    chosen: Option<OwnPresence>,
    /// A call is on, or its end has not been published.
    in_a_call: bool,
    /// The pool's word before the call, once we have covered it.
    covers: Option<String>,
    /// The last wish was published.
    is_published: bool,
}

/// Notes a wish; [`run`] publishes it.
pub(super) fn wish(core: &Core, wish: OwnPresence) {
    let own = &mut *core.own.lock();
    own.in_a_call |= wish == OwnPresence::InACall;
    own.is_published = false;
    core.own_presence.send_replace(Some(wish));
}

/// UCWA's word; none: what the pool makes of it.
fn word(presence: OwnPresence) -> Option<&'static str> {
    match presence {
        OwnPresence::Automatic => None,
        OwnPresence::Available => Some("Online"),
        OwnPresence::Busy | OwnPresence::InACall => Some("Busy"),
        OwnPresence::DoNotDisturb => Some("DoNotDisturb"),
        OwnPresence::Away => Some("Away"),
    }
}

/// The word to sign in with, where one was chosen; a call is published afterwards.
pub(super) fn chosen_word(core: &Core) -> Option<&'static str> {
    match *core.own_presence.borrow() {
        Some(OwnPresence::InACall | OwnPresence::Automatic) | None => word(core.own.lock().chosen?),
        Some(chosen) => word(chosen),
    }
}

/// Publishes what is wished, for as long as the application lives. What was published before is
/// published again only to a new application, so that a later choice in another client stays.
pub(super) async fn run(core: &Core, application: &Application) {
    let mut wished = core.own_presence.subscribe();
    if application.fresh {
        core.own.lock().is_published &= *wished.borrow() == Some(OwnPresence::Automatic);
    }
    loop {
        let wish = *wished.borrow_and_update();
        let published = match wish {
            Some(wish) if !core.own.lock().is_published => publish(core, application, wish).await,
            _ => Ok(()),
        };
        let retry = async {
            match &published {
                Ok(()) => std::future::pending().await,
                Err(_) => tokio::time::sleep(clock::jittered(RETRY_AFTER)).await,
            }
        };
        tokio::select! {
            changed = wished.changed() => if changed.is_err() { return },
            () = retry => tracing::debug!(?published, "own presence is published again"),
        }
    }
}

async fn publish(core: &Core, application: &Application, wish: OwnPresence) -> Result<(), Fault> {
    let Some(href) = &application.own_presence else { return Ok(()) };
    match wish {
        OwnPresence::InACall => cover(core, application, href).await?,
        OwnPresence::Automatic if core.own.lock().in_a_call => uncover(core, application, href).await?,
        wish => {
            post(core, application, href, word(wish)).await?;
            let chosen = Some(wish).filter(|wish| *wish != OwnPresence::Automatic);
            *core.own.lock() = Own { chosen, ..Own::default() };
        }
    }
    // A wish that came meanwhile is published next.
    let is_latest = *core.own_presence.borrow() == Some(wish);
    core.own.lock().is_published = is_latest;
    Ok(())
}

async fn cover(core: &Core, application: &Application, href: &str) -> Result<(), Fault> {
    let shown = shown(core, application, href).await?;
    if let Cover::With(word) = covering(&shown) {
        post(core, application, href, Some(word)).await?;
        core.own.lock().covers.get_or_insert(shown);
    }
    Ok(())
}

async fn uncover(core: &Core, application: &Application, href: &str) -> Result<(), Fault> {
    let (covers, chosen) = {
        let own = core.own.lock();
        (own.covers.clone(), own.chosen)
    };
    if let Some(covered) = covers {
        let shown = shown(core, application, href).await?;
        if let Uncover::To(word) = uncovering(&shown, &covered, chosen) {
            post(core, application, href, word.as_deref()).await?;
        }
    }
    *core.own.lock() = Own { chosen, ..Own::default() };
    Ok(())
}

/// What to publish when a call begins.
#[derive(Debug, PartialEq, Eq)]
enum Cover {
    Nothing,
    With(&'static str),
}

/// A chosen DoNotDisturb stays, and whoever is busy is shown as that already.
fn covering(shown: &str) -> Cover {
    match shown {
        "DoNotDisturb" | "Busy" | "IdleBusy" => Cover::Nothing,
        _ => Cover::With("Busy"),
    }
}

/// What to publish when a call has ended.
#[derive(Debug, PartialEq, Eq)]
enum Uncover {
    Leave,
    /// None: what the pool makes of it.
    To(Option<String>),
}

/// What was before comes back, unless the person has chosen something else meanwhile. What was not
/// chosen by us, and may have come by itself, is left to the pool.
fn uncovering(shown: &str, covered: &str, chosen: Option<OwnPresence>) -> Uncover {
    if !matches!(shown, "Busy" | "IdleBusy") {
        return Uncover::Leave;
    }
    if let Some(chosen) = chosen.filter(|chosen| *chosen != OwnPresence::Automatic) {
        return Uncover::To(word(chosen).map(str::to_owned));
    }
    match covered {
        "BeRightBack" | "Offwork" => Uncover::To(Some(covered.to_owned())),
        _ => Uncover::To(None),
    }
}

async fn shown(core: &Core, application: &Application, href: &str) -> Result<String, Fault> {
    let answer = core.wire.ask(Ask::get(application.url(href)?)).await?;
    Ok(text(&answer.body, "availability").unwrap_or_default().to_owned())
}

async fn post(core: &Core, application: &Application, href: &str, word: Option<&str>) -> Result<(), Fault> {
    let body = word.map_or(Body::Empty, |word| Body::Json(json!({ "availability": word })));
    core.wire.ask(Ask::post(application.url(href)?, body)).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::{Cover, Uncover, covering, uncovering};
    use crate::OwnPresence;

    #[test]
    fn a_call_covers_what_is_less() {
        for shown in ["DoNotDisturb", "Busy", "IdleBusy"] {
            assert_eq!(covering(shown), Cover::Nothing, "{shown}");
        }
        for shown in ["Online", "IdleOnline", "Away", "BeRightBack", "", "BrandNew"] {
            assert_eq!(covering(shown), Cover::With("Busy"), "{shown}");
        }
    }

    #[test]
    fn after_a_call_what_was_before_comes_back() {
        let to = |word: &str| Uncover::To(Some(word.to_owned()));
        let cases = [
            ("Busy", "Online", None, Uncover::To(None)),
            ("Busy", "Online", Some(OwnPresence::Automatic), Uncover::To(None)),
            ("Busy", "Online", Some(OwnPresence::Available), to("Online")),
            ("Busy", "Away", None, Uncover::To(None)),
            ("Busy", "Away", Some(OwnPresence::Away), to("Away")),
            ("IdleBusy", "BeRightBack", None, to("BeRightBack")),
            ("DoNotDisturb", "Online", Some(OwnPresence::Available), Uncover::Leave),
            ("Online", "Online", None, Uncover::Leave),
        ];
        for (shown, covered, chosen, expected) in cases {
            assert_eq!(uncovering(shown, covered, chosen), expected, "{shown} {covered} {chosen:?}");
        }
    }
}
