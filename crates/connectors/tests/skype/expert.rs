//! An expert with a small UCWA client of their own: it accepts, and counts the signs of typing that
//! only a client sees.

use hookflash_connectors::conformance::Failure;
use reqwest::Client;
use serde_json::{Value, json};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::task::JoinHandle;

/// A signed-in expert; signs out abruptly with this value.
pub(crate) struct Expert {
    typed: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Drop for Expert {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Expert {
    /// Signs in at the pool (`host:port`), password `demo`.
    pub(crate) async fn sign_in(pool: &str, ca_pem: &str, address: &str) -> Result<Self, Failure> {
        let (client, application) = UcwaClient::sign_in(pool, ca_pem, address).await?;
        let available = string(&application, "/_embedded/me/_links/makeMeAvailable/href")?;
        client.post(&available, &json!({"supportedModalities": ["Messaging"]})).await?;
        let events = string(&application, "/_links/events/href")?;
        let typed = Arc::new(AtomicUsize::new(0));
        let task = tokio::spawn(listen(client, events, Arc::clone(&typed)));
        Ok(Self { typed, task })
    }

    /// How often the agent was seen to begin typing.
    pub(crate) fn typed(&self) -> usize {
        self.typed.load(Ordering::Relaxed)
    }
}

/// A signed-in application of somebody, without event channel.
pub(crate) struct UcwaClient {
    http: Client,
    base: String,
    token: String,
}

impl UcwaClient {
    /// Signs in; gives the application too.
    pub(crate) async fn sign_in(pool: &str, ca_pem: &str, address: &str) -> Result<(Self, Value), Failure> {
        let certificate = reqwest::Certificate::from_pem(ca_pem.as_bytes()).map_err(failed)?;
        let http = Client::builder().no_proxy().tls_certs_merge([certificate]).build().map_err(failed)?;
        let base = format!("https://{pool}");
        let form = [("grant_type", "password"), ("username", address), ("password", "demo")];
        let ticket = http.post(format!("{base}/WebTicket/oauthtoken")).form(&form).send().await;
        let ticket: Value = ticket.map_err(failed)?.json().await.map_err(failed)?;
        let token = string(&ticket, "/access_token")?;
        let client = Self { http, base, token };
        let wanted = json!({"UserAgent": "Other/1", "EndpointId": address, "Culture": "en-US"});
        let application = client.post("/ucwa/oauth/v1/applications", &wanted).await?;
        Ok((client, application))
    }

    pub(crate) async fn post(&self, href: &str, body: &Value) -> Result<Value, Failure> {
        let request = self.http.post(format!("{}{href}", self.base)).bearer_auth(&self.token).json(body);
        self.read(request).await
    }

    pub(crate) async fn get(&self, href: &str) -> Result<Value, Failure> {
        let request = self.http.get(format!("{}{href}", self.base)).bearer_auth(&self.token);
        self.read(request).await
    }

    async fn read(&self, request: reqwest::RequestBuilder) -> Result<Value, Failure> {
        let request = request.header("x-ms-requiresminresourceversion", "2");
        let answer = request.send().await.map_err(failed)?.error_for_status().map_err(failed)?;
        let text = answer.text().await.map_err(failed)?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }
}

async fn listen(client: UcwaClient, mut events: String, typed: Arc<AtomicUsize>) {
    // The task ends with the pool.
    while let Ok(document) = client.get(&events).await {
        let Ok(next) = string(&document, "/_links/next/href") else { return };
        events = next;
        let seen = read(&document);
        typed.fetch_add(seen.typing, Ordering::Relaxed);
        for accept in seen.accepts {
            // Too late is possible, and then not this client's business.
            let _ = client.post(&accept, &Value::Null).await;
        }
    }
}

/// What a document of events asks of this client.
struct Asked {
    typing: usize,
    accepts: Vec<String>,
}

fn read(document: &Value) -> Asked {
    let mut asked = Asked { typing: 0, accepts: Vec::new() };
    let senders = document.get("sender").and_then(Value::as_array).into_iter().flatten();
    for event in senders.filter_map(|sender| sender.get("events")?.as_array()).flatten() {
        let within = event.pointer("/in/rel").and_then(Value::as_str);
        let added = event.get("type").and_then(Value::as_str) == Some("added");
        asked.typing += usize::from(within == Some("typingParticipants") && added);
        asked.accepts.extend(string(event, "/_embedded/messagingInvitation/_links/accept/href"));
    }
    asked
}

/// The text at a place of a document.
pub(crate) fn string(value: &Value, pointer: &str) -> Result<String, Failure> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.map(str::to_owned).ok_or_else(|| Failure(format!("no {pointer} in {value}")))
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure(format!("the expert's client: {error}"))
}
