//! The grant `urn:microsoft.rtc:windows`: HTTP Negotiate or NTLM, bound to the connection as IIS does it
//! (RFC 4559, [MS-NTHT]). NTLMv2 is verified; a Kerberos ticket cannot be, as the lab has no domain.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::ntlm::{self, Challenge};
use super::{allowed, granted, spnego};
use crate::clock::{now_ms, random_u64};
use crate::pool::Pool;
use crate::pool::call::Call;
use crate::pool::http::Connection;
use crate::pool::people::PersonIndex;
use crate::pool::reply::{Fault, Reply};

/// The name of the grant.
pub(super) const GRANT: &str = "urn:microsoft.rtc:windows";

/// Whether the request carries a step of the handshake.
pub(super) fn is_under_way(call: &Call) -> bool {
    token(call).is_some()
}

/// One step of the handshake; the last gives the ticket.
pub(super) fn grant(pool: &Pool, call: &Call, connection: Option<&Connection>) -> Result<Reply, Fault> {
    let (scheme, token) = token(call).ok_or_else(|| unauthorised(None))?;
    let wrapped = spnego::unwrap(&token);
    let message = wrapped.unwrap_or(&token);
    let connection = connection.ok_or_else(|| unauthorised(None))?;
    match ntlm::kind(message) {
        Some(1) => {
            let challenge = Challenge::new(message, random_u64(), pool.people.domain(), now_ms());
            let reply = match wrapped {
                Some(_) => spnego::continued(challenge.message()),
                None => challenge.message().to_vec(),
            };
            *connection.challenge.lock() = Some(challenge);
            Err(unauthorised(Some(format!("{scheme} {}", STANDARD.encode(reply)))))
        }
        Some(3) => {
            let challenge = connection.challenge.lock().take().ok_or_else(|| unauthorised(None))?;
            let person = verify(pool, &challenge, message).ok_or_else(|| unauthorised(None))?;
            allowed(pool, person).map_err(|reason| unauthorised(None).header("X-Ms-diagnostics", reason))?;
            let reply = granted(pool, call, person);
            Ok(match wrapped {
                Some(_) => {
                    let done = STANDARD.encode(spnego::COMPLETED);
                    reply.header("WWW-Authenticate", format!("{scheme} {done}"))
                }
                None => reply,
            })
        }
        _ => Err(unauthorised(None)),
    }
}

/// The person whose password made the response.
fn verify(pool: &Pool, challenge: &Challenge, message: &[u8]) -> Option<PersonIndex> {
    let response = ntlm::Response::read(message)?;
    // `user` with a NetBIOS domain, or a UPN without one.
    let account = match response.user.contains('@') {
        true => response.user.clone(),
        false => format!("{}\\{}", response.domain, response.user),
    };
    let person = pool.people.find(&account)?;
    let password = &pool.people.person(person)?.password;
    (!password.is_empty() && response.proves(password, challenge)).then_some(person)
}

fn token(call: &Call) -> Option<(&'static str, Vec<u8>)> {
    let (scheme, token) = call.header("authorization").split_once(' ')?;
    let scheme = ["Negotiate", "NTLM"].into_iter().find(|known| known.eq_ignore_ascii_case(scheme))?;
    Some((scheme, STANDARD.decode(token.trim()).ok()?))
}

/// 401: the next step of the handshake, or the offer to begin one.
fn unauthorised(step: Option<String>) -> Fault {
    let reply = Reply::raw("text/html", "<html><body>401</body></html>").status(401);
    Fault::Plain(Box::new(match step {
        Some(step) => reply.header("WWW-Authenticate", step),
        None => reply.header("WWW-Authenticate", "Negotiate").header("WWW-Authenticate", "NTLM"),
    }))
}
