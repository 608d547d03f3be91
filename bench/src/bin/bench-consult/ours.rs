//! Through Hookflash: desks, the server, its database, the pool.

use hookflash_bench::pool::address;
use hookflash_bench::probe::Probe;
use hookflash_bench::server::Server;
use hookflash_bench::staff;
use hookflash_bench::talk::Talk;

use crate::{AGENTS, CONSULTS, LOAD};

/// Signs the agents in, connects their accounts and starts their consults.
pub(crate) async fn prepare(server: &Server) -> anyhow::Result<Talk> {
    let sessions = staff::sign_in(server, AGENTS).await?;
    for (n, session) in sessions.iter().enumerate() {
        staff::connect(session, "agent", n + 1).await?;
    }
    let experts: Vec<_> = (1..=CONSULTS).map(|n| address("echo", n)).collect();
    Talk::begin(sessions, "skype", &experts, Probe::new("ours", LOAD)).await
}
