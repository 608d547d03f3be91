//! Without Hookflash: as many UCWA clients, each with a chat and fifty watched people. Their threads have a name of
//! their own, so that what they cost can be told from what the bench costs.

use std::sync::Arc;

use anyhow::Context as _;
use futures_util::{StreamExt as _, TryStreamExt as _};
use hookflash_bench::bare::{BareClient, Ears};
use hookflash_bench::machine;
use hookflash_bench::pool::{Pool, address};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use crate::experts::Experts;
use crate::size::Size;

/// Clients that sign in at once.
const AT_ONCE: usize = 16;
/// The name of their threads.
const THREADS: &str = "bare-client";

/// The clients and what they run on.
pub(crate) struct Clients {
    clients: Vec<BareClient>,
    runtime: Option<Runtime>,
}

struct ClientEars {
    agent: usize,
    experts: Experts,
}

impl Ears for ClientEars {
    fn message(&self, _: &str, text: &str) {
        self.experts.messages.seen(self.agent, text);
    }

    fn presence(&self, resource: &Value) {
        if let Some(activity) = resource["activity"].as_str() {
            self.experts.presence.seen(self.agent, activity);
        }
    }
}

impl Clients {
    /// Signs the accounts `bare1` and on in; begins chats and watches.
    pub(crate) async fn prepare(pool: Arc<Pool>, experts: Experts, size: Size) -> anyhow::Result<Self> {
        let runtime = Builder::new_multi_thread().enable_all().thread_name(THREADS).build()?;
        // One set of connections for all, as Hookflash has it.
        let http = pool.client()?;
        let signing_in = tokio::task::spawn_blocking(move || {
            let clients = futures_util::stream::iter(0..size.agents).map(|agent| {
                let (pool, http, experts) = (Arc::clone(&pool), http.clone(), experts.clone());
                prepare_one(pool, http, experts, size, agent)
            });
            let clients = runtime.block_on(clients.buffered(AT_ONCE).try_collect())?;
            Ok(Self { clients, runtime: Some(runtime) })
        });
        signing_in.await.context("signing in ended")?
    }

    /// CPU time so far, in seconds.
    pub(crate) fn cpu_s() -> anyhow::Result<f64> {
        machine::cpu_of_threads_s(THREADS)
    }
}

async fn prepare_one(
    pool: Arc<Pool>,
    http: reqwest::Client,
    experts: Experts,
    size: Size,
    agent: usize,
) -> anyhow::Result<BareClient> {
    let ears = Arc::new(ClientEars { agent, experts: experts.clone() });
    let client = BareClient::sign_in_by(&pool, http, &address("bare", agent + 1), ears).await?;
    client.invite(&experts.address(size.partner_of(agent)), "Can you help?").await?;
    let watched: Vec<_> = size.watched_by(agent).map(|expert| experts.address(expert)).collect();
    client.watch(&watched).await?;
    Ok(client)
}

impl Drop for Clients {
    fn drop(&mut self) {
        self.clients.clear();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
