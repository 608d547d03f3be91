//! The SIP side of the pool, for desktop clients (ucwa.md §9): TCP without sign-in, REGISTER, presence by
//! categories, instant messages. A SIP client's user is one of the population: UCWA clients see the user's
//! presence and chat with the user, and the other way round.
//!
//! Not there: any sign-in (a 200 answers the first REGISTER), TLS, audio, conferences, file transfer, the
//! address book. Written from the descriptions in ucwa.md §9, [MS-SIPRE], [MS-PRES] and [MS-CONFIM], and tried
//! with pidgin-sipe 1.25 only.

mod categories;
mod connection;
mod dialog;
mod message;
mod register;
mod service;
mod subscribe;

use std::sync::Arc;

use tokio::net::TcpListener;

use super::Pool;

/// Serves until the process ends.
pub(super) async fn serve(listener: TcpListener, pool: Arc<Pool>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors: let some connections end.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            continue;
        };
        tokio::spawn(connection::run(stream, pool.clone()));
    }
}
