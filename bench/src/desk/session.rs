//! Signing in and the HTTP API.

use anyhow::Context as _;
use reqwest::{Method, header};
use serde_json::{Value, json};

/// A signed-in user of the HTTP API.
#[derive(Debug, Clone)]
pub struct Session {
    /// Where the server is, such as `http://127.0.0.1:8080`.
    pub base: String,
    http: reqwest::Client,
    /// The `Cookie` header.
    pub cookie: String,
    csrf: String,
    /// Whose session it is.
    pub user_id: String,
}

impl Session {
    /// Signs in.
    ///
    /// # Errors
    /// The server refuses, or does not answer.
    pub async fn sign_in(
        http: &reqwest::Client,
        base: &str,
        name: &str,
        password: &str,
    ) -> anyhow::Result<Self> {
        let asked = http
            .post(format!("{base}/api/v1/session"))
            .header(header::ORIGIN, base)
            .json(&json!({ "sign_in_name": name, "password": password }));
        let answer = asked.send().await?;
        let cookie = answer.headers().get(header::SET_COOKIE).and_then(|value| value.to_str().ok());
        let cookie = cookie.and_then(|text| text.split(';').next()).map(str::to_owned);
        let view: Value = understood(answer).await.with_context(|| format!("{name} signs in"))?;
        Ok(Self {
            base: base.to_owned(),
            http: http.clone(),
            cookie: cookie.context("the answer sets no cookie")?,
            csrf: view["csrf"].as_str().context("the answer has no csrf")?.to_owned(),
            user_id: view["user"]["user_id"].as_str().context("the answer has no user")?.to_owned(),
        })
    }

    /// GETs `/api/v1/<path>`.
    ///
    /// # Errors
    /// The server refuses, or does not answer.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.ask(Method::GET, path, None).await
    }

    /// POSTs to `/api/v1/<path>`.
    ///
    /// # Errors
    /// The server refuses, or does not answer.
    pub async fn post(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        self.ask(Method::POST, path, Some(body)).await
    }

    /// PUTs to `/api/v1/<path>`.
    ///
    /// # Errors
    /// The server refuses, or does not answer.
    pub async fn put(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        self.ask(Method::PUT, path, Some(body)).await
    }

    /// DELETEs `/api/v1/<path>`.
    ///
    /// # Errors
    /// The server refuses, or does not answer.
    pub async fn delete(&self, path: &str) -> anyhow::Result<Value> {
        self.ask(Method::DELETE, path, None).await
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> anyhow::Result<Value> {
        let url = format!("{}/api/v1/{path}", self.base);
        let mut asked = self.http.request(method.clone(), url).header(header::COOKIE, &self.cookie);
        if method != Method::GET {
            asked = asked.header("X-Hookflash-Csrf", &self.csrf).header(header::ORIGIN, &self.base);
        }
        if let Some(body) = body {
            asked = asked.json(&body);
        }
        understood(asked.send().await?).await.with_context(|| format!("{method} {path}"))
    }
}

async fn understood(answer: reqwest::Response) -> anyhow::Result<Value> {
    let status = answer.status();
    let text = answer.text().await?;
    anyhow::ensure!(status.is_success(), "{status}: {text}");
    Ok(if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? })
}
