//! The address of a page: it names consult and invitation, and is signed.

use crate::engine::shared::Shared;
use crate::secrets::LinkKey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hookflash_domain::ConsultId;
use hookflash_domain::consult::{Consult, InvitationNo};
use url::Url;
use uuid::Uuid;

const ID_BYTES: usize = 16;
const NUMBER_BYTES: usize = 2;
const SIGNED: usize = ID_BYTES + NUMBER_BYTES;
/// Longest token that is looked at.
const MAX_TOKEN: usize = 64;

/// Makes links and reads them.
#[derive(Clone)]
pub struct Links {
    page: Url,
    key: LinkKey,
    /// How long a link can be opened, in milliseconds.
    pub(super) live_ms: i64,
}

impl Links {
    /// Links to the page below the address that browsers use.
    #[must_use]
    pub fn new(public_url: &Url, key: LinkKey, live_ms: i64) -> Self {
        let mut page = public_url.clone();
        page.set_path(&format!("{}/handover", public_url.path().trim_end_matches('/')));
        page.set_query(None);
        Self { page, key, live_ms }
    }

    /// The whole link. The token stands behind the `#`, which browsers do not send: it is in no log of a proxy, and
    /// programs that look at links before people do find nothing.
    fn address(&self, consult: ConsultId, invitation: InvitationNo) -> Option<String> {
        let mut link = self.page.clone();
        link.set_fragment(Some(&self.token(consult, invitation)?));
        Some(link.into())
    }

    fn token(&self, consult: ConsultId, invitation: InvitationNo) -> Option<String> {
        let number = u16::try_from(invitation).ok()?.to_be_bytes();
        let signed = [consult.0.as_bytes().as_slice(), &number].concat();
        let signature = self.key.sign(&signed);
        Some(URL_SAFE_NO_PAD.encode([signed.as_slice(), &signature].concat()))
    }

    /// What a token names; none where it is not ours.
    pub(super) fn read(&self, token: &str) -> Option<(ConsultId, InvitationNo)> {
        let bytes = Some(token).filter(|token| token.len() <= MAX_TOKEN)?;
        let bytes = URL_SAFE_NO_PAD.decode(bytes).ok()?;
        let (signed, signature) = bytes.split_first_chunk::<SIGNED>()?;
        if !self.key.has_signed(signed, signature.try_into().ok()?) {
            return None;
        }
        let (id, number) = signed.split_first_chunk::<ID_BYTES>()?;
        let number = u16::from_be_bytes(number.try_into().ok()?);
        Some((ConsultId(Uuid::from_bytes(*id)), number.into()))
    }
}

impl Shared {
    /// How long a new link can be opened, in milliseconds; none where no links are offered.
    pub(in crate::engine) fn link_for_ms(&self) -> Option<i64> {
        self.links.as_ref().map(|links| links.live_ms)
    }

    /// What an invitation says: its text, and where it has a link, that.
    pub(in crate::engine) async fn opening_text(
        &self,
        consult: &Consult,
        invitation: InvitationNo,
        text: String,
    ) -> String {
        let has_link = consult.invitations.get(invitation).is_some_and(|one| one.link.is_some());
        let address = self.links.as_ref().filter(|_| has_link);
        let Some(address) = address.and_then(|links| links.address(consult.id, invitation)) else {
            return text;
        };
        // The question is in the agent's language, so is this. Without it English has to do.
        let agent = self.store.user(consult.agent).await.ok().flatten();
        let is_german = agent.and_then(|user| user.language).is_some_and(|language| language == "de");
        let words = if is_german { "Angaben und Antwort:" } else { "Details and answer:" };
        format!("{text}\n\n{words} {address}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::Vault;

    fn links(key: u8) -> Links {
        let vault = Vault::with_keys(&[key; 32], None);
        let url = "https://desk.example.com/centre/?x=1".parse().unwrap();
        Links::new(&url, vault.link_key().clone(), 60_000)
    }

    #[test]
    fn a_link_names_its_invitation_and_nothing_else_opens_it() {
        let (links, consult) = (links(1), ConsultId(Uuid::from_u128(7)));
        let address = links.address(consult, 3).unwrap();
        let (page, token) = address.split_once('#').unwrap();
        assert_eq!(page, "https://desk.example.com/centre/handover");
        assert_eq!(links.read(token), Some((consult, 3)));
        assert_eq!(super::tests::links(2).read(token), None, "another server's");
        for at in 0..token.len() {
            let mut forged = token.as_bytes().to_vec();
            forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(forged).unwrap();
            let read = links.read(&forged);
            assert!(read.is_none() || read == Some((consult, 3)), "{forged}");
            assert_eq!(links.read(&token[..at]), None, "{at}");
        }
        for hostile in ["", "AAAA", &"A".repeat(100_000), "%00", "🙂"] {
            assert_eq!(links.read(hostile), None);
        }
        assert_eq!(links.address(consult, 70_000), None);
    }
}
