//! The company's sign-in page: authorisation code with PKCE (RFC 6749 4.1, RFC 7636), by which the
//! agent signs in at AD FS or Entra and we never see a password. The pool's challenge names the page
//! (UCWA 1.2); the token service is beside it. Pools take the access token as it is (UCWA 1.5); that
//! they do so for a company's own page was not verified against Microsoft's server.

use super::{
    challenge::Offer,
    discovery::find_user,
    ticket::{From, Ticket, diagnosis, skew},
    trust::Trust,
};
use crate::{
    Authoriser, Begun, Secret, Trouble, clock,
    skype::{
        SkypeConfig,
        fault::Fault,
        http::{Answer, Http},
        resource::text,
    },
};
use async_trait::async_trait;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use url::Url;

/// The company's sign-in page of a site.
#[derive(Debug)]
pub(in crate::skype) struct CompanyPage {
    http: Arc<Http>,
    config: Arc<SkypeConfig>,
}

/// What is kept until the browser comes back.
#[derive(Serialize, Deserialize)]
struct Waiting {
    tokens: String,
    pool: String,
    return_to: String,
    verifier: String,
}

/// What is kept of an authorisation: enough to get access tokens for any pool.
#[derive(Serialize, Deserialize)]
struct Kept {
    tokens: String,
    refresh: String,
}

#[async_trait]
impl Authoriser for CompanyPage {
    async fn begin(&self, address: &str, return_to: &Url, state: &str) -> Result<Begun, Trouble> {
        self.find(address, return_to, state).await.map_err(|fault| fault.trouble())
    }

    async fn finish(&self, begun: &Begun, code: &Secret) -> Result<Secret, Trouble> {
        self.exchange(begun, code).await.map_err(|fault| fault.trouble())
    }
}

impl CompanyPage {
    pub(in crate::skype) fn new(http: &Arc<Http>, config: &Arc<SkypeConfig>) -> Self {
        Self { http: Arc::clone(http), config: Arc::clone(config) }
    }

    async fn find(&self, address: &str, return_to: &Url, state: &str) -> Result<Begun, Fault> {
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        let trust = Trust::new(&self.config, domain);
        let user = find_user(&self.http, &self.config, &trust, domain, address).await?;
        let client = &self.http.commands;
        let challenge = self.http.exchange(client, client.get(user.clone())).await?;
        let offer = Offer::of(&challenge.challenges, &user);
        let page = offer.authorize.clone().ok_or_else(|| Fault::NoCommonGrant(offer.words()))?;
        trust.check(&page)?;
        let waiting = Waiting {
            tokens: beside(&page)?.into(),
            pool: pool(&user).into(),
            return_to: return_to.to_string(),
            verifier: URL_SAFE_NO_PAD.encode(clock::random_bytes::<32>()),
        };
        let url = self.page(page, &waiting, address, state)?;
        Ok(Begun { url, rest: seal(&waiting)? })
    }

    fn page(&self, page: Url, waiting: &Waiting, address: &str, state: &str) -> Result<Url, Fault> {
        let client = self.config.oauth_client_id.as_deref().ok_or(Fault::AuthorisationEnded)?;
        let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(&waiting.verifier));
        let mut url = page;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", client)
            .append_pair("redirect_uri", &waiting.return_to)
            .append_pair("state", state)
            .append_pair("code_challenge", &proof)
            .append_pair("code_challenge_method", "S256")
            .append_pair("login_hint", address);
        if let Some((name, value)) = whom(&self.config, &parsed(&waiting.pool)?) {
            url.query_pairs_mut().append_pair(name, &value);
        }
        Ok(url)
    }

    async fn exchange(&self, begun: &Begun, code: &Secret) -> Result<Secret, Fault> {
        let waiting: Waiting = open(&begun.rest)?;
        let form = [
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.expose().to_owned()),
            ("redirect_uri", waiting.return_to),
            ("code_verifier", waiting.verifier),
        ];
        let (tokens, pool) = (parsed(&waiting.tokens)?, parsed(&waiting.pool)?);
        let answer = ask(&self.http, &self.config, (&tokens, &pool), form.into()).await?;
        if !answer.is_success() {
            return Err(refused(&answer));
        }
        let refresh = text(&answer.body, "refresh_token").ok_or_else(|| {
            Fault::Protocol("The company's sign-in service gave no refresh token. Allow offline access for our client id.".to_owned())
        })?;
        seal(&Kept { tokens: waiting.tokens, refresh: refresh.to_owned() })
    }
}

/// The company's token service, asked for one agent.
pub(super) struct Company<'a> {
    pub(super) http: &'a Http,
    pub(super) config: &'a SkypeConfig,
    pub(super) trust: &'a Trust,
}

impl Company<'_> {
    /// An access token for a pool, and what is to be kept in future if that has changed.
    pub(super) async fn renew(&self, kept: &Secret, pool: &Url) -> Result<(Ticket, Option<Secret>), Fault> {
        let kept: Kept = open(kept)?;
        let tokens = parsed(&kept.tokens)?;
        self.trust.check(&tokens)?;
        let form = [("grant_type", "refresh_token".to_owned()), ("refresh_token", kept.refresh.clone())];
        let answer = ask(self.http, self.config, (&tokens, pool), form.into()).await?;
        if !answer.is_success() {
            return Err(refused(&answer));
        }
        let ticket = Ticket::read(&answer, From::Company(pool.clone()))?;
        let fresh = text(&answer.body, "refresh_token").filter(|fresh| *fresh != kept.refresh);
        let fresh = fresh.map(|fresh| seal(&Kept { tokens: kept.tokens.clone(), refresh: fresh.to_owned() }));
        Ok((ticket, fresh.transpose()?))
    }
}

/// Asks a token service for a token for a pool.
async fn ask(
    http: &Http,
    config: &SkypeConfig,
    (tokens, pool): (&Url, &Url),
    mut form: Vec<(&'static str, String)>,
) -> Result<Answer, Fault> {
    form.push(("client_id", config.oauth_client_id.clone().ok_or(Fault::AuthorisationEnded)?));
    if let Some(secret) = &config.oauth_client_secret {
        form.push(("client_secret", secret.expose().to_owned()));
    }
    form.extend(whom(config, pool));
    http.exchange(&http.commands, http.commands.post(tokens.clone()).form(&form)).await
}

/// For whom a token is: the pool by name, or the scope that the administrator has set.
fn whom(config: &SkypeConfig, pool: &Url) -> Option<(&'static str, String)> {
    match &config.oauth_scope {
        Some(scope) => Some(("scope", scope.clone())),
        None => Some(("resource", pool.origin().ascii_serialization())),
    }
}

fn refused(answer: &Answer) -> Fault {
    match text(&answer.body, "error") {
        Some("invalid_grant" | "interaction_required") => skew(answer).unwrap_or(Fault::AuthorisationEnded),
        Some("invalid_client" | "unauthorized_client" | "invalid_resource" | "invalid_target") => {
            Fault::Protocol(format!(
                "The company's sign-in service does not take our client id for this pool: {}",
                diagnosis(answer)
            ))
        }
        _ => answer.fault(),
    }
}

/// The token service beside a page: `…/authorize` and `…/token` at AD FS and Entra alike.
fn beside(page: &Url) -> Result<Url, Fault> {
    let before = page.path().trim_end_matches('/').strip_suffix("/authorize");
    let path = before.map(|before| format!("{before}/token")).ok_or_else(|| {
        Fault::Protocol("The company's sign-in page is not an OAuth 2.0 authorize address.".to_owned())
    })?;
    let mut tokens = page.clone();
    tokens.set_path(&path);
    tokens.set_query(None);
    Ok(tokens)
}

/// A pool as token services know it: by scheme and host (UCWA 1.5).
pub(super) fn pool(url: &Url) -> Url {
    url.join("/").unwrap_or_else(|_| url.clone())
}

/// An address that we kept ourselves.
fn parsed(url: &str) -> Result<Url, Fault> {
    url.parse().map_err(|_| Fault::AuthorisationEnded)
}

fn seal(value: &impl Serialize) -> Result<Secret, Fault> {
    serde_json::to_string(value).map(Secret::new).map_err(|_| Fault::AuthorisationEnded)
}

fn open<T: for<'a> Deserialize<'a>>(secret: &Secret) -> Result<T, Fault> {
    serde_json::from_str(secret.expose()).map_err(|_| Fault::AuthorisationEnded)
}

#[cfg(test)]
mod tests {
    use super::{beside, refused};
    use crate::skype::{fault::Fault, sign_in::ticket::tests::answer};
    use serde_json::json;

    #[test]
    fn the_token_service_is_beside_the_page() {
        let cases = [
            ("https://sts.test/adfs/oauth2/authorize", Some("https://sts.test/adfs/oauth2/token")),
            (
                "https://login.test/common/oauth2/v2.0/authorize?x=1",
                Some("https://login.test/common/oauth2/v2.0/token"),
            ),
            ("https://sts.test/adfs/oauth2/authorize/", Some("https://sts.test/adfs/oauth2/token")),
            ("https://sts.test/adfs/ls", None),
        ];
        for (page, expected) in cases {
            let found = beside(&page.parse().expect("a URL")).ok();
            assert_eq!(found.as_ref().map(url::Url::as_str), expected, "{page}");
        }
    }

    #[test]
    fn an_ended_authorisation_is_told_from_a_setting_and_from_clocks() {
        let error = |error: &str| answer(400, json!({ "error": error, "error_description": "words" }), None);
        assert_eq!(refused(&error("invalid_grant")), Fault::AuthorisationEnded);
        let late = crate::skype::http::Answer { skew_s: Some(3_600), ..error("invalid_grant") };
        assert_eq!(refused(&late), Fault::ClockSkew(3_600));
        assert!(
            matches!(refused(&error("invalid_client")), Fault::Protocol(words) if words.contains("words"))
        );
        assert!(matches!(refused(&error("temporarily_unavailable")), Fault::Refused(_)));
    }
}
