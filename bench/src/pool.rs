//! The lab's stand-in Skype for Business pool as a process.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::Semaphore;

use crate::http;
use crate::machine::folder;
use crate::process::Running;
use crate::programs::Programs;

/// The SIP domain of the pool.
pub const DOMAIN: &str = "lab.test";
/// Everybody's password at the pool.
pub const PASSWORD: &str = "pool password";

/// Who lives in the pool, beside nobody.
#[derive(Debug, Clone, Default)]
pub struct People {
    entries: Vec<Value>,
}

impl People {
    /// Adds `count` accounts `<prefix>1` and on, for clients to sign in with.
    #[must_use]
    pub fn with_accounts(mut self, prefix: &str, count: usize) -> Self {
        self.entries.extend((1..=count).map(
            |n| json!({ "uri": address(prefix, n), "name": format!("{prefix} {n}"), "password": PASSWORD }),
        ));
        self
    }

    /// Adds `count` people `<prefix>1` and on who answer as they are told to; see [`Control::behaves`].
    #[must_use]
    pub fn with_people(mut self, prefix: &str, count: usize) -> Self {
        self.entries.extend((1..=count).map(|n| {
            let (uri, name) = (address(prefix, n), format!("{prefix} {n}"));
            json!({ "uri": uri, "name": name, "persona": "silent", "availability": "Online" })
        }));
        self
    }

    /// Adds `count` experts `<prefix>1` and on who accept at once and echo.
    #[must_use]
    pub fn with_echoes(mut self, prefix: &str, count: usize) -> Self {
        self.entries.extend((1..=count).map(|n| {
            let (uri, name) = (address(prefix, n), format!("{prefix} {n}"));
            json!({ "uri": uri, "name": name, "persona": "echo", "availability": "Online" })
        }));
        self
    }
}

/// The address of the `n`th of a kind, counted from 1.
#[must_use]
pub fn address(prefix: &str, n: usize) -> String {
    format!("{prefix}{n}@{DOMAIN}")
}

/// Things that experts do at once. Without a bound a short stall makes hundreds of new connections to the pool, which
/// make the next one longer; what waits counts from when it was due.
const DONE_AT_ONCE: usize = 32;

/// Requests a second that a pool stands unless told otherwise: the default of Hookflash.
pub const REQUESTS_PER_SECOND: u32 = 1_000;

/// A running pool.
pub struct Pool {
    process: Running,
    /// Where discovery begins.
    pub url: String,
    /// The certificate of its authority, PEM.
    pub ca_file: PathBuf,
    authority: Vec<u8>,
    /// Requests a second that a server is told it stands, P-GETs apart; at first [`REQUESTS_PER_SECOND`].
    pub requests_per_second: u32,
    /// What an experimenter can do to it.
    pub control: Control,
    _folder: TempDir,
}

/// The pool's control API: what experts do, trouble, counters. Its head in `crates/lab` describes it.
#[derive(Debug, Clone)]
pub struct Control {
    base: String,
    http: reqwest::Client,
    turns: Arc<Semaphore>,
}

/// What somebody was told and said.
#[derive(Debug, Clone, Deserialize)]
pub struct Inbox {
    /// What reached the person.
    pub messages: Vec<Seen>,
    /// What the person said.
    pub said: Vec<Said>,
}

/// A message as its receiver has it.
#[derive(Debug, Clone, Deserialize)]
pub struct Seen {
    /// What it says.
    pub text: String,
    /// UTC milliseconds.
    pub at: u64,
    /// How many times it was delivered.
    pub deliveries: u32,
    /// Who sent it.
    pub from: String,
}

/// A message that a person sent.
#[derive(Debug, Clone, Deserialize)]
pub struct Said {
    /// What it says.
    pub text: String,
    /// UTC milliseconds.
    pub at: u64,
    /// `pending`, `delivered` or `failed`.
    pub outcome: String,
}

impl Pool {
    /// Starts it, with a certificate of the lab's own authority.
    ///
    /// # Errors
    /// It does not get ready.
    pub async fn start(programs: &Programs, people: &People) -> anyhow::Result<Self> {
        let folder = folder()?;
        let (list, ready) = (folder.path().join("people.json"), folder.path().join("ready.json"));
        std::fs::write(&list, json!({ "domain": DOMAIN, "person": people.entries }).to_string())?;
        let mut command = Command::new(&programs.lab);
        command.arg("pool").arg("--people").arg(&list).arg("--ready-file").arg(&ready);
        let ca_file = folder.path().join("ca.pem");
        command.arg("--ca-out").arg(&ca_file);
        let mut process = Running::start(&mut command, &folder.path().join("pool.log"))?;
        let addresses = process.ready(&ready).await?;
        let address = |key: &str| {
            addresses[key].as_str().map(str::to_owned).with_context(|| format!("the ready file has no {key}"))
        };
        let (url, control) = (address("https")?, address("control")?);
        let (http, authority) = (http::client(None)?, std::fs::read(&ca_file)?);
        Ok(Self {
            process,
            url,
            control: Control { base: control, http, turns: Arc::new(Semaphore::new(DONE_AT_ONCE)) },
            authority,
            ca_file,
            requests_per_second: REQUESTS_PER_SECOND,
            _folder: folder,
        })
    }

    /// Its process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// How a server's configuration names it.
    #[must_use]
    pub fn network(&self) -> String {
        format!(
            "[[network]]\nid = \"skype\"\nkind = \"skype\"\nname = \"Skype\"\nsip_domain = \"{DOMAIN}\"\naddress = \"{}\"\n\
             ca_file = \"{}\"\nrequests_per_second = {}\n",
            self.url,
            self.ca_file.display(),
            self.requests_per_second
        )
    }

    /// A client of its own connections that trusts it.
    ///
    /// # Errors
    /// The client cannot be made.
    pub fn client(&self) -> anyhow::Result<reqwest::Client> {
        http::client(Some(&self.authority))
    }
}

impl Control {
    /// What somebody was told and said.
    ///
    /// # Errors
    /// There is nobody of this address.
    pub async fn inbox(&self, address: &str) -> anyhow::Result<Inbox> {
        Ok(serde_json::from_value(self.get(&format!("/experts/{address}/inbox")).await?)?)
    }

    /// The pool's counters.
    ///
    /// # Errors
    /// The pool does not answer.
    pub async fn stats(&self) -> anyhow::Result<Value> {
        self.get("/stats").await
    }

    /// The counter of requests begins from nothing.
    ///
    /// # Errors
    /// The pool does not answer.
    pub async fn forget_load(&self) -> anyhow::Result<()> {
        self.delete("/stats").await
    }

    /// An expert's presence changes.
    ///
    /// # Errors
    /// The pool refuses.
    pub async fn present(&self, address: &str, availability: &str, activity: &str) -> anyhow::Result<()> {
        let wanted = json!({ "availability": availability, "activity": activity });
        self.post(&format!("/people/{address}/presence"), &wanted).await.map(drop)
    }

    /// How a person takes invitations from now on; the lab's personas.
    ///
    /// # Errors
    /// The pool does not know the persona.
    pub async fn behaves(&self, address: &str, persona: &Value) -> anyhow::Result<()> {
        self.post(&format!("/people/{address}/persona"), persona).await.map(drop)
    }

    /// The chats of the moment, as the pool tells them.
    ///
    /// # Errors
    /// The pool does not answer.
    pub async fn chats(&self) -> anyhow::Result<Vec<Value>> {
        Ok(serde_json::from_value(self.get("/chats").await?)?)
    }

    /// An expert says something in the newest of the expert's chats.
    ///
    /// # Errors
    /// There is no chat.
    pub async fn say(&self, address: &str, text: &str) -> anyhow::Result<()> {
        self.post(&format!("/people/{address}/say"), &json!({ "text": text })).await.map(drop)
    }

    /// POSTs to the control API.
    ///
    /// # Errors
    /// The pool refuses.
    pub async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let _turn = self.turns.acquire().await?;
        let answer = self.http.post(format!("{}{path}", self.base)).json(body).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    /// DELETEs at the control API.
    ///
    /// # Errors
    /// The pool refuses.
    pub async fn delete(&self, path: &str) -> anyhow::Result<()> {
        let answer = self.http.delete(format!("{}{path}", self.base)).send().await?;
        answer.error_for_status().map(drop).map_err(Into::into)
    }

    async fn get(&self, path: &str) -> anyhow::Result<Value> {
        let answer = self.http.get(format!("{}{path}", self.base)).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }
}
