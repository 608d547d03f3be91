//! Requests in an agent's name: the right ticket, renewed when a pool no longer takes it.

use super::{
    fault::Fault,
    http::{Answer, Http, exchange},
    ticket::{self, Ticket},
    trust::Trust,
};
use crate::{Account, Secret};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};
use tokio::sync::Mutex;
use url::Url;

/// An agent's way to the pools.
#[derive(Debug)]
pub(super) struct Wire {
    http: Arc<Http>,
    pub(super) trust: Trust,
    account: Account,
    /// By origin: tickets are good for one pool (UCWA 1.4).
    tickets: Mutex<BTreeMap<String, Ticket>>,
}

/// What is asked of a pool.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) body: Body,
    /// Waits for events, on a connection of its own.
    pub(super) for_events: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Body {
    Empty,
    Json(Value),
    Text(String),
}

impl Ask {
    pub(super) fn get(url: Url) -> Self {
        Self { method: Method::GET, url, body: Body::Empty, for_events: false }
    }

    pub(super) fn post(url: Url, body: Body) -> Self {
        Self { method: Method::POST, url, body, for_events: false }
    }

    pub(super) fn delete(url: Url) -> Self {
        Self { method: Method::DELETE, url, body: Body::Empty, for_events: false }
    }

    pub(super) fn events(url: Url) -> Self {
        Self { for_events: true, ..Self::get(url) }
    }
}

impl Wire {
    pub(super) fn new(http: Arc<Http>, trust: Trust, account: Account) -> Self {
        Self { http, trust, account, tickets: Mutex::default() }
    }

    /// Asks without a ticket and reads the answer, whatever its status.
    pub(super) async fn ask_bare(&self, url: &Url) -> Result<Answer, Fault> {
        exchange(self.http.commands.get(url.clone())).await
    }

    /// Asks with the pool's ticket, getting one where needed; an error status is an error.
    pub(super) async fn ask(&self, ask: Ask) -> Result<Answer, Fault> {
        self.ask_any(ask).await?.ok()
    }

    /// Asks with the pool's ticket and gives every answer but "no ticket" back.
    pub(super) async fn ask_any(&self, ask: Ask) -> Result<Answer, Fault> {
        self.trust.check(&ask.url)?;
        let token = self.token(&ask.url).await?;
        let answer = exchange(self.request(&ask, token.as_ref())).await?;
        if answer.status != 401 && !is_foreign_ticket(&answer) {
            return Ok(answer);
        }
        let challenge = if answer.status == 401 { answer } else { self.ask_bare(&ask.url).await? };
        let token = self.renew(&challenge, &ask.url, token).await?;
        let answer = exchange(self.request(&ask, Some(&token))).await?;
        match answer.status {
            401 => Err(Fault::Protocol("The server refuses the ticket that it gave.".to_owned())),
            _ => Ok(answer),
        }
    }

    fn request(&self, ask: &Ask, token: Option<&Secret>) -> RequestBuilder {
        let client = if ask.for_events { &self.http.events } else { &self.http.commands };
        let mut request = client.request(ask.method.clone(), ask.url.clone());
        if let Some(token) = token {
            request = request.bearer_auth(token.expose());
        }
        match &ask.body {
            Body::Empty if ask.method == Method::POST => request.header("content-length", "0"),
            Body::Empty => request,
            Body::Json(value) => request.json(value),
            Body::Text(text) => {
                request.header("content-type", "text/plain; charset=utf-8").body(text.clone())
            }
        }
    }

    /// The ticket at hand, renewed when its time has come.
    async fn token(&self, url: &Url) -> Result<Option<Secret>, Fault> {
        let mut tickets = self.tickets.lock().await;
        let Some(ticket) = tickets.get_mut(&origin(url)) else { return Ok(None) };
        if ticket.is_due() {
            match ticket::fetch(&self.http, &ticket.issuer, &self.account).await {
                Ok(fresh) => *ticket = fresh,
                Err(fault) if fault.is_final() => return Err(fault),
                // The old one may still be good; if it is not, the pool will say so.
                Err(fault) => tracing::debug!(?fault, "a ticket could not be renewed early"),
            }
        }
        Ok(Some(ticket.token.clone()))
    }

    /// A ticket in place of `refused`; one fetch serves all who wait for it.
    async fn renew(&self, challenge: &Answer, url: &Url, refused: Option<Secret>) -> Result<Secret, Fault> {
        let mut tickets = self.tickets.lock().await;
        if let Some(ticket) =
            tickets.get(&origin(url)).filter(|ticket| Some(&ticket.token) != refused.as_ref())
        {
            return Ok(ticket.token.clone());
        }
        let issuer = ticket::issuer(challenge, url, &self.trust)?;
        let ticket = ticket::fetch(&self.http, &issuer, &self.account).await?;
        let token = ticket.token.clone();
        tickets.insert(origin(url), ticket);
        Ok(token)
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Whether the pool says that the ticket is another pool's (UCWA 1.4).
fn is_foreign_ticket(answer: &Answer) -> bool {
    matches!(answer.status, 403 | 500)
        && answer.diagnostics.as_deref().is_some_and(|words| words.trim_start().starts_with("28032"))
}
