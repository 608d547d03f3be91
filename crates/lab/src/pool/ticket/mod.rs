//! Web tickets: `POST /WebTicket/oauthtoken` (ucwa.md §1.3), one file a grant.

pub(crate) mod authority;
mod form;
mod ntlm;
pub(crate) mod passive;
mod password;
mod spnego;
mod windows;

pub(crate) use ntlm::Challenge;

use std::collections::HashMap;

use base64::Engine as _;
use parking_lot::Mutex;

use super::Pool;
use super::call::Call;
use super::http::Connection;
use super::people::{Account, PersonIndex};
use super::reply::{Fault, Reply};
use crate::clock::{now_ms, random_u64};

/// Tickets kept before those that have expired are forgotten.
const MAX_KEPT: usize = 10_000;

/// The tickets that were given out.
#[derive(Default)]
pub(crate) struct Tickets(Mutex<HashMap<String, Ticket>>);

#[derive(Clone)]
struct Ticket {
    person: PersonIndex,
    good_at: GoodAt,
    expires_at: u64,
}

/// Where a ticket is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum GoodAt {
    /// At the pool of this number, which gave it out.
    Pool(usize),
    /// At the address `scheme://host:port` that an authorization server was asked for; everywhere when empty.
    Audience(String),
}

/// Why a request has no signed-in person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoTicket {
    /// None, or one that has expired: the challenge.
    Missing,
    /// One of another pool (§1.4).
    OfAnotherPool,
}

impl Tickets {
    /// Makes a ticket with this beginning.
    pub(crate) fn issue(&self, person: PersonIndex, good_at: GoodAt, lifetime_s: u64) -> String {
        let prefix = match good_at {
            GoodAt::Pool(_) => "cwt=",
            GoodAt::Audience(_) => "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.",
        };
        let token = format!("{prefix}{}", random_text());
        let now = now_ms();
        let mut tickets = self.0.lock();
        if tickets.len() > MAX_KEPT {
            tickets.retain(|_, ticket| ticket.expires_at > now);
        }
        tickets.insert(token.clone(), Ticket { person, good_at, expires_at: now + lifetime_s * 1_000 });
        token
    }

    /// Whose ticket it is, if it is good here.
    pub(crate) fn holder(&self, call: &Call) -> Result<PersonIndex, NoTicket> {
        let (scheme, token) = call.header("authorization").split_once(' ').ok_or(NoTicket::Missing)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(NoTicket::Missing);
        }
        self.owner(token.trim(), call)
    }

    /// Whose ticket the photo cookie carries.
    pub(crate) fn cookie_holder(&self, call: &Call) -> Result<PersonIndex, NoTicket> {
        let after = call.header("cookie").split("cwt_ucwa=").nth(1).ok_or(NoTicket::Missing)?;
        self.owner(after.split(';').next().unwrap_or_default().trim(), call)
    }

    /// Ends the tickets of one person, or of everybody; how many.
    pub(crate) fn expire(&self, person: Option<PersonIndex>) -> usize {
        let mut tickets = self.0.lock();
        let before = tickets.len();
        tickets.retain(|_, ticket| person.is_some_and(|person| ticket.person != person));
        before - tickets.len()
    }

    fn owner(&self, token: &str, call: &Call) -> Result<PersonIndex, NoTicket> {
        let ticket = self.0.lock().get(token).cloned().ok_or(NoTicket::Missing)?;
        if ticket.expires_at <= now_ms() {
            return Err(NoTicket::Missing);
        }
        let fits = match &ticket.good_at {
            GoodAt::Pool(number) => *number == call.front,
            GoodAt::Audience(audience) => audience.is_empty() || *audience == call.base,
        };
        if fits { Ok(ticket.person) } else { Err(NoTicket::OfAnotherPool) }
    }
}

/// Answers a ticket request.
pub(crate) fn request(pool: &Pool, call: &Call, connection: Option<&Connection>) -> Result<Reply, Fault> {
    let fields = form::fields(call);
    let field = |name: &str| form::field(&fields, name);
    let mut grant = field("grant_type");
    if grant.is_empty() && windows::is_under_way(call) {
        // The first legs of the handshake may come without a body.
        grant = windows::GRANT;
    }
    if grant.is_empty() {
        return Err(refuse("invalid_request", None));
    }
    if !pool.behaviour.grants.split(',').any(|offered| offered.trim() == grant) {
        let diagnostics = "28029;source=\"lab\";reason=\"Authentication type not allowed.\"";
        return Err(refuse("unsupported_grant_type", Some(diagnostics)));
    }
    match grant {
        "password" => password::grant(pool, call, field("username"), field("password")),
        passive::GRANT => passive::grant(pool, call),
        windows::GRANT => windows::grant(pool, call, connection),
        _ => Err(refuse("invalid_grant", None)),
    }
}

/// A ticket of this pool, as the ticket service answers.
fn granted(pool: &Pool, call: &Call, person: PersonIndex) -> Reply {
    let lifetime_s = pool.behaviour.ticket_seconds;
    let token = pool.tickets.issue(person, GoodAt::Pool(call.front), lifetime_s);
    let body = format!(
        r#"{{"access_token":"{token}","expires_in":{lifetime_s},"ms_rtc_identityscope":"local","token_type":"Bearer"}}"#
    );
    Reply::raw("application/json", body).header("Cache-Control", "no-store")
}

/// The person of this name and password: wrong, or of a disabled account, with the reason for diagnostics.
fn authenticate(pool: &Pool, username: &str, password: &str) -> Result<PersonIndex, &'static str> {
    const WRONG: &str = "28020;source=\"lab\";reason=\"The user name or password is incorrect.\"";
    let index = pool.people.find(username).ok_or(WRONG)?;
    let person = pool.people.person(index).ok_or(WRONG)?;
    if person.password.is_empty() || person.password != password {
        return Err(WRONG);
    }
    allowed(pool, index)?;
    Ok(index)
}

/// Whether the account may sign in at all.
fn allowed(pool: &Pool, person: PersonIndex) -> Result<(), &'static str> {
    match pool.account(person) {
        Account::Disabled => Err("28020;source=\"lab\";reason=\"The user account is disabled.\""),
        Account::Enabled | Account::NotEnabled => Ok(()),
    }
}

fn refuse(error: &str, diagnostics: Option<&str>) -> Fault {
    refuse_with(format!(r#"{{"error":"{error}"}}"#), diagnostics)
}

fn refuse_with(body: String, diagnostics: Option<&str>) -> Fault {
    let mut reply = Reply::raw("application/json", body).status(400).header("Cache-Control", "no-store");
    if let Some(diagnostics) = diagnostics {
        reply = reply.header("X-Ms-diagnostics", diagnostics);
    }
    Fault::Plain(Box::new(reply))
}

/// 68 random bytes as text that fits into URLs and headers.
fn random_text() -> String {
    let mut bytes = Vec::from([0_u8, 1, 4, 28]);
    (0..8).for_each(|_| bytes.extend(random_u64().to_le_bytes()));
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
