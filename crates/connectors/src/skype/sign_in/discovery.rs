//! From an agent's address to the `applications` resource (UCWA 1.1 to 1.4).

use super::{ticket::diagnosis, trust::Trust};
use crate::skype::{
    SkypeConfig,
    fault::Fault,
    http::{Answer, Http},
    resource::{link, text},
    wire::{Ask, Wire},
};
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// Most steps from a candidate to the user, and from there to `applications`.
const MOST_STEPS: usize = 8;
/// How long a better candidate is waited for when another has answered.
const GRACE: Duration = Duration::from_secs(2);

/// Finds the `applications` resource of the agent's pool.
pub(in crate::skype) async fn discover(
    wire: &Wire,
    config: &SkypeConfig,
    sip_domain: &str,
    address: &str,
) -> Result<Url, Fault> {
    let user = find_user(wire.http(), config, &wire.trust, sip_domain, address).await?;
    applications(wire, user).await
}

/// Finds the `user` link of the agent's domain; asks all candidates at once, the better ones first.
pub(super) async fn find_user(
    http: &Http,
    config: &SkypeConfig,
    trust: &Trust,
    sip_domain: &str,
    address: &str,
) -> Result<Url, Fault> {
    let candidates = candidates(config, sip_domain, address);
    let mut asked: FuturesUnordered<_> = candidates
        .iter()
        .enumerate()
        .map(async |(place, root)| {
            let found = tokio::time::timeout(config.timing.candidate, walk(http, trust, root.clone()));
            (place, found.await.unwrap_or(Err(Fault::TimedOut)))
        })
        .collect();
    let mut faults: Vec<Option<Fault>> = vec![None; candidates.len()];
    let mut best: Option<(usize, Url)> = None;
    let mut until: Option<Instant> = None;
    while let Some((place, outcome)) = next(&mut asked, until).await {
        match outcome {
            Ok(user) if best.as_ref().is_none_or(|(found, _)| place < *found) => {
                best = Some((place, user));
                until = Some(crate::clock::instant() + GRACE);
            }
            Ok(_) => {}
            Err(fault) => {
                if let Some(own) = faults.get_mut(place) {
                    *own = Some(fault);
                }
            }
        }
        let better_failed = |found: usize| faults.iter().take(found).all(Option::is_some);
        if best.as_ref().is_some_and(|(found, _)| better_failed(*found)) {
            break;
        }
    }
    best.map(|(_, user)| user).ok_or_else(|| nothing(&candidates, faults))
}

async fn next<T>(asked: &mut FuturesUnordered<impl Future<Output = T>>, until: Option<Instant>) -> Option<T> {
    match until {
        Some(until) => tokio::time::timeout_at(until, asked.next()).await.ok().flatten(),
        None => asked.next().await,
    }
}

/// What is told when no candidate led anywhere.
fn nothing(candidates: &[Url], faults: Vec<Option<Fault>>) -> Fault {
    let faults: Vec<(&Url, Fault)> =
        candidates.iter().zip(faults).filter_map(|(root, fault)| Some((root, fault?))).collect();
    let told = |root: &Url, fault: &Fault| format!("{} ({})", place(root), fault.trouble().words);
    let tried: Vec<String> = faults.iter().map(|(root, fault)| told(root, fault)).collect();
    // A server that is there but not trusted, or busy, is more to act on than names that are not there.
    let is_told = |fault: &Fault| {
        matches!(fault, Fault::NotTrusted(_) | Fault::NotHomedHere(_) | Fault::Paused(_))
            || fault.retry_after().is_some()
    };
    let only = faults.len() == 1;
    let own = faults.into_iter().map(|(_, fault)| fault).find(|fault| only || is_told(fault));
    own.unwrap_or_else(|| Fault::NotFound(tried.join("; ")))
}

/// Where discovery begins, the best first (UCWA 1.1). The plain forms are there for their redirect only,
/// so they are not told who asks.
fn candidates(config: &SkypeConfig, sip_domain: &str, address: &str) -> Vec<Url> {
    let roots: Vec<String> = match &config.address {
        Some(address) => vec![address.to_string()],
        None => [
            "https://lyncdiscoverinternal",
            "https://lyncdiscover",
            "http://lyncdiscoverinternal",
            "http://lyncdiscover",
        ]
        .map(|start| format!("{start}.{sip_domain}/"))
        .into(),
    };
    let with_user = |root: &String| {
        let mut url = Url::parse(root).ok()?;
        if url.scheme() == "https" && url.query().is_none() {
            url.query_pairs_mut().append_pair("sipuri", &format!("sip:{address}"));
        }
        Some(url)
    };
    roots.iter().filter_map(with_user).collect()
}

/// Follows redirects from one candidate to a `user` link.
async fn walk(http: &Http, trust: &Trust, root: Url) -> Result<Url, Fault> {
    let mut url = root;
    for step in 0..MOST_STEPS {
        let is_plain_start = step == 0 && url.scheme() == "http" && trust.knows(&url);
        if !is_plain_start {
            trust.check(&url)?;
        }
        let answer = http.exchange(&http.commands, http.commands.get(url.clone())).await?;
        let redirect = answer.redirected(&url);
        if is_plain_start && !trust.accepts_plain() && redirect.is_none() {
            return Err(Fault::Protocol(
                "It answers without encryption and leads to nothing else.".to_owned(),
            ));
        }
        let leads = |rel: &str| link(&answer.body, rel).and_then(|href| url.join(href).ok());
        if let Some(target) = redirect {
            url = target;
        } else if !answer.is_success() {
            return Err(answer.fault());
        } else if let Some(user) = leads("user") {
            trust.check(&user)?;
            return Ok(user);
        } else {
            url = leads("redirect").ok_or_else(|| no_service(&answer))?;
        }
    }
    Err(Fault::Protocol(format!("Discovery leads nowhere in {MOST_STEPS} steps.")))
}

/// From the `user` link to the agent's pool, with a ticket of each host on the way (UCWA 1.4).
async fn applications(wire: &Wire, user: Url) -> Result<Url, Fault> {
    let mut url = user;
    for _ in 0..MOST_STEPS {
        let answer = wire.ask_any(Ask::get(url.clone())).await?;
        let leads = |rel: &str| link(&answer.body, rel).and_then(|href| url.join(href).ok());
        let target = match answer.redirected(&url) {
            Some(target) => target,
            None if answer.status == 403 => return Err(Fault::NotEnabled(answer.fault().trouble().words)),
            None if says_not_homed(&answer) => {
                return Err(Fault::NotHomedHere(format!("another pool ({})", diagnosis(&answer))));
            }
            None if !answer.is_success() => return Err(answer.fault()),
            None => match (leads("applications"), leads("redirect")) {
                (Some(applications), _) => return at_home(wire, applications),
                (None, target) => target.ok_or_else(|| no_service(&answer))?,
            },
        };
        url = at_home(wire, target)?;
    }
    Err(Fault::NotHomedHere("no pool: its servers send us around in a circle".to_owned()))
}

/// Whether the pool has no home for the account. No document says how a pool puts that; its words are
/// looked at (UCWA 1.4 and 2.1 know of redirects and of `CannotRedirect`).
fn says_not_homed(answer: &Answer) -> bool {
    let is_gone = matches!(answer.status, 404 | 410);
    is_gone
        && (diagnosis(answer).to_lowercase().contains("homed")
            || text(&answer.body, "subcode") == Some("CannotRedirect"))
}

/// The account's pool, if it is one that may have the agent's ticket.
fn at_home(wire: &Wire, url: Url) -> Result<Url, Fault> {
    match wire.trust.check(&url) {
        Ok(()) => Ok(url),
        Err(_) => Err(Fault::NotHomedHere(place(&url))),
    }
}

fn no_service(answer: &Answer) -> Fault {
    let kind = if answer.kind.is_empty() { "nothing" } else { &answer.kind };
    Fault::Protocol(format!("It answers, but not as a discovery service (it sends {kind})."))
}

/// An address without its query, which may name a person.
fn place(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}
