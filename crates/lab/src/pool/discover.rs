//! Autodiscover, and the challenge of everything that needs a ticket (ucwa.md §1).

use super::Pool;
use super::call::Call;
use super::reply::{Fault, Reply};
use super::wire::Resource;
use super::wire::data_uri::url_encode;

const SERVICE: &str = "Autodiscover/AutodiscoverService.svc/root";

/// `GET /`: links to the user and the cross-domain frame.
pub(crate) fn root(pool: &Pool, call: &Call) -> Reply {
    let domain = domain(pool, call);
    let base = &call.base;
    let resource = Resource::new("")
        .link("self", format!("{base}/{SERVICE}?originalDomain={domain}"))
        .link("user", format!("{base}/{SERVICE}/oauth/user?originalDomain={domain}"))
        .link("xframe", format!("{base}/Autodiscover/XFrame/XFrame.html"));
    Reply::resource(resource).header("Expires", "-1")
}

/// `GET user`: where the applications of the ticket's holder are.
pub(crate) fn user(pool: &Pool, call: &Call) -> Result<Reply, Fault> {
    pool.tickets.holder(call).ok_or_else(|| challenge(pool, call))?;
    let base = &call.base;
    Ok(Reply::resource(
        Resource::new("")
            .link("self", format!("{base}/{SERVICE}/user"))
            .link_v2("applications", format!("{base}/ucwa/oauth/v1/applications"))
            .link("xframe", format!("{base}/Autodiscover/XFrame/XFrame.html")),
    ))
}

/// 401 with both challenges and IIS' page.
pub(crate) fn challenge(pool: &Pool, call: &Call) -> Fault {
    const PAGE: &str = "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"><html><head><title>401 - \
        Unauthorized: Access is denied due to invalid credentials.</title></head><body><h1>Server Error</h1></body></html>";
    let domain = pool.people.domain();
    let bearer = format!(
        "Bearer trusted_issuers=\"00000002-0000-0ff1-ce00-000000000000@{domain}\", \
         client_id=\"00000004-0000-0ff1-ce00-000000000000\""
    );
    let ticket = format!(
        "MsRtcOAuth href=\"{}/WebTicket/oauthtoken\",grant_type=\"{}\"",
        call.base, pool.behaviour.grants
    );
    Fault::Plain(Box::new(
        Reply::raw("text/html", PAGE)
            .status(401)
            .header("WWW-Authenticate", bearer)
            .header("WWW-Authenticate", ticket),
    ))
}

fn domain(pool: &Pool, call: &Call) -> String {
    let asked = call.query("originalDomain").map(str::to_owned);
    let of_user = call.query("sipuri").and_then(|uri| Some(uri.rsplit_once('@')?.1.to_owned()));
    url_encode(&asked.or(of_user).unwrap_or_else(|| pool.people.domain().to_owned()))
}
