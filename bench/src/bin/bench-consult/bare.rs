//! Straight to the pool.

use std::sync::Arc;

use anyhow::Context as _;
use hookflash_bench::bare::BareClient;
use hookflash_bench::clock;
use hookflash_bench::pool::{Pool, address};

use crate::probe::Probe;
use crate::{AGENTS, CONSULTS};

/// The clients with their conversations.
pub(crate) struct Side {
    pub(crate) probe: Arc<Probe>,
    clients: Vec<Arc<BareClient>>,
    conversations: Arc<Vec<String>>,
}

impl Side {
    /// Signs the clients in and invites their experts.
    pub(crate) async fn prepare(pool: &Pool) -> anyhow::Result<Self> {
        let probe = Arc::new(Probe::new("bare"));
        let mut clients = Vec::new();
        for n in 1..=AGENTS {
            let ears = Arc::clone(&probe);
            let heard = Arc::new(move |_: &str, text: &str| ears.heard(text));
            clients.push(Arc::new(BareClient::sign_in(pool, &address("bare", n), heard).await?));
        }
        let mut conversations = Vec::new();
        for n in 0..CONSULTS {
            let client = clients.get(n % AGENTS).context("there are clients")?;
            let expert = address("echo", CONSULTS + n + 1);
            conversations.push(client.invite(&expert, "Can you help?").await?);
        }
        Ok(Self { probe, clients, conversations: Arc::new(conversations) })
    }

    /// Sends message after message from `first` on.
    pub(crate) fn sender(&self, first: usize) -> impl FnMut(usize) + Send + 'static {
        let (probe, clients, conversations) =
            (Arc::clone(&self.probe), self.clients.clone(), Arc::clone(&self.conversations));
        let runtime = tokio::runtime::Handle::current();
        move |n| {
            let Some(client) = clients.get(n % AGENTS).map(Arc::clone) else { return };
            let (probe, conversations) = (Arc::clone(&probe), Arc::clone(&conversations));
            runtime.spawn(async move {
                let Some(conversation) = conversations.get(n % CONSULTS) else { return };
                let (operation, text) = (clock::new_id().to_string(), probe.text(first + n));
                if let Err(error) = client.send(conversation, &operation, text).await {
                    eprintln!("the pool refused a bare message: {error:#}");
                    probe.refused();
                }
            });
        }
    }
}
