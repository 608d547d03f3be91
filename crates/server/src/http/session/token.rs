//! The token of a session.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// The cookie's name.
pub(in crate::http) const COOKIE: &str = "hookflash_session";

/// Characters of a token.
pub(in crate::http) const LENGTH: usize = 43;

/// A new token: 256 random bits.
pub(in crate::http) fn new_token() -> String {
    URL_SAFE_NO_PAD.encode(crate::ids::random_bytes::<32>())
}

/// What the store keeps of a token. Its 256 random bits need no slow hash.
pub(in crate::http) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// The token of a request, if it has one of the right length.
pub(super) fn of_request(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, token)| token).filter(|token| token.len() == LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let token = new_token();
        for (cookies, found) in [
            (vec![format!("hookflash_session={token}")], true),
            (vec![format!("a=b; hookflash_session={token}; c=d")], true),
            (vec!["a=b".to_owned(), format!("hookflash_session={token}")], true),
            (vec![format!("xhookflash_session={token}")], false),
            (vec!["hookflash_session=short".to_owned()], false),
            (vec!["hookflash_session".to_owned()], false),
            (vec![], false),
        ] {
            let headers: HeaderMap = cookies
                .iter()
                .map(|value| (header::COOKIE, value.parse().unwrap()))
                .fold(HeaderMap::new(), |mut all, (name, value)| {
                    all.append(name, value);
                    all
                });
            assert_eq!(of_request(&headers), found.then_some(token.as_str()), "{cookies:?}");
        }
    }
}
