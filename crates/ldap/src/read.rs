//! A whole reading: connect, bind, page after page.

use crate::config::{Account, Config};
use crate::connect::{Stream, connect};
use crate::error::ReadError;
use crate::guard;
use crate::page::{Page, failure, read_page, settled};
use ldap3::{Ldap, LdapConnAsync, LdapConnSettings, StdStream};
use tokio::net::UnixStream;
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

/// Where the library believes to be: it is handed a connection, and asks for none.
const LOCAL: &str = "ldapi:///";
/// Most pages without an entry.
const MOST_EMPTY: usize = 1000;
/// What is sound BER and yet no message that is due.
const NO_LDAP: ReadError = ReadError::Malformed("it is no LDAP");

/// A reading that is going on. Dropping it ends the connection.
#[derive(Debug)]
pub struct Reading {
    pages: mpsc::Receiver<Page>,
    task: Option<AbortOnDropHandle<Result<(), ReadError>>>,
}

impl Reading {
    /// Begins to read.
    #[must_use]
    pub fn begin(config: Config) -> Self {
        let (to, pages) = mpsc::channel(1);
        let task = AbortOnDropHandle::new(tokio::spawn(read(config, to)));
        Self { pages, task: Some(task) }
    }

    /// The next page; nothing after the last one, which is the only proof that there is no more.
    ///
    /// # Errors
    /// Why the reading has ended early. It gives nothing after that.
    pub async fn next(&mut self) -> Result<Option<Page>, ReadError> {
        if let Some(page) = self.pages.recv().await {
            return Ok(Some(page));
        }
        let Some(task) = self.task.take() else { return Ok(None) };
        // It panics where the library does.
        task.await.unwrap_or(Err(NO_LDAP)).map(|()| None)
    }
}

/// Connects, binds and reads the first page: what the settings give.
///
/// # Errors
/// What is wrong with them.
pub async fn check(config: Config) -> Result<Page, ReadError> {
    Ok(Reading::begin(config).next().await?.unwrap_or_default())
}

async fn read(config: Config, to: mpsc::Sender<Page>) -> Result<(), ReadError> {
    let whole = config.limits.whole;
    let server = connect(&config).await?;
    tokio::time::timeout(whole, through_guard(server, &config, to))
        .await
        .unwrap_or(Err(ReadError::TooLong { seconds: whole.as_secs() }))
}

/// Reads with the guard between. What the guard stumbles over explains why the library gave up.
async fn through_guard(
    server: Box<dyn Stream>,
    config: &Config,
    to: mpsc::Sender<Page>,
) -> Result<(), ReadError> {
    let (ours, theirs) = UnixStream::pair().map_err(|error| ReadError::of_io(&error))?;
    let guard = guard::carry(server, ours, config.limits.message_bytes);
    let pages = async {
        let (connection, ldap) = open(theirs).await?;
        let driven = AbortOnDropHandle::new(tokio::spawn(connection.drive()));
        let read = read_pages(ldap, config, to).await;
        driven.abort();
        // The library panics on some messages that are sound BER and no LDAP.
        if driven.await.is_err_and(|error| error.is_panic()) { Err(NO_LDAP) } else { read }
    };
    let (mut guard, mut pages) = (Box::pin(guard), Box::pin(pages));
    let seen = tokio::select! {
        done = &mut pages => return done,
        seen = &mut guard => seen,
    };
    drop(guard);
    // What came before a proper end is still on its way.
    if seen.is_ok() { pages.await } else { seen }
}

async fn open(stream: UnixStream) -> Result<(LdapConnAsync, Ldap), ReadError> {
    let stream = stream.into_std().map_err(|error| ReadError::of_io(&error))?;
    let settings = LdapConnSettings::new().set_std_stream(StdStream::Unix(stream));
    LdapConnAsync::with_settings(settings, LOCAL)
        .await
        .map_err(|error| ReadError::BrokenOff(error.to_string()))
}

async fn read_pages(mut ldap: Ldap, config: &Config, to: mpsc::Sender<Page>) -> Result<(), ReadError> {
    if let Some(account) = &config.account {
        bind(&mut ldap, account, config).await?;
    }
    let (mut cookie, mut seen_count, mut empty_count) = (Some(Vec::new()), 0, 0);
    while let Some(asked) = cookie {
        let (page, next) = read_page(&mut ldap, config, asked, seen_count).await?;
        seen_count += page.entries.len() + page.referral_count;
        empty_count += usize::from(page.entries.is_empty());
        // Pages may be empty; a server that gives nothing else would be asked for ever.
        if empty_count > config.limits.entry_count.min(MOST_EMPTY) {
            return Err(ReadError::Malformed("too many pages are empty"));
        }
        if to.send(page).await.is_err() {
            return Ok(());
        }
        cookie = next;
    }
    // Says goodbye; what comes of it changes nothing.
    let _ = ldap.unbind().await;
    Ok(())
}

async fn bind(ldap: &mut Ldap, account: &Account, config: &Config) -> Result<(), ReadError> {
    if account.password.is_empty() {
        return Err(ReadError::WrongAccount);
    }
    let answer = ldap.with_timeout(config.limits.answer).simple_bind(&account.name, &account.password).await;
    settled(&answer.map_err(|error| failure(&error, config))?, config, 0)
}
