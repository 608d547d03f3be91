//! Web tickets (UCWA 1.2, 1.3): what a pool's challenge asks for, and getting it by password.

use super::{
    fault::Fault,
    http::{Answer, Http, exchange},
    resource::text,
    trust::Trust,
};
use crate::{Account, Secret, clock};
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// A ticket of one pool.
#[derive(Debug, Clone)]
pub(super) struct Ticket {
    pub(super) token: Secret,
    /// Where it came from and is renewed.
    pub(super) issuer: Url,
    /// When it is time for a new one.
    renew_at: Instant,
}

impl Ticket {
    pub(super) fn is_due(&self) -> bool {
        clock::instant() >= self.renew_at
    }
}

/// Where a challenge sends us for a ticket.
pub(super) fn issuer(answer: &Answer, asked: &Url, trust: &Trust) -> Result<Url, Fault> {
    let challenge = answer.challenges.iter().find_map(|challenge| ms_rtc_oauth(challenge));
    let Some(challenge) = challenge else {
        return Err(Fault::Protocol("The server asks for a sign-in that is not UCWA's.".to_owned()));
    };
    let grants = parameter(challenge, "grant_type").unwrap_or_default();
    if !grants.split(',').any(|grant| grant.trim().eq_ignore_ascii_case("password")) {
        return Err(Fault::NoCommonGrant(grants));
    }
    let href = parameter(challenge, "href").unwrap_or_default();
    let url = asked.join(&href).map_err(|_| Fault::Protocol("The ticket address is broken.".to_owned()))?;
    trust.check(&url)?;
    Ok(url)
}

/// Gets a ticket by password.
pub(super) async fn fetch(http: &Http, issuer: &Url, account: &Account) -> Result<Ticket, Fault> {
    let password = account.password.as_ref().ok_or(Fault::WrongPassword)?;
    let name = account.sign_in_name.as_deref().unwrap_or(&account.address);
    let form = [("grant_type", "password"), ("username", name), ("password", password.expose())];
    let answer = exchange(http.commands.post(issuer.clone()).form(&form)).await?;
    if !answer.is_success() {
        return Err(refused(&answer));
    }
    let token = text(&answer.body, "access_token")
        .ok_or_else(|| Fault::Protocol("The ticket answer holds no ticket.".to_owned()))?;
    let lifetime = answer.body.get("expires_in").and_then(seconds).unwrap_or(3_600);
    // Renewed in the last fifth, spread out: pools that restart hand out tickets at one moment.
    let renew_in = Duration::from_secs(lifetime).mul_f64(0.9);
    let renew_at = clock::instant() + clock::jittered(renew_in.mul_f64(0.2)) + renew_in.mul_f64(0.8);
    Ok(Ticket { token: Secret::new(token), issuer: issuer.clone(), renew_at })
}

fn seconds(value: &serde_json::Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn refused(answer: &Answer) -> Fault {
    match text(&answer.body, "error") {
        Some("invalid_grant") => Fault::WrongPassword,
        Some("unsupported_grant_type") => Fault::NoCommonGrant("other ways than were announced".to_owned()),
        _ if answer.status == 401 => Fault::WrongPassword,
        _ if answer.status == 403 => Fault::NotEnabled(
            answer.diagnostics.clone().unwrap_or_else(|| "403 from the ticket service".into()),
        ),
        _ => answer.fault(),
    }
}

/// The part of a header value that belongs to the scheme `MsRtcOAuth`.
fn ms_rtc_oauth(challenge: &str) -> Option<&str> {
    let lower = challenge.to_ascii_lowercase();
    lower.find("msrtcoauth").and_then(|at| challenge.get(at + "msrtcoauth".len()..))
}

/// A parameter of a challenge, quoted or not.
fn parameter(challenge: &str, name: &str) -> Option<String> {
    let lower = challenge.to_ascii_lowercase();
    let at = lower.find(&format!("{name}="))? + name.len() + 1;
    let value = challenge.get(at..)?.trim_start();
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split(',').next()?.trim(),
    };
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{ms_rtc_oauth, parameter};

    #[test]
    fn reads_challenges_quoted_unquoted_and_folded() {
        let cases = [
            "MsRtcOAuth href=\"https://w/t\",grant_type=\"urn:microsoft.rtc:windows,password\"",
            "MsRtcOAuth href=https://w/t, grant_type=\"urn:microsoft.rtc:windows,password\"",
            "Bearer trusted_issuers=\"a,b\", client_id=\"c\", msrtcoauth href=\"https://w/t\",grant_type=\"urn:microsoft.rtc:windows,password\"",
        ];
        for case in cases {
            let own = ms_rtc_oauth(case).expect(case);
            assert_eq!(parameter(own, "href").as_deref(), Some("https://w/t"), "{case}");
            let grants = parameter(own, "grant_type").expect(case);
            assert!(grants.split(',').any(|grant| grant == "password"), "{case}");
        }
        assert_eq!(ms_rtc_oauth("Bearer realm=x"), None);
    }
}
