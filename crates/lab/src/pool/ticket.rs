//! Web tickets: `POST /WebTicket/oauthtoken` (ucwa.md §1.3).

use std::collections::HashMap;

use base64::Engine as _;
use parking_lot::Mutex;
use url::form_urlencoded;

use super::Pool;
use super::call::Call;
use super::people::PersonIndex;
use super::reply::{Fault, Reply};
use crate::clock::{now_ms, random_u64};

/// The tickets that were given out.
#[derive(Default)]
pub(crate) struct Tickets(Mutex<HashMap<String, Ticket>>);

#[derive(Clone, Copy)]
struct Ticket {
    person: PersonIndex,
    expires_at: u64,
}

impl Tickets {
    fn issue(&self, person: PersonIndex, lifetime_s: u64) -> String {
        let mut bytes = Vec::from([0_u8, 1, 4, 28]);
        (0..8).for_each(|_| bytes.extend(random_u64().to_le_bytes()));
        let token = format!("cwt={}", base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes));
        let now = now_ms();
        let mut tickets = self.0.lock();
        if tickets.len() > 10_000 {
            tickets.retain(|_, ticket| ticket.expires_at > now);
        }
        tickets.insert(token.clone(), Ticket { person, expires_at: now + lifetime_s * 1_000 });
        token
    }

    /// Whose ticket it is, if it is good.
    pub(crate) fn holder(&self, call: &Call) -> Option<PersonIndex> {
        let (scheme, token) = call.header("authorization").split_once(' ')?;
        let ticket = self.0.lock().get(token.trim()).copied()?;
        (scheme.eq_ignore_ascii_case("bearer") && ticket.expires_at > now_ms()).then_some(ticket.person)
    }

    /// Whose ticket the photo cookie carries.
    pub(crate) fn cookie_holder(&self, call: &Call) -> Option<PersonIndex> {
        let token = call.header("cookie").split("cwt_ucwa=").nth(1)?.split(';').next()?;
        let ticket = self.0.lock().get(token.trim()).copied()?;
        (ticket.expires_at > now_ms()).then_some(ticket.person)
    }

    /// Ends the tickets of one person, or of everybody; how many.
    pub(crate) fn expire(&self, person: Option<PersonIndex>) -> usize {
        let mut tickets = self.0.lock();
        let before = tickets.len();
        tickets.retain(|_, ticket| person.is_some_and(|person| ticket.person != person));
        before - tickets.len()
    }
}

/// Answers a ticket request; form-encoded or multipart (one client posts that).
pub(crate) fn request(pool: &Pool, call: &Call) -> Result<Reply, Fault> {
    let fields = fields(call);
    let field =
        |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let grant = field("grant_type");
    if grant.is_empty() {
        return Err(refuse(r#"{"error":"invalid_request"}"#, None));
    }
    if !pool.behaviour.grants.split(',').any(|offered| offered.trim() == grant) {
        let diagnostics = r#"28029;source="lab";reason="Authentication type not allowed.""#;
        return Err(refuse(r#"{"error":"unsupported_grant_type"}"#, Some(diagnostics)));
    }
    match grant {
        "password" => password(pool, field("username"), field("password")),
        "urn:microsoft.rtc:passive" => {
            let body = format!(
                r#"{{"error":"invalid_grant","ms_rtc_passiveauthuri":"{}/PassiveAuth/PassiveAuth.aspx"}}"#,
                call.base
            );
            Err(refuse(&body, Some(r#"28020;source="lab";reason="No valid security token.""#)))
        }
        "urn:microsoft.rtc:windows" => Err(Fault::Plain(Box::new(
            Reply::empty(401).header("WWW-Authenticate", "Negotiate").header("WWW-Authenticate", "NTLM"),
        ))),
        _ => Err(refuse(r#"{"error":"invalid_grant"}"#, None)),
    }
}

fn password(pool: &Pool, username: &str, password: &str) -> Result<Reply, Fault> {
    let index = pool.people.find(username);
    let person = index.and_then(|index| Some((index, pool.people.person(index)?)));
    match person {
        Some((index, person)) if !person.password.is_empty() && person.password == password => {
            let lifetime_s = pool.behaviour.ticket_seconds;
            let token = pool.tickets.issue(index, lifetime_s);
            let body = format!(
                r#"{{"access_token":"{token}","expires_in":{lifetime_s},"ms_rtc_identityscope":"local","token_type":"Bearer"}}"#
            );
            Ok(Reply::raw("application/json", body).header("Cache-Control", "no-store"))
        }
        _ => Err(refuse(
            r#"{"error":"invalid_grant"}"#,
            Some(r#"28020;source="lab";reason="The user name or password is incorrect.""#),
        )),
    }
}

fn fields(call: &Call) -> Vec<(String, String)> {
    if !call.header("content-type").to_ascii_lowercase().starts_with("multipart/") {
        return form_urlencoded::parse(&call.body).into_owned().collect();
    }
    let text = String::from_utf8_lossy(&call.body);
    let part = |part: &str| {
        let name = part.split("name=\"").nth(1)?.split('"').next()?;
        let (_, value) = part.split_once("\r\n\r\n")?;
        Some((name.to_owned(), value.split("\r\n--").next()?.trim_end_matches("\r\n").to_owned()))
    };
    text.split("Content-Disposition").filter_map(part).collect()
}

fn refuse(body: &str, diagnostics: Option<&str>) -> Fault {
    let mut reply =
        Reply::raw("application/json", body.to_owned()).status(400).header("Cache-Control", "no-store");
    if let Some(diagnostics) = diagnostics {
        reply = reply.header("X-Ms-diagnostics", diagnostics);
    }
    Fault::Plain(Box::new(reply))
}
