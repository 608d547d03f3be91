//! What goes wrong between a server and its component.

use crate::{
    events::{expect_down, expect_up},
    server::{Server, Site},
    stage::{account, config},
};
use hookflash_connectors::{Connector, Secret, TroubleCode, xmpp::XmppConnector};
use std::time::Duration;

fn at(server: &Server) -> String {
    format!("127.0.0.1:{}", server.components)
}

#[tokio::test]
async fn a_wrong_secret_is_told() {
    let server = Server::start(Site::Prosody);
    let mut config = config(&at(&server), Site::Prosody);
    config.secret = Secret::new("not the secret");
    let connector = XmppConnector::new(config).expect("a sound configuration");
    let (_session, mut batches) = connector.sign_in(account(1), None);
    expect_down(&mut batches, TroubleCode::ComponentRefused).await;
}

#[tokio::test]
async fn a_second_component_is_told_and_takes_over_when_the_first_has_gone() {
    let server = Server::start(Site::Prosody);
    let connector =
        || XmppConnector::new(config(&at(&server), Site::Prosody)).expect("a sound configuration");
    let first = connector();
    let (session, mut batches) = first.sign_in(account(1), None);
    expect_up(&mut batches).await;
    let second = connector();
    let (_waiting, mut waiting) = second.sign_in(account(1), None);
    expect_down(&mut waiting, TroubleCode::Replaced).await;
    session.sign_out().await;
    drop((session, batches, first));
    expect_up(&mut waiting).await;
}

#[tokio::test]
async fn a_server_that_says_nothing_is_left() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let mut config = config(&listener.local_addr().expect("its address").to_string(), Site::Prosody);
    config.timing.quiet = Duration::from_millis(100);
    config.timing.patience = Duration::from_millis(200);
    let silent = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut open = Vec::new();
        while let Ok((mut tcp, _)) = listener.accept().await {
            let mut bytes = [0; 4096];
            let _ = tcp.read(&mut bytes).await;
            let header = "<?xml version='1.0'?><stream:stream xmlns:stream='http://etherx.jabber.org/streams' xmlns='jabber:component:accept' id='1'>";
            let _ = tcp.write_all(header.as_bytes()).await;
            let _ = tcp.read(&mut bytes).await;
            let _ = tcp.write_all(b"<handshake/>").await;
            open.push(tcp);
        }
    });
    let connector = XmppConnector::new(config).expect("a sound configuration");
    let (_session, mut batches) = connector.sign_in(account(1), None);
    expect_down(&mut batches, TroubleCode::TimedOut).await;
    silent.abort();
}
