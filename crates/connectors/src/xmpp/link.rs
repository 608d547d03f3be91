//! The component's one connection, made again whenever it ends.

use super::{
    asking::ask,
    handshake,
    hub::{Hub, Outbound},
    line::Line,
    ns, presence,
    stream::element,
    unsettled::Unsettled,
};
use crate::{LinkState, Trouble, clock};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// The server that tells a component with the privilege everybody's presence from the beginning, by its
/// own name. ejabberd tells changes only.
const TELLS_ALL: &str = "Prosody";
/// A connection that held this long was a good one: the next attempt is soon.
const GOOD: Duration = Duration::from_secs(30);

/// Connects and works until it is over.
pub(super) async fn run(hub: Arc<Hub>, mut outbox: mpsc::Receiver<Outbound>, over: CancellationToken) {
    over.run_until_cancelled(keep(&hub, &mut outbox)).await;
}

async fn keep(hub: &Hub, outbox: &mut mpsc::Receiver<Outbound>) {
    let timing = &hub.config.timing;
    let mut unsettled = Unsettled::default();
    let mut pause = timing.shortest_retry;
    loop {
        let since = clock::instant();
        let trouble = one(hub, outbox, &mut unsettled).await;
        if since.elapsed() >= GOOD {
            pause = timing.shortest_retry;
        }
        let rest = clock::jittered(pause);
        pause = (pause * 2).min(timing.longest_retry);
        down(hub, trouble, rest);
        tokio::time::sleep(rest).await;
    }
}

/// One connection, from the first attempt to its end.
async fn one(hub: &Hub, outbox: &mut mpsc::Receiver<Outbound>, unsettled: &mut Unsettled) -> Trouble {
    let stream = match handshake::connect(&hub.config).await {
        Ok(stream) => stream,
        Err(trouble) => return trouble,
    };
    let begun = async {
        begin(hub).await;
        std::future::pending().await
    };
    tokio::select! {
        trouble = Line::new(hub, stream, unsettled).work(outbox) => trouble,
        never = begun => never,
    }
}

/// Learns what the server is, and so what its silence about somebody means.
async fn begin(hub: &Hub) {
    learn(hub).await;
    hub.place.send_replace(LinkState::Up);
    let Some(watcher) = hub.watcher() else {
        if !hub.board.lock().granted {
            let network = &hub.config.network.0;
            tracing::warn!(network, "the XMPP server grants no presence: everybody's is unknown");
        }
        return;
    };
    for person in hub.watched() {
        hub.post(presence::probe(&watcher, &person)).await;
    }
}

/// Asks before anybody is invited: whoever is signed out would be sent a question that is read hours later.
async fn learn(hub: &Hub) {
    let (domain, limit) = (hub.config.domain.clone(), hub.config.timing.call_wait);
    let version = element("query", ns::VERSION, &[]).build();
    let Ok(Some(version)) = ask(hub, &domain, "get", version, limit).await else { return };
    let name = version.get_child("name", ns::VERSION).map(minidom::Element::text).unwrap_or_default();
    tracing::info!(network = hub.config.network.0, server = name, "connected to the XMPP server");
    let mut board = hub.board.lock();
    let became_complete = name == TELLS_ALL && board.granted;
    board.complete = became_complete.then_some(domain);
    drop(board);
    if became_complete {
        hub.show_all();
    }
}

fn down(hub: &Hub, trouble: Trouble, rest: Duration) {
    let was_up = *hub.place.borrow() == LinkState::Up;
    if was_up {
        tracing::warn!(network = hub.config.network.0, trouble = trouble.words, "the XMPP server is gone");
    }
    let rest_ms = i64::try_from(rest.as_millis()).unwrap_or(i64::MAX);
    hub.place.send_replace(LinkState::Down { retry_at: clock::now().plus_ms(rest_ms), trouble });
    hub.questions.forget();
    hub.board.lock().forget();
    if was_up {
        hub.show_all();
    }
}
