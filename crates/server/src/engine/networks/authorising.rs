//! Sign-in of an agent on a page of their company: begun and finished here, shown by their browser.

use super::Seat;
use crate::engine::Engine;
use crate::engine::shared::Shared;
pub use hookflash_connectors::Begun;
use hookflash_connectors::{Secret, Trouble};
use hookflash_domain::NetworkId;
use url::Url;

/// Why a sign-in on a company's page goes no further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAuthorised {
    /// The network has no such page.
    NotOffered,
    /// The network or the company's service said no or nothing.
    Trouble(Trouble),
}

impl Engine {
    /// Whether agents can sign in to the network on a page of their company.
    #[must_use]
    pub fn has_company_page(&self, network: &NetworkId) -> bool {
        let connector = self.shared.networks.connectors.get(network);
        connector.is_some_and(|connector| connector.authoriser().is_some())
    }

    /// Where the browser of the agent with this address has to go; it comes back to `return_to` with
    /// `state` and a code.
    ///
    /// # Errors
    /// See [`NotAuthorised`].
    pub async fn begin_authorisation(
        &self,
        network: &NetworkId,
        address: &str,
        return_to: &Url,
        state: &str,
    ) -> Result<Begun, NotAuthorised> {
        let connector = self.shared.networks.connectors.get(network);
        let authoriser =
            connector.and_then(|connector| connector.authoriser()).ok_or(NotAuthorised::NotOffered)?;
        authoriser.begin(address, return_to, state).await.map_err(NotAuthorised::Trouble)
    }

    /// Makes an authorisation of the code with which the browser came back.
    ///
    /// # Errors
    /// See [`NotAuthorised`].
    pub async fn finish_authorisation(
        &self,
        network: &NetworkId,
        begun: &Begun,
        code: &Secret,
    ) -> Result<Secret, NotAuthorised> {
        let connector = self.shared.networks.connectors.get(network);
        let authoriser =
            connector.and_then(|connector| connector.authoriser()).ok_or(NotAuthorised::NotOffered)?;
        authoriser.finish(begun, code).await.map_err(NotAuthorised::Trouble)
    }
}

impl Shared {
    /// Keeps what an agent's authorisation has become. When that fails the former one stays, which
    /// companies' services take for a while longer; the next renewal is kept again.
    pub(super) async fn keep_authorisation(&self, seat: &Seat, authorisation: Secret) {
        if let Err(error) = self.networks.accounts.renewed(seat.0, &seat.1, authorisation).await {
            tracing::error!(user_id = %seat.0, network = seat.1.0, %error, "a renewed authorisation could not be kept");
        }
    }
}
