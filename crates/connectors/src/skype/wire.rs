//! Requests in an agent's name: the right ticket, renewed when a pool no longer takes it.

use super::{
    fault::Fault,
    http::{Answer, Http},
    limits::Urgency,
    sign_in::{Signer, Trust},
};
use crate::Secret;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use std::sync::Arc;
use url::Url;

/// An agent's way to the pools.
#[derive(Debug)]
pub(super) struct Wire {
    http: Arc<Http>,
    pub(super) trust: Trust,
    pub(super) signer: Signer,
}

/// What is asked of a pool.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) body: Body,
    /// Waits for events, on a connection of its own.
    pub(super) for_events: bool,
    /// Needs revision 2 of the resource (UCWA 0).
    pub(super) revision_2: bool,
    /// Media type of the answer that is wanted.
    pub(super) accept: &'static str,
    /// Whether a person waits for it.
    pub(super) urgency: Urgency,
}

#[derive(Debug, Clone)]
pub(super) enum Body {
    Empty,
    Json(Value),
    Text(String),
    Html(String),
    /// `multipart/batching` (UCWA 6).
    Batch {
        boundary: String,
        body: String,
    },
}

impl Ask {
    pub(super) fn get(url: Url) -> Self {
        Self::new(Method::GET, url, Body::Empty)
    }

    pub(super) fn post(url: Url, body: Body) -> Self {
        Self::new(Method::POST, url, body)
    }

    pub(super) fn delete(url: Url) -> Self {
        Self::new(Method::DELETE, url, Body::Empty)
    }

    fn new(method: Method, url: Url, body: Body) -> Self {
        let accept = match body {
            Body::Batch { .. } => "multipart/batching",
            _ => "application/json",
        };
        Self { method, url, body, for_events: false, revision_2: false, accept, urgency: Urgency::Usual }
    }

    /// The same for revision 2 of the resource.
    pub(super) fn revision_2(self) -> Self {
        Self { revision_2: true, ..self }
    }

    /// The same for somebody who waits.
    pub(super) fn urgent(self) -> Self {
        Self { urgency: Urgency::Urgent, ..self }
    }

    /// The same for a picture.
    pub(super) fn image(self) -> Self {
        Self { accept: "image/*", ..self }
    }

    pub(super) fn events(url: Url) -> Self {
        Self { for_events: true, urgency: Urgency::Events, ..Self::get(url) }
    }
}

impl Wire {
    pub(super) fn new(http: Arc<Http>, trust: Trust, signer: Signer) -> Self {
        Self { http, trust, signer }
    }

    pub(super) fn http(&self) -> &Http {
        &self.http
    }

    /// Asks with the pool's ticket, getting one where needed; an error status is an error.
    pub(super) async fn ask(&self, ask: Ask) -> Result<Answer, Fault> {
        self.ask_any(ask).await?.ok()
    }

    /// Asks with the pool's ticket and gives every answer but "no ticket" back.
    pub(super) async fn ask_any(&self, ask: Ask) -> Result<Answer, Fault> {
        self.trust.check(&ask.url)?;
        let token = self.signer.token(&ask.url).await?;
        let answer = self.exchange(&ask, token.as_ref()).await?;
        if answer.status != 401 && !is_foreign_ticket(&answer) {
            return Ok(answer);
        }
        let challenge = if answer.status == 401 { answer } else { self.challenge(&ask.url).await? };
        let token = Box::pin(self.signer.renew(&challenge, &ask.url, token.as_ref())).await?;
        let answer = self.exchange(&ask, Some(&token)).await?;
        match answer.status {
            401 => Err(self.signer.refused(&answer, &ask.url)),
            _ => Ok(answer),
        }
    }

    /// What a pool asks for when it gets no ticket.
    async fn challenge(&self, url: &Url) -> Result<Answer, Fault> {
        self.http.exchange(&self.http.commands, self.http.commands.get(url.clone())).await
    }

    async fn exchange(&self, ask: &Ask, token: Option<&Secret>) -> Result<Answer, Fault> {
        let client = if ask.for_events { &self.http.events } else { &self.http.commands };
        self.http.exchange_as(ask.urgency, client, Self::request(client, ask, token)).await
    }

    fn request(client: &Client, ask: &Ask, token: Option<&Secret>) -> RequestBuilder {
        let mut request = client.request(ask.method.clone(), ask.url.clone()).header("accept", ask.accept);
        if ask.for_events || matches!(ask.body, Body::Batch { .. }) {
            // Small answers, hundreds a second: unpacking them costs more than it saves.
            request = request.header("accept-encoding", "identity");
        }
        if ask.revision_2 {
            request = request.header("x-ms-requiresminresourceversion", "2");
        }
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
            Body::Html(html) => request.header("content-type", "text/html; charset=utf-8").body(html.clone()),
            Body::Batch { boundary, body } => {
                let kind = format!("multipart/batching;boundary={boundary}");
                request.header("content-type", kind).body(body.clone())
            }
        }
    }
}

/// Whether the pool says that the ticket is another pool's (UCWA 1.4).
fn is_foreign_ticket(answer: &Answer) -> bool {
    matches!(answer.status, 403 | 500)
        && answer.diagnostics.as_deref().is_some_and(|words| words.trim_start().starts_with("28032"))
}
