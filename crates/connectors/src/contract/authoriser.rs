//! Sign-in on a page of the agent's company (OAuth 2.0 authorisation code, RFC 6749 4.1).

use crate::{Secret, Trouble};
use async_trait::async_trait;
use url::Url;

/// Signs agents in by a page that their browser shows; we never see the password.
#[async_trait]
pub trait Authoriser: Send + Sync {
    /// Finds out where the agent's browser has to go. `address` is the agent's, such as
    /// `anna@example.com`; the browser comes back to `return_to` with a code and `state`, which
    /// whoever asks has made for this one sign-in.
    async fn begin(&self, address: &str, return_to: &Url, state: &str) -> Result<Begun, Trouble>;

    /// Takes the code with which the browser came back, and gives what
    /// [`crate::Credential::Authorisation`] is made of.
    async fn finish(&self, begun: &Begun, code: &Secret) -> Result<Secret, Trouble>;
}

/// A sign-in that waits for the agent's browser. Kept by the server, for one session of the desk.
#[derive(Debug, Clone)]
pub struct Begun {
    /// Where the browser has to go.
    pub url: Url,
    /// What [`Authoriser::finish`] needs; opaque to everybody but the connector.
    pub rest: Secret,
}
