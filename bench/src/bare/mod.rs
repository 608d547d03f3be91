//! A bare UCWA client: what remains when there is nothing between an agent and the pool. Written from
//! Microsoft's UCWA 2.0 reference; the sections named are those of the house's notes on it.

mod events;
mod text;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use parking_lot::Mutex;
use reqwest::header;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use url::Url;

use crate::pool::{PASSWORD, Pool};
use crate::wait::until;

/// Told of what comes in.
pub trait Ears: Send + Sync + 'static {
    /// A text, and in which conversation.
    fn message(&self, conversation: &str, text: &str);
    /// A watched person's presence, as the resource that was fetched.
    fn presence(&self, _resource: &Value) {}
}

impl<F: Fn(&str, &str) + Send + Sync + 'static> Ears for F {
    fn message(&self, conversation: &str, text: &str) {
        self(conversation, text);
    }
}

/// A signed-in client; its event channel ends when it is dropped.
pub struct BareClient {
    wire: Wire,
    start_messaging: Url,
    subscriptions: Url,
    seen: Arc<Mutex<Seen>>,
    channel: JoinHandle<()>,
}

/// How to reach the pool as a user.
#[derive(Clone)]
struct Wire {
    http: reqwest::Client,
    base: Url,
    ticket: String,
}

/// What the event channel has told.
#[derive(Default)]
struct Seen {
    /// By operation: the conversation of an accepted invitation, or why there is none.
    invitations: HashMap<String, Result<String, String>>,
}

impl BareClient {
    /// Signs in (1.1 to 1.4, 2.1), makes itself available (2.2) and opens the event channel (3).
    ///
    /// # Errors
    /// The pool refuses, or answers in another way than the reference says.
    pub async fn sign_in(pool: &Pool, address: &str, ears: Arc<dyn Ears>) -> anyhow::Result<Self> {
        Self::sign_in_by(pool, pool.client()?, address, ears).await
    }

    /// As [`Self::sign_in`], over connections that clients may share.
    ///
    /// # Errors
    /// As [`Self::sign_in`].
    pub async fn sign_in_by(
        pool: &Pool,
        http: reqwest::Client,
        address: &str,
        ears: Arc<dyn Ears>,
    ) -> anyhow::Result<Self> {
        let (wire, applications) = discover(pool, http, address).await?;
        let asked = json!({
            "UserAgent": "hookflash-bench", "EndpointId": crate::clock::new_id(), "Culture": "en-US",
        });
        let application = wire.post(applications, &asked).await?;
        let application: Value = application.json().await?;
        let me = wire.link(&application["_embedded"]["me"], "makeMeAvailable")?;
        let start_messaging = wire.link(&application["_embedded"]["communication"], "startMessaging")?;
        let people = &application["_embedded"]["people"];
        let subscriptions = wire.link(people, "presenceSubscriptions")?;
        let events = wire.link(&application, "events")?;
        let available = json!({ "signInAs": "Online", "supportedModalities": ["Messaging"] });
        wire.post(me, &available).await?;
        let seen = Arc::<Mutex<Seen>>::default();
        let channel = tokio::spawn(events::follow(wire.clone(), events, Arc::clone(&seen), ears));
        Ok(Self { wire, start_messaging, subscriptions, seen, channel })
    }

    /// Invites somebody and waits until he accepts (5.1); the conversation.
    ///
    /// # Errors
    /// He does not accept within 30 s.
    pub async fn invite(&self, address: &str, text: &str) -> anyhow::Result<String> {
        let operation = crate::clock::new_id().to_string();
        let asked = json!({
            "importance": "Normal", "subject": "Question", "to": format!("sip:{address}"),
            "operationId": operation, "_links": { "message": { "href": text::data_uri(text) } },
        });
        self.wire.post(self.start_messaging.clone(), &asked).await?;
        let answer = until(Duration::from_secs(30), "the expert accepts", async || {
            self.seen.lock().invitations.remove(&operation)
        });
        answer.await?.map_err(|why| anyhow::anyhow!("{address}: {why}"))
    }

    /// Watches these people for half an hour (4.4); each change is told once its resource is fetched (4.2).
    ///
    /// # Errors
    /// The pool refuses.
    pub async fn watch(&self, addresses: &[String]) -> anyhow::Result<()> {
        let uris: Vec<_> = addresses.iter().map(|address| format!("sip:{address}")).collect();
        let asked = json!({ "duration": 30, "uris": uris });
        self.wire.post(self.subscriptions.clone(), &asked).await.map(drop)
    }

    /// Sends a text (5.5).
    ///
    /// # Errors
    /// The pool refuses it.
    pub async fn send(&self, conversation: &str, operation: &str, text: String) -> anyhow::Result<()> {
        let path = format!("{conversation}/messaging/messages?operationContext={operation}");
        let url = self.wire.base.join(&path)?;
        let asked = self.wire.http.post(url).header(header::CONTENT_TYPE, "text/plain; charset=utf-8");
        self.wire.send(asked.body(text)).await.map(drop)
    }
}

impl Drop for BareClient {
    fn drop(&mut self) {
        self.channel.abort();
    }
}

impl Wire {
    async fn send(&self, asked: reqwest::RequestBuilder) -> anyhow::Result<reqwest::Response> {
        let answer = asked.header(header::AUTHORIZATION, format!("Bearer {}", self.ticket)).send().await?;
        let (status, url) = (answer.status(), answer.url().path().to_owned());
        if status.is_success() {
            return Ok(answer);
        }
        anyhow::bail!("{status} of {url}: {}", answer.text().await.unwrap_or_default())
    }

    async fn post(&self, url: Url, body: &Value) -> anyhow::Result<reqwest::Response> {
        self.send(self.http.post(url).json(body)).await
    }

    async fn get(&self, url: Url) -> anyhow::Result<Value> {
        Ok(self.send(self.http.get(url)).await?.json().await?)
    }

    /// The address of a link; paths belong to the pool.
    fn link(&self, resource: &Value, rel: &str) -> anyhow::Result<Url> {
        let href = resource["_links"][rel]["href"].as_str();
        Ok(self.base.join(href.with_context(|| format!("there is no link {rel}"))?)?)
    }
}

/// From the address of discovery to a ticket and the applications.
async fn discover(pool: &Pool, http: reqwest::Client, address: &str) -> anyhow::Result<(Wire, Url)> {
    let root: Value = http.get(&pool.url).send().await?.error_for_status()?.json().await?;
    let user: Url = root["_links"]["user"]["href"].as_str().context("no user link")?.parse()?;
    let challenge = http.get(user.clone()).send().await?;
    let challenges = challenge.headers().get_all(header::WWW_AUTHENTICATE).iter();
    let ticket_url = challenges.filter_map(|value| ticket_url(value.to_str().ok()?)).next();
    let ticket_url = ticket_url.context("no MsRtcOAuth challenge")?;
    let form = [("grant_type", "password"), ("username", address), ("password", PASSWORD)];
    let ticket: Value = http.post(ticket_url).form(&form).send().await?.error_for_status()?.json().await?;
    let ticket = ticket["access_token"].as_str().context("no ticket")?.to_owned();
    let mut wire = Wire { http, base: user.clone(), ticket };
    let user = wire.get(user).await?;
    let applications = wire.link(&user, "applications")?;
    wire.base = applications.clone();
    Ok((wire, applications))
}

/// The `href` of an `MsRtcOAuth` challenge.
fn ticket_url(challenge: &str) -> Option<String> {
    let rest = challenge.strip_prefix("MsRtcOAuth")?.split_once("href=\"")?.1;
    Some(rest.split_once('"')?.0.to_owned())
}
