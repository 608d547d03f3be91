//! A voice room on loopback to call by hand: everybody waits with music, and
//! what happens is printed. Ends with Ctrl-C.
//!
//! `cargo run -p hookflash-voice --example room -- 5060`, then call `sip:queue@127.0.0.1`.

use std::net::SocketAddr;

use hookflash_voice::{Voice, VoiceConfig};
use tokio::sync::mpsc;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(5060), |port| port.parse())?;
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let config = VoiceConfig { sip_udp: Some(address), sip_tcp: Some(address), ..VoiceConfig::default() };
    let (sender, mut events) = mpsc::channel(64);
    let voice = Voice::start(config, sender).await?;
    println!("{:?}", voice.sip_addresses());
    loop {
        tokio::select! {
            Some(event) = events.recv() => println!("{event:?}"),
            _ = tokio::signal::ctrl_c() => break,
        }
    }
    let telling = tokio::spawn(async move { while events.recv().await.is_some() {} });
    voice.stop().await;
    telling.abort();
    Ok(())
}
