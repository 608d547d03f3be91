//! A stand-in authorization server for hybrid modern authentication (ucwa.md §1.2): authorisation code with
//! PKCE (RFC 6749, RFC 7636), as ADFS and Azure AD have it. Its access tokens are taken by the pool in place
//! of web tickets. There with `--modern-auth`.

use std::collections::HashMap;

use base64::Engine as _;
use parking_lot::Mutex;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{GoodAt, authenticate, form, passive, random_text};
use crate::clock::now_ms;
use crate::pool::Pool;
use crate::pool::call::Call;
use crate::pool::people::PersonIndex;
use crate::pool::reply::{Fault, Reply};

/// How long a code is good.
const CODE_MS: u64 = 600_000;
const MAX_KEPT: usize = 10_000;

/// Codes and refresh tokens that were given out.
#[derive(Default)]
pub(crate) struct Grants(Mutex<HashMap<String, Grant>>);

#[derive(Debug, Clone)]
struct Grant {
    person: PersonIndex,
    client: String,
    redirect: String,
    resource: String,
    /// `code_challenge` and whether its method is S256; empty when the client used none.
    challenge: (String, bool),
    expires_at: u64,
}

/// `authorize`: the sign-in page, and where the browser goes afterwards.
pub(crate) fn authorize(pool: &Pool, call: &Call) -> Reply {
    let query = |name: &str| call.query(name).unwrap_or_default();
    let Ok(mut redirect) = Url::parse(query("redirect_uri")) else {
        return Reply::raw("text/html; charset=utf-8", "<p>redirect_uri is missing or malformed.</p>")
            .status(400);
    };
    let trouble = if query("response_type") != "code" {
        Some("unsupported_response_type")
    } else if query("client_id").is_empty()
        || (pool.behaviour.require_pkce && query("code_challenge").is_empty())
    {
        Some("invalid_request")
    } else {
        None
    };
    if let Some(error) = trouble {
        redirect.query_pairs_mut().append_pair("error", error).append_pair("state", query("state"));
        return Reply::empty(302).header("Location", redirect);
    }
    if call.method != http::Method::POST {
        return passive::sign_in_page("");
    }
    let fields = form::fields(call);
    let (username, password) = (form::field(&fields, "username"), form::field(&fields, "password"));
    let Ok(person) = authenticate(pool, username, password) else {
        return passive::sign_in_page("The user name or password is incorrect.");
    };
    let resource = query("resource").trim_end_matches('/').to_owned();
    let code = pool.authority.keep(Grant {
        person,
        client: query("client_id").to_owned(),
        redirect: query("redirect_uri").to_owned(),
        resource,
        challenge: (
            query("code_challenge").to_owned(),
            query("code_challenge_method").eq_ignore_ascii_case("S256"),
        ),
        expires_at: now_ms() + CODE_MS,
    });
    redirect.query_pairs_mut().append_pair("code", &code).append_pair("state", query("state"));
    Reply::empty(302).header("Location", redirect)
}

/// `token`: an access token for a code or a refresh token.
pub(crate) fn token(pool: &Pool, call: &Call) -> Result<Reply, Fault> {
    let fields = form::fields(call);
    let field = |name: &str| form::field(&fields, name);
    let (kept, is_code) = match field("grant_type") {
        "authorization_code" => (field("code"), true),
        "refresh_token" => (field("refresh_token"), false),
        _ => return Err(refuse("unsupported_grant_type", "")),
    };
    let grant = pool.authority.take(kept).ok_or_else(|| refuse("invalid_grant", "The code has expired."))?;
    if grant.client != field("client_id") {
        return Err(refuse("invalid_client", "The code was given to another client."));
    }
    if is_code && grant.redirect != field("redirect_uri") {
        return Err(refuse("invalid_grant", "The redirect URI is not that of the code."));
    }
    if is_code && !verifies(&grant.challenge, field("code_verifier")) {
        return Err(refuse("invalid_grant", "The code verifier does not fit the challenge."));
    }
    let lifetime_s = pool.behaviour.access_token_seconds;
    let audience = GoodAt::Audience(grant.resource.clone());
    let access = pool.tickets.issue(grant.person, audience, lifetime_s);
    let refresh = pool.authority.keep(Grant { expires_at: u64::MAX, ..grant });
    let body = format!(
        r#"{{"token_type":"Bearer","expires_in":{lifetime_s},"access_token":"{access}","refresh_token":"{refresh}"}}"#
    );
    Ok(Reply::raw("application/json", body).header("Cache-Control", "no-store"))
}

/// `.well-known/openid-configuration`.
pub(crate) fn configuration(call: &Call) -> Reply {
    let base = format!("{}/adfs", call.base);
    let body = serde_json::json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/oauth2/authorize"),
        "token_endpoint": format!("{base}/oauth2/token"),
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256", "plain"],
    });
    Reply::raw("application/json", body.to_string())
}

/// Where the challenge sends people.
pub(crate) fn authorization_uri(pool: &Pool, call: &Call) -> String {
    match pool.behaviour.authorization_uri.as_str() {
        "" => format!("{}/adfs/oauth2/authorize", call.base),
        other => other.to_owned(),
    }
}

fn verifies((challenge, is_hashed): &(String, bool), verifier: &str) -> bool {
    if challenge.is_empty() {
        return true;
    }
    if !*is_hashed {
        return challenge == verifier;
    }
    let hash = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    *challenge == hash
}

fn refuse(error: &str, description: &str) -> Fault {
    let body = serde_json::json!({ "error": error, "error_description": description });
    Fault::Plain(Box::new(Reply::raw("application/json", body.to_string()).status(400)))
}

impl Grants {
    fn keep(&self, grant: Grant) -> String {
        let (name, now) = (random_text(), now_ms());
        let mut all = self.0.lock();
        if all.len() > MAX_KEPT {
            all.retain(|_, grant| grant.expires_at > now);
        }
        all.insert(name.clone(), grant);
        name
    }

    /// Each is good once.
    fn take(&self, name: &str) -> Option<Grant> {
        self.0.lock().remove(name).filter(|grant| grant.expires_at > now_ms())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verifier_of_rfc_7636_fits_its_challenge() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = ("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(), true);
        assert!(verifies(&challenge, verifier));
        assert!(!verifies(&challenge, "another"));
        assert!(verifies(&("plain".to_owned(), false), "plain"));
        assert!(verifies(&(String::new(), true), ""));
    }
}
