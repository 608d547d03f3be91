//! Straight to the pool; as it is, or with each message and each answer made durable on its way.

use std::sync::Arc;

use anyhow::Context as _;
use hookflash_bench::bare::BareClient;
use hookflash_bench::clock;
use hookflash_bench::group_log::GroupLog;
use hookflash_bench::pool::{Pool, address};
use hookflash_bench::probe::Probe;

use crate::{AGENTS, CONSULTS, LOAD};

/// The clients with their conversations.
pub(crate) struct Bare {
    pub(crate) probe: Arc<Probe>,
    clients: Vec<Arc<BareClient>>,
    conversations: Arc<Vec<String>>,
    log: Option<Arc<GroupLog>>,
}

impl Bare {
    /// Signs in the clients of this name and invites their experts, those after the first so many. With a
    /// log a message is sent when it is durable, and an answer counts when it is.
    pub(crate) async fn prepare(
        pool: &Pool,
        name: &'static str,
        experts_before: usize,
        log: Option<GroupLog>,
    ) -> anyhow::Result<Self> {
        let probe = Arc::new(Probe::new(name, LOAD));
        let log = log.map(Arc::new);
        let mut clients = Vec::new();
        for n in 1..=AGENTS {
            let heard = Arc::new(ears(&probe, log.as_ref()));
            clients.push(Arc::new(BareClient::sign_in(pool, &address(name, n), heard).await?));
        }
        let mut conversations = Vec::new();
        for n in 0..CONSULTS {
            let client = clients.get(n % AGENTS).context("there are clients")?;
            let expert = address("echo", experts_before + n + 1);
            conversations.push(client.invite(&expert, "Can you help?").await?);
        }
        Ok(Self { probe, clients, conversations: Arc::new(conversations), log })
    }

    /// Sends message after message from `first` on.
    pub(crate) fn sender(&self, first: usize) -> impl FnMut(usize) + Send + 'static {
        let (probe, clients, conversations) =
            (Arc::clone(&self.probe), self.clients.clone(), Arc::clone(&self.conversations));
        let log = self.log.clone();
        let runtime = tokio::runtime::Handle::current();
        move |n| {
            let Some(client) = clients.get(n % AGENTS).map(Arc::clone) else { return };
            let (probe, conversations, log) = (Arc::clone(&probe), Arc::clone(&conversations), log.clone());
            runtime.spawn(async move {
                let Some(conversation) = conversations.get(n % CONSULTS) else { return };
                if let Some(log) = log {
                    log.committed().await;
                }
                let (operation, text) = (clock::new_id().to_string(), probe.text(first + n));
                if let Err(error) = client.send(conversation, &operation, text).await {
                    eprintln!("the pool refused a bare message: {error:#}");
                    probe.refused();
                }
            });
        }
    }
}

/// Hears answers, at once or when they are durable.
fn ears(probe: &Arc<Probe>, log: Option<&Arc<GroupLog>>) -> impl Fn(&str, &str) + Send + Sync + use<> {
    let (probe, log) = (Arc::clone(probe), log.cloned());
    move |_, text| match &log {
        None => probe.heard(text),
        Some(log) => {
            let (probe, text) = (Arc::clone(&probe), text.to_owned());
            log.commit(move || probe.heard(&text));
        }
    }
}
