//! Reading from a real slapd, and from servers that mean ill.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod hostile;
mod people;
mod reading;
mod trouble;

use hookflash_ldap::{Config, Page, ReadError, Reading};

/// All pages, and why there are no more.
async fn read(config: Config) -> (Vec<Page>, Result<(), ReadError>) {
    let (mut reading, mut pages) = (Reading::begin(config), Vec::new());
    loop {
        match reading.next().await {
            Ok(Some(page)) => pages.push(page),
            Ok(None) => return (pages, Ok(())),
            Err(error) => return (pages, Err(error)),
        }
    }
}

/// The code of the error that a reading ends with.
async fn code(config: Config) -> &'static str {
    read(config).await.1.unwrap_err().code()
}
