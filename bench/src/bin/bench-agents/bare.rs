//! Without Hookflash: as many UCWA clients, each with a chat and fifty watched people. Their threads have a name of
//! their own, so that what they cost can be told from what the bench costs.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use futures_util::{StreamExt as _, TryStreamExt as _};
use hookflash_bench::bare::{BareClient, Ears};
use hookflash_bench::machine;
use hookflash_bench::pool::{Pool, address};
use hookflash_bench::wait::until;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use crate::experts::Experts;
use crate::size::{Size, WATCHED};

/// Clients that sign in at once.
const AT_ONCE: usize = 16;
/// How long the first presence may take.
const FIRST_WITHIN: Duration = Duration::from_secs(120);
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
    told: Arc<AtomicUsize>,
}

impl Ears for ClientEars {
    fn message(&self, _: &str, text: &str) {
        self.experts.messages.seen(self.agent, text);
    }

    fn presence(&self, resource: &Value) {
        self.told.fetch_add(1, Ordering::Relaxed);
        if let Some(activity) = resource["activity"].as_str() {
            self.experts.presence.seen(self.agent, activity);
        }
    }
}

impl Clients {
    /// Signs the accounts `bare1` and on in; begins chats and watches. Waits until each has asked for the first presence
    /// of all whom it watches: the pool tells of it seconds later, and would be busy with it during the first run.
    pub(crate) async fn prepare(pool: Arc<Pool>, experts: Experts, size: Size) -> anyhow::Result<Self> {
        let runtime = Builder::new_multi_thread().enable_all().thread_name(THREADS).build()?;
        // One set of connections for all, as Hookflash has it.
        let http = pool.client()?;
        let told = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&told);
        let signing_in = tokio::task::spawn_blocking(move || {
            let clients = futures_util::stream::iter(0..size.agents).map(|agent| {
                let ears = ClientEars { agent, experts: experts.clone(), told: Arc::clone(&counted) };
                prepare_one(Arc::clone(&pool), http.clone(), ears, size)
            });
            let clients = runtime.block_on(clients.buffered(AT_ONCE).try_collect())?;
            anyhow::Ok(Self { clients, runtime: Some(runtime) })
        });
        let clients = signing_in.await.context("signing in ended")??;
        until(FIRST_WITHIN, "the first presence of all who are watched", async || {
            (told.load(Ordering::Relaxed) >= size.agents * WATCHED).then_some(())
        })
        .await?;
        Ok(clients)
    }

    /// CPU time so far, in seconds.
    pub(crate) fn cpu_s() -> anyhow::Result<f64> {
        machine::cpu_of_threads_s(THREADS)
    }
}

async fn prepare_one(
    pool: Arc<Pool>,
    http: reqwest::Client,
    ears: ClientEars,
    size: Size,
) -> anyhow::Result<BareClient> {
    let (agent, experts) = (ears.agent, ears.experts.clone());
    let client = BareClient::sign_in_by(&pool, http, &address("bare", agent + 1), Arc::new(ears)).await?;
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
