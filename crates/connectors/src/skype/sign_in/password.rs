//! A web ticket by password (UCWA 1.3).

use super::signer::Way;
use super::ticket::{From, Ticket, refused};
use crate::{
    Account, Secret,
    skype::{fault::Fault, http::Http},
};
use url::Url;

/// Asks the ticket service.
pub(super) async fn fetch(
    http: &Http,
    service: &Url,
    account: &Account,
    password: &Secret,
) -> Result<Ticket, Fault> {
    let name = account.sign_in_name.as_deref().unwrap_or(&account.address);
    let form = [("grant_type", "password"), ("username", name), ("password", password.expose())];
    let client = &http.commands;
    let answer = http.exchange(client, client.post(service.clone()).form(&form)).await?;
    if answer.is_success() {
        Ticket::read(&answer, From::Service(service.clone(), Way::Password))
    } else {
        Err(refused(&answer))
    }
}
