//! The grant `urn:microsoft.rtc:passive`: the browser signs in at a page, which in a real pool is that of
//! ADFS, and comes back with a cookie.

use std::collections::HashMap;

use parking_lot::Mutex;

use super::{authenticate, form, granted, random_text, refuse_with};
use crate::clock::now_ms;
use crate::pool::Pool;
use crate::pool::call::Call;
use crate::pool::people::PersonIndex;
use crate::pool::reply::{Fault, Reply};

/// The name of the grant.
pub(super) const GRANT: &str = "urn:microsoft.rtc:passive";
const COOKIE: &str = "PassiveAuthToken";
/// How long the cookie is good.
const LIFETIME_MS: u64 = 3_600_000;
const MAX_KEPT: usize = 10_000;

/// Who has signed in at the page, and until when it counts.
#[derive(Default)]
pub(crate) struct SignedIn(Mutex<HashMap<String, (PersonIndex, u64)>>);

/// With the cookie a ticket; without it where to get one.
pub(super) fn grant(pool: &Pool, call: &Call) -> Result<Reply, Fault> {
    if let Some(person) = pool.signed_in.owner(call) {
        return Ok(granted(pool, call, person));
    }
    let body = format!(
        r#"{{"error":"invalid_grant","ms_rtc_passiveauthuri":"{}/PassiveAuth/PassiveAuth.aspx"}}"#,
        call.base
    );
    Err(refuse_with(body, Some("28020;source=\"lab\";reason=\"No valid security token.\"")))
}

/// `GET` and `POST /PassiveAuth/PassiveAuth.aspx`.
pub(crate) fn page(pool: &Pool, call: &Call) -> Reply {
    if call.method != http::Method::POST {
        return sign_in_page("");
    }
    let fields = form::fields(call);
    match authenticate(pool, form::field(&fields, "username"), form::field(&fields, "password")) {
        Ok(person) => {
            let cookie = pool.signed_in.enter(person);
            let page = "<!DOCTYPE html><html><head><title>Signed in</title></head><body><p>You are signed in.</p></body></html>";
            Reply::raw("text/html; charset=utf-8", page)
                .header("Set-Cookie", format!("{COOKIE}={cookie}; path=/; HttpOnly"))
        }
        Err(_) => sign_in_page("The user name or password is incorrect."),
    }
}

/// A page that posts `username` and `password` to its own address, query included.
pub(super) fn sign_in_page(trouble: &str) -> Reply {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Lab sign-in</h1><p role=\"alert\">{trouble}</p>\
         <form method=\"post\"><label>User name <input name=\"username\" autocomplete=\"username\"></label>\
         <label>Password <input name=\"password\" type=\"password\" autocomplete=\"current-password\"></label>\
         <button>Sign in</button></form></body></html>"
    );
    Reply::raw("text/html; charset=utf-8", page)
}

impl SignedIn {
    fn enter(&self, person: PersonIndex) -> String {
        let (cookie, now) = (random_text(), now_ms());
        let mut all = self.0.lock();
        if all.len() > MAX_KEPT {
            all.retain(|_, (_, until)| *until > now);
        }
        all.insert(cookie.clone(), (person, now + LIFETIME_MS));
        cookie
    }

    fn owner(&self, call: &Call) -> Option<PersonIndex> {
        let mut cookies = call.header("cookie").split(';').filter_map(|pair| pair.trim().split_once('='));
        let (_, cookie) = cookies.find(|(name, _)| *name == COOKIE)?;
        let (person, until) = self.0.lock().get(cookie).copied()?;
        (until > now_ms()).then_some(person)
    }
}
