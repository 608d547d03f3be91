//! Autodiscover, and the challenge of everything that needs a ticket (ucwa.md §1).

use super::Pool;
use super::call::Call;
use super::people::{Account, Home, PersonIndex};
use super::reply::{Fault, Reply};
use super::ticket::{NoTicket, authority};
use super::wire::Resource;
use super::wire::data_uri::url_encode;

const SERVICE: &str = "Autodiscover/AutodiscoverService.svc/root";

/// `GET /`: links to the user and the cross-domain frame.
pub(crate) fn root(pool: &Pool, call: &Call) -> Reply {
    let domain = domain(pool, call);
    let base = &call.base;
    if call.header("accept").to_ascii_lowercase().contains("autodiscover+xml") {
        return legacy_root(base, &domain);
    }
    let resource = Resource::new("")
        .link("self", format!("{base}/{SERVICE}?originalDomain={domain}"))
        .link("user", format!("{base}/{SERVICE}/oauth/user?originalDomain={domain}"))
        .link("xframe", format!("{base}/Autodiscover/XFrame/XFrame.html"));
    Reply::resource(resource).header("Expires", "-1")
}

/// `GET user`: where the applications of the ticket's holder are, or the pool that knows.
pub(crate) fn user(pool: &Pool, call: &Call) -> Result<Reply, Fault> {
    let person = pool.tickets.holder(call).map_err(|why| refuse(pool, call, why))?;
    if pool.account(person) == Account::NotEnabled && pool.behaviour.not_enabled_at_user {
        return Err(not_enabled());
    }
    let domain = domain(pool, call);
    let redirect = |to: String| Ok(Reply::resource(Resource::new("").link("redirect", to)));
    match pool.home(person) {
        Home::Front(number) if number == call.front => Ok(applications(call, &call.base)),
        Home::Front(number) => match pool.front(number) {
            Some(other) if pool.behaviour.cross_pool_applications => Ok(applications(call, &other)),
            Some(other) => redirect(format!("{other}/{SERVICE}/oauth/user?originalDomain={domain}")),
            None => Err(nowhere()),
        },
        Home::Elsewhere(url) => redirect(url),
        Home::Nowhere => Err(nowhere()),
    }
}

/// Whether the person's applications are at this pool; 410 CannotRedirect when they are not (§2.1).
pub(crate) fn at_home(pool: &Pool, call: &Call, person: PersonIndex) -> Result<(), Fault> {
    match pool.home(person) {
        Home::Front(number) if number == call.front => Ok(()),
        _ => Err(Fault::new(410, "Gone", "CannotRedirect")),
    }
}

/// Answers a request without a good ticket: 401 with both challenges and IIS' page, or what a ticket of
/// another pool gets (§1.4).
pub(crate) fn refuse(pool: &Pool, call: &Call, why: NoTicket) -> Fault {
    const PAGE: &str = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"><html><head><title>401 - \
        Unauthorized: Access is denied due to invalid credentials.</title></head><body><h1>Server Error</h1></body></html>";
    if why == NoTicket::OfAnotherPool {
        let page = "<html><body><h1>Server Error</h1></body></html>";
        let reason = "28032;source=\"lab\";reason=\"The web ticket is invalid.\"";
        let reply = Reply::raw("text/html", page).status(pool.behaviour.wrong_pool_status);
        return Fault::Plain(Box::new(reply.header("X-Ms-diagnostics", reason)));
    }
    let domain = pool.people.domain();
    let mut bearer = format!(
        "Bearer trusted_issuers=\"00000002-0000-0ff1-ce00-000000000000@{domain}\", \
         client_id=\"00000004-0000-0ff1-ce00-000000000000\""
    );
    if pool.behaviour.modern_auth {
        let uri = authority::authorization_uri(pool, call);
        bearer.push_str(&format!(", authorization_uri=\"{uri}\""));
    }
    let reply = Reply::raw("text/html", PAGE).status(401).header("WWW-Authenticate", bearer);
    let grants = &pool.behaviour.grants;
    let ticket = format!("MsRtcOAuth href=\"{}/WebTicket/oauthtoken\",grant_type=\"{grants}\"", call.base);
    Fault::Plain(Box::new(match grants.is_empty() {
        true => reply,
        false => reply.header("WWW-Authenticate", ticket),
    }))
}

/// 403 for an account without Skype for Business (§2.1).
pub(crate) fn not_enabled() -> Fault {
    let reason = "28053;source=\"lab\";reason=\"The user is not enabled for Skype for Business.\"";
    Fault::new(403, "Forbidden", "").header("X-Ms-diagnostics", reason)
}

fn applications(call: &Call, at: &str) -> Reply {
    let base = &call.base;
    Reply::resource(
        Resource::new("")
            .link("self", format!("{base}/{SERVICE}/user"))
            .link_v2("applications", format!("{at}/ucwa/oauth/v1/applications"))
            .link("xframe", format!("{base}/Autodiscover/XFrame/XFrame.html")),
    )
}

/// Not documented: 404 with a reason in the diagnostics. [I]
fn nowhere() -> Fault {
    let reason = "28054;source=\"lab\";reason=\"The user is not homed in this deployment.\"";
    Fault::Plain(Box::new(
        Reply::raw("text/html", "<html><body>404</body></html>")
            .status(404)
            .header("X-Ms-diagnostics", reason),
    ))
}

/// The answer of \[MS-OCDISCWS\] for clients of its time.
fn legacy_root(base: &str, domain: &str) -> Reply {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><AutodiscoverResponse AccessLocation=\"Internal\">\
         <Root><Link token=\"User\" href=\"{base}/{SERVICE}/user?originalDomain={domain}\"/>\
         <Link token=\"OAuth\" href=\"{base}/{SERVICE}/oauth/user?originalDomain={domain}\"/>\
         <Link token=\"Self\" href=\"{base}/{SERVICE}\"/>\
         <Link token=\"Internal/Ucwa\" href=\"{base}/ucwa/oauth/v1/applications\"/></Root></AutodiscoverResponse>"
    );
    Reply::raw("application/vnd.microsoft.rtc.autodiscover+xml; v=1", body).header("Expires", "-1")
}

fn domain(pool: &Pool, call: &Call) -> String {
    let asked = call.query("originalDomain").map(str::to_owned);
    let of_user = call.query("sipuri").and_then(|uri| Some(uri.rsplit_once('@')?.1.to_owned()));
    url_encode(&asked.or(of_user).unwrap_or_else(|| pool.people.domain().to_owned()))
}
