//! A line between connector and pool that can be cut.

use std::net::SocketAddr;
use std::sync::Arc;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// The line; it ends with this value.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    cut: Arc<watch::Sender<bool>>,
    target: Arc<watch::Sender<String>>,
    task: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// A line to `target`.
    pub(crate) async fn to(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let (cut, target) = (Arc::new(watch::Sender::new(false)), Arc::new(watch::Sender::new(target)));
        let task = tokio::spawn(serve(listener, Arc::clone(&target), Arc::clone(&cut)));
        Self { address, cut, target, task }
    }

    /// Leads to another server from now on; connections of before are cut.
    pub(crate) fn lead_to(&self, target: String) {
        self.target.send_replace(target);
    }

    /// Cuts all connections and takes no new ones, or lets them through again.
    pub(crate) fn cut(&self, cut: bool) {
        self.cut.send_replace(cut);
    }
}

async fn serve(listener: TcpListener, target: Arc<watch::Sender<String>>, cut: Arc<watch::Sender<bool>>) {
    while let Ok((mut near, _)) = listener.accept().await {
        let (mut cut, mut moved) = (cut.subscribe(), target.subscribe());
        let target = moved.borrow_and_update().clone();
        if *cut.borrow() {
            continue;
        }
        tokio::spawn(async move {
            let Ok(mut far) = TcpStream::connect(target).await else { return };
            tokio::select! {
                _ = copy_bidirectional(&mut near, &mut far) => {}
                _ = cut.wait_for(|cut| *cut) => {}
                _ = moved.changed() => {}
            }
        });
    }
}
