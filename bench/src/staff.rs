//! Users, a queue and network accounts of a server under test.

use anyhow::Context as _;
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde_json::json;

use crate::desk::Session;
use crate::pool;
use crate::server::Server;

/// Everybody's password at the server.
pub const PASSWORD: &str = "an agent's password";
/// Hashing a password takes a core and much memory: so many at a time.
const AT_ONCE: usize = 2;

/// The sign-in name of the `n`th agent, counted from 1.
#[must_use]
pub fn agent(n: usize) -> String {
    format!("agent{n}")
}

/// Makes agents `agent1` and on, a queue of the number `100` that the first `serving` of them serve, and a
/// disposition; gives the disposition's id.
///
/// # Errors
/// The server refuses.
pub async fn hire(server: &Server, count: usize, serving: usize) -> anyhow::Result<String> {
    let root = server.administrator().await?;
    let licences = networks(&root).await?;
    let hired = futures_util::stream::iter(1..=count).map(|n| {
        let (root, licences) = (&root, &licences);
        async move {
            let user = json!({
                "sign_in_name": agent(n), "name": format!("Agent {n}"), "password": PASSWORD,
                "roles": ["agent"], "queue_ids": [], "licences": licences,
            });
            let made = root.post("users", user).await?;
            made["user_id"].as_str().map(str::to_owned).context("no user_id")
        }
    });
    let mut members: Vec<String> = hired.buffered(AT_ONCE).try_collect().await?;
    members.truncate(serving);
    let queue = json!({
        "name": "Billing", "numbers": ["100"], "member_ids": members, "offer_timeout_ms": 20_000,
        "wrap_up_mode": "mandatory", "wrap_up_timeout_ms": null, "active": true,
    });
    root.post("queues", queue).await?;
    let disposition = json!({ "name": "Solved by phone", "queue_ids": [], "active": true });
    let made = root.post("dispositions", disposition).await?;
    Ok(made["disposition_id"].as_str().context("no disposition_id")?.to_owned())
}

/// The networks of the server, for each of which an agent gets a licence.
async fn networks(root: &Session) -> anyhow::Result<Vec<String>> {
    let networks = root.get("networks").await?;
    let ids = networks.as_array().context("no list")?.iter().filter_map(|one| one["network"].as_str());
    Ok(ids.map(str::to_owned).collect())
}

/// Signs in agents 1 to `count`, in order.
///
/// # Errors
/// The server refuses.
pub async fn sign_in(server: &Server, count: usize) -> anyhow::Result<Vec<Session>> {
    let names: Vec<_> = (1..=count).map(agent).collect();
    let sessions = futures_util::stream::iter(names)
        .map(|name| async move { Session::sign_in(&server.http, &server.base, &name, PASSWORD).await });
    sessions.buffered(AT_ONCE).try_collect().await
}

/// Connects the account `<prefix><n>` of the pool to a session.
///
/// # Errors
/// The server refuses.
pub async fn connect(session: &Session, prefix: &str, n: usize) -> anyhow::Result<()> {
    let address = pool::address(prefix, n);
    let account =
        json!({ "sign_in_name": address, "user_name": null, "password": pool::PASSWORD, "address": null });
    session.put("me/networks/skype", account).await.map(drop)
}
