//! An agent's tickets, one a pool: got by what the pool's challenge offers, renewed before they end,
//! and fetched once for all requests that wait (UCWA 1.2 to 1.4).

use super::{
    authority,
    challenge::Offer,
    password,
    ticket::{From, Ticket, skew},
    trust::Trust,
    windows,
};
use crate::{
    Account, Credential, Secret,
    skype::{
        SkypeConfig, SkypeGrant,
        fault::Fault,
        http::{Answer, Http},
    },
};
use parking_lot::Mutex;
use std::{collections::BTreeMap, sync::Arc};
use tokio::sync::watch;
use url::Url;

/// Pools that one agent has tickets of.
const MOST_POOLS: usize = 16;

/// A grant of a ticket service that we have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::skype) enum Way {
    Password,
    Windows,
}

impl Way {
    /// The grant's name (UCWA 1.2).
    fn grant(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Windows => windows::GRANT,
        }
    }
}

/// Gets and keeps an agent's tickets.
#[derive(Debug)]
pub(in crate::skype) struct Signer {
    http: Arc<Http>,
    config: Arc<SkypeConfig>,
    trust: Trust,
    account: Account,
    /// By origin: tickets are good for one pool (UCWA 1.4).
    tickets: Mutex<BTreeMap<String, Ticket>>,
    /// Held while a ticket is fetched: those who come meanwhile wait for that one.
    turn: tokio::sync::Mutex<()>,
    /// What the company's page gave, as it is after the last renewal.
    authorisation: watch::Sender<Option<Secret>>,
}

impl Signer {
    pub(in crate::skype) fn new(
        http: Arc<Http>,
        config: Arc<SkypeConfig>,
        trust: Trust,
        account: Account,
    ) -> Self {
        let given = match &account.credential {
            Credential::Authorisation(given) => Some(given.clone()),
            _ => None,
        };
        let authorisation = watch::Sender::new(given);
        let (tickets, turn) = (Mutex::default(), tokio::sync::Mutex::default());
        Self { http, config, trust, account, tickets, turn, authorisation }
    }

    /// What the company's page gave; changes when it is renewed.
    pub(in crate::skype) fn authorisation(&self) -> watch::Receiver<Option<Secret>> {
        self.authorisation.subscribe()
    }

    /// The ticket at hand for a pool, renewed when its time has come.
    pub(in crate::skype) async fn token(&self, url: &Url) -> Result<Option<Secret>, Fault> {
        let held = self.tickets.lock().get(&origin(url)).cloned();
        let Some(ticket) = held else { return Ok(None) };
        // One renews; the others go on with the old ticket, which is still good.
        let turn = if ticket.is_due() { self.turn.try_lock().ok() } else { None };
        if turn.is_none() {
            return Ok(Some(ticket.token));
        }
        match Box::pin(self.again(&ticket.from)).await {
            Ok(fresh) => Ok(Some(self.keep(url, fresh))),
            Err(fault) if fault.is_final() => Err(fault),
            Err(fault) => {
                tracing::debug!(account = %self.account.id, trouble = %fault.trouble().words, "a ticket could not be renewed early");
                Ok(Some(ticket.token))
            }
        }
    }

    /// A ticket in place of `refused`, by what the challenge to `url` offers.
    pub(in crate::skype) async fn renew(
        &self,
        challenge: &Answer,
        url: &Url,
        refused: Option<&Secret>,
    ) -> Result<Secret, Fault> {
        let _turn = self.turn.lock().await;
        let held = self.tickets.lock().get(&origin(url)).map(|ticket| ticket.token.clone());
        if let Some(held) = held.filter(|held| Some(held) != refused) {
            return Ok(held);
        }
        let mut offer = Offer::of(&challenge.challenges, url);
        if challenge.status != 401 {
            // A pool that says "another pool's ticket" and asks for none: its service is where all have it.
            offer.tickets = url.join("/WebTicket/oauthtoken").ok();
            offer.grants = self.ways().map(|way| way.grant().to_owned()).collect();
        }
        let fresh = self.fetch(&offer, url).await?;
        Ok(self.keep(url, fresh))
    }

    /// What it means when a ticket is refused that was given just before.
    pub(in crate::skype) fn refused(&self, answer: &Answer, asked: &Url) -> Fault {
        let offer = Offer::of(&answer.challenges, asked);
        skew(answer).unwrap_or_else(|| match self.account.credential {
            Credential::Authorisation(_) => Fault::NoCommonGrant(offer.words()),
            _ => Fault::Protocol("The server refuses the ticket that it gave.".to_owned()),
        })
    }

    async fn fetch(&self, offer: &Offer, url: &Url) -> Result<Ticket, Fault> {
        if let Credential::Authorisation(_) = self.account.credential {
            return self.again(&From::Company(authority::pool(url))).await;
        }
        let service = offer.tickets.as_ref().ok_or_else(|| Fault::NoCommonGrant(offer.words()))?;
        self.trust.check(service)?;
        for way in self.ways().filter(|way| offer.has(way.grant())) {
            match self.again(&From::Service(service.clone(), way)).await {
                Err(Fault::NoCommonGrant(_)) => {}
                outcome => return outcome,
            }
        }
        Err(Fault::NoCommonGrant(offer.words()))
    }

    /// The grants that this account can use, in the administrator's order.
    fn ways(&self) -> impl Iterator<Item = Way> {
        let has_password = matches!(self.account.credential, Credential::Password(_));
        self.config.grants.iter().filter_map(move |grant| match grant {
            SkypeGrant::Password if has_password => Some(Way::Password),
            SkypeGrant::Windows if has_password => Some(Way::Windows),
            _ => None,
        })
    }

    async fn again(&self, from: &From) -> Result<Ticket, Fault> {
        match (from, &self.account.credential) {
            (From::Service(service, Way::Password), Credential::Password(password)) => {
                password::fetch(&self.http, service, &self.account, password).await
            }
            (From::Service(service, Way::Windows), Credential::Password(password)) => {
                windows::fetch(&self.http, service, &self.account, password).await
            }
            (From::Company(pool), _) => {
                let held = self.authorisation.borrow().clone().ok_or(Fault::AuthorisationEnded)?;
                let company =
                    authority::Company { http: &self.http, config: &self.config, trust: &self.trust };
                let (ticket, fresh) = company.renew(&held, pool).await?;
                if fresh.is_some() {
                    self.authorisation.send_replace(fresh);
                }
                Ok(ticket)
            }
            _ => Err(Fault::WrongPassword),
        }
    }

    fn keep(&self, url: &Url, ticket: Ticket) -> Secret {
        let token = ticket.token.clone();
        let mut tickets = self.tickets.lock();
        if tickets.len() >= MOST_POOLS {
            tickets.clear();
        }
        tickets.insert(origin(url), ticket);
        token
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
