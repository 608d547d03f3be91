//! From an agent's address to the `applications` resource (UCWA 1.1 to 1.4).

use super::{
    SkypeConfig,
    fault::Fault,
    http::Answer,
    resource::link,
    wire::{Ask, Wire},
};
use url::Url;

/// Most steps from the first address to `applications`.
const MOST_STEPS: usize = 8;

/// Finds the `applications` resource of the agent's pool.
pub(super) async fn discover(
    wire: &Wire,
    config: &SkypeConfig,
    sip_domain: &str,
    address: &str,
) -> Result<Url, Fault> {
    let mut tried = Vec::new();
    let mut untrusted = None;
    let candidates = candidates(config, sip_domain);
    let is_only = candidates.len() == 1;
    for root in candidates {
        match find(wire, &root, address).await {
            Ok(applications) => return Ok(applications),
            Err(fault) if fault.is_final() || is_only => return Err(fault),
            Err(fault) => {
                tried.push(format!("{root} ({})", fault.trouble().words));
                untrusted = untrusted.or(matches!(fault, Fault::NotTrusted(_)).then_some(fault));
            }
        }
    }
    Err(untrusted.unwrap_or_else(|| Fault::NotFound(tried.join("; "))))
}

fn candidates(config: &SkypeConfig, sip_domain: &str) -> Vec<Url> {
    if let Some(address) = &config.address {
        return vec![address.clone()];
    }
    let names = ["lyncdiscoverinternal", "lyncdiscover"];
    names.iter().filter_map(|name| Url::parse(&format!("https://{name}.{sip_domain}/")).ok()).collect()
}

/// Follows links and redirects from one root.
async fn find(wire: &Wire, root: &Url, address: &str) -> Result<Url, Fault> {
    let mut url = root.clone();
    if url.query().is_none() {
        url.query_pairs_mut().append_pair("sipuri", &format!("sip:{address}"));
    }
    // The root asks for no ticket; from the user link on, each answer is the agent's own.
    let mut as_user = false;
    for _ in 0..MOST_STEPS {
        wire.trust.check(&url)?;
        let answer =
            if as_user { wire.ask_any(Ask::get(url.clone())).await? } else { wire.ask_bare(&url).await? };
        (url, as_user) = match step(&answer, &url)? {
            Step::Applications(url) => {
                wire.trust.check(&url)?;
                return Ok(url);
            }
            Step::User(url) => (url, true),
            Step::Root(url) => (url, false),
        };
    }
    Err(Fault::Protocol(format!("Discovery leads nowhere in {MOST_STEPS} steps.")))
}

enum Step {
    Applications(Url),
    User(Url),
    Root(Url),
}

fn step(answer: &Answer, from: &Url) -> Result<Step, Fault> {
    if let Some(target) = answer.redirected(from) {
        return Ok(Step::Root(target));
    }
    if answer.status == 403 {
        return Err(Fault::NotEnabled(answer.fault().trouble().words));
    }
    if !answer.is_success() {
        return Err(answer.fault());
    }
    let target = |rel| link(&answer.body, rel).and_then(|href| from.join(href).ok());
    if let Some(url) = target("applications") {
        return Ok(Step::Applications(url));
    }
    if let Some(url) = target("user") {
        return Ok(Step::User(url));
    }
    target("redirect")
        .map(|url| {
            if url.path().to_ascii_lowercase().contains("/user") { Step::User(url) } else { Step::Root(url) }
        })
        .ok_or_else(|| Fault::Protocol("The address is not a discovery service.".to_owned()))
}
