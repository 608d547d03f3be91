//! Experts who accept every question and echo what they are told, each with a connection and an account.

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::AsyncWriteExt as _;
use tokio::task::JoinHandle;

use super::server::XmppServer;
use super::stream::Stream;
use super::{Said, message, receipt};

/// They sign out when dropped.
pub struct Experts {
    tasks: Vec<JoinHandle<()>>,
}

impl Experts {
    /// Makes the accounts and signs them in: each available, as a client of a person is.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn sign_in(server: &mut XmppServer, names: &[String]) -> anyhow::Result<Self> {
        let mut experts = Self { tasks: Vec::new() };
        for name in names {
            server.add(name)?;
            let stream = enter(server, name).await.with_context(|| format!("{name} signs in"))?;
            experts.tasks.push(tokio::spawn(async move {
                if let Err(error) = echo(stream).await {
                    eprintln!("an expert has ended: {error:#}");
                }
            }));
        }
        Ok(experts)
    }
}

impl Drop for Experts {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Signs in by PLAIN (RFC 4616) and binds a resource (RFC 6120 7).
async fn enter(server: &XmppServer, name: &str) -> anyhow::Result<Stream> {
    let (domain, password) = (&server.place.domain, &server.place.password);
    let header = format!(
        "<?xml version='1.0'?><stream:stream xmlns='jabber:client' \
         xmlns:stream='http://etherx.jabber.org/streams' to='{domain}' version='1.0'>"
    );
    let mut stream = Stream::open(server.place.clients, &header).await?;
    stream.expect("features").await?;
    let proof = STANDARD.encode(format!("\0{name}\0{password}"));
    let sasl = "urn:ietf:params:xml:ns:xmpp-sasl";
    stream.say(&format!("<auth xmlns='{sasl}' mechanism='PLAIN'>{proof}</auth>")).await?;
    stream.expect("success").await?;
    stream.reopen(&header).await?;
    stream.expect("features").await?;
    let bind = "urn:ietf:params:xml:ns:xmpp-bind";
    stream.say(&format!("<iq type='set' id='bind'><bind xmlns='{bind}'/></iq>")).await?;
    stream.expect("iq").await?;
    stream.say("<presence/>").await?;
    Ok(stream)
}

async fn echo(stream: Stream) -> anyhow::Result<()> {
    let (mut reader, mut writer) = stream.split();
    let mut said = 0_u64;
    loop {
        let Some(heard) = Said::read(&reader.next().await?) else { continue };
        let mut answer = String::new();
        if let Some(id) = &heard.wants_receipt {
            answer.push_str(&receipt(None, &heard.from, id));
        }
        if let Some(text) = &heard.text {
            said += 1;
            let text = if heard.is_question { "accept".to_owned() } else { format!("echo: {text}") };
            answer.push_str(&message(None, &heard.from, &format!("e{said}"), &text));
        }
        writer.write_all(answer.as_bytes()).await?;
    }
}
