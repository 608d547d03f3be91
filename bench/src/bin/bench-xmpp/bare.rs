//! Straight to the server as its component; as it is, or with each message and each answer made durable on its way.

use std::sync::Arc;

use hookflash_bench::clock;
use hookflash_bench::group_log::GroupLog;
use hookflash_bench::probe::Probe;
use hookflash_bench::xmpp::{Component, XmppServer};

use crate::{AGENTS, LOAD};

/// Agents who say something to experts.
pub(crate) struct Bare {
    pub(crate) probe: Arc<Probe>,
    component: Arc<Component>,
    experts: Arc<Vec<String>>,
    /// A message is sent when it is durable.
    log: Option<Arc<GroupLog>>,
}

/// The bare side and the floor, on one connection: ejabberd would spread what comes over two.
pub(crate) async fn connect(
    xmpp: &XmppServer,
    [bare, floor]: [Vec<String>; 2],
    log: GroupLog,
) -> anyhow::Result<[Bare; 2]> {
    let log = Arc::new(log);
    let probes = ["bare", "floor"].map(|name| Arc::new(Probe::new(name, LOAD)));
    let [at_once, durable] = probes.clone();
    let answers = Arc::clone(&log);
    let ears = move |text: &str| {
        // Each takes its own.
        at_once.heard(text);
        if text.starts_with("echo: floor-") {
            let (durable, text) = (Arc::clone(&durable), text.to_owned());
            answers.commit(move || durable.heard(&text));
        }
    };
    let component = Arc::new(Component::connect(xmpp, Arc::new(ears)).await?);
    let [bare_probe, floor_probe] = probes;
    let side = |probe, experts, log| {
        let component = Arc::clone(&component);
        Bare { probe, component, experts: Arc::new(experts), log }
    };
    Ok([side(bare_probe, bare, None), side(floor_probe, floor, Some(log))])
}

impl Bare {
    /// Sends message after message from `first` on.
    pub(crate) fn sender(&self, first: usize) -> impl FnMut(usize) + Send + 'static {
        let (probe, component) = (Arc::clone(&self.probe), Arc::clone(&self.component));
        let (experts, log) = (Arc::clone(&self.experts), self.log.clone());
        move |n| {
            let (component, text) = (Arc::clone(&component), probe.text(first + n));
            let (expert, agent) = (n % experts.len(), format!("agent{}", n % AGENTS + 1));
            let Some(expert) = experts.get(expert).cloned() else { return };
            let send = move || component.send(&agent, &expert, &clock::new_id().to_string(), &text);
            match &log {
                None => send(),
                Some(log) => log.commit(send),
            }
        }
    }
}
